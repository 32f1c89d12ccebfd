// SPDX-License-Identifier: Apache-2.0
// The templates that belong to one item's run rather than to its input: --prefix, --log-name,
// --skip-if-exists.
#pragma once

#include "base/result.h"
#include "inputs/expand.h"
#include "items/item.h"
#include "share/spec.h"

#include <string>
#include <string_view>

namespace indexrun::share {

class Texts {
 public:
  /// `expand` is false for --no-template. Borrows the Spec.
  Texts(const Spec& spec, bool expand) : spec_(spec), expand_(expand) {}

  /// Empty if there is none.
  [[nodiscard]] Result<std::string> prefix(const items::Item& item, const inputs::Turn& turn) const;
  /// A path relative to the log directory and inside of it, without "." and doubled slashes. One
  /// that is absolute, has ".." or names no file is kConfig.
  [[nodiscard]] Result<std::string> log_name(const items::Item& item,
                                             const inputs::Turn& turn) const;
  /// Empty if there is none.
  [[nodiscard]] Result<std::string> existing_path(const items::Item& item,
                                                  const inputs::Turn& turn) const;

 private:
  const Spec& spec_;
  bool expand_;
};

/// Whether one of `templates` has {slot} or {attempt}, which are not the same in every run.
[[nodiscard]] bool mentions_turn(std::string_view text);

/// Where a template has {slot} or {attempt}, a character that is no digit stands between each of
/// them and any other placeholder: names that differ with one slot differ with all.
[[nodiscard]] bool turn_stands_apart(std::string_view text);

/// The template alone makes the names of all items different: it has {index} or {number}, without
/// a modifier, and no other placeholder.
[[nodiscard]] bool names_are_distinct(std::string_view text);

}  // namespace indexrun::share
