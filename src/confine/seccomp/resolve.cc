// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/resolve.h"

#include "base/log.h"
#include "base/quote.h"
#include "confine/seccomp/interfaces.h"

#include <algorithm>
#include <utility>

namespace indexrun::confine {
namespace {

/// The calls of i386 that stand for several. Made when it is asked for: nothing before main.
const std::string& multiplexer(bool ipc) {
  static const std::string names[] = {"socketcall", "ipc"};
  return names[ipc ? 1 : 0];
}

/// A rule on its way to its call.
struct Draft {
  std::uint32_t number = 0;
  const std::string* name = nullptr;
  std::optional<Rule> rule;  ///< nothing: only that the call is ours
  bool ours = false;
};

class Resolver {
 public:
  Resolver(const Profile& profile, Interface& interface)
      : profile_(profile), interface_(interface) {}

  void add(const Entry& entry, const std::string& name) {
    const Numbers numbers = numbers_of(interface_, name);
    for (const auto& number : {numbers.direct, numbers.multiplexer}) {
      top_ = number ? std::max(top_.value_or(0), *number) : top_;
    }
    // libseccomp refuses a rule with the default action, so programs leave it out.
    if (entry.action == profile_.default_action) {
      return;
    }
    if (numbers.direct) {
      const bool ours = !numbers.named || needs_upper_halves(entry);
      drafts_.push_back({*numbers.direct, &name, Rule{entry.action, entry.conditions}, ours});
    }
    if (numbers.multiplexer) {
      add_multiplexed(entry, numbers);
    }
  }

  void finish() && {
    std::ranges::stable_sort(drafts_, {}, &Draft::number);
    for (Draft& draft : drafts_) {
      if (interface_.calls.empty() || interface_.calls.back().number != draft.number) {
        interface_.calls.push_back({draft.number, *draft.name, {}, false});
      }
      Call& call = interface_.calls.back();
      call.ours = call.ours || draft.ours;
      if (draft.rule) {
        call.rules.push_back(std::move(*draft.rule));
      }
    }
    std::ranges::for_each(interface_.calls, settle);
    if (profile_.with_horizon) {
      interface_.horizon = top_;
    }
  }

 private:
  /// libseccomp compares the lower halves only on 32-bit interfaces, among which it counts x32.
  [[nodiscard]] bool needs_upper_halves(const Entry& entry) const {
    constexpr std::uint64_t kLower = 0xFFFF'FFFF;
    return std::ranges::any_of(entry.conditions, [&](const Condition& one) {
      return interface_.x32 ||
             (interface_.narrow && (one.value > kLower || one.value_two > kLower));
    });
  }

  void add_multiplexed(const Entry& entry, const Numbers& numbers) {
    constexpr std::uint64_t kIpcCall =
        0xFFFF;  // above it stands a version, which no rule counts on
    const bool strict = stricter(entry.action, profile_.default_action);
    const bool ipc = *numbers.multiplexer == kIpc;
    const std::string& name = multiplexer(ipc);
    if (!entry.conditions.empty() && !strict) {
      // libseccomp would have the rule without its conditions.
      drafts_.push_back({*numbers.multiplexer, &name, std::nullopt, true});
      return;
    }
    Condition selected{.index = 0, .op = Op::kEqual, .value = numbers.selector};
    if (ipc && strict) {
      selected = {
          .index = 0, .op = Op::kMaskedEqual, .value = kIpcCall, .value_two = numbers.selector};
    }
    drafts_.push_back({*numbers.multiplexer, &name, Rule{entry.action, {selected}}, true});
  }

  /// An unconditional rule leaves no room for others.
  static void settle(Call& call) {
    const auto first =
        std::ranges::find_if(call.rules, [](const Rule& rule) { return rule.conditions.empty(); });
    if (first != call.rules.end()) {
      Rule only = std::move(*first);
      call.rules.clear();
      call.rules.push_back(std::move(only));
      // What a profile says of the multiplexer itself libseccomp can express.
      call.ours = call.ours && call.name != multiplexer(false) && call.name != multiplexer(true);
    }
  }

  const Profile& profile_;
  Interface& interface_;
  std::vector<Draft> drafts_;
  std::optional<std::uint32_t> top_;
};

Error unknown_call(const JsonSource& source, const Entry::Name& name) {
  const auto near = near_system_call(name.text);
  return source.error(name.offset, {"unknown system call ", quote(name.text)},
                      near ? "did you mean " + quote(*near) + "?"
                           : "the rule would deny nothing, and the call that was meant would be "
                             "allowed; syscalls(2) lists the names, such as ptrace");
}

/// Names that no machine has.
Result<void> check_names(const JsonSource& source, const Profile& profile) {
  constexpr std::size_t kMostNamed = 20;
  std::size_t count = 0;
  std::string passed_over;
  for (const Entry& entry : profile.entries) {
    for (const Entry::Name& name : entry.names) {
      if (is_system_call(name.text)) {
        continue;
      }
      if (permits(profile.default_action) && stricter(entry.action, profile.default_action)) {
        return unknown_call(source, name);
      }
      if (++count <= kMostNamed) {
        passed_over.append(count == 1 ? "" : ", ").append(quote(name.text));
      }
    }
  }
  if (count > kMostNamed) {
    passed_over += " and " + std::to_string(count - kMostNamed) + " more";
  }
  if (count > 0) {
    log::warning("confine: " + printable(source.name) +
                 ": rules for unknown system calls are passed over: " + passed_over);
  }
  return {};
}

}  // namespace

Result<RuleSet> resolve(const JsonSource& source, const Profile& profile) {
  CHECK(check_names(source, profile));
  RuleSet rules{.default_action = profile.default_action,
                .flags = profile.flags,
                .interfaces = profile.interfaces};
  for (Interface& interface : rules.interfaces) {
    Resolver resolver(profile, interface);
    for (const Entry& entry : profile.entries) {
      for (const Entry::Name& name : entry.names) {
        resolver.add(entry, name.text);
      }
    }
    std::move(resolver).finish();
  }
  return rules;
}

}  // namespace indexrun::confine
