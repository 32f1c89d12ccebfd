// SPDX-License-Identifier: Apache-2.0
// A small JSON document that knows where each value stands, so that what is wrong in it can be told
// with line and column.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::confine {

struct JsonMember;

struct JsonNode {
  enum class Kind : std::uint8_t { kNull, kFlag, kNumber, kOtherNumber, kText, kList, kObject };

  Kind kind = Kind::kNull;
  std::size_t offset = 0;    ///< of its first byte
  std::uint64_t number = 0;  ///< kNumber: a whole number from 0 to 2^64-1, exactly
  std::string text;          ///< kText, decoded
  std::vector<JsonNode> elements;
  std::vector<JsonMember> members;

  /// "a string", "a list"... for messages.
  [[nodiscard]] std::string_view what() const;
};

struct JsonMember {
  std::string name;
  std::size_t offset = 0;  ///< of the name
  JsonNode value;
};

/// A text and what it is called in messages.
struct JsonSource {
  std::string_view name;  ///< a path
  std::string_view text;

  /// "NAME:LINE:COLUMN", both from 1, in bytes.
  [[nodiscard]] std::string place(std::size_t offset) const;
  /// A kConfig error at that place.
  [[nodiscard]] Error error(std::size_t offset, std::initializer_list<std::string_view> problem,
                            std::string_view hint = {}) const;
};

inline constexpr std::size_t kLargestProfile = 1024UL * 1024;  ///< bytes
inline constexpr std::size_t kDeepestProfile = 16;             ///< levels
inline constexpr std::size_t kWidestObject = 64;               ///< members

/// The document, strictly: RFC 8259 and besides no name twice in one object, no byte order mark, no
/// NUL, at most kDeepestProfile levels and kWidestObject members.
Result<JsonNode> read_json(const JsonSource& source);

}  // namespace indexrun::confine
