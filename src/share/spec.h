// SPDX-License-Identifier: Apache-2.0
// What the user says about running the program once for each item of a share.
#pragma once

#include "base/deadline.h"

#include <cstdint>
#include <optional>
#include <string>

namespace indexrun::share {

/// The most items at a time: each costs two pipes and a process.
inline constexpr std::uint64_t kMostSlots = 1024;

struct Spec {
  bool each = false;                        ///< --each: once per item instead of once for the share
  std::uint32_t parallel = 1;               ///< --parallel: 1..kMostSlots items at a time
  bool keep_going = false;                  ///< --keep-going: a failed item does not end the share
  std::optional<std::string> prefix = {};   ///< --prefix, a template: before each line of output
  std::optional<std::string> log_dir = {};  ///< --log-dir: output goes to files in it instead
  std::string log_name = "{index}";         ///< --log-name, a template: NAME.out and NAME.err
  std::optional<std::string> done_dir = {};  ///< --done-dir: marks of the items that ended with 0
  std::optional<std::string> skip_if_exists = {};  ///< --skip-if-exists, a template of a path
};

}  // namespace indexrun::share
