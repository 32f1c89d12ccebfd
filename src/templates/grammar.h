// SPDX-License-Identifier: Apache-2.0
// The one placeholder grammar: a text is cut into plain pieces and placeholders. Nothing is looked
// up here but names, so that a text can be read without an item.
//
//     placeholder = "{" REF [MOD] [":%" ["0"] WIDTH ("d"|"s")] "}"
//     REF = empty | "#" | a built-in | the exact name of a field | "item." FIELD | "item." N
#pragma once

#include "items/item.h"
#include "templates/modifiers.h"
#include "templates/names.h"
#include "templates/padding.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace indexrun::templates {

/// How placeholders are written. With the default braces, "${...}" and "${{...}}" are copied whole,
/// as they belong to a shell or another template language; with other delimiters braces mean
/// nothing, and so does "$".
struct Style {
  std::string_view open = "{";   ///< not empty
  std::string_view close = "}";  ///< not empty
  bool nameless = true;          ///< false: {}, {.}, {/}, {//}, {/.}, {#} are plain text
};

/// What a placeholder refers to: a built-in, or a field if `field` is set.
struct Reference {
  Name name = Name::kItem;
  const items::Field* field = nullptr;
};

/// Why something that looks like a placeholder is none.
enum class Fault {
  kNone,
  kUnknown,    ///< no built-in and no field has this name
  kColumn,     ///< {item.N}, and there is no column N
  kModifier,   ///< the name is known; what follows is no modifier
  kPadding,    ///< name and modifier are right; what follows ":" is no padding
  kAmbiguous,  ///< a field has the name of a built-in: {item.NAME} says which is meant
};

/// A stretch of the text, all views into it.
struct Piece {
  bool placeholder = false;
  std::string_view text{};  ///< plain: to be copied; placeholder: all of it, with its delimiters
  std::string_view name{};  ///< the name that was written, for messages; empty for {} and its like
  std::string_view tail{};  ///< what the fault is about, for messages: "/x", ":%d"
  Fault fault = Fault::kNone;
  Reference reference{};
  Modifier modifier = Modifier::kNone;
  Padding padding{};
};

/// Reads a text from left to right, in one pass. Text, style and fields must outlive it.
class Scanner {
 public:
  Scanner(std::string_view text, const Style& style, std::span<const items::Field> fields)
      : text_(text), style_(style), fields_(fields) {}

  /// The next piece; nothing at the end. Plain pieces are not empty, but may follow each other.
  std::optional<Piece> next();

 private:
  [[nodiscard]] std::optional<Piece> placeholder_at(std::size_t at) const;
  [[nodiscard]] std::optional<Piece> field_at(std::size_t at) const;
  [[nodiscard]] std::optional<Piece> field_tail(std::size_t at, std::size_t tail) const;
  [[nodiscard]] std::size_t close_after(std::size_t at) const;
  [[nodiscard]] std::size_t literal_end(std::size_t at) const;
  [[nodiscard]] std::size_t group_end(std::size_t at);
  [[nodiscard]] bool is_open(std::size_t at) const;
  [[nodiscard]] std::size_t next_mark(std::size_t at) const;

  std::string_view text_;
  Style style_;
  std::span<const items::Field> fields_;
  std::size_t at_ = 0;
  std::size_t single_close_ = 0;  // the last "}" that was looked for, npos if there is none
  std::size_t double_close_ = 0;  // and the last "}}"
};

}  // namespace indexrun::templates
