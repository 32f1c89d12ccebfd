// SPDX-License-Identifier: Apache-2.0
#include "gates/tcp_waiter.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <sys/random.h>
#include <sys/socket.h>

namespace indexrun::gates {

namespace {

/// From a half of `most` to all of it.
Milliseconds shortened(Milliseconds most) {
  std::uint32_t random = 0;
  // Early in the life of a machine there may be none yet; then all pauses are long.
  static_cast<void>(::getrandom(&random, sizeof random, GRND_NONBLOCK) < 0);
  return most - Milliseconds(random % static_cast<std::uint32_t>(most.count() / 2 + 1));
}

/// A port of the range from which the kernel takes those of clients may be given to ourselves: we
/// are then connected to nobody else.
bool is_own(int fd) {
  sockaddr_storage ours{};
  sockaddr_storage theirs{};
  socklen_t ours_size = sizeof ours;
  socklen_t theirs_size = sizeof theirs;
  return ::getsockname(fd, reinterpret_cast<sockaddr*>(&ours), &ours_size) == 0 &&
         ::getpeername(fd, reinterpret_cast<sockaddr*>(&theirs), &theirs_size) == 0 &&
         ours_size == theirs_size && std::memcmp(&ours, &theirs, ours_size) == 0;
}

/// Whether a connection that was begun is there: 0, an errno, or nothing yet.
std::optional<int> outcome(int fd) {
  pollfd state{.fd = fd, .events = POLLOUT, .revents = 0};
  if (::poll(&state, 1, 0) <= 0) {
    return std::nullopt;
  }
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
    return errno;
  }
  return error == 0 && is_own(fd) ? ECONNREFUSED : error;
}

}  // namespace

std::optional<int> TcpWaiter::ask() {
  if (!socket_.valid()) {
    const Peer& peer = lookup_->peers()[next_];
    socket_.reset(
        ::socket(peer.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP));
    if (!socket_.valid()) {
      return errno;
    }
    until_ = Deadline::in(kConnectTime);
    if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&peer.address), peer.size) < 0 &&
        errno != EINPROGRESS && errno != EINTR) {
      return errno;
    }
  }
  const auto answer = outcome(socket_.get());
  return !answer && until_.passed() ? ETIMEDOUT : answer;
}

void TcpWaiter::note(const std::string& problem) {
  round_.append(round_.empty() ? "" : ", ").append(problem);
}

void TcpWaiter::rest() {
  seen_ = std::exchange(round_, {});
  lookup_.reset();
  until_ = Deadline::in(shortened(pause_));
  pause_ = std::min(pause_ * 2, kLongestPause);
}

Result<bool> TcpWaiter::look() {
  if (!lookup_) {
    if (!until_.passed()) {
      return false;
    }
    lookup_.emplace(gate_.host, gate_.port);
    next_ = 0;
  }
  if (!lookup_->advance()) {
    seen_ = seen_.empty() ? "no answer from a name server yet" : seen_;
    return false;
  }
  const std::vector<Peer>& peers = lookup_->peers();
  for (; next_ < peers.size(); ++next_) {
    const auto answer = ask();
    if (!answer) {
      seen_ = seen_.empty() ? "no answer yet" : seen_;
      return false;
    }
    socket_.reset();
    if (*answer == 0) {
      return true;
    }
    const std::string address = peers[next_].text();
    note((address == gate_.host ? "" : address + ": ") + system_error_text(*answer));
  }
  if (peers.empty()) {
    note("no address for " + gate_.host + ": " + lookup_->problem());
  }
  rest();
  return false;
}

void TcpWaiter::add_to(Alarms& alarms) const {
  if (socket_.valid()) {
    alarms.on(socket_.get(), POLLOUT);
    alarms.by(until_);
  } else if (lookup_) {
    lookup_->add_to(alarms);
  } else {
    alarms.by(until_);
  }
}

}  // namespace indexrun::gates
