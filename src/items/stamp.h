// SPDX-License-Identifier: Apache-2.0
// Whether a source that is opened a second time is still the one that was opened first.
#pragma once

#include "base/result.h"
#include "items/spec.h"

#include <sys/stat.h>

namespace indexrun::items {

/// What the path of a file or a directory leads to at a moment. Take one before the first opening;
/// a source without a path never changes.
class Stamp {
 public:
  explicit Stamp(const Spec& spec);
  /// kInput if the path leads to something else by now, or to something that was changed.
  [[nodiscard]] Result<void> check() const;

 private:
  std::string path_;  ///< empty: nothing to look at
  struct stat status_ {};
};

}  // namespace indexrun::items
