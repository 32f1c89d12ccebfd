// SPDX-License-Identifier: Apache-2.0
#include "launch/denials.h"

#include "base/file.h"
#include "base/log.h"
#include "base/quote.h"
#include "confine/seccomp/ask.h"
#include "confine/seccomp/interfaces.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

/// A program that tries everything must not fill our memory or the log.
constexpr std::size_t kMostKinds = 1000;
constexpr std::size_t kMostTold = 50;
constexpr int kLargestErrno = 4095;  // the kernel's MAX_ERRNO

std::string hexadecimal(std::uint64_t value) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  return "0x" + std::string(digits.data(), end);
}

/// "ptrace", "x86 ptrace", "system call 999".
std::string name_of(std::uint32_t architecture, int number) {
  const auto plain = static_cast<std::uint32_t>(number);
  const std::vector<confine::Interface> all = confine::all_interfaces();
  const bool x32 = architecture == all.front().audit && plain >= confine::kX32Bit &&
                   std::ranges::any_of(all, &confine::Interface::x32);
  const auto found = std::ranges::find_if(all, [&](const confine::Interface& one) {
    return one.audit == architecture && one.x32 == x32;
  });
  std::string name;
  if (found != all.end()) {
    name = confine::name_of_call(*found, plain);
  }
  if (name.empty()) {
    name = "system call " + std::to_string(number);
  }
  const bool native = found == all.begin();
  return native || found == all.end() ? name : std::string(found->name) + " " + name;
}

std::string error_name(int error) {
  const char* name = error == 0 ? nullptr : strerrorname_np(error);
  return name != nullptr ? name : "errno " + std::to_string(error);
}

/// "process 12 'python3'". Read before the answer, while the process must still be there.
std::string who_is(std::uint32_t pid) {
  const std::string number = std::to_string(pid);
  FileContent name = read_file("/proc/" + number + "/comm", 64);
  while (!name.bytes.empty() && name.bytes.back() == '\n') {
    name.bytes.pop_back();
  }
  return "process " + number + (name.bytes.empty() ? "" : " " + quote(name.bytes));
}

bool has_call(int listener) {
  pollfd waiting{listener, POLLIN, 0};
  return ::poll(&waiting, 1, 0) > 0 && (waiting.revents & POLLIN) != 0;
}

}  // namespace

Denials::Denials(Loop& loop, UniqueFd listener, std::span<const confine::Filter> filters)
    : loop_(&loop), listener_(std::move(listener)), filters_(filters) {
  // Of a newer kernel they may be larger than ours.
  seccomp_notif_sizes sizes{};
  static_cast<void>(::syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes));
  call_.resize(std::max<std::size_t>(sizes.seccomp_notif, sizeof(seccomp_notif)));
  response_.resize(std::max<std::size_t>(sizes.seccomp_notif_resp, sizeof(seccomp_notif_resp)));
  loop_->watch_input(listener_.get());
}

void Denials::ready(int fd) {
  if (fd < 0 || fd != listener_.get()) {
    return;
  }
  // Taking up a call waits for one, and whoever made it may have been killed.
  if (has_call(fd)) {
    answer();
  } else {
    pollfd ended{fd, 0, 0};
    if (::poll(&ended, 1, 0) > 0) {
      stop_listening();  // the last process with this filter has ended
    }
  }
}

void Denials::answer() {
  std::ranges::fill(call_, '\0');  // the kernel insists
  if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_RECV, call_.data()) != 0) {
    // ENOENT: the call is no more, for its process was killed or got a signal.
    if (errno != ENOENT && errno != EINTR) {
      give_up(errno);
    }
    return;
  }
  seccomp_notif call;
  std::memcpy(&call, call_.data(), sizeof call);
  const confine::Action verdict = confine::joint_verdict(filters_, call.data);
  int error = EPERM;
  if ((verdict & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO) {
    error = std::min(static_cast<int>(verdict & SECCOMP_RET_DATA), kLargestErrno);
  } else if (confine::permits(verdict)) {
    error = kLogged;
  }
  const std::string who = find(call.data, error) == nullptr ? who_is(call.pid) : "";
  const int failed = send(call.id, error);
  if (failed == 0) {
    add(call, error, who);
  } else if (failed != ENOENT) {
    give_up(failed);
  }
}

/// 0 or an errno; ENOENT: as above.
int Denials::send(std::uint64_t id, int error) {
  constexpr std::uint32_t kContinue = 1;  // SECCOMP_USER_NOTIF_FLAG_CONTINUE, Linux 5.5
  seccomp_notif_resp response{.id = id, .val = 0, .error = -error, .flags = 0};
  if (error == kLogged) {
    response.error = 0;
    response.flags = kContinue;
  }
  std::ranges::fill(response_, '\0');
  std::memcpy(response_.data(), &response, sizeof response);
  return ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_SEND, response_.data()) == 0 ? 0 : errno;
}

/// Then the kernel denies all that it would ask about.
void Denials::give_up(int error) {
  log::warning("launch: no more denied calls are told, all fail with ENOSYS from now on: " +
               system_error_text(error));
  stop_listening();
}

Denials::Kind* Denials::find(const seccomp_data& call, int error) {
  const auto found = std::ranges::find_if(kinds_, [&](const Kind& kind) {
    return kind.number == call.nr && kind.architecture == call.arch && kind.error == error;
  });
  return found == kinds_.end() ? nullptr : &*found;
}

void Denials::add(const seccomp_notif& call, int error, const std::string& who) {
  const bool logged = error == kLogged;
  ++(logged ? logged_ : count_);
  if (Kind* same = find(call.data, error)) {
    ++same->count;
    return;
  }
  if (kinds_.size() == kMostKinds) {
    ++(logged ? others_logged_ : others_);
    return;
  }
  kinds_.push_back({call.data.arch, call.data.nr, error, 1});
  if (kinds_.size() > kMostTold) {
    return;
  }
  std::string arguments;
  for (const std::uint64_t argument : call.data.args) {
    arguments += (arguments.empty() ? "" : ", ") + hexadecimal(argument);
  }
  log::warning(std::string("launch: ") + (logged ? "logged: " : "denied: ") +
               name_of(call.data.arch, call.data.nr) + "(" + arguments + ")" +
               (logged ? "" : " = " + error_name(error)) + ", " + who);
}

void Denials::finish() {
  stop_listening();
  std::ranges::stable_sort(kinds_, std::ranges::greater(), &Kind::count);
  if (count_ > 0) {
    tell_sum(false);
  }
  if (logged_ > 0) {
    tell_sum(true);
  }
}

void Denials::tell_sum(bool logged) const {
  std::string list;
  for (const Kind& kind : kinds_) {
    if ((kind.error == kLogged) == logged) {
      list.append(list.empty() ? "" : ", ")
          .append(name_of(kind.architecture, kind.number))
          .append(logged ? " " : " " + error_name(kind.error) + " ")
          .append(std::to_string(kind.count));
    }
  }
  if (const std::uint64_t others = logged ? others_logged_ : others_; others > 0) {
    list += ", others " + std::to_string(others);
  }
  log::warning(std::string("launch: system calls ") + (logged ? "logged: " : "denied: ") +
               std::to_string(logged ? logged_ : count_) + " (" + list + ")");
}

void Denials::stop_listening() {
  if (listener_.valid()) {
    loop_->forget(listener_.get());
    listener_.reset();
  }
}

}  // namespace indexrun::launch
