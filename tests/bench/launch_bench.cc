// SPDX-License-Identifier: Apache-2.0
// What a launch costs, side by side with launchers and shells that do the same job. Each candidate
// runs in turn in every round, from several fresh copies of its file, since the same bytes at
// another place of the page cache can differ by a quarter; medians are compared.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 600;
constexpr int kCopies = 6;

struct Candidate {
  std::string name;
  std::vector<std::string> argv;  // argv[0] is replaced by a copy of the file
  std::vector<std::string> copies;
  std::vector<double> microseconds;
};

struct Target {
  std::string ours;
  std::string peer;
  double most;
};

double run(const Candidate& candidate, int round) {
  std::vector<char*> argv;
  for (const std::string& argument : candidate.argv) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  const std::string& file = candidate.copies[static_cast<std::size_t>(round % kCopies)];
  const auto start = std::chrono::steady_clock::now();
  pid_t pid = 0;
  if (::posix_spawn(&pid, file.c_str(), nullptr, nullptr, argv.data(), environ) != 0) {
    std::fprintf(stderr, "cannot start %s\n", file.c_str());
    std::exit(1);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  const auto end = std::chrono::steady_clock::now();
  if (status != 0) {
    std::fprintf(stderr, "%s failed with status %d\n", candidate.name.c_str(), status);
    std::exit(1);
  }
  return std::chrono::duration<double, std::micro>(end - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

std::string find_program(const char* name) {
  for (const char* folder : {"/usr/bin/", "/bin/"}) {
    if (::access((folder + std::string(name)).c_str(), X_OK) == 0) {
      return folder + std::string(name);
    }
  }
  std::fprintf(stderr, "%s is not installed\n", name);
  std::exit(1);
}

double median_of(const std::vector<Candidate>& candidates, const std::string& name) {
  const auto found = std::find_if(candidates.begin(), candidates.end(),
                                  [&](const Candidate& c) { return c.name == name; });
  return median(found->microseconds);
}

std::vector<Candidate> candidates(const std::string& indexrun, const std::string& bare,
                                  const std::string& nothing) {
  const std::string items = "items=(foo bar baz qux xyz); ";
  const std::string bash = items + "exec " + nothing + " ${items[$JOB_COMPLETION_INDEX]}";
  const std::string bash_file =
      items + "echo ${items[$JOB_COMPLETION_INDEX]} > bash.txt; exec " + nothing + " bash.txt";
  const std::string dash =
      "set -- foo bar baz qux xyz; shift $JOB_COMPLETION_INDEX; exec " + nothing + " \"$1\"";
  return {
      {"bare static launcher", {bare, nothing, "qux"}, {}, {}},
      {"indexrun, argument",
       {indexrun, "--items", "foo,bar,baz,qux,xyz", "--", nothing, "{}"},
       {},
       {}},
      {"indexrun, file",
       {indexrun, "--items", "foo,bar,baz,qux,xyz", "--write", "ours.txt", "--", nothing,
        "ours.txt"},
       {},
       {}},
      {"indexrun, supervising",
       {indexrun, "--items", "foo,bar,baz,qux,xyz", "--supervise", "always", "--", nothing, "{}"},
       {},
       {}},
      {"indexrun, ten paths",
       {indexrun, "--items", "foo,bar,baz,qux,xyz",
        "--exec", nothing,   "--ro",
        "/bin",   "--ro",    "/etc",
        "--ro",   "/lib",    "--ro",
        "/proc",  "--ro",    "/sbin",
        "--ro",   "/usr",    "--ro",
        "/var",   "--rw",    "/dev",
        "--rw",   "/tmp",    "--",
        nothing,  "{}"},
       {},
       {}},
      {"tini-static", {find_program("tini-static"), "-s", "--", nothing, "qux"}, {}, {}},
      {"catatonit", {find_program("catatonit"), "--", nothing, "qux"}, {}, {}},
      {"dash, argument", {find_program("dash"), "-c", dash}, {}, {}},
      {"bash, argument", {find_program("bash"), "-c", bash}, {}, {}},
      {"bash, file", {find_program("bash"), "-c", bash_file}, {}, {}},
  };
}

void make_copies(std::vector<Candidate>& all, const fs::path& folder) {
  int number = 0;
  for (Candidate& candidate : all) {
    for (int i = 0; i < kCopies; ++i) {
      const fs::path copy = folder / ("program" + std::to_string(number++));
      fs::copy_file(candidate.argv[0], copy);
      candidate.copies.push_back(copy);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: launch_bench INDEXRUN BARE NOTHING\n");
    return 1;
  }
  ::setenv("JOB_COMPLETION_INDEX", "3", 1);
  std::string name = fs::temp_directory_path() / "launch_bench_XXXXXX";
  const fs::path folder = ::mkdtemp(name.data());
  std::vector<Candidate> all =
      candidates(fs::absolute(argv[1]), fs::absolute(argv[2]), fs::absolute(argv[3]));
  make_copies(all, folder);
  fs::current_path(folder);
  for (int round = -kCopies; round < kRounds; ++round) {
    for (Candidate& candidate : all) {
      const double time = run(candidate, round + kCopies);
      if (round >= 0) {
        candidate.microseconds.push_back(time);
      }
    }
  }
  std::printf("%-24s %10s\n", "launch of nothing", "median us");
  for (const Candidate& candidate : all) {
    std::printf("%-24s %10.1f\n", candidate.name.c_str(), median(candidate.microseconds));
  }
  std::printf("\n%-24s %-24s %7s %7s\n", "ours", "peer", "ratio", "target");
  const std::vector<Target> targets{
      {"indexrun, argument", "tini-static", 1.0},
      {"indexrun, argument", "catatonit", 1.0},
      {"indexrun, argument", "bare static launcher", 1.35},
      {"indexrun, argument", "bash, argument", 0.6},
      {"indexrun, file", "bash, file", 0.6},
  };
  for (const Target& target : targets) {
    const double ratio = median_of(all, target.ours) / median_of(all, target.peer);
    std::printf("%-24s %-24s %7.2f %7.2f %s\n", target.ours.c_str(), target.peer.c_str(), ratio,
                target.most, ratio <= target.most ? "met" : "missed");
  }
  const double paths = median_of(all, "indexrun, ten paths") - median_of(all, "indexrun, argument");
  constexpr double kMostForPaths = 300;
  std::printf("\nten paths of Landlock: %.1f us more, target %.0f %s\n", paths, kMostForPaths,
              paths <= kMostForPaths ? "met" : "missed");
  fs::current_path("/");
  fs::remove_all(folder);
  return 0;
}
