// SPDX-License-Identifier: Apache-2.0
// A process forked by a test: what it prints, how it ends. For tests of code that changes or
// replaces its own process.
#pragma once

#include "base/fd.h"
#include "base/wait_status.h"

#include <string>
#include <utility>

#include <sys/types.h>

namespace indexrun::testing {

/// Where the build put the probe (tests/probe/probe.cc).
[[nodiscard]] std::string probe_path();

struct Ended {
  WaitStatus status;
  std::string out;  ///< what was not read with line() before
  std::string err;
};

/// A forked child whose standard input is /dev/null and whose output is read here. Whatever takes
/// longer than 20 seconds is killed and ends with signal 9.
class Process {
 public:
  /// Runs `body()` in the child; its result is the exit status.
  template <typename Body>
  static Process start(Body body) {
    Process process = begin();
    if (process.pid_ == 0) {
      leave(body());
    }
    return process;
  }
  Process(Process&&) = default;
  Process& operator=(Process&&) = delete;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  /// Kills what still runs.
  ~Process();

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// The next line of standard output without its newline; empty at the end.
  std::string line();
  void send(int signal) const;
  Ended wait();

 private:
  Process() = default;
  static Process begin();
  [[noreturn]] static void leave(int status);
  bool read_some(int timeout);

  pid_t pid_ = -1;
  bool reaped_ = false;
  UniqueFd out_;
  UniqueFd err_;
  std::string out_text_;
  std::string err_text_;
};

/// start() and wait().
template <typename Body>
Ended run(Body body) {
  return Process::start(std::move(body)).wait();
}

}  // namespace indexrun::testing
