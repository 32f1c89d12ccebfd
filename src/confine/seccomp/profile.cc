// SPDX-License-Identifier: Apache-2.0
// The frame of a profile; its entries are read in entries.cc.
#include "confine/seccomp/profile.h"

#include "base/quote.h"
#include "confine/seccomp/entries.h"
#include "confine/seccomp/interfaces.h"
#include "confine/seccomp/words.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <sys/utsname.h>

namespace indexrun::confine {
namespace {

using Kind = JsonNode::Kind;

constexpr std::string_view kKeys[] = {
    "defaultAction", "defaultErrnoRet",  "defaultErrno", "architectures", "archMap", "flags",
    "listenerPath",  "listenerMetadata", "syscalls",     "comment",       "$schema"};
constexpr std::string_view kArchMapKeys[] = {"architecture", "subArchitectures"};

Result<std::uint32_t> architecture_of(const JsonSource& source, const JsonNode& node) {
  if (node.kind != Kind::kText) {
    return source.error(node.offset, {"found ", node.what(),
                                      ", expected an architecture such as SCMP_ARCH_X86_64"});
  }
  const auto token = find_architecture(node.text);
  if (!token) {
    const std::vector<std::string_view> names = architecture_names();
    return source.error(node.offset, {"unknown architecture ", quote(node.text)},
                        near_hint(node.text, names, "the names are such as SCMP_ARCH_AARCH64"));
  }
  return *token;
}

Result<void> add_architectures(const JsonSource& source, const JsonNode& list,
                               std::vector<std::uint32_t>& tokens) {
  for (const JsonNode& element : list.elements) {
    TRY(const std::uint32_t token, architecture_of(source, element));
    tokens.push_back(token);
  }
  return {};
}

/// The entry of the native architecture, with those beneath it; all entries are judged.
Result<void> read_arch_map(const JsonSource& source, const JsonNode& map, std::uint32_t native,
                           std::vector<std::uint32_t>& tokens) {
  for (const JsonNode& element : map.elements) {
    TRY(const Members members, Members::of(source, element, kArchMapKeys));
    TRY(const JsonNode* architecture, members.need("architecture", Kind::kText));
    TRY(const std::uint32_t token, architecture_of(source, *architecture));
    std::vector<std::uint32_t> beneath;
    TRY(const JsonNode* list, members.find("subArchitectures", Kind::kList));
    if (list != nullptr) {
      CHECK(add_architectures(source, *list, beneath));
    }
    if (token == native) {
      tokens.insert(tokens.end(), beneath.begin(), beneath.end());
    }
  }
  return {};
}

/// The native interface always, of the others those that are named. What this machine has not got
/// cannot call.
Result<std::vector<Interface>> read_interfaces(const JsonSource& source, const Members& members) {
  TRY(const JsonNode* list, members.find("architectures", Kind::kList));
  TRY(const JsonNode* map, members.find("archMap", Kind::kList));
  if (list != nullptr && map != nullptr) {
    return source.error(map->offset, {"found archMap beside architectures, expected one of them"},
                        "archMap is Docker's, architectures is OCI's: remove one");
  }
  std::vector<Interface> all = all_interfaces();
  std::vector<std::uint32_t> tokens{all.front().token};
  if (list != nullptr) {
    CHECK(add_architectures(source, *list, tokens));
  }
  if (map != nullptr) {
    CHECK(read_arch_map(source, *map, all.front().token, tokens));
  }
  std::erase_if(all, [&](const Interface& one) {
    return std::ranges::find(tokens, one.token) == tokens.end();
  });
  return all;
}

struct Flag {
  std::string_view name;
  std::uint32_t bit;
};
/// TSYNC is for processes with threads, which we are not; WAIT_KILLABLE_RECV is for notifications.
constexpr std::array kFlags{
    Flag{"SECCOMP_FILTER_FLAG_TSYNC", 0},
    Flag{"SECCOMP_FILTER_FLAG_LOG", SECCOMP_FILTER_FLAG_LOG},
    Flag{"SECCOMP_FILTER_FLAG_SPEC_ALLOW", SECCOMP_FILTER_FLAG_SPEC_ALLOW},
    Flag{"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 0},
};

/// Absent is not empty: runc and crun then load with SPEC_ALLOW.
Result<std::uint32_t> read_flags(const JsonSource& source, const JsonNode& root) {
  const auto member = std::ranges::find(root.members, "flags", &JsonMember::name);
  if (member == root.members.end() || member->value.kind == Kind::kNull) {
    return std::uint32_t{SECCOMP_FILTER_FLAG_SPEC_ALLOW};
  }
  if (member->value.kind != Kind::kList) {
    return source.error(member->value.offset,
                        {"'flags' is ", member->value.what(), ", expected a list"});
  }
  std::uint32_t flags = 0;
  for (const JsonNode& element : member->value.elements) {
    const auto flag = std::ranges::find(kFlags, element.text, &Flag::name);
    if (flag == kFlags.end()) {
      std::vector<std::string_view> names;
      for (const Flag& one : kFlags) {
        names.push_back(one.name);
      }
      return source.error(
          element.offset, {"unknown flag ", quote(element.text)},
          near_hint(element.text, names, "such as SECCOMP_FILTER_FLAG_LOG, see seccomp(2)"));
    }
    flags |= flag->bit;
  }
  return flags;
}

Result<void> refuse_listener(const JsonSource& source, const Members& members) {
  for (const std::string_view name : {"listenerPath", "listenerMetadata"}) {
    TRY(const JsonNode* listener, members.find(name, Kind::kText));
    if (listener != nullptr) {
      return source.error(listener->offset,
                          {"found ", quote(name),
                           ": an agent that judges calls while the "
                           "program runs is not supported"},
                          "remove it together with the SCMP_ACT_NOTIFY rules");
    }
  }
  return {};
}

}  // namespace

std::string KernelVersion::text() const {
  return std::to_string(major) + "." + std::to_string(minor);
}

std::optional<KernelVersion> parse_kernel_version(std::string_view text) {
  constexpr std::uint32_t kMost = 65535;
  std::array<std::uint32_t, 2> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t length = std::min(text.find_first_not_of("0123456789"), text.size());
    if (length == 0 || length > 5) {
      return std::nullopt;
    }
    for (const char digit : text.substr(0, length)) {
      parts[i] = parts[i] * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    text.remove_prefix(length);
    if (i == 0 && !text.starts_with('.')) {
      return std::nullopt;
    }
    text.remove_prefix(i == 0 ? 1 : 0);
  }
  if (parts[0] > kMost || parts[1] > kMost) {
    return std::nullopt;
  }
  return KernelVersion{parts[0], parts[1]};
}

Circumstances Circumstances::here(std::uint64_t bounding) {
  utsname names{};
  ::uname(&names);
  return {.bounding = bounding,
          .kernel = parse_kernel_version(names.release).value_or(KernelVersion{})};
}

bool Decided::holds(const Circumstances& circumstances) const {
  return (circumstances.bounding & capabilities) == held && circumstances.kernel >= from &&
         circumstances.kernel < below;
}

bool has_horizon(Action default_action) {
  return !permits(default_action) && default_action != (SECCOMP_RET_ERRNO | ENOSYS);
}

Result<Profile> read_profile(const JsonSource& source, const Circumstances& circumstances) {
  TRY(const JsonNode root, read_json(source));
  TRY(const Members members, Members::of(source, root, kKeys));
  Profile profile;
  CHECK(refuse_listener(source, members));
  TRY(const JsonNode* action, members.need("defaultAction", Kind::kText));
  TRY(const JsonNode* number, members.find("defaultErrnoRet", Kind::kNumber));
  TRY(const JsonNode* name, members.find("defaultErrno", Kind::kText));
  TRY(profile.default_action, read_action(source, {action, number, name}));
  TRY(profile.interfaces, read_interfaces(source, members));
  TRY(profile.flags, read_flags(source, root));
  TRY(const JsonNode* entries, members.find("syscalls", Kind::kList));
  if (entries != nullptr) {
    for (const JsonNode& node : entries->elements) {
      CHECK(read_entry({source, circumstances}, node, profile));
    }
  }
  profile.with_horizon = has_horizon(profile.default_action);
  return profile;
}

}  // namespace indexrun::confine
