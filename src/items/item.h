// SPDX-License-Identifier: Apache-2.0
// The product of items/: the piece of work of this worker.
#pragma once

#include "index/index.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace indexrun::items {

/// A named column of an item, such as {name} of --items-dir. Names are unique within an item.
struct Field {
  std::string name;
  std::string value;
};

struct Item {
  std::string text;                    ///< {} and {item}
  std::vector<Field> fields;           ///< in column order; {item.1} is the first
  std::string origin;                  ///< where it stands, for messages: "items.txt:4", "--items"
  std::uint64_t position = 0;          ///< {index}
  std::uint64_t task = 0;              ///< {task}
  std::optional<std::uint64_t> count;  ///< {count}: how many items, where it is known
  bool again = false;                  ///< position and task are those of an earlier run
  std::optional<std::uint64_t> tasks;  ///< {tasks}: how many tasks, where it is known
};

}  // namespace indexrun::items
