// SPDX-License-Identifier: Apache-2.0
// What a run starts from: builds the exact state of the child and execs it. Waiting for it is in
// started.cc.
#include "support/run.h"

#include "probe/reachable.h"

#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

constexpr int kCannotStart = 99;

[[noreturn]] void give_up(const char* what) {
  dprintf(STDERR_FILENO, "test support: cannot %s: errno %d\n", what, errno);
  _exit(kCannotStart);
}

std::string setting(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

void move_fd(int from, int to) {
  if (dup2(from, to) != to) {
    give_up("place a descriptor");
  }
}

void open_at(const std::string& path, int flags, int to) {
  int fd = open(path.c_str(), flags | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) {
    give_up("open a standard stream");
  }
  if (fd == to) {
    fcntl(fd, F_SETFD, 0);
    return;
  }
  move_fd(fd, to);
}

void reset_signals() {
  for (int signal = 1; signal < NSIG; ++signal) {
    std::signal(signal, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) {
    result.push_back(const_cast<char*>(string.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

}  // namespace

const std::string& binary() {
  static const std::string path = setting("INDEXRUN", INDEXRUN_DEFAULT);
  return path;
}

const std::string& probe() {
  static const std::string path = reachable(setting("PROBE", PROBE_DEFAULT));
  return path;
}

bool is_root() {
  return geteuid() == 0;
}

bool must_work() {
  return setting("INDEXRUN_MUST_WORK", "0") == "1";
}

Command& Command::line(std::string_view words) {
  while (!words.empty()) {
    std::size_t end = std::min(words.find(' '), words.size());
    if (end > 0) {
      argv_.emplace_back(words.substr(0, end));
    }
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return *this;
}

Command& Command::args(const std::vector<std::string>& arguments) {
  argv_.insert(argv_.end(), arguments.begin(), arguments.end());
  return *this;
}

Command& Command::command(const std::vector<std::string>& arguments) {
  argv_.emplace_back("--");
  return args(arguments);
}

Command& Command::env(const std::string& name, const std::string& value) {
  environment_.push_back(name + "=" + value);
  return *this;
}

Command& Command::clear_env() {
  environment_.clear();
  return *this;
}

Command& Command::in(const std::string& directory) {
  directory_ = directory;
  return *this;
}

Command& Command::input(const std::string& bytes) {
  input_ = bytes;
  stdin_path_.clear();
  return *this;
}

Command& Command::stdin_from(const std::string& path) {
  stdin_path_ = path;
  return *this;
}

Command& Command::stdout_to(const std::string& path) {
  stdout_path_ = path;
  return *this;
}

Command& Command::closing(int fd) {
  return in_child([fd] { close(fd); });
}

Command& Command::ignoring(int signal) {
  return in_child([signal] { std::signal(signal, SIG_IGN); });
}

Command& Command::blocking(int signal) {
  return in_child([signal] {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    sigprocmask(SIG_BLOCK, &set, nullptr);
  });
}

Command& Command::own_session() {
  own_session_ = true;
  return *this;
}

Command& Command::in_child(std::function<void()> step) {
  steps_.push_back(std::move(step));
  return *this;
}

Command& Command::as_user(unsigned id) {
  return in_child([id] {
    if (setgroups(0, nullptr) != 0 || setresgid(id, id, id) != 0 || setresuid(id, id, id) != 0) {
      give_up("become another user");
    }
  });
}

Started Command::start() const {
  int out[2];
  int err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  pid_t pid = fork();
  if (pid < 0) {
    throw std::runtime_error("no process");
  }
  if (pid == 0) {
    become(out[1], err[1]);
  }
  close(out[1]);
  close(err[1]);
  int pidfd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  return {pid, pidfd, out[0], err[0], argv_};
}

void Command::become(int out, int err) const {
  if (own_session_) {
    setsid();
  } else {
    setpgid(0, 0);
  }
  reset_signals();
  umask(022);
  rlimit no_cores{0, 0};
  setrlimit(RLIMIT_CORE, &no_cores);
  // The program is opened first: as another user its folder may be out of reach.
  int program = open(argv_[0].c_str(), O_PATH | O_CLOEXEC);
  if (stdin_path_.empty()) {
    int fd = memfd_create("stdin", MFD_CLOEXEC);
    if (write(fd, input_.data(), input_.size()) != static_cast<ssize_t>(input_.size()) ||
        lseek(fd, 0, SEEK_SET) != 0) {
      give_up("provide standard input");
    }
    move_fd(fd, STDIN_FILENO);
  } else {
    open_at(stdin_path_, O_RDONLY, STDIN_FILENO);
  }
  move_fd(err, STDERR_FILENO);
  if (stdout_path_.empty()) {
    move_fd(out, STDOUT_FILENO);
  } else {
    open_at(stdout_path_, O_WRONLY, STDOUT_FILENO);
  }
  if (!directory_.empty() && chdir(directory_.c_str()) != 0) {
    give_up("enter the working directory");
  }
  if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
    give_up("hide descriptors");
  }
  std::vector<char*> arguments = pointers(argv_);
  std::vector<char*> variables = pointers(environment_);
  for (const auto& step : steps_) {
    step();
  }
  if (program >= 0 && geteuid() != 0) {
    syscall(SYS_execveat, program, "", arguments.data(), variables.data(), AT_EMPTY_PATH);
  }
  execve(argv_[0].c_str(), arguments.data(), variables.data());
  give_up("execute the program");
}

}  // namespace indexrun::test
