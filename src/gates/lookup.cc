// SPDX-License-Identifier: Apache-2.0
#include "gates/lookup.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <ares.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/uio.h>
#include <unistd.h>

namespace indexrun::gates {

namespace {

// Short, because the whole lookup is begun again later: a name server that comes up meanwhile is
// found soon.
constexpr int kAnswerMilliseconds = 2000;
constexpr int kTries = 2;

// Our own sockets, because c-ares writes without MSG_NOSIGNAL: the SIGPIPE would stay pending and
// kill the program when it gets its signal mask.
ares_socket_t open_socket(int family, int type, int protocol, void* /*unused*/) {
  return ::socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
}

int close_socket(ares_socket_t fd, void* /*unused*/) {
  return ::close(fd);
}

int connect_socket(ares_socket_t fd, const sockaddr* address, ares_socklen_t size,
                   void* /*unused*/) {
  return ::connect(fd, address, size);
}

// NOLINTNEXTLINE(readability-function-size): the library's signature
ares_ssize_t receive(ares_socket_t fd, void* data, std::size_t size, int flags, sockaddr* from,
                     ares_socklen_t* from_size, void* /*unused*/) {
  return ::recvfrom(fd, data, size, flags, from, from_size);
}

ares_ssize_t send_parts(ares_socket_t fd, const iovec* parts, int count, void* /*unused*/) {
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(parts);
  message.msg_iovlen = static_cast<std::size_t>(count);
  return ::sendmsg(fd, &message, MSG_NOSIGNAL);
}

constexpr ares_socket_functions kSockets{open_socket, close_socket, connect_socket, receive,
                                         send_parts};

void add_peer(std::vector<Peer>& peers, const sockaddr* address, socklen_t size,
              std::uint16_t port) {
  Peer peer;
  if (size > sizeof peer.address) {
    return;
  }
  std::memcpy(&peer.address, address, size);
  peer.size = size;
  if (peer.address.ss_family == AF_INET) {
    reinterpret_cast<sockaddr_in*>(&peer.address)->sin_port = htons(port);
  } else if (peer.address.ss_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6*>(&peer.address)->sin6_port = htons(port);
  } else {
    return;
  }
  peers.push_back(peer);
}

/// Whether `host` is an address, which is then the only peer.
bool add_literal(std::vector<Peer>& peers, const std::string& host, std::uint16_t port) {
  sockaddr_in four{};
  sockaddr_in6 six{};
  if (::inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    add_peer(peers, reinterpret_cast<const sockaddr*>(&four), sizeof four, port);
  } else if (::inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    add_peer(peers, reinterpret_cast<const sockaddr*>(&six), sizeof six, port);
  }
  return !peers.empty();
}

std::string describe(int status) {
  switch (status) {
    case ARES_ENOTFOUND:
      return "there is no such name";
    case ARES_ENODATA:
      return "the name has none";
    case ARES_ECONNREFUSED:
    case ARES_ETIMEOUT:
      return "no name server answers";
    case ARES_ESERVFAIL:
    case ARES_EREFUSED:
      return "the name server failed";
    default:
      return "error " + std::to_string(status) + " of c-ares";
  }
}

Deadline from_now(const timeval& time) {
  return Deadline::in(Milliseconds(time.tv_sec * 1000 + (time.tv_usec + 999) / 1000));
}

}  // namespace

std::string Peer::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes =
      address.ss_family == AF_INET
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&address)->sin_addr)
          : &reinterpret_cast<const sockaddr_in6*>(&address)->sin6_addr;
  ::inet_ntop(address.ss_family, bytes, text.data(), text.size());
  return text.data();
}

struct Lookup::Channel {
  std::uint16_t port = 0;
  ares_channel ares = nullptr;
  bool ended = false;
  std::vector<Peer> peers;
  std::string problem;

  void begin(const std::string& host);
  void fail(int status) {
    ended = true;
    problem = describe(status);
  }
  static void answered(void* self, int status, int timeouts, ares_addrinfo* found);
};

void Lookup::Channel::answered(void* self, int status, int /*timeouts*/, ares_addrinfo* found) {
  auto& channel = *static_cast<Channel*>(self);
  channel.ended = true;
  if (status != ARES_SUCCESS) {
    channel.fail(status);
    return;
  }
  for (const ares_addrinfo_node* node = found->nodes; node != nullptr; node = node->ai_next) {
    add_peer(channel.peers, node->ai_addr, node->ai_addrlen, channel.port);
  }
  ares_freeaddrinfo(found);
  if (channel.peers.empty()) {
    channel.fail(ARES_ENODATA);
  }
}

void Lookup::Channel::begin(const std::string& host) {
  ares_options options{};
  std::string files_then_servers = "fb";
  options.timeout = kAnswerMilliseconds;
  options.tries = kTries;
  options.lookups = files_then_servers.data();
  // Given the order, c-ares does not read the files that NSS would.
  const int status =
      ares_init_options(&ares, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS);
  if (status != ARES_SUCCESS) {
    ares = nullptr;
    fail(status);
    return;
  }
  ares_set_socket_functions(ares, &kSockets, nullptr);
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = ARES_AI_NOSORT;  // all are tried
  ares_getaddrinfo(ares, host.c_str(), nullptr, &hints, answered, this);
}

Lookup::Lookup(const std::string& host, std::uint16_t port)
    : channel_(std::make_unique<Channel>()) {
  channel_->port = port;
  if (add_literal(channel_->peers, host, port)) {
    channel_->ended = true;
  } else {
    channel_->begin(host);
  }
}

Lookup::~Lookup() {
  if (channel_->ares != nullptr) {
    ares_destroy(channel_->ares);
  }
}

bool Lookup::advance() {
  if (!channel_->ended) {
    std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
    const int ready = ares_getsock(channel_->ares, sockets.data(), ARES_GETSOCK_MAXNUM);
    for (int i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
      const ares_socket_t fd = sockets[static_cast<std::size_t>(i)];
      pollfd state{.fd = fd, .events = 0, .revents = 0};
      state.events = static_cast<short>((ARES_GETSOCK_READABLE(ready, i) ? POLLIN : 0) |
                                        (ARES_GETSOCK_WRITABLE(ready, i) ? POLLOUT : 0));
      if (state.events == 0 || ::poll(&state, 1, 0) <= 0) {
        continue;
      }
      const bool failed = (state.revents & ~(POLLIN | POLLOUT)) != 0;
      ares_process_fd(channel_->ares,
                      failed || (state.revents & POLLIN) != 0 ? fd : ARES_SOCKET_BAD,
                      (state.revents & POLLOUT) != 0 ? fd : ARES_SOCKET_BAD);
    }
    ares_process_fd(channel_->ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // what is overdue
  }
  return channel_->ended;
}

void Lookup::add_to(Alarms& alarms) const {
  std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
  const int ready = ares_getsock(channel_->ares, sockets.data(), ARES_GETSOCK_MAXNUM);
  for (int i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
    const auto events = static_cast<short>((ARES_GETSOCK_READABLE(ready, i) ? POLLIN : 0) |
                                           (ARES_GETSOCK_WRITABLE(ready, i) ? POLLOUT : 0));
    if (events != 0) {
      alarms.on(sockets[static_cast<std::size_t>(i)], events);
    }
  }
  timeval time{};
  if (ares_timeout(channel_->ares, nullptr, &time) != nullptr) {
    alarms.by(from_now(time));
  }
}

const std::vector<Peer>& Lookup::peers() const {
  return channel_->peers;
}

const std::string& Lookup::problem() const {
  return channel_->problem;
}

}  // namespace indexrun::gates
