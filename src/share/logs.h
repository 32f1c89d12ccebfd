// SPDX-License-Identifier: Apache-2.0
// --log-dir: the output of each item in files of its own.
#pragma once

#include "base/fd.h"
#include "base/result.h"
#include "items/item.h"
#include "share/relay.h"
#include "share/spec.h"
#include "share/texts.h"

#include <string>

namespace indexrun::share {

class Logs {
 public:
  /// Makes the directory if it is missing; kInput if that fails or nothing can be made in it.
  static Result<Logs> open(const std::string& directory);

  /// The files NAME.out and NAME.err, made with what directories are in the name. `append` keeps
  /// what is in them. kInput, and kConfig for a name that leads out by a symbolic link.
  [[nodiscard]] Result<Ends> files(const std::string& name, bool append) const;

 private:
  explicit Logs(std::string directory) : directory_(std::move(directory)) {}
  [[nodiscard]] Result<UniqueFd> file(const std::string& name, bool append) const;

  std::string directory_;
  UniqueFd folder_;
};

/// Error kConfig if two of the items have one log name, slot and attempt taken as 0, or a name
/// leaves the directory. Goes through all items and rewinds, with 8 bytes of memory an item; not
/// where the template alone makes names distinct. What else is wrong with an item is left for
/// later.
Result<void> check_log_names(const Spec& spec, const Texts& texts, items::Sequence& items);

}  // namespace indexrun::share
