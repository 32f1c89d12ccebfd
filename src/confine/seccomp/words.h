// SPDX-License-Identifier: Apache-2.0
// The words of a profile, and fetching its values.
#pragma once

#include "base/result.h"
#include "confine/seccomp/json_tree.h"
#include "confine/seccomp/rules.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::confine {

/// The members of an object, by name, of which null ones count as absent.
class Members {
 public:
  /// Any name that is not in `known` is an error with the nearest one. The source must outlive it.
  static Result<Members> of(const JsonSource& source, const JsonNode& node,
                            std::span<const std::string_view> known);

  /// A null pointer if it is absent, null, or (lists, objects, texts) empty.
  [[nodiscard]] const JsonNode* find(std::string_view name) const;
  /// The same, of that kind; an error otherwise.
  Result<const JsonNode*> find(std::string_view name, JsonNode::Kind kind) const;
  /// One that must be there.
  Result<const JsonNode*> need(std::string_view name, JsonNode::Kind kind) const;

 private:
  Members(const JsonSource& source, const JsonNode& node) : source_(&source), node_(&node) {}
  const JsonSource* source_;
  const JsonNode* node_;
};

/// Where an action stands, with what is around it that says which errno it has.
struct ActionWords {
  const JsonNode* action = nullptr;
  const JsonNode* number = nullptr;  ///< errnoRet; a null pointer if there is none
  const JsonNode* name = nullptr;    ///< Podman's errno, which wins
};
/// SCMP_ACT_*, without NOTIFY and TRACE.
Result<Action> read_action(const JsonSource& source, const ActionWords& words);

Result<Op> read_operator(const JsonSource& source, const JsonNode& node);

/// "did you mean 'x'?" or `otherwise`.
[[nodiscard]] std::string near_hint(std::string_view word,
                                    std::span<const std::string_view> candidates,
                                    std::string otherwise);

}  // namespace indexrun::confine
