// SPDX-License-Identifier: Apache-2.0
// The rules of rows_launch.h.
#include "options/rows_launch.h"
#include "options/rule.h"
#include "options/values.h"

#include <cstddef>
#include <string_view>

namespace indexrun::options {

namespace {

Done set_supervise(const Setting& s, Options& o) {
  static constexpr std::string_view kWords[] = {"auto", "always", "never"};
  TRY(const std::size_t word, word_value(s, kWords));
  o.launch.supervise = static_cast<launch::Supervise>(word);
  return {};
}

Done set_timeout(const Setting& s, Options& o) {
  TRY(const Milliseconds duration, duration_value(s));
  if (duration > Milliseconds(0)) {
    o.launch.timeout = duration;
  }
  return {};
}

constexpr Rule kRules[] = {
    {Id::kSupervise, set_supervise},
    {Id::kGrace, READ(o.launch.grace, duration_value)},
    {Id::kTimeout, set_timeout},
};
static_assert(follow(kRules, kLaunchRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> launch_rules() {
  return kRules;
}

}  // namespace indexrun::options
