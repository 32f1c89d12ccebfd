// SPDX-License-Identifier: Apache-2.0
// The file whose content Kubernetes shows as the container's termination message.
#pragma once

#include "base/fd.h"

#include <string>
#include <string_view>

#include <sys/stat.h>

namespace indexrun::status {

/// Opened before confinement, written at the very end, never created. In a pod it is a bind mount
/// of its own with mode 0666, so it is truncated and written, not replaced. Nothing about it ever
/// changes the outcome of a run.
class MessageFile {
 public:
  MessageFile() = default;
  /// A file that is missing or cannot be written gives an object that exists() not.
  static MessageFile open(const std::string& path);

  [[nodiscard]] bool exists() const { return fd_.valid(); }
  /// The descriptor, -1 if there is none: to be kept open while a program is supervised.
  [[nodiscard]] int fd() const { return fd_.get(); }
  /// Writes `text` in place of what stood there when it was opened. A message that the workload
  /// wrote in the meantime is left alone.
  void write(std::string_view text);

 private:
  UniqueFd fd_;
  struct stat opened_ {};
};

}  // namespace indexrun::status
