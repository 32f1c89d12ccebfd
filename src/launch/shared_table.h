// SPDX-License-Identifier: Apache-2.0
// A child that shares our descriptors until its execve(2), which gives it a table of its own.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <array>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace indexrun::launch {

/// What the child changes about descriptors on its way to the program, such as its standard
/// streams, is undone for us when this object goes. What it opens stays open here.
class SharedTable {
 public:
  /// kInternal if no descriptor is left to remember ours.
  static Result<SharedTable> prepare();
  SharedTable(SharedTable&& other) noexcept = default;
  SharedTable(const SharedTable&) = delete;
  SharedTable& operator=(SharedTable&&) = delete;
  SharedTable& operator=(const SharedTable&) = delete;
  ~SharedTable();

  /// Like vfork(2), but `run(argument)` has a stack of its own. It keeps to the rules of a vfork
  /// and does not return. The pid, or -1 and errno.
  [[nodiscard]] static pid_t fork(int (*run)(void*), void* argument);

 private:
  struct Stream {
    UniqueFd copy;  // invalid: there is nothing to be undone
    int flags = 0;  // FD_CLOEXEC or 0
  };

  SharedTable() = default;

  std::array<Stream, STDERR_FILENO + 1> streams_;
  std::vector<int> inherited_;  // the others that are not close-on-exec
};

}  // namespace indexrun::launch
