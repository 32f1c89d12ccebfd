// SPDX-License-Identifier: Apache-2.0
// Opening a variable as a list.
#include "items/variable.h"

#include "base/quote.h"
#include "items/format.h"

namespace indexrun::items {
namespace {

Error bad(const std::string& name, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = name,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

bool is_reference(std::string_view text) {
  return (text.starts_with("$(") && text.ends_with(')')) ||
         (text.starts_with("${") && text.ends_with('}')) ||
         (text.starts_with("{{") && text.ends_with("}}"));
}

}  // namespace

Result<std::unique_ptr<Reader>> open_variable(const Variable& variable,
                                              const Environment& environment, LineRules rules) {
  const std::string& name = variable.name;
  const auto text = environment.get(name);
  if (!text) {
    return bad(name, "the variable with the list is not set",
               "a configMapKeyRef with optional: true leaves the variable out when the ConfigMap "
               "or the key is missing");
  }
  if (text->empty()) {
    return bad(name, "the variable is empty, expected items", "is the key of the ConfigMap empty?");
  }
  if (is_reference(*text)) {
    return bad(name, "is " + quote(*text) + ", a reference that was never replaced by its value",
               "Kubernetes expands $(NAME) in an env value only if NAME is declared before it; use "
               "valueFrom.configMapKeyRef");
  }
  return read_as(variable.format.value_or(Format::kLines), std::make_unique<TextBytes>(name, *text),
                 rules);
}

}  // namespace indexrun::items
