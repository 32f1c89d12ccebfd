// SPDX-License-Identifier: Apache-2.0
#include "base/quote.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>

namespace indexrun {

namespace {

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\x";
  out += kHex[byte >> 4U];
  out += kHex[byte & 0xFU];
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

std::string escaped(std::string_view text, std::size_t limit) {
  std::string out;
  out.reserve(text.size() < limit ? text.size() : limit);
  std::size_t at = 0;
  while (at < text.size() && at < limit) {
    const std::size_t length = utf8_length(text.substr(at));
    if (length > 1 || (length == 1 && !is_control(text[at]))) {
      out.append(text.substr(at, length));
      at += length;
    } else {
      append_escaped(out, text[at]);
      ++at;
    }
  }
  if (at < text.size()) {
    out += "...";
  }
  return out;
}

bool is_plain_word(std::string_view text) {
  return !text.empty() && text.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "0123456789_@%+=:,./-") == std::string_view::npos;
}

}  // namespace

std::string quote(std::string_view text, std::size_t limit) {
  return "'" + escaped(text, limit) + "'";
}

std::string printable(std::string_view text) {
  return escaped(text, std::string_view::npos);
}

std::string shell_quote(std::string_view text) {
  if (is_plain_word(text)) {
    return std::string(text);
  }
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace indexrun
