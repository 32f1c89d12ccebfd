// SPDX-License-Identifier: Apache-2.0
// What the loop of wait.cc knows of a gate: whether it is met, and when to look again.
#pragma once

#include "base/deadline.h"
#include "base/result.h"

#include <optional>
#include <string>
#include <vector>

#include <poll.h>

namespace indexrun::gates {

/// What ends a pause: descriptors that become ready, or a point in time.
struct Alarms {
  std::vector<pollfd> descriptors;
  std::optional<Deadline> at;

  void on(int fd, short events) {
    descriptors.push_back({.fd = fd, .events = events, .revents = 0});
  }
  void by(Deadline deadline) { at = at && *at < deadline ? *at : deadline; }
};

class Waiter {
 public:
  Waiter() = default;
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  virtual ~Waiter() = default;

  /// Looks without waiting, and does what can be done at once: true if the gate is met, which it
  /// then stays. Error: it cannot be met, kInput.
  virtual Result<bool> look() = 0;
  /// Adds what may change the answer. A file has nothing here: see folders.h.
  virtual void add_to(Alarms& /*alarms*/) const {}
  /// What stood in the way last, for messages: "No such file or directory".
  [[nodiscard]] const std::string& seen() const { return seen_; }

 protected:
  std::string seen_;
};

}  // namespace indexrun::gates
