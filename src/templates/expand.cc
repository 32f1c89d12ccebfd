// SPDX-License-Identifier: Apache-2.0
// Joins plain pieces and values.
#include "templates/expand.h"

#include "templates/complaint.h"

#include <algorithm>
#include <utility>

namespace indexrun::templates {
namespace {

Result<void> append_value(std::string& out, const Piece& piece, const Values& values) {
  const Reference& reference = piece.reference;
  if (values.item.share_size && (reference.field != nullptr || reference.name == Name::kItem)) {
    return complain_no_single_item(piece);
  }
  Digits digits;
  TRY(const std::string_view value, value_of(piece.reference, values, digits));
  const std::string_view kept = apply(piece.modifier, value);
  if (!append_padded(out, kept, piece.padding)) {
    return complain_not_a_number(piece, kept);
  }
  return {};
}

Error at_line(Error error, std::string_view text, const Piece& piece) {
  const auto* place = piece.text.data();
  error.object = std::to_string(std::count(text.data(), place, '\n') + 1);
  return error;
}

}  // namespace

Result<std::string> expand(std::string_view text, const Values& values, const Style& style) {
  std::string out;
  out.reserve(text.size());
  Scanner scanner(text, style, values.item.fields);
  while (const auto piece = scanner.next()) {
    if (!piece->placeholder) {
      out += piece->text;
      continue;
    }
    if (piece->fault != Fault::kNone) {
      return at_line(complain(*piece, style, values.item.fields), text, *piece);
    }
    if (auto appended = append_value(out, *piece, values); !appended) {
      return at_line(std::move(appended).error(), text, *piece);
    }
  }
  return out;
}

bool mentions_count(std::string_view text, const Style& style) {
  Scanner scanner(text, style, {});
  while (const auto piece = scanner.next()) {
    const Name name = piece->reference.name;
    if (piece->placeholder && (name == Name::kCount || name == Name::kTasks)) {
      return true;
    }
  }
  return false;
}

std::string_view find_nameless(std::string_view text, bool every_form) {
  Scanner scanner(text, {}, {});
  while (const auto piece = scanner.next()) {
    const bool nameless = piece->name.empty() || piece->name == "#";
    if (piece->placeholder && (every_form ? nameless : piece->text == "{}")) {
      return piece->text;
    }
  }
  return {};
}

}  // namespace indexrun::templates
