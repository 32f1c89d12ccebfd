// SPDX-License-Identifier: Apache-2.0
#include "commands/explain.h"

#include "base/quote.h"
#include "commands/explain_calls.h"
#include "confine/capabilities.h"
#include "confine/limits.h"
#include "confine/securebits.h"
#include "launch/access.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace indexrun::commands {

namespace {

using confine::Effective;
using confine::Present;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text.append(text.empty() ? "" : ", ").append(word);
  }
  return text.empty() ? "none" : text;
}

template <typename Number>
std::vector<std::string> texts(const std::vector<Number>& numbers) {
  std::vector<std::string> words;
  for (const Number number : numbers) {
    words.push_back(std::to_string(number));
  }
  return words;
}

/// "1000 (real, effective, saved, file system)", or each by itself where they differ.
template <typename Id>
std::string ids(const confine::FourIds<Id>& four) {
  constexpr std::array kNames{"real", "effective", "saved", "file system"};
  if (std::ranges::all_of(four, [&](Id id) { return id == four[0]; })) {
    return std::to_string(four[0]) + " (real, effective, saved, file system)";
  }
  std::string text;
  for (std::size_t at = 0; at < four.size(); ++at) {
    text.append(text.empty() ? "" : ", ").append(kNames[at]).append(" ");
    text += std::to_string(four[at]);
  }
  return text;
}

std::string set(std::uint64_t bits, const Present& state) {
  const std::uint64_t all = ~std::uint64_t{0} >> (63 - state.last_capability);
  if (bits == all) {
    return "all " + std::to_string(state.last_capability + 1);
  }
  return joined(capability_names(bits));
}

void add_rights(std::string& text, const Present& state) {
  add_fact(text, "uid", ids(state.uid));
  add_fact(text, "gid", ids(state.gid));
  add_fact(text, "groups", joined(texts(state.groups)));
  const confine::CapabilitySets& sets = state.capabilities;
  add_fact(text, "caps", "bounding " + set(sets.bounding, state));
  add_fact(text, "caps", "permitted " + set(sets.permitted, state));
  add_fact(text, "caps", "effective " + set(sets.effective, state));
  add_fact(text, "caps", "inheritable " + set(sets.inheritable, state));
  add_fact(text, "caps", "ambient " + set(sets.ambient, state));
  add_fact(text, "secbits", joined(confine::securebit_names(state.securebits)));
  add_fact(text, "privs", state.no_new_privs ? "no new privileges" : "new privileges possible");
}

std::string octal(mode_t mode) {
  std::string digits = "0";
  for (int shift = 6; shift >= 0; shift -= 3) {
    digits += static_cast<char>('0' + ((mode >> static_cast<unsigned>(shift)) & 7U));
  }
  return digits;
}

void add_resources(std::string& text, const Present& state) {
  for (const confine::ResourceLimit& limit : state.limits) {
    add_fact(text, "limit",
             std::string(confine::limit_name(limit.resource)) + " " +
                 confine::limit_text(limit.soft) + ":" + confine::limit_text(limit.hard));
  }
  add_fact(text, "umask", octal(state.umask));
  add_fact(text, "nice", std::to_string(state.nice));
  add_fact(text, "oom",
           state.oom_score_adj ? std::to_string(*state.oom_score_adj)
                               : "unknown, as /proc does not tell");
  add_fact(text, "cpus", processors(state.cpus));
  add_fact(
      text, "fds",
      state.descriptors ? joined(texts(*state.descriptors)) : "unknown, as /proc does not tell");
}

std::string_view word(confine::Right right) {
  switch (right) {
    case confine::Right::kRead:
      return "read";
    case confine::Right::kWrite:
      return "read, write";
    case confine::Right::kExecute:
      return "read, execute";
  }
  return "";
}

void add_access(std::string& text, const Explanation& explanation) {
  const Effective& effective = explanation.effective;
  if (!effective.landlock_abi) {
    add_fact(text, "landlock", "not asked for");
    return;
  }
  add_fact(text, "landlock",
           *effective.landlock_abi == 0 ? std::string("none, not in this kernel")
                                        : "ABI " + std::to_string(*effective.landlock_abi));
  for (const confine::Promise& promise : effective.promises) {
    add_fact(text, promise.kept ? "kept" : "not kept",
             std::string(promise.option) + ": " +
                 std::string(promise.kept ? promise.holds : promise.lost));
  }
  for (const confine::Grant& grant : explanation.grants) {
    add_fact(text, "reach",
             std::string(word(grant.right)) + ": " + printable(shell_quote(grant.path)));
  }
}

}  // namespace

std::string processors(const std::vector<std::uint64_t>& words) {
  constexpr std::size_t kBits = 64;
  const auto is_set = [&](std::size_t cpu) {
    return cpu < words.size() * kBits && (words[cpu / kBits] >> (cpu % kBits) & 1U) != 0;
  };
  std::string text;
  for (std::size_t cpu = 0; cpu < words.size() * kBits; ++cpu) {
    if (!is_set(cpu)) {
      continue;
    }
    const std::size_t first = cpu;
    while (is_set(cpu + 1)) {
      ++cpu;
    }
    text.append(text.empty() ? "" : ",").append(std::to_string(first));
    if (cpu > first) {
      text.append("-").append(std::to_string(cpu));
    }
  }
  return text;
}

std::vector<std::string> capability_names(std::uint64_t set) {
  std::vector<std::string> names;
  for (; set != 0; set &= set - 1) {
    names.push_back(confine::capability_name(std::countr_zero(set)));
  }
  return names;
}

Result<std::optional<Explanation>> explain_if_asked(const Session& session,
                                                    const confine::Prepared& prepared,
                                                    const inputs::Inputs& inputs) {
  if (!session.options.explain) {
    return std::optional<Explanation>();
  }
  Explanation explanation;
  TRY(explanation.effective, confine::effective(session.options.confine, prepared));
  for (const std::string& entry : inputs.environment.entries()) {
    explanation.variables.push_back(entry.substr(0, entry.find('=')));
  }
  if (prepared.landlock) {
    // Outputs that go to files of their own are opened as these two.
    constexpr std::array kOutputs{STDOUT_FILENO, STDERR_FILENO};
    explanation.grants = launch::all_grants(inputs, *prepared.landlock, kOutputs);
    for (const auto& directory : {inputs.private_tmp, inputs.private_home}) {
      if (directory) {
        explanation.grants.push_back(
            {.right = confine::Right::kWrite, .path = *directory + "/indexrun-XXXXXX"});
      }
    }
  }
  return std::optional(std::move(explanation));
}

std::string to_text(const Explanation& explanation) {
  std::string text;
  add_rights(text, explanation.effective.state);
  add_resources(text, explanation.effective.state);
  std::vector<std::string> names;
  for (const std::string& name : explanation.variables) {
    names.push_back(printable(name));
  }
  add_fact(text, "environ", joined(names));
  add_calls(text, explanation.effective);
  add_access(text, explanation);
  return text;
}

}  // namespace indexrun::commands
