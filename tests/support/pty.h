// SPDX-License-Identifier: Apache-2.0
// A pseudo terminal for the cases where indexrun and its workload share one with a user.
#pragma once

#include "support/run.h"

#include <string>
#include <string_view>

#include <sys/types.h>

namespace indexrun::test {

class Pty {
 public:
  Pty();
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;
  ~Pty();

  /// Makes `run` the leader of a new session with this terminal on all three streams. The run's
  /// own pipes stay empty: what is printed arrives here.
  void give_to(Command& run) const;
  /// Types, as the user would ("\x03" is Ctrl-C, "\x1a" Ctrl-Z).
  void type(std::string_view keys) const;
  /// Reads until `text` has been seen (each call starts behind the last match).
  [[nodiscard]] bool wait_for(std::string_view text);
  [[nodiscard]] const std::string& seen() const { return seen_; }
  /// The foreground process group.
  [[nodiscard]] pid_t foreground() const;

 private:
  int controller_;
  std::string name_;
  std::string seen_;
  std::size_t matched_ = 0;
};

}  // namespace indexrun::test
