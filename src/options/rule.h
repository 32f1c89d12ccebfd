// SPDX-License-Identifier: Apache-2.0
// What the files rules_*.cc are written with: one rule for each row of the table, which says where
// the value goes and how it is read.
#pragma once

#include "base/result.h"
#include "options/options.h"
#include "options/setting.h"

#include <cstddef>
#include <span>

namespace indexrun::options {

using Done = Result<void>;

struct Rule {
  Id id;
  Done (*apply)(const Setting&, Options&);
};

/// One for each chapter of --help, in the order of its rows.
[[nodiscard]] std::span<const Rule> items_rules();
[[nodiscard]] std::span<const Rule> each_rules();
[[nodiscard]] std::span<const Rule> inputs_rules();
[[nodiscard]] std::span<const Rule> wait_rules();
[[nodiscard]] std::span<const Rule> launch_rules();
[[nodiscard]] std::span<const Rule> confine_rules();
[[nodiscard]] std::span<const Rule> access_rules();
[[nodiscard]] std::span<const Rule> status_rules();

/// Whether the rules are those of the rows, in the same order.
template <std::size_t Rules, std::size_t Rows>
constexpr bool follow(const Rule (&rules)[Rules], const Option (&rows)[Rows]) {
  for (std::size_t i = 0; i < Rows && i < Rules; ++i) {
    if (rules[i].id != rows[i].id) {
      return false;
    }
  }
  return Rules == Rows;
}

/// For what is read together with other settings (build.cc).
inline Done elsewhere(const Setting& /*s*/, Options& /*o*/) {
  return {};
}

}  // namespace indexrun::options

// The short rules stand in the list itself.
#define SET(place)                           \
  [](const Setting& s, Options& o) -> Done { \
    place = s.value();                       \
    return {};                               \
  }
#define FLAG(place)                        \
  [](const Setting&, Options& o) -> Done { \
    place = true;                          \
    return {};                             \
  }
#define CLEAR(place)                       \
  [](const Setting&, Options& o) -> Done { \
    place = false;                         \
    return {};                             \
  }
#define READ(place, reader)                  \
  [](const Setting& s, Options& o) -> Done { \
    TRY(place, reader(s));                   \
    return {};                               \
  }
