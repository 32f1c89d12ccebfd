// SPDX-License-Identifier: Apache-2.0
// Stops a program in the middle of reading a file, exactly when it wants the next bytes
// (fanotify(7) permission events), so that a test can change the file under it.
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace indexrun::test {

class AccessGate {
 public:
  /// Needs root and a kernel with permission events: see available().
  explicit AccessGate(const std::string& path);
  AccessGate(const AccessGate&) = delete;
  AccessGate& operator=(const AccessGate&) = delete;
  /// Lets everybody through and stops watching.
  ~AccessGate();

  [[nodiscard]] bool available() const { return fd_ >= 0; }
  /// Calls `change` when the `nth` read (from 1) of the file is about to happen, and lets the read
  /// go on after it. All other reads pass. Call once.
  void at_read(int nth, std::function<void()> change);

 private:
  void serve(int nth, const std::function<void()>& change) const;

  int fd_;
  int stop_[2] = {-1, -1};
  std::thread thread_;
};

}  // namespace indexrun::test
