// SPDX-License-Identifier: Apache-2.0
// Wording of placeholder errors.
#include "templates/complaint.h"

#include "base/near_miss.h"
#include "base/quote.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace indexrun::templates {
namespace {

// A table can have hundreds of columns: a message names the first of them.
constexpr std::size_t kListedFields = 20;

std::string delimited(const Style& style, std::string_view content) {
  std::string text(style.open);
  text += content;
  text += style.close;
  return text;
}

std::string known_names(std::span<const items::Field> fields) {
  std::string text = "known names:";
  std::string_view separator = " ";
  for (const std::string_view name : listed_names()) {
    text += separator;
    text += name;
    separator = ", ";
  }
  if (fields.empty()) {
    return text + "; the items have no fields";
  }
  text += "; fields:";
  separator = " ";
  for (const items::Field& field : fields.first(std::min(fields.size(), kListedFields))) {
    text += separator;
    text += quote(field.name);
    separator = ", ";
  }
  return fields.size() > kListedFields ? text + ", ..." : text;
}

/// The known name nearest to what was written, with "item." if that was written.
std::string suggestion(const Piece& piece, const Style& style,
                       std::span<const items::Field> fields) {
  std::string_view word = piece.name;
  const bool prefixed = word.starts_with("item.");
  std::vector<std::string_view> candidates;
  if (prefixed) {
    word.remove_prefix(5);
  } else {
    candidates.assign(listed_names().begin(), listed_names().end());
    candidates.insert(candidates.end(), {"items", "slot", "role"});
  }
  for (const items::Field& field : fields) {
    candidates.push_back(field.name);
  }
  const auto near = near_miss(word, candidates);
  if (!near) {
    return "";
  }
  const std::string name = (prefixed ? "item." : "") + std::string(*near);
  return "did you mean " + printable(delimited(style, name)) + "? ";
}

std::string literal_remedy(const Piece& piece, const Style& style) {
  return "for the text itself write " + printable(delimited(style, piece.text));
}

std::string problem_of(const Piece& piece, std::span<const items::Field> fields) {
  std::string text = quote(piece.text);
  switch (piece.fault) {
    case Fault::kNone:
    case Fault::kUnknown:
      return text + " looks like a placeholder, but no field or built-in is called " +
             quote(piece.name);
    case Fault::kColumn:
      return text + " asks for a column that the item has not got: it has " +
             std::to_string(fields.size());
    case Fault::kModifier:
      return text + " looks like a placeholder, but " + quote(piece.tail) +
             " is not one of the modifiers / // . /.";
    case Fault::kPadding:
      return text + " looks like a placeholder, but " + quote(piece.tail) +
             " is no padding such as :%05d or :%20s (width 1 to 255)";
    case Fault::kAmbiguous:
      return text + " can mean the built-in or the field of that name";
  }
  return text;
}

}  // namespace

Error complain(const Piece& piece, const Style& style, std::span<const items::Field> fields) {
  Error error{
      .failure = Failure::kConfig, .stage = "templates", .problem = problem_of(piece, fields)};
  if (piece.fault == Fault::kAmbiguous) {
    error.hint = "write " + printable(delimited(style, "item." + std::string(piece.name))) +
                 " for the field" + (piece.name == "item" ? ", {} for the item" : "");
    return error;
  }
  if (piece.fault == Fault::kUnknown) {
    error.hint = suggestion(piece, style, fields);
  }
  if (piece.fault == Fault::kUnknown || piece.fault == Fault::kColumn) {
    error.hint += known_names(fields) + "; ";
  }
  error.hint += literal_remedy(piece, style);
  return error;
}

Error complain_not_a_number(const Piece& piece, std::string_view value) {
  return Error{
      .failure = Failure::kItem,
      .stage = "templates",
      .problem = quote(piece.text) + " needs a whole number, but the value is " + quote(value),
      .hint = "pad text with s instead of d, as in :%20s"};
}

Error complain_no_single_item(const Piece& piece) {
  return Error{
      .failure = Failure::kConfig,
      .stage = "templates",
      .problem = quote(piece.text) +
                 " asks for one item, but the program runs once for a whole share of the items",
      .hint =
          "write {items} as an argument of its own for all of them, or run the program for "
          "each item with --each; " +
          literal_remedy(piece, {})};
}

}  // namespace indexrun::templates
