// SPDX-License-Identifier: Apache-2.0
// The rules of rows_inputs.h.
#include "base/environment.h"
#include "base/quote.h"
#include "options/lists.h"
#include "options/rows_inputs.h"
#include "options/rule.h"
#include "options/values.h"

#include <cstddef>
#include <string_view>
#include <utility>

namespace indexrun::options {

namespace {

Done add_variable(const Setting& s, Options& o) {
  const std::string& text = s.value();
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return usage_error(where(s), "found " + quote(text) + ", expected NAME=TEMPLATE");
  }
  const std::string_view name = std::string_view(text).substr(0, equals);
  if (!is_variable_name(name)) {
    return usage_error(where(s),
                       quote(name) +
                           " is not the name of a variable: expected letters, "
                           "digits and _, not beginning with a digit",
                       "the name is no template, and shells read no other names");
  }
  o.inputs.variables.push_back({std::string(name), text.substr(equals + 1)});
  return {};
}

/// A name, or the beginning of one and "*".
Done add_kept_variables(const Setting& s, Options& o) {
  TRY(std::vector<std::string> patterns, split_list(s));
  for (std::string& pattern : patterns) {
    const std::size_t star = pattern.find('*');
    if (pattern.find('=') != std::string::npos ||
        (star != std::string::npos && star + 1 != pattern.size())) {
      return usage_error(
          where(s),
          "found " + quote(pattern) + ", expected the name of a variable, or its beginning and *",
          "such as LANG or LC_*");
    }
    o.inputs.env_keep.push_back(std::move(pattern));
  }
  o.inputs.env_clear = true;
  return {};
}

Done add_output(const Setting& s, Options& o) {
  using Content = inputs::Output::Content;
  if (s.id() == Id::kWrite) {
    o.inputs.outputs.push_back({s.value(), Content::kItem, {}});
  } else if (s.id() == Id::kWriteText) {
    o.inputs.outputs.push_back({s.values[0], Content::kText, s.values[1]});
  } else {
    o.inputs.outputs.push_back({s.values[1], Content::kRender, s.values[0]});
  }
  return {};
}

constexpr Rule kRules[] = {
    {Id::kNoTemplate, CLEAR(o.inputs.expand)},
    {Id::kDelims,
     [](const Setting& s, Options& o) -> Done {
       o.inputs.delimiters = {s.values[0], s.values[1]};
       return {};
     }},
    {Id::kWrite, add_output},
    {Id::kWriteText, add_output},
    {Id::kWriteMode, READ(o.inputs.write_mode, mode_value)},
    {Id::kEnv, add_variable},
    {Id::kEnvFile, elsewhere},
    {Id::kEnvClear, FLAG(o.inputs.env_clear)},
    {Id::kEnvKeep, add_kept_variables},
    {Id::kWriteEnv, SET(o.inputs.write_env)},
    {Id::kStdin, SET(o.inputs.stdin_text)},
    {Id::kRender, add_output},
    {Id::kChdir, SET(o.inputs.directory)},
};
static_assert(follow(kRules, kInputsRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> inputs_rules() {
  return kRules;
}

}  // namespace indexrun::options
