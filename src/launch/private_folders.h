// SPDX-License-Identifier: Apache-2.0
// Directories that only one launch has: for temporary files, and as its home.
#pragma once

#include "base/remove_tree.h"
#include "base/result.h"
#include "confine/prepared.h"
#include "inputs/inputs.h"

#include <string>
#include <string_view>
#include <vector>

namespace indexrun::launch {

/// Removes what it made when it goes, unless it was told to leave it.
class PrivateFolders {
 public:
  PrivateFolders() = default;
  /// Makes, with mode 0700 and the workload's user as owner, "indexrun-XXXXXX" in each directory
  /// that the inputs name; a missing one is made. kInput.
  static Result<PrivateFolders> make(const inputs::Inputs& inputs,
                                     const confine::Prepared& prepared);

  PrivateFolders(PrivateFolders&& other) noexcept = default;
  PrivateFolders& operator=(PrivateFolders&& other) noexcept;
  PrivateFolders(const PrivateFolders&) = delete;
  PrivateFolders& operator=(const PrivateFolders&) = delete;
  ~PrivateFolders();

  struct Folder {
    std::string_view variable;  ///< "TMPDIR" or "HOME"
    std::string setting;        ///< "TMPDIR=/tmp/indexrun-Ab12Cd"
    DirectoryIdentity identity;

    [[nodiscard]] std::string path() const { return setting.substr(variable.size() + 1); }
  };
  [[nodiscard]] const std::vector<Folder>& all() const { return folders_; }

  /// Removes them now. A warning tells what is left.
  void remove();

 private:
  Result<void> add(std::string_view variable, const std::string& parent,
                   const confine::Prepared& prepared);

  std::vector<Folder> folders_;
};

}  // namespace indexrun::launch
