// SPDX-License-Identifier: Apache-2.0
// What a system call filter costs: compiled ahead beside the bare seccomp(2) load of the same
// program, and compiled and checked beside libseccomp's own compile time.
// usage: seccomp_bench PROFILE [ROUNDS]
#include "base/file.h"
#include "confine/apply.h"
#include "confine/prepare.h"
#include "confine/seccomp/compile.h"
#include "confine/seccomp/compiled_file.h"
#include "confine/seccomp/filters.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

using Clock = std::chrono::steady_clock;

double microseconds(Clock::time_point from) {
  return std::chrono::duration<double, std::micro>(Clock::now() - from).count();
}

/// Loading a filter cannot be undone: `work` runs in a child, which tells how long it took.
template <typename Work>
double in_child(Work work) {
  int ends[2];
  if (pipe(ends) != 0) {
    std::abort();
  }
  const pid_t pid = fork();
  if (pid == 0) {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const auto start = Clock::now();
    const bool done = work();
    const double taken = done ? microseconds(start) : -1;
    _exit(write(ends[1], &taken, sizeof taken) == sizeof taken ? 0 : 1);
  }
  double taken = -1;
  if (read(ends[0], &taken, sizeof taken) != sizeof taken || taken < 0) {
    std::abort();
  }
  close(ends[0]);
  close(ends[1]);
  waitpid(pid, nullptr, 0);
  return taken;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

bool load_bare(const CompiledFilter& filter) {
  sock_fprog program{static_cast<unsigned short>(filter.program.size()),
                     const_cast<sock_filter*>(filter.program.data())};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, filter.flags, &program) == 0;
}

bool load_file(const std::string& path) {
  const auto prepared = prepare({.seccomp = {path}});
  return prepared && !load_filters(*prepared, nullptr).any();
}

/// Names to numbers, rules, export: what a launcher with libseccomp alone would do.
bool compile_alone(const Profile& profile) {
  const int file = memfd_create("filter", MFD_CLOEXEC);
  const bool done = export_program(profile, file) == 0;
  close(file);
  return done;
}

int run(const std::string& path, int rounds) {
  const FileContent content = read_file(path);
  const auto bytes = compile_ahead(path, {});
  if (content.error != 0 || !bytes) {
    std::fprintf(stderr, "%s: no profile\n", path.c_str());
    return 1;
  }
  const auto profile = read_profile({path, content.bytes}, Circumstances::here(~0ULL));
  const auto compiled = read_compiled(path, *bytes);
  const std::string file = "/dev/shm/seccomp_bench." + std::to_string(getpid());
  FILE* out = std::fopen(file.c_str(), "w");
  if (!profile || !compiled || out == nullptr) {
    return 1;
  }
  std::fwrite(bytes->data(), 1, bytes->size(), out);
  std::fclose(out);
  std::vector<double> bare;
  std::vector<double> ahead;
  std::vector<double> alone;
  std::vector<double> checked;
  for (int i = 0; i < rounds; ++i) {
    bare.push_back(in_child([&] { return load_bare(*compiled); }));
    ahead.push_back(in_child([&] { return load_file(file); }));
    alone.push_back(in_child([&] { return compile_alone(*profile); }));
    checked.push_back(in_child([&] { return prepare({.seccomp = {path}}).has_value(); }));
  }
  std::remove(file.c_str());
  const double more = median(ahead) - median(bare);
  const double ratio = median(checked) / median(alone);
  std::printf("%s: %zu instructions\n", path.c_str(), compiled->program.size());
  std::printf("bare load %.0f us, compiled ahead %.0f us: %.0f us more (target 150) %s\n",
              median(bare), median(ahead), more, more <= 150 ? "met" : "missed");
  std::printf("libseccomp alone %.0f us, compiled and checked %.0f us: %.2f (target 2.5) %s\n",
              median(alone), median(checked), ratio, ratio <= 2.5 ? "met" : "missed");
  return 0;
}

}  // namespace
}  // namespace indexrun::confine

int main(int argc, char** argv) {
  return indexrun::confine::run(argc > 1 ? argv[1] : "default", argc > 2 ? std::atoi(argv[2]) : 41);
}
