// SPDX-License-Identifier: Apache-2.0
// Going through the names of a directory (readdir(3)).
#pragma once

#include <memory>
#include <string_view>

#include <dirent.h>

namespace indexrun::items {

/// One pass over the visible entries of an open directory, in the order of the file system. Only
/// one pass may be under way at a time, because they share the descriptor's offset.
class Entries {
 public:
  /// `fd` stays the caller's. After a failure next() gives nothing and error() the errno.
  explicit Entries(int fd);

  /// The next entry whose name does not begin with a dot; null at the end or after a failure.
  const dirent* next();
  [[nodiscard]] int error() const { return error_; }

 private:
  struct Close {
    void operator()(DIR* directory) const { closedir(directory); }
  };
  std::unique_ptr<DIR, Close> directory_;
  int error_ = 0;
};

}  // namespace indexrun::items
