// SPDX-License-Identifier: Apache-2.0
// Ranges side by side in ascending order: what overlaps and what is missing shows between
// neighbours.
#include "items/roles.h"

#include <algorithm>
#include <utility>

namespace indexrun::items {
namespace {

constexpr const char* kOption = "--role";

/// As the user writes it: "0=master", "1..4=worker", "1..=worker".
std::string written(const Role& role) {
  std::string text = std::to_string(role.first);
  if (role.last != role.first) {
    text.append("..");
    if (role.last != UINT64_MAX) {
      text.append(std::to_string(role.last));
    }
  }
  return text.append("=").append(role.name);
}

Error wrong(std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = kOption,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

/// "index 3 has", "the indexes 3 to 5 have".
std::string those_have(std::uint64_t first, std::uint64_t last) {
  return first == last
             ? "index " + std::to_string(first) + " has"
             : "the indexes " + std::to_string(first) + " to " + std::to_string(last) + " have";
}

Error gap(std::uint64_t first, const Role* before, const Role& after) {
  std::string problem = those_have(first, after.first - 1) + " no role: ";
  problem += before == nullptr ? "the first range is " + written(after)
                               : written(*before) + " is followed by " + written(after);
  return wrong(std::move(problem), "indexes are counted from 0; leave none out");
}

}  // namespace

Result<Roles> Roles::read(const Spec& spec) {
  Roles roles;
  if (spec.roles.empty()) {
    return roles;
  }
  for (const Role& role : spec.roles) {
    roles.ascending_.push_back(&role);
  }
  std::ranges::stable_sort(roles.ascending_, {}, &Role::first);
  const Role* before = nullptr;
  for (const Role* role : roles.ascending_) {
    if (before != nullptr && role->first <= before->last) {
      return wrong("index " + std::to_string(role->first) + " has two roles: " + written(*before) +
                       " and " + written(*role),
                   "an index has one role: make the ranges end before the next begins");
    }
    if (const std::uint64_t next = before == nullptr ? 0 : before->last + 1; role->first != next) {
      return gap(next, before, *role);
    }
    before = role;
  }
  return roles;
}

const Role* Roles::find(std::uint64_t position) const {
  for (const Role* role : ascending_) {
    if (position <= role->last) {
      return role;
    }
  }
  return nullptr;
}

Result<std::string> Roles::at(std::uint64_t position) const {
  if (ascending_.empty()) {
    return std::string();
  }
  if (const Role* role = find(position)) {
    return role->name;
  }
  std::string all;
  for (const Role* role : ascending_) {
    all.append(all.empty() ? "" : ", ").append(written(*role));
  }
  const Role& last = *ascending_.back();
  return wrong("index " + std::to_string(position) + " has no role: the roles are " + all,
               "a last range without an end takes all that follow: " +
                   written(Role{last.name, last.first, UINT64_MAX}));
}

}  // namespace indexrun::items
