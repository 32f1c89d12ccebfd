// SPDX-License-Identifier: Apache-2.0
#include "confine/capabilities.h"

#include "base/log.h"
#include "base/near_miss.h"
#include "base/quote.h"
#include "confine/securebits.h"

#include <bit>
#include <string>
#include <vector>

#include <linux/capability.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

constexpr std::uint64_t bit(int capability) {
  return std::uint64_t{1} << capability;
}

/// What this process has now.
struct Held {
  std::uint64_t bounding = 0;
  std::uint64_t permitted = 0;
  std::uint64_t effective = 0;
  std::uint64_t ambient = 0;
  int last = 0;

  [[nodiscard]] std::uint64_t all() const { return bit(last) | (bit(last) - 1); }
};

Result<Held> read_held() {
  cap_t process = cap_get_proc();
  if (process == nullptr) {
    return Error{.failure = Failure::kConfine,
                 .stage = "confine",
                 .problem = "cannot read this process's capabilities",
                 .system_error = errno};
  }
  Held held;
  held.last = cap_max_bits() - 1;
  for (cap_value_t capability = 0; capability <= held.last; ++capability) {
    cap_flag_value_t permitted = CAP_CLEAR;
    cap_flag_value_t effective = CAP_CLEAR;
    static_cast<void>(cap_get_flag(process, capability, CAP_PERMITTED, &permitted));
    static_cast<void>(cap_get_flag(process, capability, CAP_EFFECTIVE, &effective));
    held.permitted |= permitted == CAP_SET ? bit(capability) : 0;
    held.effective |= effective == CAP_SET ? bit(capability) : 0;
    held.bounding |= cap_get_bound(capability) == 1 ? bit(capability) : 0;
    // The kernel keeps the ambient set within the inheritable one, which is mostly empty.
    cap_flag_value_t inheritable = CAP_CLEAR;
    static_cast<void>(cap_get_flag(process, capability, CAP_INHERITABLE, &inheritable));
    const bool ambient = inheritable == CAP_SET && cap_get_ambient(capability) == 1;
    held.ambient |= ambient ? bit(capability) : 0;
  }
  cap_free(process);
  return held;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') {
      letter = static_cast<char>(letter - 'A' + 'a');
    }
  }
  return lower;
}

std::string names(std::uint64_t set) {
  std::string text;
  for (; set != 0; set &= set - 1) {
    text += (text.empty() ? "" : ", ") + capability_name(std::countr_zero(set));
  }
  return text;
}

Error unknown_capability(std::string_view option, std::string_view name, std::string_view lower) {
  std::vector<std::string> known;
  for (int capability = 0; capability <= CAP_LAST_CAP; ++capability) {
    known.push_back(capability_name(capability));
  }
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  const auto near = near_miss(lower, candidates);
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = std::string(option),
               .problem = "unknown capability " + quote(name),
               .hint = near ? "did you mean " + quote(*near) + "?"
                            : "capabilities(7) lists the names, such as net_raw"};
}

/// One bit for each name. ALL is every capability that this kernel knows, named by libcap or not.
Result<std::uint64_t> parse_set(std::string_view option, const std::vector<std::string>& texts,
                                std::uint64_t all) {
  std::uint64_t set = 0;
  for (const std::string& text : texts) {
    if (lower_case(text) == "all") {
      set |= all;
      continue;
    }
    TRY(const int capability, parse_capability(option, text));
    set |= bit(capability);
  }
  return set;
}

