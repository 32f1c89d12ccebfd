// SPDX-License-Identifier: Apache-2.0
// The adapter to yaml-cpp: one YAML document as a small tree that keeps texts verbatim and knows
// every place.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun {

/// A place in a YAML file, counted from 1.
struct YamlPlace {
  std::string_view file;  ///< as the user wrote it; outlives what refers to it
  int line = 0;
  int column = 0;
};

/// "job.yaml:3:5"; without a line the file alone.
[[nodiscard]] std::string where(const YamlPlace& place);

struct YamlNode {
  enum class Kind { kNull, kScalar, kSequence, kMapping };
  Kind kind = Kind::kNull;
  std::string text;    ///< of a scalar: nothing is read as a number, a boolean or a date
  bool plain = false;  ///< of a scalar: without quotes
  YamlPlace place;
  std::vector<YamlNode> children;  ///< of a mapping: key, value, key, value...
};

/// The longest text that is looked at.
inline constexpr std::size_t kYamlLimit = std::size_t{1024} * 1024;

/// For errors: the stage that asks, and what it wants the text to be, such as "a mapping of
/// options". Both are literals.
struct YamlReader {
  std::string_view stage;
  std::string_view expected;
};

/// Exactly one document. Refused, with the place: invalid YAML, other documents, aliases (so
/// nothing multiplies), tags other than !!str, a mapping with a key that is no scalar, more than
/// eight levels, and bytes that YAML does not allow. `file` is for messages and outlives the tree.
/// Every Error is kConfig.
Result<YamlNode> parse_yaml(const std::string& bytes, std::string_view file, YamlReader reader);

}  // namespace indexrun
