// SPDX-License-Identifier: Apache-2.0
// Reading what may be a pipe. All signals are blocked, so a stop signal does not interrupt read(2):
// it is waited for together with the bytes.
#pragma once

#include "base/error.h"
#include "base/fd.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace indexrun {

/// How a read ended: all is well if both are 0.
struct ReadEnd {
  int error = 0;   ///< an errno
  int signal = 0;  ///< a stop signal (is_stop_signal) that came meanwhile

  [[nodiscard]] bool fine() const { return error == 0 && signal == 0; }
  /// This end as an Error: `error` if that is what happened, or kStopped with its signal.
  [[nodiscard]] Error to_error(Error unreadable) const;
};

/// Opens for patient reading: a FIFO that nobody writes to yet is no reason to wait here. As
/// open_existing().
[[nodiscard]] UniqueFd open_patiently(const std::string& path);

/// Reads one descriptor in blocks. The descriptor is borrowed.
class PatientReader {
 public:
  explicit PatientReader(int fd);

  /// Fills `buffer` as read_fully() does; `size` is how much was read, less than asked for only at
  /// the end of the file or of patience.
  struct Block {
    std::size_t size = 0;
    ReadEnd end;
  };
  [[nodiscard]] Block read(char* buffer, std::size_t size);

 private:
  [[nodiscard]] int wait();

  int fd_;
  bool regular_;
  UniqueFd stops_;  // a signalfd, made when there is something to wait for
};

/// A whole file, as read_file(); a file longer than `limit` bytes gives EFBIG.
struct PatientContent {
  std::string bytes;
  ReadEnd end;
};
[[nodiscard]] PatientContent read_patiently(const std::string& path, std::size_t limit = SIZE_MAX);

}  // namespace indexrun
