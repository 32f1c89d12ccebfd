// SPDX-License-Identifier: Apache-2.0
#include "support/listener.h"

#include "support/run.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace indexrun::test {

Listener::Listener(const std::string& address)
    : family_(address.find(':') == std::string::npos ? AF_INET : AF_INET6),
      fd_(socket(family_, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in6 six{};
  sockaddr_in four{};
  six.sin6_family = AF_INET6;
  four.sin_family = AF_INET;
  const bool old = family_ == AF_INET;
  auto* any = old ? reinterpret_cast<sockaddr*>(&four) : reinterpret_cast<sockaddr*>(&six);
  socklen_t size = old ? sizeof four : sizeof six;
  inet_pton(family_, address.c_str(),
            old ? static_cast<void*>(&four.sin_addr) : static_cast<void*>(&six.sin6_addr));
  if (fd_ >= 0 && bind(fd_, any, size) == 0 && getsockname(fd_, any, &size) == 0) {
    port_ = ntohs(old ? four.sin_port : six.sin6_port);
  }
}

Listener::~Listener() {
  for (const int fd : fill_) {
    close(fd);
  }
  close(fd_);
}

void Listener::listen() const {
  ::listen(fd_, 16);
}

void Listener::listen_and_fill() {
  ::listen(fd_, 0);
  sockaddr_storage here{};
  socklen_t size = sizeof here;
  getsockname(fd_, reinterpret_cast<sockaddr*>(&here), &size);
  // A connection that the backlog has room for is there at once.
  for (pollfd state{}; fill_.empty() || poll(&state, 1, 100) == 1;) {
    state = {socket(family_, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), POLLOUT, 0};
    fill_.push_back(state.fd);
    static_cast<void>(connect(state.fd, reinterpret_cast<sockaddr*>(&here), size));
  }
}

bool Listener::was_asked() const {
  pollfd state{fd_, POLLIN, 0};
  return poll(&state, 1, std::chrono::milliseconds(kDeadline).count()) == 1;
}

}  // namespace indexrun::test
