// SPDX-License-Identifier: Apache-2.0
// find -exec cmd {} \; under a program that has placeholders too.
#include "inputs/foreign_braces.h"

#include "base/quote.h"
#include "templates/expand.h"

#include <cstddef>
#include <string_view>

namespace indexrun::inputs {
namespace {

Error ambiguous(std::size_t argument, std::string_view found, std::string_view program) {
  const std::string content(found.substr(1, found.size() - 2));
  const std::string ours = content == "#" ? "{number}" : "{item" + content + "}";
  return Error{
      .failure = Failure::kConfig,
      .stage = "templates",
      .object = "argument " + std::to_string(argument),
      .problem = quote(found) + " can be meant for " + std::string(program) + " or for indexrun",
      .hint = "write {" + std::string(found) + "} for " + std::string(program) + "'s and " + ours +
              " for indexrun's"};
}

}  // namespace

Result<void> check_foreign_braces(const std::string& program,
                                  const std::vector<std::string>& command) {
  const std::string_view name = std::string_view(program).substr(program.rfind('/') + 1);
  const bool every_form = name == "fd" || name == "parallel";
  if (!every_form && name != "find" && name != "xargs") {
    return {};
  }
  for (std::size_t i = 1; i < command.size(); ++i) {
    const std::string_view found = templates::find_nameless(command[i], every_form);
    if (!found.empty()) {
      return ambiguous(i, found, name);
    }
  }
  return {};
}

}  // namespace indexrun::inputs
