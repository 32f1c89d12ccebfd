// SPDX-License-Identifier: Apache-2.0
#include "commands/plan_access.h"

#include "base/quote.h"

#include <cstdint>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace indexrun::commands {

namespace {

using Json = nlohmann::ordered_json;
using Right = inputs::Access::Right;
using Ports = std::optional<std::vector<std::uint16_t>>;

constexpr std::pair<std::string_view, Right> kRights[] = {
    {"ro", Right::kRead}, {"rw", Right::kWrite}, {"exec", Right::kExecute}};

std::vector<std::string> paths_of(const inputs::Inputs& inputs, Right right) {
  std::vector<std::string> paths;
  for (const inputs::Access& access : inputs.access) {
    if (access.right == right) {
      paths.push_back(access.path);
    }
  }
  return paths;
}

std::vector<std::string> scopes_of(const confine::AccessPolicy& policy) {
  std::vector<std::string> scopes;
  if (policy.scope_signal) {
    scopes.emplace_back("signal");
  }
  if (policy.scope_abstract_unix) {
    scopes.emplace_back("abstract-unix");
  }
  return scopes;
}

std::string ports_text(const std::vector<std::uint16_t>& ports) {
  std::string text;
  for (const std::uint16_t port : ports) {
    text += (text.empty() ? "" : ",") + std::to_string(port);
  }
  return text.empty() ? "none" : text;
}

std::string tcp_text(const confine::AccessPolicy& policy) {
  std::string text;
  if (policy.tcp_bind) {
    text += "bind " + ports_text(*policy.tcp_bind);
  }
  if (policy.tcp_connect) {
    text += (text.empty() ? "connect " : "; connect ") + ports_text(*policy.tcp_connect);
  }
  return text;
}

Json ports_json(const Ports& ports) {
  return ports ? Json(*ports) : Json();
}

}  // namespace

std::vector<PlanLine> access_lines(const confine::Policy& confinement,
                                   const inputs::Inputs& inputs) {
  const confine::AccessPolicy& policy = confinement.access;
  std::vector<PlanLine> lines;
  if (confinement.batch) {
    lines.push_back({"confine", "batch"});
  }
  if (inputs.private_tmp) {
    lines.push_back({"tmpdir", "a new directory in " + printable(*inputs.private_tmp)});
  }
  if (inputs.private_home) {
    lines.push_back({"home", "a new directory in " + printable(*inputs.private_home)});
  }
  for (const auto& [name, right] : kRights) {
    std::string words;
    for (const std::string& path : paths_of(inputs, right)) {
      words.append(words.empty() ? "" : " ").append(shell_quote(path));
    }
    if (!words.empty()) {
      lines.push_back({name, printable(words)});
    }
  }
  if (std::string tcp = tcp_text(policy); !tcp.empty()) {
    lines.push_back({"tcp", std::move(tcp)});
  }
  std::string scope;
  for (const std::string& one : scopes_of(policy)) {
    scope.append(scope.empty() ? "" : ",").append(one);
  }
  if (!scope.empty()) {
    lines.push_back({"scope", std::move(scope)});
  }
  if (!policy.empty() && policy.best_effort) {
    lines.push_back({"landlock", *policy.best_effort ? "best-effort" : "strict"});
  }
  return lines;
}

void add_access(Json& json, const confine::Policy& confinement, const inputs::Inputs& inputs) {
  const confine::AccessPolicy& policy = confinement.access;
  json["preset"] = confinement.batch ? Json("batch") : Json();
  for (const auto& [name, right] : kRights) {
    json[std::string(name)] = policy.paths ? Json(paths_of(inputs, right)) : Json();
  }
  json["tcp_bind"] = ports_json(policy.tcp_bind);
  json["tcp_connect"] = ports_json(policy.tcp_connect);
  json["scope"] = scopes_of(policy);
  const bool best_effort = policy.best_effort.value_or(confinement.batch && !policy.narrows);
  const bool asked = confinement.batch || !policy.empty();
  json["landlock"] = asked ? Json(best_effort ? "best-effort" : "strict") : Json();
  json["private_tmp"] = inputs.private_tmp ? Json(*inputs.private_tmp) : Json();
  json["private_home"] = inputs.private_home ? Json(*inputs.private_home) : Json();
}

}  // namespace indexrun::commands
