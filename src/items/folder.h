// SPDX-License-Identifier: Apache-2.0
// The names in a folder of items, and their order.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace indexrun::items {

/// An open folder of regular files, one item each. A mounted ConfigMap is read through its ..data
/// link, opened once, so that an update cannot mix two versions. Names that begin with a dot are no
/// items. A folder that cannot be read, and anything in it that is not a regular file after
/// following links, are kConfig errors: the numbering would be uncertain.
class Folder {
 public:
  static Result<Folder> open(const std::string& path);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] int fd() const { return fd_.get(); }

  /// The name of the item at `position` < count(): by number if all names are decimal (they are
  /// then exactly 0..n-1, open() sees to that), else in byte order. Large folders are not kept in
  /// memory; their listing is read again instead.
  Result<std::string> name(std::uint64_t position) const;
  /// All names in that order.
  Result<std::vector<std::string>> names() const;

  /// Whether names were added or removed, or the folder itself was, since open().
  [[nodiscard]] bool changed() const;

 private:
  Folder() = default;
  static Result<Folder> look_at(const std::string& path);
  Result<void> survey();
  Result<void> check_numbers() const;

  std::string path_;
  UniqueFd fd_;
  struct stat status_ {};
  std::uint64_t count_ = 0;
  bool decimal_ = true;           ///< all names are decimal
  std::size_t width_ = 0;         ///< the width of all names, 0 if they differ
  bool canonical_ = true;         ///< no decimal name has a leading zero
  std::uint64_t highest_ = 0;     ///< of the decimal names
  std::vector<std::string> few_;  ///< all names, sorted, if they are few
};

}  // namespace indexrun::items
