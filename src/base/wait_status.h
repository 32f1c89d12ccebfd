// SPDX-License-Identifier: Apache-2.0
// How a process ended, as a value (waitpid(2)).
#pragma once

namespace indexrun {

/// Either `code` (0..255) or `signal` (> 0), never both.
struct WaitStatus {
  int code = 0;
  int signal = 0;
  bool core_dumped = false;

  /// From the raw status of a child that exited or was killed.
  static WaitStatus from_raw(int raw);
  [[nodiscard]] bool signaled() const { return signal > 0; }
  [[nodiscard]] bool success() const { return signal == 0 && code == 0; }
  /// `code`, or 128 + signal, as shells report it.
  [[nodiscard]] int exit_code() const { return signaled() ? 128 + signal : code; }
};

}  // namespace indexrun
