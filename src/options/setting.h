// SPDX-License-Identifier: Apache-2.0
// The common product of the three readers: an ordered list of settings, each with its place for
// messages.
#pragma once

#include "base/error.h"
#include "base/yaml.h"
#include "options/table.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace indexrun::options {

/// Strongest first.
/// kRole is what the file says for one role only.
enum class Level : std::uint8_t { kCommandLine, kVariable, kRole, kFile };

inline constexpr const char* kOptionsVariable = "INDEXRUN_OPTIONS";
inline constexpr const char* kConfigVariable = "INDEXRUN_CONFIG";

using Place = YamlPlace;

/// One option as given once.
struct Setting {
  const Option* option = nullptr;
  /// As many as the option takes; verbatim. A mapping of the file gives the same values as the
  /// command line: "NAME=TEMPLATE", PATH and TEMPLATE, SRC and DST.
  std::array<std::string, 2> values;
  Level level = Level::kCommandLine;
  Place place;              ///< of the two levels of the file only
  std::string_view key;     ///< likewise: the key that gave it
  bool overridden = false;  ///< a stronger level wins; merge() sets it and takes such ones out

  [[nodiscard]] const std::string& value() const { return values[0]; }
  [[nodiscard]] bool in_file() const { return level == Level::kRole || level == Level::kFile; }
  [[nodiscard]] Id id() const { return option->id; }
};

/// "--write", "INDEXRUN_OPTIONS: --write", "job.yaml:3:5: write".
[[nodiscard]] std::string where(const Setting& setting);

/// The usage error of this stage.
[[nodiscard]] Error usage_error(std::string object, std::string problem, std::string hint = {});

}  // namespace indexrun::options
