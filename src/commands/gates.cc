// SPDX-License-Identifier: Apache-2.0
#include "commands/gates.h"

#include "gates/gate.h"
#include "gates/wait.h"
#include "inputs/expand.h"

#include <cstddef>
#include <utility>

namespace indexrun::commands {

namespace {

Result<std::vector<gates::Gate>> parse_all(const std::vector<std::string>& texts,
                                           const std::vector<std::string>& templates) {
  std::vector<gates::Gate> parsed;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto gate = gates::parse_gate(texts[i]);
    if (!gate) {
      Error error = std::move(gate).error();
      error.failure = texts[i] == templates[i] ? Failure::kConfig : Failure::kItem;
      return error;
    }
    parsed.push_back(std::move(*gate));
  }
  return parsed;
}

}  // namespace

Result<std::vector<std::string>> read_gates(Session& session, const items::Item& item) {
  const inputs::Spec& inputs = options::inputs_of(session.options, item.role);
  auto texts = inputs::expand_gates(inputs, item);
  if (texts) {
    auto parsed = parse_all(*texts, inputs.gates);
    if (parsed) {
      return texts;
    }
    texts = std::move(parsed).error();
  }
  options::take_role(session.options, item.role);
  return texts;
}

Result<void> wait_at_gates(const Session& session, const items::Item& item) {
  const inputs::Spec& inputs = session.options.inputs;
  if (inputs.gates.empty()) {
    return {};
  }
  TRY(const std::vector<std::string> texts, inputs::expand_gates(inputs, item));
  TRY(const std::vector<gates::Gate> gates, parse_all(texts, inputs.gates));
  return gates::wait(gates, session.options.gates);
}

}  // namespace indexrun::commands
