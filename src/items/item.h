// SPDX-License-Identifier: Apache-2.0
// The product of items/: the piece of work of this worker.
#pragma once

#include "base/result.h"
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
  std::string digest;                  ///< SHA-256 of the whole source in hex; empty: unknown
  std::string role;                    ///< {role}; empty: there are no roles
  std::vector<std::string> command;    ///< of --commands-file: the program and its arguments
  bool absent = false;  ///< --no-index: there is no item and no index, and nothing else is set
  /// Set: this is no item but stands for all of a task's share, which has so many items. There is
  /// no text; `position` is that of the task, and `fields` have only the names of the list's.
  std::optional<std::uint64_t> share_size = {};
  /// Of an item of a share: the position of the task that has the share.
  std::optional<std::uint64_t> worker = {};
};

/// Items one after another, such as those of a task's share, without keeping them.
class Sequence {
 public:
  Sequence() = default;
  Sequence(const Sequence&) = delete;
  Sequence& operator=(const Sequence&) = delete;
  virtual ~Sequence() = default;
  /// The next item; nothing after the last.
  virtual Result<std::optional<Item>> next() = 0;
  /// Begins again with the first.
  virtual Result<void> rewind() = 0;
  /// How many there are.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Of the item that next() gave or failed to give last, in the whole list.
  [[nodiscard]] virtual std::uint64_t position() const = 0;
};

}  // namespace indexrun::items
