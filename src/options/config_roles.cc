// SPDX-License-Identifier: Apache-2.0
// A role may have a command, inputs, a wait and a time limit of its own; all else is the same for
// all.
#include "options/config_roles.h"

#include "base/near_miss.h"
#include "base/quote.h"
#include "options/config_values.h"

#include <utility>

namespace indexrun::options {

namespace {

bool is_of_a_role(const Option& option) {
  return option.group == Group::kInputs || option.group == Group::kWaiting ||
         option.id == Id::kTimeout;
}

Error unknown_key(const YamlNode& key, const std::string& role) {
  std::string problem = quote(key.text) + " is not a setting of a role, found for " + quote(role);
  if (const Option* found = find_option(key.text); found != nullptr && found->yaml != Yaml::kNone) {
    return usage_error(where(key.place), std::move(problem),
                       "it is the same for all roles: write it beside roles, not beneath");
  }
  std::vector<std::string_view> names{kCommandKey};
  std::string all(kCommandKey);
  for (const Option& row : table()) {
    if (is_of_a_role(row)) {
      names.push_back(row.name);
      all.append(", ").append(row.name);
    }
  }
  const auto near = near_miss(key.text, names);
  return usage_error(
      where(key.place), std::move(problem),
      near ? std::string("did you mean ").append(*near).append("?") : "a role may have " + all);
}

Result<void> read_setting(const YamlNode& key, const YamlNode& value, Subcommand subcommand,
                          RoleSection& section) {
  if (key.text == kCommandKey) {
    std::vector<std::string> words;
    CHECK(read_command(value, words));
    if (subcommand == Subcommand::kRun || subcommand == Subcommand::kShow) {
      section.command = std::move(words);
      section.command_place = value.place;
    }
    return {};
  }
  const Option* option = find_option(key.text);
  if (option == nullptr || !is_of_a_role(*option)) {
    return unknown_key(key, section.name);
  }
  const std::size_t before = section.settings.size();
  CHECK(read_value(*option, value, Level::kRole, section.settings));
  if (!option->belongs_to(subcommand)) {
    section.settings.resize(before);
  }
  return {};
}

}  // namespace

Result<void> read_roles(const YamlNode& value, Subcommand subcommand,
                        std::vector<RoleSection>& sections) {
  if (value.kind != YamlNode::Kind::kMapping) {
    return wrong(value, kRolesKey, "a mapping of roles to their settings");
  }
  CHECK(check_keys(value));
  for (std::size_t i = 0; i < value.children.size(); i += 2) {
    const YamlNode& name = value.children[i];
    const YamlNode& settings = value.children[i + 1];
    if (settings.kind != YamlNode::Kind::kMapping) {
      return wrong(settings, kRolesKey, "a mapping of settings for the role " + quote(name.text));
    }
    CHECK(check_keys(settings));
    RoleSection section;
    section.name = name.text;
    section.place = name.place;
    for (std::size_t j = 0; j < settings.children.size(); j += 2) {
      CHECK(read_setting(settings.children[j], settings.children[j + 1], subcommand, section));
    }
    sections.push_back(std::move(section));
  }
  return {};
}

}  // namespace indexrun::options
