// SPDX-License-Identifier: Apache-2.0
// The addresses of a host, by /etc/hosts and /etc/resolv.conf and without NSS, which a static
// executable must not load from the image. c-ares does it, without ever waiting itself.
#pragma once

#include "gates/waiter.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <sys/socket.h>

namespace indexrun::gates {

/// An address and a port to connect to.
struct Peer {
  sockaddr_storage address{};
  socklen_t size = 0;

  /// "127.0.0.1", "::1": without the port.
  [[nodiscard]] std::string text() const;
};

/// One lookup, begun by the constructor. An address as text needs none and is ready at once. The
/// files are read anew for each lookup.
class Lookup {
 public:
  Lookup(const std::string& host, std::uint16_t port);
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
  ~Lookup();

  /// Goes on without waiting: true when it has ended. Then peers() holds what was found, and if
  /// that is nothing problem() says why.
  [[nodiscard]] bool advance();
  void add_to(Alarms& alarms) const;
  [[nodiscard]] const std::vector<Peer>& peers() const;
  [[nodiscard]] const std::string& problem() const;

 private:
  struct Channel;
  std::unique_ptr<Channel> channel_;
};

}  // namespace indexrun::gates
