// SPDX-License-Identifier: Apache-2.0
#include "options/rules.h"

#include "options/rule.h"
#include "options/values.h"

namespace indexrun::options {

namespace {

std::span<const Rule> rules_of(Group group) {
  switch (group) {
    case Group::kIndex:
    case Group::kItems:
    case Group::kShares:
      return items_rules();
    case Group::kEach:
      return each_rules();
    case Group::kTemplates:
    case Group::kInputs:
      return inputs_rules();
    case Group::kWaiting:
      return wait_rules();
    case Group::kLaunch:
      return launch_rules();
    case Group::kConfine:
      return confine_rules();
    case Group::kAccess:
      return access_rules();
    case Group::kStatus:
    case Group::kAnswer:
    case Group::kGeneral:
      break;
  }
  return status_rules();
}

}  // namespace

Result<void> apply(const Setting& setting, Options& options) {
  CHECK(check_not_empty(setting));
  const std::span<const Rule> rules = rules_of(setting.option->group);
  const auto first = static_cast<std::size_t>(rules.front().id);
  return rules[static_cast<std::size_t>(setting.id()) - first].apply(setting, options);
}

}  // namespace indexrun::options
