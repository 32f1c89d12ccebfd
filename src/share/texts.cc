// SPDX-License-Identifier: Apache-2.0
#include "share/texts.h"

#include "base/quote.h"
#include "inputs/expander.h"
#include "templates/grammar.h"

#include <algorithm>
#include <utility>

namespace indexrun::share {

namespace {

using templates::Name;

Error outside(const std::string& name, const std::string& problem) {
  return Error{
      .failure = Failure::kConfig,
      .stage = "share",
      .object = "--log-name",
      .problem = "found " + quote(name) + ", " + problem,
      .hint = "{index} is a name that every item has; {/} is the item without directories"};
}

/// Only the names matter, so that no item is needed: a field is none of them.
bool is_one_of(const templates::Piece& piece, Name first, Name second) {
  return piece.placeholder && piece.fault == templates::Fault::kNone &&
         piece.reference.field == nullptr &&
         (piece.reference.name == first || piece.reference.name == second);
}

}  // namespace

Result<std::string> Texts::prefix(const items::Item& item, const inputs::Turn& turn) const {
  if (!spec_.prefix) {
    return std::string();
  }
  const inputs::Expander expander({.item = item, .attempt = turn.attempt, .slot = turn.slot},
                                  expand_);
  return expander.bytes(*spec_.prefix, {.what = "--prefix"});
}

Result<std::string> Texts::log_name(const items::Item& item, const inputs::Turn& turn) const {
  const inputs::Expander expander({.item = item, .attempt = turn.attempt, .slot = turn.slot},
                                  expand_);
  TRY(const std::string name, expander.path(spec_.log_name, {.what = "--log-name"}));
  if (name.front() == '/' || name.back() == '/') {
    return outside(name, name.front() == '/' ? "expected a name inside of --log-dir"
                                             : "expected the name of a file");
  }
  std::string inside;
  for (std::string_view rest = name; !rest.empty();) {
    const std::size_t size = std::min(rest.find('/'), rest.size());
    const std::string_view component = rest.substr(0, size);
    if (component == "..") {
      return outside(name, "which leaves --log-dir");
    }
    if (!component.empty() && component != ".") {
      inside.append(inside.empty() ? "" : "/").append(component);
    }
    rest.remove_prefix(std::min(size + 1, rest.size()));
  }
  if (inside.empty()) {
    return outside(name, "expected the name of a file");
  }
  return inside;
}

Result<std::string> Texts::existing_path(const items::Item& item, const inputs::Turn& turn) const {
  if (!spec_.skip_if_exists) {
    return std::string();
  }
  const inputs::Expander expander({.item = item, .attempt = turn.attempt, .slot = turn.slot},
                                  expand_);
  return expander.path(*spec_.skip_if_exists, {.what = "--skip-if-exists"});
}

bool mentions_turn(std::string_view text) {
  const templates::Style style;
  templates::Scanner scanner(text, style, {});
  while (const auto piece = scanner.next()) {
    if (is_one_of(*piece, Name::kSlot, Name::kAttempt)) {
      return true;
    }
  }
  return false;
}

bool turn_stands_apart(std::string_view text) {
  const templates::Style style;
  templates::Scanner scanner(text, style, {});
  bool value_before = false;  // only digits since the last placeholder
  bool turn_before = false;   // and that was one of the two
  while (const auto piece = scanner.next()) {
    if (!piece->placeholder) {
      value_before =
          value_before && piece->text.find_first_not_of("0123456789") == std::string_view::npos;
      continue;
    }
    const bool turn = is_one_of(*piece, Name::kSlot, Name::kAttempt);
    if (value_before && (turn || turn_before)) {
      return false;
    }
    value_before = true;
    turn_before = turn;
  }
  return true;
}

bool names_are_distinct(std::string_view text) {
  const templates::Style style;
  templates::Scanner scanner(text, style, {});
  std::size_t numbers = 0;
  while (const auto piece = scanner.next()) {
    if (!piece->placeholder) {
      continue;
    }
    if (numbers > 0 || !is_one_of(*piece, Name::kIndex, Name::kNumber) ||
        piece->modifier != templates::Modifier::kNone) {
      return false;
    }
    ++numbers;
  }
  return numbers == 1;
}

}  // namespace indexrun::share
