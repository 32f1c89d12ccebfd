// SPDX-License-Identifier: Apache-2.0
#include "launch/leftovers.h"

#include "base/decimal.h"
#include "base/file.h"
#include "base/log.h"
#include "base/signals.h"
#include "launch/forward.h"

#include <algorithm>
#include <csignal>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
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
  Ending(Loop& loop, const Farewell& farewell) : loop_(loop), farewell_(farewell) {
    if (farewell.wait == nullptr) {
      begin(farewell.signal);
    } else if (farewell.limit) {
      timer_ = loop.arm(*farewell.limit);
    }
  }

  void run() {
    find_children();
    while (!known_.empty() && !loop_.childless()) {
      handle(loop_.next());
      // However many have ended by now: the list of those that are left is read once. A stream may
      // be ready for ever.
      for (auto event = loop_.poll(); event; event = loop_.poll()) {
        handle(*event);
        if (event->kind == Event::Kind::kReady) {
          break;
        }
      }
      if (std::exchange(ended_, false)) {
        find_children();
      }
    }
    stop_timer();
  }

  [[nodiscard]] bool limit_passed() const { return limit_passed_; }

 private:
  void handle(const Event& event) {
    switch (event.kind) {
      case Event::Kind::kSignal:
        on_signal(event.signal);
        break;
      case Event::Kind::kEnded:
        ended_ = true;
        std::erase(known_, event.pid);
        break;
      case Event::Kind::kTimer:
        if (event.timer == timer_) {
          timer_.reset();
          on_time();
        }
        break;
      case Event::Kind::kReady:
        if (farewell_.ready) {
          farewell_.ready(event.fd);
        }
        break;
      case Event::Kind::kStopped:
      case Event::Kind::kContinued:
        break;
    }
  }

  void on_signal(const signalfd_siginfo& signal) {
    const bool stop = is_stop_signal(static_cast<int>(signal.ssi_signo));
    if (signal_ != 0) {
      if (stop) {
        begin(SIGKILL);
      }
      return;
    }
    find_children();
    int sent = 0;
    for (const pid_t pid : known_) {
      sent = forward_signal(*farewell_.wait, signal, pid);
    }
    if (stop && sent != 0) {
      begin(sent, Known::kTold);
    }
  }

  void on_time() {
    if (signal_ == 0) {
      limit_passed_ = true;
      begin(farewell_.signal);
    } else if (signal_ != SIGKILL) {
      begin(SIGKILL);
    } else {
      LOG_CHOSEN("launch: processes remain that the kernel does not end");
      known_.clear();
    }
  }

  enum class Known { kNotTold, kTold };

  /// From now on everybody is told this, who has not been told.
  void begin(int signal, Known known = Known::kNotTold) {
    if (signal_ == SIGKILL) {
      return;
    }
    signal_ = signal;
    stop_timer();
    timer_ = loop_.arm(Deadline::in(signal == SIGKILL ? kLongestKill : farewell_.grace));
    for (const pid_t pid : known_) {
      if (known == Known::kNotTold) {
        tell(pid);
      } else {
        resume(pid);
      }
    }
  }

  /// Those that we do not know yet: every end may have handed us more.
  void find_children() {
    std::vector<pid_t> all = children();
    std::ranges::sort(all);
    std::vector<pid_t> fresh;
    std::ranges::set_difference(all, known_, std::back_inserter(fresh));
    for (const pid_t pid : fresh) {
      loop_.watch(pid);
      if (signal_ != 0) {
        tell(pid);
      }
    }
    known_ = std::move(all);
  }

  void tell(pid_t pid) const {
    static_cast<void>(::kill(pid, signal_));
    resume(pid);
  }

  /// A stopped process would keep the signal waiting.
  static void resume(pid_t pid) { static_cast<void>(::kill(pid, SIGCONT)); }

  void stop_timer() {
    if (timer_) {
      loop_.cancel(*timer_);
      timer_.reset();
    }
  }

  Loop& loop_;
  const Farewell& farewell_;
  int signal_ = 0;  // what they have been told; 0: nothing, they are waited for
  std::optional<TimerId> timer_;
  std::vector<pid_t> known_;  // in order; reaped ones may be among them until they are handled
  bool ended_ = false;
  bool limit_passed_ = false;
};

}  // namespace

bool end_leftovers(Loop& loop, const Farewell& farewell) {
  if (loop.childless()) {
    return false;
  }
  LOG_CHOSEN(farewell.wait != nullptr
                 ? "launch: waiting for the processes that the program left behind"
                 : "launch: the program left processes behind, which are ended now");
  Ending ending(loop, farewell);
  ending.run();
  return ending.limit_passed();
}

}  // namespace indexrun::launch
