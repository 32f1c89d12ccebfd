// SPDX-License-Identifier: Apache-2.0
// INDEXRUN_* variables, --env-file and --env.
#include "inputs/variables.h"

#include "base/quote.h"
#include "inputs/env_file.h"
#include "inputs/source.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

namespace indexrun::inputs {
namespace {

constexpr std::string_view kFieldPrefix = "INDEXRUN_FIELD_";

Result<void> assign(std::vector<Assignment>& assignments, std::string_view name,
                    std::string_view text, const Place& place, const Expander& expander) {
  TRY(std::string value, expander.string(text, place));
  Assignment assignment{std::string(name), std::move(value)};
  assignment.from_item = assignment.value != text;
  for (Assignment& earlier : assignments) {
    if (earlier.name == name) {
      earlier = std::move(assignment);
      return {};
    }
  }
  assignments.push_back(std::move(assignment));
  return {};
}

/// Which file of which level set a variable last.
struct Setter {
  std::size_t level = 0;
  std::string path;
  std::size_t line = 0;
};
using Setters = std::map<std::string, Setter, std::less<>>;

/// A stronger level may set what a weaker one has set, the same level may not.
Result<void> note(Setters& setters, std::string_view name, Setter setter) {
  const auto [place, fresh] = setters.try_emplace(std::string(name), setter);
  if (fresh) {
    return {};
  }
  Setter& earlier = place->second;
  if (earlier.level == setter.level) {
    return Error{.failure = Failure::kConfig,
                 .stage = "inputs",
                 .object = setter.path + ":" + std::to_string(setter.line),
                 .problem = std::string(name) + " is already set in " + earlier.path + ":" +
                            std::to_string(earlier.line),
                 .hint = "one level sets a variable once: keep one of the two lines"};
  }
  earlier = std::move(setter);
  return {};
}

Result<void> add_file(std::vector<Assignment>& assignments, const std::string& path_template,
                      std::size_t level, Setters& setters, const Expander& expander) {
  TRY(const std::string path, expander.path(path_template, {.what = "--env-file"}));
  TRY(const std::string text, read_source(path, path != path_template, kLargestEnvFile));
  TRY(const std::vector<EnvLine> lines, parse_env_file(text, path));
  for (const EnvLine& line : lines) {
    CHECK(note(setters, line.name, {level, path, line.line}));
    const Place place{.what = path, .number = line.line, .separator = ':'};
    CHECK(assign(assignments, line.name, line.value, place, expander));
  }
  return {};
}

/// Those without a level of their own are counted apart from the levels.
std::size_t level_of(const Spec& spec, std::size_t file) {
  constexpr std::size_t kApart = 1000;
  return file < spec.env_file_levels.size() ? static_cast<std::size_t>(spec.env_file_levels[file])
                                            : kApart + file;
}

bool is_own(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames = {"INDEXRUN_INDEX",     "INDEXRUN_ITEM",
                                                      "INDEXRUN_ITEM_FILE", "INDEXRUN_COUNT",
                                                      "INDEXRUN_ROLE",      "INDEXRUN_SLOT"};
  return name.starts_with(kFieldPrefix) ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// A stale INDEXRUN_ITEM of a worker around this one must not look like this worker's.
void unset_own(Environment& environment) {
  std::vector<std::string> stale;
  for (const std::string& entry : environment.entries()) {
    const std::string_view name = std::string_view(entry).substr(0, entry.find('='));
    if (name.starts_with("INDEXRUN_") && is_own(name)) {
      stale.emplace_back(name);
    }
  }
  for (const std::string& name : stale) {
    environment.unset(name);
  }
}

void set(Inputs& inputs, std::string_view name, std::string_view value) {
  inputs.environment.set(name, value);
  if (std::find(inputs.changed.begin(), inputs.changed.end(), name) == inputs.changed.end()) {
    inputs.changed.emplace_back(name);
  }
}

void set_if_fit(Inputs& inputs, std::string_view name, std::string_view value) {
  if (value.size() <= kLongestOwnValue && value.find('\0') == std::string_view::npos) {
    set(inputs, name, value);
  }
}

Result<void> set_fields(Inputs& inputs, const std::vector<items::Field>& fields) {
  std::vector<std::string> names;
  names.reserve(fields.size());
  for (const items::Field& field : fields) {
    names.push_back(field_variable(field.name));
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto here = names.begin() + static_cast<std::ptrdiff_t>(i);
    if (const auto earlier = std::find(names.begin(), here, *here); earlier != here) {
      const auto& other = fields[static_cast<std::size_t>(earlier - names.begin())];
      return Error{.failure = Failure::kConfig,
                   .stage = "inputs",
                   .object = *here,
                   .problem = "the fields " + quote(other.name) + " and " + quote(fields[i].name) +
                              " would both be this variable",
                   .hint = "rename one of the two fields"};
    }
    set_if_fit(inputs, *here, fields[i].value);
  }
  return {};
}

bool kept(const Spec& spec, std::string_view name) {
  return name == "PATH" || std::ranges::any_of(spec.env_keep, [&](std::string_view pattern) {
           return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1))
                                         : name == pattern;
         });
}

}  // namespace

