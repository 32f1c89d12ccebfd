// SPDX-License-Identifier: Apache-2.0
// What an init costs while its program starts, gets a signal and ends, beside tini, tini-static,
// dumb-init and catatonit. Each candidate runs in turn in every round, from several fresh copies of
// its file, since the same bytes at another place of the page cache can differ by a quarter;
// medians are compared.
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

constexpr int kCopies = 6;
constexpr int kRounds = 300;
constexpr int kSignals = 5;
constexpr int kSettled = 3;
constexpr int kStorms = 7;
constexpr int kOrphans = 10'000;
constexpr unsigned kIdleSeconds = 10;
constexpr int kPatience = 30'000;

struct Candidate {
  std::string name;
  std::vector<std::string> argv;  // argv[0] is replaced by a copy of the file
  std::vector<std::string> copies;
  std::vector<double> start;  // microseconds, and so are the next two
  std::vector<double> signal;
  std::vector<double> end;
  std::vector<double> orphan;
  std::vector<double> dirty;    // kB
  std::vector<double> wakings;  // in kIdleSeconds
};

using Values = std::vector<double> Candidate::*;

struct Started {
  pid_t pid;
  int stamps;
};

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "inits_bench: %s\n", what.c_str());
  std::exit(1);
}

long now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000L + time.tv_nsec;
}

double microseconds(long from, long to) {
  return static_cast<double>(to - from) / 1000.0;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

std::string find_program(const char* name) {
  for (const char* folder : {"/usr/bin/", "/bin/", "/usr/sbin/"}) {
    if (::access((folder + std::string(name)).c_str(), X_OK) == 0) {
      return folder + std::string(name);
    }
  }
  give_up(std::string(name) + " is not installed");
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  return argv;
}

std::vector<std::string> command_line(const Candidate& candidate, int round,
                                      const std::vector<std::string>& program) {
  std::vector<std::string> words = candidate.argv;
  words[0] = candidate.copies[static_cast<std::size_t>(round % kCopies)];
  words.insert(words.end(), program.begin(), program.end());
  return words;
}

Started start(const Candidate& candidate, int round, const std::string& program) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    give_up("no pipe");
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  const std::vector<std::string> words = command_line(candidate, round, {program});
  const std::vector<char*> argv = pointers(words);
  pid_t pid = 0;
  if (::posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0) {
    give_up("cannot start " + words[0]);
  }
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  return {pid, ends[0]};
}

long stamp(const Candidate& candidate, const Started& started) {
  pollfd waited{started.stamps, POLLIN, 0};
  long time = 0;
  if (::poll(&waited, 1, kPatience) <= 0 ||
      ::read(started.stamps, &time, sizeof time) != static_cast<ssize_t>(sizeof time)) {
    give_up(candidate.name + ": the program does not answer");
  }
  return time;
}

void stop(Candidate& candidate, const Started& started) {
  ::kill(started.pid, SIGTERM);
  const long last = stamp(candidate, started);
  int status = 0;
  ::waitpid(started.pid, &status, 0);
  candidate.end.push_back(microseconds(last, now()));
  ::close(started.stamps);
  if (status != 0) {
    give_up(candidate.name + ": status " + std::to_string(status));
  }
}

void run_round(Candidate& candidate, int round, const std::string& program) {
  const long begin = now();
  const Started started = start(candidate, round, program);
  candidate.start.push_back(microseconds(begin, stamp(candidate, started)));
  for (int i = 0; i < kSignals; ++i) {
    const long sent = now();
    ::kill(started.pid, SIGUSR1);
    candidate.signal.push_back(microseconds(sent, stamp(candidate, started)));
  }
  stop(candidate, started);
}

std::string field(pid_t pid, const char* file, const std::string& key) {
  std::ifstream lines("/proc/" + std::to_string(pid) + "/" + file);
  for (std::string line; std::getline(lines, line);) {
    if (line.compare(0, key.size(), key) == 0) {
      return line.substr(key.size());
    }
  }
  give_up("no " + key + " in /proc/PID/" + file);
}

/// The program has said that it runs; its init is then soon asleep.
void wait_until_asleep(pid_t pid) {
  const long until = now() + kPatience * 1'000'000L;
  while (field(pid, "status", "State:\t")[0] != 'S') {
    if (now() > until) {
      give_up("an init does not settle down");
    }
    ::sched_yield();
  }
}

/// Memory at the end, so that nobody is measured before it has settled down.
void run_idle(std::vector<Candidate>& all, int round, const std::string& program) {
  std::vector<Started> running;
  std::vector<double> before;
  ::sync();  // pages of a file that was just written count as dirty until they are on the disk
  for (const Candidate& candidate : all) {
    running.push_back(start(candidate, round, program));
    static_cast<void>(stamp(candidate, running.back()));
    wait_until_asleep(running.back().pid);
    before.push_back(std::stod(field(running.back().pid, "status", "voluntary_ctxt_switches:")));
  }
  ::sleep(kIdleSeconds);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const pid_t pid = running[i].pid;
    all[i].wakings.push_back(std::stod(field(pid, "status", "voluntary_ctxt_switches:")) -
                             before[i]);
    all[i].dirty.push_back(std::stod(field(pid, "smaps_rollup", "Private_Dirty:")));
    ::kill(pid, SIGTERM);
    ::waitpid(pid, nullptr, 0);
    ::close(running[i].stamps);
  }
}

