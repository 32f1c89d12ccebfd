// SPDX-License-Identifier: Apache-2.0
// Ownership of a file descriptor.
#pragma once

#include <utility>

namespace indexrun {

/// Owns one descriptor, or none (-1). Move-only; the destructor closes and keeps errno.
class [[nodiscard]] UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    reset(other.release());
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { reset(); }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool valid() const { return fd_ >= 0; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

  /// Closes what it held and takes `fd`. Its own descriptor given again is kept, not closed.
  void reset(int fd = -1);

  /// Closes and reports: returns 0 or the errno of close(2). For files that we wrote, where a
  /// deferred write error (NFS, quota) first shows here.
  [[nodiscard]] int close();

 private:
  int fd_ = -1;
};

}  // namespace indexrun
