// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/words.h"

#include "base/near_miss.h"
#include "base/quote.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace indexrun::confine {
namespace {

using Kind = JsonNode::Kind;

constexpr std::uint64_t kLargestErrno = 4094;  // the kernel turns more into 4095

std::string_view kind_name(Kind kind) {
  JsonNode node;
  node.kind = kind;
  return kind == Kind::kNumber ? "a whole number from 0 to 18446744073709551615" : node.what();
}

struct ActionWord {
  std::string_view text;
  Action action;
};
constexpr std::array kActions{
    ActionWord{"SCMP_ACT_ALLOW", SECCOMP_RET_ALLOW},
    ActionWord{"SCMP_ACT_ERRNO", SECCOMP_RET_ERRNO},
    ActionWord{"SCMP_ACT_KILL", SECCOMP_RET_KILL_THREAD},
    ActionWord{"SCMP_ACT_KILL_THREAD", SECCOMP_RET_KILL_THREAD},
    ActionWord{"SCMP_ACT_KILL_PROCESS", SECCOMP_RET_KILL_PROCESS},
    ActionWord{"SCMP_ACT_TRAP", SECCOMP_RET_TRAP},
    ActionWord{"SCMP_ACT_LOG", SECCOMP_RET_LOG},
    ActionWord{"SCMP_ACT_TRACE", SECCOMP_RET_TRACE},
    ActionWord{"SCMP_ACT_NOTIFY", SECCOMP_RET_USER_NOTIF},
};

struct OperatorWord {
  std::string_view text;
  Op op;
};
constexpr std::array kOperators{
    OperatorWord{"SCMP_CMP_NE", Op::kNotEqual},           OperatorWord{"SCMP_CMP_LT", Op::kLess},
    OperatorWord{"SCMP_CMP_LE", Op::kLessOrEqual},        OperatorWord{"SCMP_CMP_EQ", Op::kEqual},
    OperatorWord{"SCMP_CMP_GE", Op::kGreaterOrEqual},     OperatorWord{"SCMP_CMP_GT", Op::kGreater},
    OperatorWord{"SCMP_CMP_MASKED_EQ", Op::kMaskedEqual},
};

template <typename Words>
std::vector<std::string_view> texts(const Words& words) {
  std::vector<std::string_view> all;
  for (const auto& word : words) {
    all.push_back(word.text);
  }
  return all;
}

std::string list(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    text.append(text.empty() ? "" : ", ").append(word);
  }
  return text;
}

/// "EPERM" or digits.
std::optional<std::uint64_t> errno_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) {
    return number;
  }
  constexpr int kLast = 133;
  for (int candidate = 1; candidate <= kLast; ++candidate) {
    const char* name = strerrorname_np(candidate);
    if (name != nullptr && text == name) {
      return static_cast<std::uint64_t>(candidate);
    }
  }
  // Other names of the same numbers, which strerrorname_np(3) does not give.
  if (text == "EWOULDBLOCK") {
    return EAGAIN;
  }
  if (text == "EDEADLOCK") {
    return EDEADLK;
  }
  if (text == "ENOTSUP" || text == "EOPNOTSUPP") {
    return EOPNOTSUPP;
  }
  return std::nullopt;
}

Result<std::uint64_t> read_errno(const JsonSource& source, const ActionWords& words) {
  if (words.name != nullptr) {
    const auto number = errno_of(words.name->text);
    if (!number) {
      return source.error(words.name->offset, {"unknown errno ", quote(words.name->text),
                                               ", expected a name such as EPERM, or digits"});
    }
    if (*number > kLargestErrno) {
      return source.error(words.name->offset,
                          {"found errno ", words.name->text, ", expected 0 to 4094"});
    }
    return *number;
  }
  if (words.number == nullptr) {
    return EPERM;
  }
  if (words.number->number > kLargestErrno) {
    return source.error(words.number->offset, {"found errno ", std::to_string(words.number->number),
                                               ", expected 0 to 4094"});
  }
  return words.number->number;
}

