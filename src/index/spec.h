// SPDX-License-Identifier: Apache-2.0
// What the user says about where the index is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace indexrun::index {

/// At most one of number, variable, file and engine is set (options/ sees to that); none means
/// detection. All texts are as the user wrote them; index/ judges them.
struct Spec {
  std::optional<std::string> number = {};    ///< --index N
  std::optional<std::string> variable = {};  ///< --index-env NAME
  std::optional<std::string> file = {};      ///< --index-file PATH
  std::optional<std::string> engine = {};    ///< --engine NAME
  std::optional<std::uint64_t> base = {};    ///< --base N
  bool none = false;                         ///< --no-index: there is no index, and so no item
};

}  // namespace indexrun::index
