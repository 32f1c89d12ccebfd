// SPDX-License-Identifier: Apache-2.0
// What confinement adds to a launch of nothing, beside setpriv(1) with the same policy. The
// candidates take turns in every round, each from several fresh copies of its file; medians are
// compared, and so are the medians of the differences within a round. Needs root.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 600;
constexpr int kCopies = 6;
constexpr double kMostAdded = 110;

struct Candidate {
  std::string name;
  std::vector<std::string> argv;
  std::vector<std::string> copies = {};
  std::vector<double> microseconds = {};
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
  int status = -1;
  if (::posix_spawn(&pid, file.c_str(), nullptr, nullptr, argv.data(), environ) != 0 ||
      ::waitpid(pid, &status, 0) != pid || status != 0) {
    std::fprintf(stderr, "%s failed with status %d\n", candidate.name.c_str(), status);
    std::exit(1);
  }
  const auto end = std::chrono::steady_clock::now();
  return std::chrono::duration<double, std::micro>(end - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

/// The median of what one takes more than the other in the same round.
double added(const Candidate& more, const Candidate& less) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < more.microseconds.size(); ++i) {
    differences.push_back(more.microseconds[i] - less.microseconds[i]);
  }
  return median(std::move(differences));
}

std::vector<Candidate> candidates(const std::string& indexrun, const std::string& nothing) {
  const std::vector<std::string> plain{indexrun, "--index", "0", "--item", "a"};
  const auto with = [&](std::vector<std::string> options) {
    std::vector<std::string> argv = plain;
    argv.insert(argv.end(), options.begin(), options.end());
    argv.insert(argv.end(), {"--", nothing});
    return argv;
  };
  return {
      {.name = "indexrun, plain", .argv = with({})},
      {.name = "indexrun, confined",
       .argv = with({"--cap-drop", "ALL", "--no-new-privs", "--user", "1000:1000"})},
      {.name = "indexrun, by name and limits",
       .argv = with({"--user", "games", "--cap-drop", "ALL", "--no-new-privs", "--close-fds",
                     "--limit", "nofile=1024", "--umask", "077", "--env-clear"})},
      {.name = "setpriv, confined",
       .argv = {"/usr/bin/setpriv", "--reuid=1000", "--regid=1000", "--clear-groups",
                "--bounding-set=-all", "--inh-caps=-all", "--nnp", nothing}},
  };
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || ::geteuid() != 0) {
    std::fprintf(stderr, "usage, as root: confine_bench INDEXRUN NOTHING\n");
    return 1;
  }
  std::string name = fs::temp_directory_path() / "confine_bench_XXXXXX";
  const fs::path folder = ::mkdtemp(name.data());
  fs::permissions(folder, fs::perms(0755));
  const fs::path nothing = folder / "nothing";
  fs::copy_file(argv[2], nothing);
  std::vector<Candidate> all = candidates(fs::absolute(argv[1]), nothing);
  int number = 0;
  for (Candidate& candidate : all) {
    for (int i = 0; i < kCopies; ++i) {
      candidate.copies.push_back(folder / ("program" + std::to_string(number++)));
      fs::copy_file(candidate.argv[0], candidate.copies.back());
    }
  }
  for (int round = 0; round < kRounds + kCopies; ++round) {
    for (Candidate& candidate : all) {
      const double time = run(candidate, round);
      if (round >= kCopies) {
        candidate.microseconds.push_back(time);
      }
    }
  }
  fs::remove_all(folder);
  std::printf("%-30s %10s %10s\n", "launch of nothing", "median us", "added us");
  for (const Candidate& candidate : all) {
    std::printf("%-30s %10.1f %10.1f\n", candidate.name.c_str(), median(candidate.microseconds),
                added(candidate, all[0]));
  }
  const double more = added(all[1], all[0]);
  const double ratio = median(all[1].microseconds) / median(all[3].microseconds);
  std::printf("\nadded by confinement %.1f us, target %.0f: %s\n", more, kMostAdded,
              more <= kMostAdded ? "met" : "missed");
  std::printf("ratio to setpriv %.2f, target below 1: %s\n", ratio, ratio < 1 ? "met" : "missed");
  return 0;
}
