// SPDX-License-Identifier: Apache-2.0
// One item of the share while it is being worked on.
#pragma once

#include "items/item.h"
#include "launch/loop.h"
#include "launch/outcome.h"
#include "launch/private_folders.h"
#include "launch/spawn.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace indexrun::share {

struct Job {
  items::Item item;
  std::uint32_t attempt = 0;
  std::uint32_t slot = 0;

  launch::Child child;
  launch::Outcome outcome;                ///< complete once `ended`
  bool ended = false;                     ///< its process; what it wrote may be on its way
  bool told = false;                      ///< to stop, by us
  bool killed = false;                    ///< by us
  bool suspended = false;                 ///< stopped by a signal, may be continued
  std::optional<launch::TimerId> limit;   ///< --timeout
  std::optional<launch::TimerId> grace;   ///< after it, until KILL
  std::optional<launch::TimerId> repeat;  ///< waits to be tried again until then

  launch::PrivateFolders folders;    ///< of the attempt that runs
  std::string mark;                  ///< its name in --done-dir; empty: there is none
  std::string log_name;              ///< of the last attempt
  std::vector<std::string> outputs;  ///< paths of the files written for it, in one spelling
};

/// "item 7 ('foo')".
[[nodiscard]] std::string name_of(const items::Item& item);

}  // namespace indexrun::share
