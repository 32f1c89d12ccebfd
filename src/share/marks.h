// SPDX-License-Identifier: Apache-2.0
// --done-dir: a file for each item that ended with 0, so that it is not run again.
#pragma once

#include "base/fd.h"
#include "base/result.h"
#include "items/item.h"

#include <string>
#include <vector>

namespace indexrun::share {

class Marks {
 public:
  /// Makes the directory if it is missing, and writes a file there on trial. kInput if that fails.
  static Result<Marks> open(const std::string& directory);

  /// The mark's name: 64 hexadecimal digits of the SHA-256 of the item and the command, each
  /// argument with its length before it. Equal items with equal commands have one mark.
  [[nodiscard]] static std::string name(const items::Item& item,
                                        const std::vector<std::string>& command);

  [[nodiscard]] bool has(const std::string& name) const;
  /// Atomically, and on the disk (fsync(2)) when this returns. kInput.
  [[nodiscard]] Result<void> write(const std::string& name, const items::Item& item) const;

 private:
  explicit Marks(std::string directory) : directory_(std::move(directory)) {}

  std::string directory_;
  UniqueFd folder_;
};

}  // namespace indexrun::share
