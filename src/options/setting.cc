// SPDX-License-Identifier: Apache-2.0
// Where a setting stands, in words; built only when there is something to say.
#include "options/setting.h"

#include <utility>

namespace indexrun::options {

std::string where(const Setting& setting) {
  if (setting.in_file()) {
    return where(setting.place).append(": ").append(setting.key);
  }
  std::string text;
  if (setting.level == Level::kVariable) {
    text.append(kOptionsVariable).append(": ");
  }
  return text.append("--").append(setting.option->name);
}

Error usage_error(std::string object, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "options",
               .object = std::move(object),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

}  // namespace indexrun::options
