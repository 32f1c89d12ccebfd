// SPDX-License-Identifier: Apache-2.0
// The adapter to yaml-cpp: one YAML document as a small tree that keeps texts verbatim and knows
// every place.
#pragma once

#include "base/result.h"
#include "options/setting.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::options {

struct YamlNode {
  enum class Kind { kNull, kScalar, kSequence, kMapping };
  Kind kind = Kind::kNull;
  std::string text;    ///< of a scalar: nothing is read as a number, a boolean or a date
  bool plain = false;  ///< of a scalar: without quotes
  Place place;
  std::vector<YamlNode> children;  ///< of a mapping: key, value, key, value...
};

/// The longest text that is looked at.
inline constexpr std::size_t kYamlLimit = std::size_t{1024} * 1024;

/// Exactly one document. Refused, with the place: invalid YAML, other documents, aliases (so
/// nothing multiplies), tags other than !!str, a mapping with a key that is no scalar, more than
/// eight levels, and bytes that YAML does not allow. `file` is for messages and outlives the tree.
Result<YamlNode> parse_yaml(const std::string& bytes, std::string_view file);

}  // namespace indexrun::options
