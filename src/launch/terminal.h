// SPDX-License-Identifier: Apache-2.0
// The controlling terminal, if standard input is it, and whose turn it is there (tcsetpgrp(3)).
#pragma once

#include "base/fd.h"

#include <sys/types.h>

namespace indexrun::launch {

class Terminal {
 public:
  /// Looks at standard input and keeps a descriptor of its own, as the supervisor gives up its
  /// standard streams later. An object without a terminal does nothing.
  static Terminal find();

  /// -1 if there is none.
  [[nodiscard]] int fd() const { return fd_.get(); }
  /// Our process group is in the foreground. A background job never takes the terminal.
  [[nodiscard]] bool ours() const;
  /// TTOU is blocked in us, so giving and taking work from the background too.
  void give(pid_t group) const;
  /// Only from `group`: whoever else has the foreground keeps it.
  void take_back_from(pid_t group) const;

 private:
  UniqueFd fd_;
};

/// TSTP, TTIN or TTOU.
[[nodiscard]] bool is_terminal_stop(int signal);

/// Nobody would continue us: the kernel ignores a terminal's stop in such a process (an orphaned
/// process group, setpgid(2)), and so must we, or the program stops for ever.
[[nodiscard]] bool nobody_would_continue_us();

}  // namespace indexrun::launch