/// As the first process of a PID namespace, where all of them reap.
void run_storm(Candidate& candidate, int round, const std::string& orphans) {
  const std::vector<std::string> words =
      command_line(candidate, round, {orphans, std::to_string(kOrphans)});
  const std::vector<char*> argv = pointers(words);
  const pid_t outer = ::fork();
  if (outer == 0) {
    if (::unshare(CLONE_NEWPID) != 0) {
      ::_exit(3);
    }
    pid_t pid = 0;
    int status = 0;
    if (::posix_spawn(&pid, argv[0], nullptr, nullptr, argv.data(), environ) != 0 ||
        ::waitpid(pid, &status, 0) != pid) {
      ::_exit(4);
    }
    ::_exit(status == 0 ? 0 : 5);
  }
  const long begin = now();
  int status = 0;
  ::waitpid(outer, &status, 0);
  if (status != 0) {
    give_up(candidate.name + ": orphans: status " + std::to_string(WEXITSTATUS(status)));
  }
  candidate.orphan.push_back(microseconds(begin, now()) / kOrphans);
}

std::vector<Candidate> candidates(const std::string& indexrun) {
  std::vector<Candidate> all(5);
  all[0].argv = {indexrun, "--supervise=always", "--no-index", "--"};
  all[1].argv = {find_program("tini"), "-s", "--"};
  all[2].argv = {find_program("tini-static"), "-s", "--"};
  all[3].argv = {find_program("dumb-init"), "--"};
  all[4].argv = {find_program("catatonit"), "--"};
  for (Candidate& candidate : all) {
    candidate.name = fs::path(candidate.argv[0]).filename();
  }
  return all;
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

void in_turn(std::vector<Candidate>& all, int rounds,
             const std::function<void(Candidate&, int)>& run) {
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      run(all[(i + static_cast<std::size_t>(round)) % all.size()], round);
    }
  }
}

void print_medians(const std::vector<Candidate>& all) {
  std::printf("%-12s %9s %9s %9s %9s %9s %9s\n", "medians", "start us", "signal us", "end us",
              "orphan us", "dirty kB", "wakings");
  for (const Candidate& one : all) {
    std::printf("%-12s %9.1f %9.1f %9.1f %9.2f %9.0f %9.0f\n", one.name.c_str(), median(one.start),
                median(one.signal), median(one.end), median(one.orphan), median(one.dirty),
                median(one.wakings));
  }
}

void print_ratio(const std::vector<Candidate>& all, Values values, const char* what,
                 const std::string& peer, double most) {
  double theirs = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const double time = median(all[i].*values);
    if (all[i].name == peer || (peer == "the best" && (theirs == 0 || time < theirs))) {
      theirs = time;
    }
  }
  const double ratio = median(all[0].*values) / theirs;
  std::printf("%-24s against %-12s %6.2f  target %5.2f  %s\n", what, peer.c_str(), ratio, most,
              ratio <= most ? "met" : "missed");
}

void print_limit(double found, double most, const char* what) {
  std::printf("%-24s %26.0f  target %5.0f  %s\n", what, found, most,
              found <= most ? "met" : "missed");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    give_up("usage: inits_bench INDEXRUN STAMP ORPHANS");
  }
  std::string name = fs::temp_directory_path() / "inits_bench_XXXXXX";
  const fs::path folder = ::mkdtemp(name.data());
  std::vector<Candidate> all = candidates(fs::absolute(argv[1]));
  make_copies(all, folder);
  const std::string stamp_path = fs::absolute(argv[2]);
  const std::string orphans = fs::absolute(argv[3]);
  in_turn(all, kCopies, [&](Candidate& one, int round) { run_round(one, round, stamp_path); });
  for (Candidate& one : all) {
    one.start.clear();
    one.signal.clear();
    one.end.clear();
  }
  in_turn(all, kRounds, [&](Candidate& one, int round) { run_round(one, round, stamp_path); });
  in_turn(all, kStorms, [&](Candidate& one, int round) { run_storm(one, round, orphans); });
  for (int round = 0; round < kSettled; ++round) {
    run_idle(all, round, stamp_path);
  }
  print_medians(all);
  std::printf("\n");
  print_ratio(all, &Candidate::start, "start to program", "tini-static", 1.15);
  print_ratio(all, &Candidate::start, "start to program", "dumb-init", 1.0);
  print_ratio(all, &Candidate::start, "start to program", "tini", 1.0);
  print_ratio(all, &Candidate::signal, "signal to program", "the best", 1.1);
  print_ratio(all, &Candidate::end, "program's end to init's", "the best", 1.1);
  print_ratio(all, &Candidate::orphan, "orphans", "the best", 1.2);
  print_limit(median(all[0].dirty), 96, "private dirty kB");
  print_limit(median(all[0].wakings), 0, "wakings in 10 s");
  fs::remove_all(folder);
  return 0;
}