Environment inherited_part(const Spec& spec, const Environment& inherited) {
  Environment part;
  for (const std::string_view entry : inherited.entries()) {
    const std::size_t equals = entry.find('=');
    const std::string_view name = entry.substr(0, equals);
    if (equals != std::string_view::npos && kept(spec, name) && !part.get(name)) {
      part.set(name, entry.substr(equals + 1));
    }
  }
  return part;
}

Result<std::vector<Assignment>> expand_variables(const Spec& spec, const Expander& expander) {
  std::vector<Assignment> assignments;
  for (const Variable& variable : spec.login) {
    assignments.push_back({variable.name, variable.value});
  }
  Setters setters;
  for (std::size_t i = 0; i < spec.env_files.size(); ++i) {
    const std::size_t level = level_of(spec, i);
    CHECK(add_file(assignments, spec.env_files[i], level, setters, expander));
  }
  for (const Variable& variable : spec.variables) {
    const Place place{.what = "--env", .name = variable.name};
    CHECK(assign(assignments, variable.name, variable.value, place, expander));
  }
  return assignments;
}

std::string field_variable(std::string_view field) {
  std::string name(kFieldPrefix);
  for (const char c : field) {
    const bool lower = c >= 'a' && c <= 'z';
    const bool kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name.push_back(lower ? static_cast<char>(c - 'a' + 'A') : kept ? c : '_');
  }
  return name;
}

Result<void> set_environment(Inputs& inputs, const Environment& inherited, const items::Item& item,
                             const Run& run, const std::vector<Assignment>& asked) {
  inputs.environment = inherited;
  unset_own(inputs.environment);
  if (!item.absent) {
    set(inputs, "INDEXRUN_INDEX", std::to_string(item.position));
  }
  if (item.again) {
    set(inputs, "JOB_COMPLETION_INDEX", std::to_string(item.worker.value_or(item.position)));
  }
  if (!item.share_size && !item.absent) {
    set_if_fit(inputs, "INDEXRUN_ITEM", item.text);
  }
  if (run.item_file) {
    set(inputs, "INDEXRUN_ITEM_FILE", *run.item_file);
  }
  if (run.slot) {
    set(inputs, "INDEXRUN_SLOT", std::to_string(*run.slot));
  }
  if (item.count) {
    set(inputs, "INDEXRUN_COUNT", std::to_string(*item.count));
  }
  if (!item.role.empty()) {
    set(inputs, "INDEXRUN_ROLE", item.role);
  }
  if (!item.share_size) {
    CHECK(set_fields(inputs, item.fields));
  }
  for (const Assignment& variable : asked) {
    set(inputs, variable.name, variable.value);
  }
  return {};
}

}  // namespace indexrun::inputs
