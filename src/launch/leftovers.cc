// SPDX-License-Identifier: Apache-2.0
#include "launch/leftovers.h"

#include "base/decimal.h"
#include "base/file.h"
#include "base/log.h"
#include "base/signals.h"

#include <algorithm>
#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

constexpr Milliseconds kLongestKill{2'000};

std::vector<pid_t> parse_pids(std::string_view text) {
  std::vector<pid_t> pids;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (const auto number = parse_decimal(text.substr(0, blank))) {
      pids.push_back(static_cast<pid_t>(*number));
    }
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return pids;
}

/// The parent of a process, from /proc/PID/stat: the second field behind the name, which may itself
/// contain blanks and parentheses (proc(5)).
pid_t parent_of(std::string_view pid) {
  const FileContent stat = read_file("/proc/" + std::string(pid) + "/stat", 4096);
  const std::size_t name_end = stat.bytes.rfind(')');
  if (stat.error != 0 || name_end == std::string::npos) {
    return -1;
  }
  std::string_view rest = std::string_view(stat.bytes).substr(name_end);
  constexpr std::size_t kBeforeParent = 4;  // ") S "
  rest.remove_prefix(std::min(kBeforeParent, rest.size()));
  const auto number = parse_decimal(rest.substr(0, rest.find(' ')));
  return number ? static_cast<pid_t>(*number) : -1;
}

/// For kernels without CONFIG_PROC_CHILDREN.
std::vector<pid_t> children_by_search() {
  std::vector<pid_t> pids;
  DIR* list = ::opendir("/proc");
  if (list == nullptr) {
    return pids;
  }
  while (const dirent* entry = ::readdir(list)) {
    const auto number = parse_decimal(entry->d_name);
    if (number && parent_of(entry->d_name) == ::getpid()) {
      pids.push_back(static_cast<pid_t>(*number));
    }
  }
  ::closedir(list);
  return pids;
}

std::vector<pid_t> children() {
  const FileContent list = read_file("/proc/thread-self/children");
  return list.error == 0 ? parse_pids(list.bytes) : children_by_search();
}

class Ending {
 public:
  Ending(Loop& loop, Milliseconds grace) : loop_(loop), timer_(loop.arm(Deadline::in(grace))) {}

  void run() {
    signal_children();
    while (!known_.empty() && !loop_.childless()) {
      handle(loop_.next());
    }
    loop_.cancel(timer_);
  }

 private:
  void handle(const Event& event) {
    const bool over = event.kind == Event::Kind::kTimer && event.timer == timer_;
    const bool hurried = event.kind == Event::Kind::kSignal &&
                         is_stop_signal(static_cast<int>(event.signal.ssi_signo));
    if (event.kind == Event::Kind::kEnded) {
      std::erase(known_, event.pid);
      signal_children();
    } else if (over && signal_ == SIGKILL) {
      LOG_CHOSEN("launch: processes remain that the kernel does not end");
      known_.clear();
    } else if (over || hurried) {
      kill_children();
    }
  }

  /// Those that we have not signalled yet: every end may have handed us more.
  void signal_children() {
    for (const pid_t pid : children()) {
      if (std::find(known_.begin(), known_.end(), pid) == known_.end()) {
        known_.push_back(pid);
        loop_.watch(pid);
        signal_one(pid);
      }
    }
  }

  void kill_children() {
    if (signal_ != SIGKILL) {
      signal_ = SIGKILL;
      loop_.cancel(timer_);
      timer_ = loop_.arm(Deadline::in(kLongestKill));
      for (const pid_t pid : known_) {
        signal_one(pid);
      }
    }
  }

  void signal_one(pid_t pid) const {
    static_cast<void>(::kill(pid, signal_));
    static_cast<void>(::kill(pid, SIGCONT));  // a stopped process would keep the signal waiting
  }

  Loop& loop_;
  int signal_ = SIGTERM;
  TimerId timer_;
  std::vector<pid_t> known_;
};

}  // namespace

void end_leftovers(Loop& loop, Milliseconds grace) {
  if (loop.childless()) {
    return;
  }
  LOG_CHOSEN("launch: the program left processes behind, which are ended now");
  Ending(loop, grace).run();
}

}  // namespace indexrun::launch
