// SPDX-License-Identifier: Apache-2.0
// Splits the content of a placeholder into reference, modifier and padding.
#include "templates/reference.h"

#include "base/decimal.h"

#include <cstddef>

namespace indexrun::templates {
namespace {

constexpr std::string_view kItemPrefix = "item.";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-';
}

/// How many bytes at the start have the shape of a REF.
std::size_t reference_length(std::string_view content) {
  if (content.starts_with('#')) {
    return 1;
  }
  const bool number = !content.empty() && is_digit(content.front());
  if (content.empty() || (!number && !is_letter(content.front()))) {
    return 0;
  }
  std::size_t length = 1;
  while (length < content.size() &&
         (number ? is_digit(content[length]) : is_name_byte(content[length]))) {
    ++length;
  }
  return length;
}

const items::Field* find_field(std::string_view name, std::span<const items::Field> fields) {
  for (const items::Field& field : fields) {
    if (field.name == name) {
      return &field;
    }
  }
  return nullptr;
}

bool find_with_modifier(std::string_view head, std::span<const items::Field> fields, Piece& piece) {
  for (const ModifierText& known : kModifiers) {
    if (!head.ends_with(known.text)) {
      continue;
    }
    const std::string_view name = head.substr(0, head.size() - known.text.size());
    if (const auto reference = find_reference(name, fields)) {
      piece.name = name;
      piece.reference = *reference;
      piece.modifier = known.modifier;
      return true;
    }
  }
  return false;
}

/// `head` names nothing, with or without a modifier: why?
void find_fault(std::string_view head, std::span<const items::Field> fields, Piece& piece) {
  const std::size_t mark = head.starts_with('.') ? 0 : head.find('/');
  piece.name = head.substr(0, mark);
  piece.tail = head.substr(piece.name.size());
  if (find_reference(piece.name, fields)) {
    piece.fault = Fault::kModifier;
    return;
  }
  while (piece.name.ends_with('.')) {
    piece.name.remove_suffix(1);
  }
  if (find_reference(piece.name, fields)) {
    piece.tail = head.substr(piece.name.size());
    piece.fault = Fault::kModifier;
    return;
  }
  const bool column = piece.name.starts_with(kItemPrefix) &&
                      parse_decimal(piece.name.substr(kItemPrefix.size())).has_value();
  piece.fault = column ? Fault::kColumn : Fault::kUnknown;
}

}  // namespace

bool looks_like_placeholder(std::string_view content) {
  const std::size_t length = reference_length(content);
  if (length == content.size()) {
    return true;
  }
  const std::string_view tail = content.substr(length);
  if (length == 0 && tail.size() > 1 && tail[0] == '.' && is_letter(tail[1])) {
    return false;
  }
  return tail[0] == '/' || tail[0] == '.' || tail[0] == ':';
}

bool is_nameless(std::string_view content) {
  return content.empty() ||
         std::string_view("#/.:").find(content.front()) != std::string_view::npos;
}

std::optional<Reference> find_reference(std::string_view name,
                                        std::span<const items::Field> fields) {
  if (name.empty()) {
    return Reference{};
  }
  if (const auto builtin = find_name(name)) {
    return Reference{.name = *builtin};
  }
  if (const auto* field = find_field(name, fields)) {
    return Reference{.field = field};
  }
  if (!name.starts_with(kItemPrefix)) {
    return std::nullopt;
  }
  name.remove_prefix(kItemPrefix.size());
  if (const auto* field = find_field(name, fields)) {
    return Reference{.field = field};
  }
  const auto column = parse_decimal(name);
  if (!column || *column == 0 || *column > fields.size()) {
    return std::nullopt;
  }
  return Reference{.field = &fields[*column - 1]};
}

Piece parse_content(std::string_view whole, std::string_view content,
                    std::span<const items::Field> fields) {
  Piece piece{.placeholder = true, .text = whole};
  const std::size_t colon = content.find(':');
  const std::string_view head = content.substr(0, colon);
  const std::string_view padding = content.substr(head.size());
  if (!find_with_modifier(head, fields, piece)) {
    find_fault(head, fields, piece);
    return piece;
  }
  if (const auto parsed = parse_padding(padding)) {
    piece.padding = *parsed;
  } else {
    piece.fault = Fault::kPadding;
    piece.tail = padding;
  }
  return piece;
}

}  // namespace indexrun::templates
