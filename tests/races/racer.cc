// SPDX-License-Identifier: Apache-2.0
// Starting cheaply and waiting on events.
#include "races/racer.h"

#include "support/run.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

constexpr int kPatience = 60'000;  // milliseconds: the cores are busy
constexpr int kCannotStart = 99;

/// fork(2), into a PID namespace on request.
pid_t fork_into(bool first_process) {
  unsigned long flags = SIGCHLD;
  if (first_process) {
    flags |= CLONE_NEWPID;
    if (!is_root()) {
      flags |= CLONE_NEWUSER;
    }
  }
  return static_cast<pid_t>(::syscall(SYS_clone, flags, 0, 0, 0, 0));
}

void reset_dispositions() {
  for (int signal = 1; signal < NSIG; ++signal) {
    static_cast<void>(std::signal(signal, SIG_DFL));
  }
}

}  // namespace

int runs(double share) {
  const char* wanted = std::getenv("INDEXRUN_RACE_RUNS");
  return static_cast<int>(share * (wanted != nullptr ? std::atof(wanted) : 10'000.0));
}

Load::Load() {
  cpu_set_t cores;
  ::sched_getaffinity(0, sizeof cores, &cores);
  for (int left = CPU_COUNT(&cores); left > 0; --left) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      // Busy, but a run shall not take many times as long as it does.
      static_cast<void>(::nice(5));
      volatile unsigned long counter = 0;
      for (;;) {
        counter = counter + 1;
      }
    }
    busy_.push_back(pid);
  }
}

Load::~Load() {
  for (const pid_t pid : busy_) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
}

Racer::Racer(const std::vector<std::string>& argv, Circumstances circumstances) {
  std::vector<char*> words;
  for (const std::string& word : argv) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  // A signal that is sent at once finds the mask that the run is to have.
  sigset_t mask;
  sigset_t before;
  sigemptyset(&mask);
  if (circumstances.all_blocked) {
    sigfillset(&mask);
  }
  ::sigprocmask(SIG_SETMASK, &mask, &before);
  pid_ = fork_into(circumstances.first_process);
  if (pid_ == 0) {
    ::setpgid(0, 0);
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
    reset_dispositions();
    ::execv(words[0], words.data());
    ::_exit(kCannotStart);
  }
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  ::close(ends[1]);
  out_ = ends[0];
  if (pid_ < 0) {
    throw std::runtime_error("no process");
  }
  pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
}

Racer::~Racer() {
  if (pid_ > 0) {
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(pidfd_);
  ::close(out_);
}

void Racer::send(int signal) const {
  ::kill(pid_, signal);
}

void Racer::queue(int signal, int value) const {
  sigval payload{};
  payload.sival_int = value;
  ::sigqueue(pid_, signal, payload);
}

bool Racer::wait_until_blocked(int signal) const {
  const std::string path = "/proc/" + std::to_string(pid_) + "/status";
  for (;;) {
    std::ifstream status(path);
    std::string line;
    while (std::getline(status, line) && line.compare(0, 7, "SigBlk:") != 0) {
    }
    if (line.size() < 8) {
      return false;
    }
    if (((std::stoull(line.substr(8), nullptr, 16) >> (signal - 1)) & 1U) != 0) {
      return true;
    }
  }
}

bool Racer::wait_for(const std::string& text) {
  while (output_.find(text) == std::string::npos) {
    pollfd output{out_, POLLIN, 0};
    std::array<char, 4096> buffer{};
    if (::poll(&output, 1, kPatience) <= 0) {
      return false;
    }
    const ssize_t size = ::read(out_, buffer.data(), buffer.size());
    if (size <= 0) {
      return false;
    }
    output_.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return true;
}

int Racer::finish() {
  pollfd end{pidfd_, POLLIN, 0};
  if (::poll(&end, 1, kPatience) <= 0) {
    return -1;
  }
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  // What is left in the pipe: nobody who could write is left.
  std::array<char, 4096> buffer{};
  ssize_t size = 0;
  while ((size = ::read(out_, buffer.data(), buffer.size())) > 0) {
    output_.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool can_be_first() {
  const pid_t pid = fork_into(true);
  if (pid == 0) {
    ::_exit(0);
  }
  int status = -1;
  return pid > 0 && ::waitpid(pid, &status, 0) == pid && status == 0;
}

void dawdle(std::mt19937& random, int microseconds) {
  const auto end =
      std::chrono::steady_clock::now() +
      std::chrono::microseconds(std::uniform_int_distribution<int>(0, microseconds)(random));
  while (std::chrono::steady_clock::now() < end) {
  }
}

std::vector<std::string> supervised(const std::vector<std::string>& options,
                                    const std::vector<std::string>& program) {
  std::vector<std::string> words{binary(), "--supervise=always", "--no-index"};
  words.insert(words.end(), options.begin(), options.end());
  words.emplace_back("--");
  words.insert(words.end(), program.begin(), program.end());
  return words;
}

}  // namespace indexrun::test
