// SPDX-License-Identifier: Apache-2.0
// The rules of rows_confine.h.
#include "options/lists.h"
#include "options/rows_confine.h"
#include "options/rule.h"
#include "options/values.h"

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

Done add_securebits(const Setting& s, Options& o) {
  TRY(std::vector<std::string> names, split_list(s));
  for (std::string& name : names) {
    o.confine.securebits.push_back(std::move(name));
  }
  return {};
}

Done add_limit(const Setting& s, Options& o) {
  o.confine.limits.push_back({s.value(), static_cast<int>(s.level)});
  return {};
}

Done set_nice(const Setting& s, Options& o) {
  TRY(o.confine.nice, integer_value(s, -20, 19));
  return {};
}

Done set_oom_score_adj(const Setting& s, Options& o) {
  TRY(o.confine.oom_score_adj, integer_value(s, -1000, 1000));
  return {};
}

constexpr Rule kRules[] = {
    {Id::kUser, SET(o.confine.user)},
    {Id::kGroups, SET(o.confine.groups)},
    {Id::kCapDrop, elsewhere},
    {Id::kCapAdd, elsewhere},
    {Id::kSecurebits, add_securebits},
    {Id::kNoNewPrivs, FLAG(o.confine.no_new_privs)},
    {Id::kLimit, add_limit},
    {Id::kUmask, READ(o.confine.umask, mode_value)},
    {Id::kNice, set_nice},
    {Id::kOomScoreAdj, set_oom_score_adj},
    {Id::kCpus, SET(o.confine.cpus)},
    {Id::kCloseFds, elsewhere},
    {Id::kKeepFd, elsewhere},
    {Id::kSeccomp, add_profile},
    {Id::kSeccompDeny, add_denied},
    {Id::kReportDenials, FLAG(o.confine.report_denials)},
};
static_assert(follow(kRules, kConfineRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> confine_rules() {
  return kRules;
}

}  // namespace indexrun::options