Error out_of_reach(const JsonSource& source, const JsonNode& node, Action action) {
  if (action == SECCOMP_RET_USER_NOTIF) {
    return source.error(node.offset,
                        {"SCMP_ACT_NOTIFY hands calls to another program for judging, "
                         "and nobody would listen: each would wait for ever"},
                        "deny the calls with SCMP_ACT_ERRNO, or allow them");
  }
  return source.error(node.offset,
                      {"SCMP_ACT_TRACE hands calls to a tracer, and there is none: "
                       "each would fail with ENOSYS"},
                      "say so with SCMP_ACT_ERRNO and errnoRet 38, or log them with SCMP_ACT_LOG");
}

}  // namespace

std::string near_hint(std::string_view word, std::span<const std::string_view> candidates,
                      std::string otherwise) {
  const auto near = near_miss(word, candidates);
  return near ? "did you mean " + quote(*near) + "?" : std::move(otherwise);
}

Result<Members> Members::of(const JsonSource& source, const JsonNode& node,
                            std::span<const std::string_view> known) {
  if (node.kind != Kind::kObject) {
    return source.error(node.offset, {"found ", node.what(), ", expected an object"});
  }
  for (const JsonMember& member : node.members) {
    if (std::ranges::find(known, member.name) == known.end()) {
      return source.error(member.offset,
                          {"unknown key ", quote(member.name), ", expected one of ", list(known)},
                          near_hint(member.name, known,
                                    "it might restrict something, so it is "
                                    "not passed over: remove it"));
    }
  }
  return Members(source, node);
}

const JsonNode* Members::find(std::string_view name) const {
  for (const JsonMember& member : node_->members) {
    if (member.name != name) {
      continue;
    }
    const JsonNode& value = member.value;
    const bool empty = value.kind == Kind::kNull ||
                       (value.kind == Kind::kList && value.elements.empty()) ||
                       (value.kind == Kind::kObject && value.members.empty()) ||
                       (value.kind == Kind::kText && value.text.empty());
    return empty ? nullptr : &value;
  }
  return nullptr;
}

Result<const JsonNode*> Members::find(std::string_view name, Kind kind) const {
  for (const JsonMember& member : node_->members) {
    const Kind found = member.value.kind;
    if (member.name == name && found != Kind::kNull && found != kind) {
      return source_->error(member.value.offset, {quote(name), " is ", member.value.what(),
                                                  ", expected ", kind_name(kind)});
    }
  }
  return find(name);
}

Result<const JsonNode*> Members::need(std::string_view name, Kind kind) const {
  TRY(const JsonNode* found, find(name, kind));
  if (found == nullptr) {
    return source_->error(node_->offset, {"has no ", quote(name)});
  }
  return found;
}

Result<Action> read_action(const JsonSource& source, const ActionWords& words) {
  const std::string& text = words.action->text;
  const auto found = std::ranges::find(kActions, text, &ActionWord::text);
  if (found == kActions.end()) {
    const std::vector<std::string_view> known = texts(kActions);
    return source.error(words.action->offset, {"unknown action ", quote(text)},
                        near_hint(text, known, "expected one of " + list(known)));
  }
  if (found->action == SECCOMP_RET_USER_NOTIF || found->action == SECCOMP_RET_TRACE) {
    return out_of_reach(source, *words.action, found->action);
  }
  TRY(const std::uint64_t number, read_errno(source, words));
  if (found->action == SECCOMP_RET_ERRNO) {
    return found->action | static_cast<Action>(number);
  }
  if (const JsonNode* node = words.name != nullptr ? words.name : words.number; node != nullptr) {
    return source.error(node->offset, {"an errno with ", quote(text), ", which has none"},
                        "remove it, or write SCMP_ACT_ERRNO");
  }
  return found->action;
}

Result<Op> read_operator(const JsonSource& source, const JsonNode& node) {
  const auto found = std::ranges::find(kOperators, node.text, &OperatorWord::text);
  if (found == kOperators.end()) {
    const std::vector<std::string_view> known = texts(kOperators);
    return source.error(node.offset, {"unknown operator ", quote(node.text)},
                        near_hint(node.text, known, "expected one of " + list(known)));
  }
  return found->op;
}

}  // namespace indexrun::confine
