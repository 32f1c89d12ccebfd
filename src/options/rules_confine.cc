// SPDX-License-Identifier: Apache-2.0
// The rules of rows_confine.h.
#include "options/lists.h"
#include "options/rows_confine.h"
#include "options/rule.h"

#include <utility>

namespace indexrun::options {

namespace {

Done add_profile(const Setting& s, Options& o) {
  o.confine.seccomp.push_back(s.value());
  return {};
}

Done add_denied(const Setting& s, Options& o) {
  TRY(std::vector<std::string> names, split_list(s));
  for (std::string& name : names) {
    o.confine.seccomp_deny.push_back(std::move(name));
  }
  return {};
}

constexpr Rule kRules[] = {
    {Id::kUser, SET(o.confine.user)}, {Id::kCapDrop, elsewhere},
    {Id::kCapAdd, elsewhere},         {Id::kNoNewPrivs, FLAG(o.confine.no_new_privs)},
    {Id::kSeccomp, add_profile},      {Id::kSeccompDeny, add_denied},
};
static_assert(follow(kRules, kConfineRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> confine_rules() {
  return kRules;
}

}  // namespace indexrun::options
