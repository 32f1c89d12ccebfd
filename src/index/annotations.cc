// SPDX-License-Identifier: Apache-2.0
// Reading key="value" lines with Go-quoted values.
#include "index/annotations.h"

#include "base/quote.h"

#include <charconv>
#include <cstdint>

namespace indexrun::index {
namespace {

/// Exactly `size` digits of `base`, taken off the front of `text`.
std::optional<std::uint32_t> take_digits(std::string_view& text, std::size_t size, int base) {
  if (text.size() < size) {
    return std::nullopt;
  }
  std::uint32_t value = 0;
  const char* end = text.data() + size;
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc{} || stop != end) {
    return std::nullopt;
  }
  text.remove_prefix(size);
  return value;
}

bool append_utf8(std::string& out, std::uint32_t point) {
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    return false;
  }
  const auto tail = [&](unsigned shift) {
    return static_cast<char>(0x80 | ((point >> shift) & 0x3f));
  };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += {static_cast<char>(0xc0 | (point >> 6)), tail(0)};
  } else if (point < 0x10000) {
    out += {static_cast<char>(0xe0 | (point >> 12)), tail(6), tail(0)};
  } else {
    out += {static_cast<char>(0xf0 | (point >> 18)), tail(12), tail(6), tail(0)};
  }
  return true;
}

/// \xNN and \NNN are bytes; \uNNNN and \UNNNNNNNN are characters.
bool take_numeric_escape(std::string_view& text, char kind, std::string& out) {
  if (kind == 'u' || kind == 'U') {
    const auto point = take_digits(text, kind == 'u' ? 4 : 8, 16);
    return point && append_utf8(out, *point);
  }
  const auto byte = kind == 'x' ? take_digits(text, 2, 16) : take_digits(text, 3, 8);
  if (!byte || *byte > 0xff) {
    return false;
  }
  out += static_cast<char>(*byte);
  return true;
}

/// One escape whose backslash has been taken already.
bool take_escape(std::string_view& text, std::string& out) {
  if (text.empty()) {
    return false;
  }
  constexpr std::string_view kLetters = "abfnrtv\\\"";
  constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\\"";
  const char kind = text.front();
  if (const std::size_t at = kLetters.find(kind); at != std::string_view::npos) {
    text.remove_prefix(1);
    out += kMeanings[at];
    return true;
  }
  const bool octal = kind >= '0' && kind <= '7';
  if (!octal && kind != 'x' && kind != 'u' && kind != 'U') {
    return false;
  }
  text.remove_prefix(octal ? 0 : 1);
  return take_numeric_escape(text, kind, out);
}

Error bad_line(std::string_view source, std::size_t line, std::string_view problem) {
  return Error{.failure = Failure::kConfig,
               .stage = "index",
               .object = std::string(source),
               .problem = "line " + std::to_string(line) + std::string(problem)};
}

}  // namespace

std::optional<std::string> unquote_go(std::string_view literal) {
  if (literal.size() < 2 || !literal.starts_with('"') || !literal.ends_with('"')) {
    return std::nullopt;
  }
  std::string_view text = literal.substr(1, literal.size() - 2);
  std::string out;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '"' || c == '\n' || (c == '\\' && !take_escape(text, out))) {
      return std::nullopt;
    }
    if (c != '\\') {
      out += c;
    }
  }
  return out;
}

Result<std::optional<std::string>> find_annotation(std::string_view dump, std::string_view key,
                                                   std::string_view source) {
  std::optional<std::string> found;
  for (std::size_t number = 1; !dump.empty(); ++number) {
    const std::string_view line = dump.substr(0, dump.find('\n'));
    dump.remove_prefix(line.size() + (line.size() < dump.size() ? 1 : 0));
    const std::size_t equals = line.find('=');
    const bool split = equals != std::string_view::npos && equals > 0;
    auto value = split ? unquote_go(line.substr(equals + 1)) : std::nullopt;
    if (!value) {
      return bad_line(source, number, " is " + quote(line) + ", expected key=\"value\"");
    }
    if (line.substr(0, equals) != key) {
      continue;
    }
    if (found) {
      return bad_line(source, number, " holds " + std::string(key) + " for the second time");
    }
    found = std::move(value);
  }
  return found;
}

}  // namespace indexrun::index
