// SPDX-License-Identifier: Apache-2.0
// NAME=TEMPLATE lines.
#include "inputs/env_file.h"

#include "base/environment.h"
#include "base/quote.h"

#include <algorithm>
#include <map>
#include <utility>

namespace indexrun::inputs {
namespace {

/// What is wrong with a line that is neither blank nor a comment; empty if nothing is.
std::string problem_of(std::string_view line) {
  if (line.find('\0') != std::string_view::npos) {
    return "found a NUL byte, expected text";
  }
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) {
    return "found " + quote(line) + ", expected NAME=VALUE";
  }
  const std::string_view name = line.substr(0, equals);
  if (!is_variable_name(name)) {
    return quote(name) + " is not the name of a variable: expected letters, digits and _, not " +
           "beginning with a digit, and no blanks";
  }
  return {};
}

bool is_skipped(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first == std::string_view::npos || line[first] == '#';
}

}  // namespace

Result<std::vector<EnvLine>> parse_env_file(std::string_view text, const std::string& path) {
  std::vector<EnvLine> lines;
  std::map<std::string_view, std::size_t> seen;  // name -> its line
  const auto wrong = [&](std::size_t number, std::string problem) {
    return Error{.failure = Failure::kConfig,
                 .stage = "inputs",
                 .object = path + ":" + std::to_string(number),
                 .problem = std::move(problem)};
  };
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (is_skipped(line)) {
      continue;
    }
    if (std::string problem = problem_of(line); !problem.empty()) {
      return wrong(number, std::move(problem));
    }
    const std::size_t equals = line.find('=');
    const EnvLine entry{line.substr(0, equals), line.substr(equals + 1), number};
    const auto [earlier, fresh] = seen.emplace(entry.name, number);
    if (!fresh) {
      return wrong(number, std::string(entry.name) + " is already set in line " +
                               std::to_string(earlier->second));
    }
    lines.push_back(entry);
  }
  return lines;
}

}  // namespace indexrun::inputs
