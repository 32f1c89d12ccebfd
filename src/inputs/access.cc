// SPDX-License-Identifier: Apache-2.0
// What an item holds is data, and data must not widen what the program may reach.
#include "inputs/access.h"

#include "base/quote.h"
#include "inputs/paths.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace indexrun::inputs {
namespace {

struct Names {
  std::size_t real = 0;  // neither empty nor "." nor ".."
  std::size_t up = 0;    // ".."
};

/// Of a path; in a template a slash within braces is a modifier.
Names count_names(std::string_view path, bool is_template) {
  Names names;
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= path.size(); ++i) {
    const char c = i < path.size() ? path[i] : '/';
    if (is_template && i < path.size()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    if (c != '/' || (depth > 0 && i < path.size())) {
      continue;
    }
    const std::string_view name = path.substr(start, i - start);
    names.up += static_cast<std::size_t>(name == "..");
    names.real += static_cast<std::size_t>(!name.empty() && name != "." && name != "..");
    start = i + 1;
  }
  return names;
}

std::string_view option_of(Access::Right right) {
  switch (right) {
    case Access::Right::kRead:
      return "--ro";
    case Access::Right::kWrite:
      return "--rw";
    case Access::Right::kExecute:
      return "--exec";
  }
  return "";
}

Result<void> check_not_wider(std::string_view option, std::string_view path,
                             std::string_view text) {
  const Names meant = count_names(text, true);
  const Names found = count_names(path, false);
  if (found.up > meant.up || found.real < meant.real) {
    return Error{
        .failure = Failure::kItem,
        .stage = "inputs",
        .object = std::string(option),
        .problem = quote(path) + " leads to more than the template " + quote(text) + " shows",
        .hint = "an item that stands in such a path must be a name, and not \"..\""};
  }
  return {};
}

/// A directory in which one is made, as seen from here.
Result<std::string> expand_parent(const Expander& expander, std::string_view option,
                                  const std::string& text, std::string_view directory) {
  TRY(const std::string path, expander.path(text, {.what = option}));
  if (path != text) {
    CHECK(check_not_wider(option, path, text));
  }
  return beneath(directory, path);
}

Result<void> check_unset(std::string_view option, std::string_view variable, const Inputs& inputs) {
  if (std::ranges::find(inputs.changed, variable) == inputs.changed.end()) {
    return {};
  }
  return Error{.failure = Failure::kConfig,
               .stage = "inputs",
               .object = std::string(option),
               .problem = "sets " + std::string(variable) + ", which --env sets too",
               .hint = "leave out one of the two"};
}

}  // namespace

Result<std::vector<Access>> expand_access(const Spec& spec, const Expander& expander,
                                          std::string_view directory) {
  std::vector<Access> all;
  all.reserve(spec.access.size());
  for (const Access& given : spec.access) {
    TRY(std::string path, expander.path(given.path, {.what = option_of(given.right)}));
    Access access{given.right, std::move(path), false};
    access.from_item = access.path != given.path;
    if (access.from_item) {
      CHECK(check_not_wider(option_of(access.right), access.path, given.path));
    }
    access.path = beneath(directory, access.path);
    all.push_back(std::move(access));
  }
  return all;
}

Result<void> expand_private(const Spec& spec, const Expander& expander, std::string_view directory,
                            Inputs& inputs) {
  if (spec.private_tmp) {
    TRY(inputs.private_tmp, expand_parent(expander, "--private-tmp", *spec.private_tmp, directory));
    CHECK(check_unset("--private-tmp", "TMPDIR", inputs));
  }
  if (spec.private_home) {
    TRY(inputs.private_home,
        expand_parent(expander, "--private-home", *spec.private_home, directory));
    CHECK(check_unset("--private-home", "HOME", inputs));
  }
  return {};
}

}  // namespace indexrun::inputs