Result<std::uint64_t> parse_added(const std::vector<std::string>& texts, const Held& held) {
  for (const std::string& text : texts) {
    if (lower_case(text) == "all") {
      return Error{.failure = Failure::kConfig,
                   .stage = "confine",
                   .object = "--cap-add",
                   .problem = "ALL can be dropped but not added",
                   .hint = "name each capability to keep; without --cap-drop all are kept"};
    }
  }
  TRY(const std::uint64_t added, parse_set("--cap-add", texts, 0));
  const std::uint64_t missing = added & ~(held.permitted & held.bounding);
  if (missing != 0) {
    const bool unknown = (missing & ~held.all()) != 0;
    return Error{.failure = Failure::kConfine,
                 .stage = "confine",
                 .object = "--cap-add",
                 .problem = names(missing) + " cannot be had: " +
                            (unknown ? "this kernel does not know it"
                                     : "this process does not have it to pass on"),
                 .hint = unknown ? "" : "add it to the container, in securityContext.capabilities"};
  }
  return added;
}

bool already_no_new_privs() {
  return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

/// The bounding set after dropping, or why it cannot be dropped.
Result<std::uint64_t> bound(const Held& held, std::uint64_t wanted, uid_t uid, bool no_new_privs) {
  const std::uint64_t leaving = held.bounding & ~wanted;
  if (leaving == 0 || (held.effective & bit(CAP_SETPCAP)) != 0) {
    return wanted;
  }
  if (uid != 0 && no_new_privs) {
    LOG_CHOSEN("confine: the bounding set keeps " + names(leaving) +
               ": no CAP_SETPCAP to drop it, and no_new_privs keeps it out of reach");
    return held.bounding;
  }
  return Error{
      .failure = Failure::kConfine,
      .stage = "confine",
      .object = "--cap-drop",
      .problem = "cannot drop " + names(leaving) + " from the bounding set without CAP_SETPCAP",
      .hint = uid != 0 ? "add --no-new-privs, under which the bounding set gives nothing"
                       : "drop them in the container's securityContext.capabilities"};
}

}  // namespace

std::string capability_name(int capability) {
  char* name = cap_to_name(capability);
  if (name == nullptr) {
    return std::to_string(capability);
  }
  std::string text(name);
  cap_free(name);
  return text.starts_with("cap_") ? text.substr(4) : text;
}

Result<int> parse_capability(std::string_view option, std::string_view name) {
  std::string lower = lower_case(name);
  if (lower.starts_with("cap_")) {
    lower.erase(0, 4);
  }
  // cap_from_name(3) would also take a number.
  const bool word = !lower.empty() && lower.front() >= 'a' && lower.front() <= 'z';
  cap_value_t capability = 0;
  if (!word || cap_from_name(("cap_" + lower).c_str(), &capability) != 0) {
    return unknown_capability(option, name, lower);
  }
  return capability;
}

Result<std::optional<Capabilities>> prepare_capabilities(const Policy& policy,
                                                         const Prepared& prepared) {
  const uid_t uid = prepared.identity ? prepared.identity->uid : geteuid();
  const bool new_user = prepared.identity && uid != geteuid();
  if (!policy.has_capabilities() && (!prepared.identity || uid == 0)) {
    return std::optional<Capabilities>();
  }
  TRY(const Held held, read_held());
  TRY(const std::uint64_t dropped, parse_set("--cap-drop", policy.cap_drop, held.all()));
  TRY(const std::uint64_t added, parse_added(policy.cap_add, held));
  if ((dropped & ~held.all()) != 0) {
    LOG_CHOSEN("confine: nothing to drop: this kernel does not know " +
               names(dropped & ~held.all()));
  }
  const bool no_new_privs = prepared.no_new_privs || already_no_new_privs();
  Capabilities result;
  result.last = held.last;
  TRY(result.bounding, bound(held, (held.bounding & ~dropped) | added, uid, no_new_privs));
  if (uid == 0 && !no_root(prepared.securebits)) {
    result.permitted = (held.permitted & ~dropped) | added;
  } else {
    // Without the ambient set nothing would be left after execve(2); and a permitted set that
    // outlives setresuid(2) would let files with capabilities gain even under no_new_privs.
    result.ambient = ((new_user ? 0 : held.ambient) & ~dropped) | added;
    result.permitted = result.inheritable = result.ambient;
  }
  return std::optional<Capabilities>(result);
}

}  // namespace indexrun::confine
