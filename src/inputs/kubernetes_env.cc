// SPDX-License-Identifier: Apache-2.0
// Kubernetes' strict env file form.
#include "inputs/kubernetes_env.h"

#include "base/quote.h"

namespace indexrun::inputs {

Result<std::string> kubernetes_env(const std::vector<Assignment>& variables) {
  std::string text;
  for (const Assignment& variable : variables) {
    if (variable.value.find('\'') != std::string::npos) {
      return Error{.failure = variable.from_item ? Failure::kItem : Failure::kConfig,
                   .stage = "inputs",
                   .object = "--write-env",
                   .problem = "the value of " + variable.name + ", " + quote(variable.value) +
                              ", has a single quote, which Kubernetes' env files cannot hold",
                   .hint = "hand the value over in a file (--write FILE or --write-text)"};
    }
    text.append(variable.name).append("='").append(variable.value).append("'\n");
  }
  return text;
}

}  // namespace indexrun::inputs
