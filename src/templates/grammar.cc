// SPDX-License-Identifier: Apache-2.0
// Cuts a text into plain pieces and placeholders.
#include "templates/grammar.h"

#include "templates/reference.h"

namespace indexrun::templates {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool starts_at(std::string_view text, std::size_t at, std::string_view prefix) {
  return text.substr(at).starts_with(prefix);
}

}  // namespace

std::optional<Piece> Scanner::next() {
  const std::size_t start = at_;
  for (at_ = next_mark(at_); at_ < text_.size(); at_ = next_mark(at_)) {
    if (const std::size_t group = group_end(at_); group != kNone) {
      at_ = group;
      continue;
    }
    const std::size_t literal = literal_end(at_);
    const auto placeholder = literal == kNone ? placeholder_at(at_) : std::nullopt;
    if (literal == kNone && !placeholder) {
      ++at_;
      continue;
    }
    if (at_ > start) {
      break;  // first the plain text before it
    }
    if (placeholder) {
      at_ += placeholder->text.size();
      return placeholder;
    }
    const std::size_t inner = at_ + style_.open.size();
    at_ = literal + style_.close.size();
    return Piece{.text = text_.substr(inner, literal - inner)};
  }
  if (at_ == start) {
    return std::nullopt;
  }
  return Piece{.text = text_.substr(start, at_ - start)};
}

bool Scanner::is_open(std::size_t at) const {
  return starts_at(text_, at, style_.open);
}

/// The first byte from `at` on that may begin something; the end of the text if there is none.
std::size_t Scanner::next_mark(std::size_t at) const {
  const char open = style_.open.front();
  const char group = style_.open == "{" ? '$' : open;
  while (at < text_.size() && text_[at] != open && text_[at] != group) {
    ++at;
  }
  return at;
}

/// One past "${...}" or "${{...}}" at `at`. The nearest "}}" is kept, so that a text full of
/// unfinished groups is still read in one pass.
std::size_t Scanner::group_end(std::size_t at) {
  if (style_.open != "{" || !starts_at(text_, at, "${")) {
    return kNone;
  }
  if (starts_at(text_, at, "${{")) {
    if (double_close_ < at + 3) {
      double_close_ = text_.find("}}", at + 3);
    }
    if (double_close_ != kNone) {
      return double_close_ + 2;
    }
  }
  if (single_close_ < at + 2) {
    single_close_ = text_.find('}', at + 2);
  }
  return single_close_ == kNone ? kNone : single_close_ + 1;
}

/// For "{{X}}" at `at` where {X} looks like a placeholder: where its inner {X} ends.
std::size_t Scanner::literal_end(std::size_t at) const {
  const std::size_t inner = at + style_.open.size();
  if (!is_open(at) || !is_open(inner)) {
    return kNone;
  }
  const auto placeholder = placeholder_at(inner);
  if (!placeholder || !starts_at(text_, inner + placeholder->text.size(), style_.close)) {
    return kNone;
  }
  return inner + placeholder->text.size();
}

/// Where the closing delimiter of a placeholder stands whose content begins at `at`: before any
/// blank and any other opening delimiter.
std::size_t Scanner::close_after(std::size_t at) const {
  for (; at < text_.size(); ++at) {
    if (starts_at(text_, at, style_.close)) {
      return at;
    }
    if (is_blank(text_[at]) || is_open(at)) {
      return kNone;
    }
  }
  return kNone;
}

std::optional<Piece> Scanner::placeholder_at(std::size_t at) const {
  if (!is_open(at)) {
    return std::nullopt;
  }
  if (auto field = field_at(at)) {
    return field;
  }
  const std::size_t begin = at + style_.open.size();
  const std::size_t end = close_after(begin);
  if (end == kNone) {
    return std::nullopt;
  }
  const std::string_view content = text_.substr(begin, end - begin);
  if (!looks_like_placeholder(content) || (!style_.nameless && is_nameless(content))) {
    return std::nullopt;
  }
  return parse_content(text_.substr(at, end + style_.close.size() - at), content, fields_);
}

/// A field's name can hold any bytes, blanks and braces too, so fields are looked for before the
/// closing delimiter is; the longest name that fits wins.
std::optional<Piece> Scanner::field_at(std::size_t at) const {
  std::optional<Piece> best;
  const std::size_t begin = at + style_.open.size();
  const bool prefixed = starts_at(text_, begin, "item.");
  for (const items::Field& field : fields_) {
    for (const std::size_t prefix : {std::size_t{0}, std::size_t{5}}) {
      const std::size_t length = prefix + field.name.size();
      if (field.name.empty() || (prefix > 0 && !prefixed) ||
          !starts_at(text_, begin + prefix, field.name) || (best && best->name.size() >= length)) {
        continue;
      }
      if (auto piece = field_tail(at, begin + length)) {
        piece->name = text_.substr(begin, length);
        piece->reference.field = &field;
        piece->fault = prefix == 0 && find_name(field.name) ? Fault::kAmbiguous : Fault::kNone;
        best = piece;
      }
    }
  }
  return best;
}

/// Modifier, padding and closing delimiter at `tail`, of a placeholder that begins at `at`.
std::optional<Piece> Scanner::field_tail(std::size_t at, std::size_t tail) const {
  for (const ModifierText& known : kModifiers) {
    if (!starts_at(text_, tail, known.text)) {
      continue;
    }
    const std::size_t begin = tail + known.text.size();
    const std::size_t end = close_after(begin);
    if (end == kNone) {
      continue;
    }
    if (const auto padding = parse_padding(text_.substr(begin, end - begin))) {
      return Piece{.placeholder = true,
                   .text = text_.substr(at, end + style_.close.size() - at),
                   .modifier = known.modifier,
                   .padding = *padding};
    }
  }
  return std::nullopt;
}

}  // namespace indexrun::templates
