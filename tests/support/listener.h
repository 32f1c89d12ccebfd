// SPDX-License-Identifier: Apache-2.0
// A port of the loopback interface that a test opens when it likes.
#pragma once

#include <string>
#include <vector>

namespace indexrun::test {

class Listener {
 public:
  /// Takes a free port of this address: connections are refused until listen() is called.
  explicit Listener(const std::string& address = "127.0.0.1");
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  /// False if there is no such address here.
  [[nodiscard]] bool valid() const { return port_ != 0; }
  [[nodiscard]] std::string port() const { return std::to_string(port_); }
  void listen() const;
  /// Listens, and takes so many connections that the kernel answers nobody any more.
  void listen_and_fill();
  /// Waits for a connection and tells whether one came in time.
  [[nodiscard]] bool was_asked() const;

 private:
  int family_;
  int fd_ = -1;
  int port_ = 0;
  std::vector<int> fill_;
};

}  // namespace indexrun::test
