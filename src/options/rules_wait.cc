// SPDX-License-Identifier: Apache-2.0
// The rules of rows_wait.h.
#include "options/rows_wait.h"
#include "options/rule.h"
#include "options/values.h"

namespace indexrun::options {

namespace {

Done add_gate(const Setting& s, Options& o) {
  o.inputs.gates.push_back(s.value());
  return {};
}

Done set_wait_timeout(const Setting& s, Options& o) {
  TRY(const Milliseconds duration, duration_value(s));
  if (duration > Milliseconds(0)) {
    o.gates.timeout = duration;
  }
  return {};
}

constexpr Rule kRules[] = {
    {Id::kWaitFor, add_gate},
    {Id::kWaitTimeout, set_wait_timeout},
};
static_assert(follow(kRules, kWaitRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> wait_rules() {
  return kRules;
}

}  // namespace indexrun::options
