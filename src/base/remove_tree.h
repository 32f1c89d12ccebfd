// SPDX-License-Identifier: Apache-2.0
// Removes a directory with all that is in it.
#pragma once

#include <string>

#include <sys/types.h>

namespace indexrun {

/// A directory for good, whatever its path leads to later.
struct DirectoryIdentity {
  dev_t device = 0;
  ino_t number = 0;
};

/// Removes the directory `path` if it still is the one with this identity, and everything beneath.
/// Symbolic links are removed, never followed; other file systems that are mounted beneath are left
/// alone, and so is all above them. Directories that keep their owner out are opened up first. 0,
/// or the first errno: ENOENT if it has gone, ENOTDIR if something else is there now.
[[nodiscard]] int remove_tree(const std::string& path, const DirectoryIdentity& identity);

}  // namespace indexrun
