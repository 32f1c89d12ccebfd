// SPDX-License-Identifier: Apache-2.0
// A role's settings are one more level, so each role is merged and built like the whole.
#include "options/role_options.h"

#include "base/near_miss.h"
#include "base/quote.h"
#include "options/build.h"
#include "options/merge.h"
#include "options/origins.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace indexrun::options {

namespace {

/// The roles that ranges name, each once, in the order given.
std::vector<std::string_view> assigned(const Options& options) {
  std::vector<std::string_view> names;
  for (const items::Role& role : options.items.roles) {
    if (std::ranges::find(names, role.name) == names.end()) {
      names.emplace_back(role.name);
    }
  }
  return names;
}

Result<void> check_name(const RoleSection& section, const Options& options) {
  const std::vector<std::string_view> names = assigned(options);
  if (std::ranges::find(names, section.name) != names.end()) {
    return {};
  }
  std::string hint = "--role RANGE=NAME, or role in the file, gives indexes a role";
  if (const auto near = near_miss(section.name, names)) {
    hint = "did you mean " + std::string(*near) + "?";
  } else if (!names.empty()) {
    hint = "the roles are";
    for (const std::string_view name : names) {
      hint.append(hint.ends_with("are") ? " " : ", ").append(name);
    }
  }
  return usage_error(where(section.place).append(": ").append(kRolesKey),
                     "no index has the role " + quote(section.name), std::move(hint));
}

/// Strongest first, as merge() wants them.
std::vector<Setting> with_section(std::span<const Setting> all, const RoleSection& section) {
  const auto weaker =
      std::ranges::find_if(all, [](const Setting& one) { return one.level == Level::kFile; });
  std::vector<Setting> settings(all.begin(), weaker);
  settings.insert(settings.end(), section.settings.begin(), section.settings.end());
  settings.insert(settings.end(), weaker, all.end());
  return settings;
}

}  // namespace

Result<void> build_roles(const RoleSources& sources, Options& options) {
  for (const RoleSection& section : sources.sections) {
    CHECK(check_name(section, options));
    std::vector<Setting> settings = with_section(sources.settings, section);
    CHECK(merge(settings));
    Options whole;
    whole.subcommand = options.subcommand;
    CHECK(build(settings, whole));
    RoleOptions role{.name = section.name,
                     .inputs = std::move(whole.inputs),
                     .gates = whole.gates,
                     .timeout = whole.launch.timeout,
                     .origins = find_origins(settings)};
    const bool own = !section.command.empty() && !sources.command_line;
    const auto command = std::ranges::find(options.origins, kCommandObject, &Origin::option);
    if (own) {
      role.origins.push_back(command_origin(section.command_place));
    } else if (command != options.origins.end()) {
      role.origins.push_back(*command);
    }
    role.inputs.command = own ? section.command : sources.command;
    role.inputs.sources = options.inputs.sources;
    options.roles.push_back(std::move(role));
  }
  return {};
}

const RoleOptions* find_role(const Options& options, std::string_view name) {
  const auto found = std::ranges::find(options.roles, name, &RoleOptions::name);
  return found == options.roles.end() ? nullptr : &*found;
}

const inputs::Spec& inputs_of(const Options& options, std::string_view role) {
  const RoleOptions* found = find_role(options, role);
  return found == nullptr ? options.inputs : found->inputs;
}

void take_role(Options& options, std::string_view role) {
  if (const RoleOptions* found = find_role(options, role)) {
    options.inputs = found->inputs;
    options.gates = found->gates;
    options.launch.timeout = found->timeout;
    options.origins = found->origins;
  }
  options.roles.clear();
}

}  // namespace indexrun::options
