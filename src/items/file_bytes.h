// SPDX-License-Identifier: Apache-2.0
// A list file's bytes, read once from front to back into one fixed buffer. Files are read, not
// mapped: a file that is truncated while mapped kills the reader with SIGBUS.
#pragma once

#include "base/fd.h"
#include "base/patient_read.h"
#include "base/result.h"
#include "items/bytes.h"

#include <memory>
#include <string>
#include <string_view>

#include <sys/stat.h>

namespace indexrun::items {

class FileBytes final : public Bytes {
 public:
  /// "-" is standard input. A regular file, a pipe or a device is fine; a directory and a file that
  /// cannot be opened are kConfig errors (kInput if the reason may pass).
  static Result<std::unique_ptr<Bytes>> open(const std::string& path);

  Result<std::string_view> block() override;
  Result<std::string_view> peek() override;
  /// For a regular file: it has the same size and time as when it was opened.
  [[nodiscard]] Result<void> unchanged() const override;
  [[nodiscard]] bool is_short() const override;

 private:
  FileBytes(const std::string& path, UniqueFd fd, const struct stat& status);

  UniqueFd fd_;
  PatientReader reader_;
  struct stat status_;  ///< when it was opened
  std::size_t capacity_;
  std::unique_ptr<char[]> buffer_;
  std::string_view peeked_;  ///< what block() has to give next
  std::uint64_t offset_ = 0;
  bool ended_ = false;
};

/// The class of a failure to open or read a list: what may pass (I/O error, stale handle, no memory
/// or descriptors) is kInput, all else kConfig.
[[nodiscard]] Failure failure_of_read(int system_error);

}  // namespace indexrun::items
