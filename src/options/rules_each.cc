// SPDX-License-Identifier: Apache-2.0
// The rules of rows_each.h.
#include "options/rows_each.h"
#include "options/rule.h"
#include "options/values.h"

namespace indexrun::options {

namespace {

Done set_parallel(const Setting& s, Options& o) {
  TRY(const std::uint64_t number, positive_value(s));
  if (number > share::kMostSlots) {
    return usage_error(where(s), "found " + std::to_string(number) + ", expected at most " +
                                     std::to_string(share::kMostSlots));
  }
  o.share.parallel = static_cast<std::uint32_t>(number);
  return {};
}

constexpr Rule kRules[] = {
    {Id::kEach, FLAG(o.share.each)},
    {Id::kParallel, set_parallel},
    {Id::kKeepGoing, FLAG(o.share.keep_going)},
    {Id::kPrefix, SET(o.share.prefix)},
    {Id::kLogDir, SET(o.share.log_dir)},
    {Id::kLogName, SET(o.share.log_name)},
    {Id::kDoneDir, SET(o.share.done_dir)},
    {Id::kSkipIfExists, SET(o.share.skip_if_exists)},
};
static_assert(follow(kRules, kEachRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> each_rules() {
  return kRules;
}

}  // namespace indexrun::options
