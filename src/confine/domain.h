// SPDX-License-Identifier: Apache-2.0
// The Landlock domain of one launch: its paths are those of one item.
#pragma once

#include "base/fd.h"
#include "base/result.h"
#include "confine/prepared.h"
#include "confine/restrict.h"

#include <span>
#include <string>

namespace indexrun::confine {

/// What a path is named for.
enum class Right {
  kRead,     ///< --ro: read files and directories
  kWrite,    ///< --rw: also write, make (no devices), remove, rename, link, cut off
  kExecute,  ///< --exec: read and execute
};

/// A path and everything beneath it. Relative ones start from our own working directory.
struct Grant {
  Right right = Right::kRead;
  std::string path;
  bool from_item = false;  ///< other items have other paths
};

/// A set of rules, ready for restrict(). Default-made: none.
class Domain {
 public:
  /// Opens each path (symbolic links are followed, now) and hands it to the kernel. Nothing is
  /// changed. A path that cannot be opened is kConfig, or kItem if it is from_item; kInput if that
  /// may pass; kConfine if the kernel does not take the rules.
  static Result<Domain> make(const Landlock& wanted, std::span<const Grant> grants);

  /// Borrows from this object.
  [[nodiscard]] const Restriction& restriction() const { return restriction_; }

 private:
  Result<void> add(const Landlock& wanted, const Grant& grant);
  Result<void> add_ports(const Landlock& wanted);
  void plan_checks(const Landlock& wanted);

  UniqueFd ruleset_;
  Restriction restriction_;
  std::uint64_t root_rights_ = 0;  ///< that the rules give over "/"
};

/// "--ro", "--rw", "--exec".
[[nodiscard]] std::string_view option_of(Right right);

}  // namespace indexrun::confine
