// SPDX-License-Identifier: Apache-2.0
#include "commands/confinement.h"

#include "base/quote.h"

#include <optional>

#include <nlohmann/json.hpp>

namespace indexrun::commands {

namespace {

using Json = nlohmann::ordered_json;

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) {
    joined.append(joined.empty() ? "" : ",").append(printable(word));
  }
  return joined;
}

std::vector<std::string> texts(const std::vector<int>& numbers) {
  std::vector<std::string> result;
  for (const int number : numbers) {
    result.push_back(std::to_string(number));
  }
  return result;
}

/// Without what a stronger level says of the same limit.
std::vector<std::string> limits(const confine::Policy& policy) {
  std::vector<std::string> result;
  for (const confine::LimitText& limit : policy.limits) {
    const std::string name = limit.text.substr(0, limit.text.find('=') + 1);
    bool stronger = false;
    for (const std::string& before : result) {
      stronger = stronger || before.starts_with(name);
    }
    if (!stronger) {
      result.push_back(limit.text);
    }
  }
  return result;
}

std::string capabilities(const confine::Policy& policy) {
  std::string text;
  if (!policy.cap_drop.empty()) {
    text += "drop " + join(policy.cap_drop);
  }
  if (!policy.cap_add.empty()) {
    text.append(text.empty() ? "" : "; ").append("add " + join(policy.cap_add));
  }
  return text;
}

std::string octal(mode_t mode) {
  std::string digits = "0";
  for (int shift = 6; shift >= 0; shift -= 3) {
    digits += static_cast<char>('0' + ((mode >> static_cast<unsigned>(shift)) & 7U));
  }
  return digits;
}

bool no_new_privs(const confine::Policy& policy) {
  return policy.no_new_privs || policy.filters() || !policy.access.empty() || policy.batch;
}

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

}  // namespace

std::vector<std::pair<std::string_view, std::string>> confinement_lines(
    const confine::Policy& policy) {
  std::vector<std::pair<std::string_view, std::string>> lines;
  const auto add = [&](std::string_view label, std::string value) {
    if (!value.empty()) {
      lines.emplace_back(label, std::move(value));
    }
  };
  const auto number = [](const std::optional<int>& value) {
    return value ? std::to_string(*value) : std::string();
  };
  add("user", policy.user ? printable(*policy.user) : "");
  if (policy.groups) {
    add("groups", policy.groups->empty() ? "none" : printable(*policy.groups));
  }
  add("caps", capabilities(policy));
  add("secbits", join(policy.securebits));
  add("seccomp", join(policy.seccomp));
  add("deny", join(policy.seccomp_deny));
  add("privs", no_new_privs(policy) ? "no new privileges" : "");
  add("limits", join(limits(policy)));
  add("umask", policy.umask ? octal(*policy.umask) : "");
  add("nice", number(policy.nice));
  add("oom", number(policy.oom_score_adj));
  add("cpus", policy.cpus ? printable(*policy.cpus) : "");
  if (policy.close_fds) {
    add("fds", "0,1,2" + (policy.keep_fds.empty() ? "" : "," + join(texts(policy.keep_fds))));
  }
  return lines;
}

Json confinement_json(const confine::Policy& policy) {
  Json json = Json::object();
  json["user"] = or_null(policy.user);
  json["groups"] = or_null(policy.groups);
  json["cap_drop"] = policy.cap_drop;
  json["cap_add"] = policy.cap_add;
  json["securebits"] = policy.securebits;
  json["no_new_privs"] = no_new_privs(policy);
  json["seccomp"] = policy.seccomp;
  json["seccomp_deny"] = policy.seccomp_deny;
  json["limits"] = limits(policy);
  json["umask"] = policy.umask ? Json(octal(*policy.umask)) : Json();
  json["nice"] = or_null(policy.nice);
  json["oom_score_adj"] = or_null(policy.oom_score_adj);
  json["cpus"] = or_null(policy.cpus);
  json["close_fds"] = policy.close_fds;
  json["keep_fds"] = policy.keep_fds;
  return json;
}

}  // namespace indexrun::commands
