// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/entries.h"

#include "base/quote.h"
#include "confine/capabilities.h"
#include "confine/seccomp/interfaces.h"
#include "confine/seccomp/words.h"

#include <algorithm>
#include <utility>

namespace indexrun::confine {
namespace {

using Kind = JsonNode::Kind;

constexpr std::string_view kKeys[] = {"names", "name",    "action",   "errnoRet", "errno",
                                      "args",  "comment", "includes", "excludes"};
constexpr std::string_view kArgumentKeys[] = {"index", "value", "valueTwo", "op"};
constexpr std::string_view kFilterKeys[] = {"caps", "arches", "minKernel"};
constexpr std::uint64_t kArguments = 6;

Result<std::vector<Entry::Name>> read_names(const JsonSource& source, const JsonNode& node,
                                            const Members& members) {
  TRY(const JsonNode* list, members.find("names", Kind::kList));
  TRY(const JsonNode* single, members.find("name", Kind::kText));
  if (list != nullptr && single != nullptr) {
    return source.error(single->offset, {"found 'name' beside 'names', expected one of them"});
  }
  std::vector<Entry::Name> names;
  if (single != nullptr) {
    names.push_back({single->text, single->offset});
  }
  for (std::size_t i = 0; list != nullptr && i < list->elements.size(); ++i) {
    const JsonNode& element = list->elements[i];
    if (element.kind != Kind::kText || element.text.empty()) {
      return source.error(
          element.offset,
          {"found ", element.kind == Kind::kText ? "an empty string" : element.what(),
           ", expected the name of a system call"});
    }
    names.push_back({element.text, element.offset});
  }
  const bool any = std::ranges::any_of(node.members, [](const JsonMember& member) {
    return member.name == "names" || member.name == "name";
  });
  if (!any) {
    return source.error(node.offset, {"has no 'names'"}, "an entry lists the calls that it is for");
  }
  return names;
}

Result<std::uint64_t> read_value(const Members& members, std::string_view name) {
  TRY(const JsonNode* value, members.find(name, Kind::kNumber));
  return value == nullptr ? 0 : value->number;
}

Result<Condition> read_condition(const JsonSource& source, const JsonNode& node) {
  TRY(const Members members, Members::of(source, node, kArgumentKeys));
  TRY(const JsonNode* op, members.need("op", Kind::kText));
  Condition condition;
  TRY(condition.op, read_operator(source, *op));
  TRY(const std::uint64_t index, read_value(members, "index"));
  if (index >= kArguments) {
    return source.error(members.find("index")->offset,
                        {"found index ", std::to_string(index), ", expected 0 to 5"});
  }
  condition.index = static_cast<unsigned>(index);
  TRY(condition.value, read_value(members, "value"));
  TRY(condition.value_two, read_value(members, "valueTwo"));
  if (condition.op != Op::kMaskedEqual && condition.value_two != 0) {
    return source.error(members.find("valueTwo")->offset,
                        {"found valueTwo with ", quote(op->text), ", which has one value"},
                        "valueTwo is for SCMP_CMP_MASKED_EQ: (argument & value) == valueTwo");
  }
  if (condition.op == Op::kMaskedEqual && (condition.value_two & ~condition.value) != 0) {
    return source.error(members.find("valueTwo")->offset,
                        {"can never hold: valueTwo has bits that the mask in value takes away"},
                        "value is the mask, valueTwo what must remain");
  }
  return condition;
}

Result<std::vector<Condition>> read_conditions(const JsonSource& source, const Members& members) {
  TRY(const JsonNode* list, members.find("args", Kind::kList));
  std::vector<Condition> conditions;
  for (std::size_t i = 0; list != nullptr && i < list->elements.size(); ++i) {
    const JsonNode& node = list->elements[i];
    TRY(const Condition condition, read_condition(source, node));
    for (const Condition& earlier : conditions) {
      if (earlier.index == condition.index) {
        return source.error(
            node.offset,
            {"argument ", std::to_string(condition.index),
             " has two conditions in one entry, which some programs read as AND and others as "
             "OR"},
            "for OR write an entry for each condition; for AND write one condition that says both, "
            "such as SCMP_CMP_MASKED_EQ, or entries for the ranges that remain");
      }
    }
    conditions.push_back(condition);
  }
  return conditions;
}

/// One of "includes" and "excludes".
class Asker {
 public:
  Asker(const EntryContext& context, Decided& decided) : context_(context), decided_(decided) {}

  /// Whether each part that is there holds (includes), or any (excludes).
  struct Held {
    bool all = true;
    bool any = false;
    void add(bool holds) {
      all = all && holds;
      any = any || holds;
    }
  };

  Result<Held> ask(const JsonNode& node, bool all_capabilities) {
    TRY(const Members members, Members::of(context_.source, node, kFilterKeys));
    Held held;
    TRY(const JsonNode* words, members.find("arches", Kind::kList));
    if (words != nullptr) {
      TRY(const bool here, ask_architectures(*words));
      held.add(here);
    }
    TRY(const JsonNode* capabilities, members.find("caps", Kind::kList));
    if (capabilities != nullptr) {
      TRY(const std::uint64_t set, read_set(*capabilities));
      decided_.capabilities |= set;
      decided_.held |= set & context_.circumstances.bounding;
      const std::uint64_t there = set & context_.circumstances.bounding;
      held.add(all_capabilities ? there == set : there != 0);
    }
    TRY(const JsonNode* kernel, members.find("minKernel", Kind::kText));
    if (kernel != nullptr) {
      TRY(const bool new_enough, ask_kernel(*kernel));
      held.add(new_enough);
    }
    return held;
  }

 private:
  Result<bool> ask_architectures(const JsonNode& list) {
    const std::vector<std::string_view> words = architecture_words();
    bool here = false;
    for (const JsonNode& element : list.elements) {
      if (std::ranges::find(words, element.text) == words.end()) {
        return context_.source.error(
            element.offset, {"unknown architecture ", quote(element.text)},
            near_hint(element.text, words, "the words are such as amd64, arm64, s390x"));
      }
      here = here || element.text == native_word();
    }
    return here;
  }

  Result<std::uint64_t> read_set(const JsonNode& list) {
    std::uint64_t set = 0;
    for (const JsonNode& element : list.elements) {
      auto number = parse_capability("", element.text);
      if (!number || !element.text.starts_with("CAP_")) {
        return context_.source.error(
            element.offset, {"unknown capability ", quote(element.text)},
            number ? "write CAP_ and the rest in capitals" : std::move(number).error().hint);
      }
      set |= std::uint64_t{1} << *number;
    }
    return set;
  }

  Result<bool> ask_kernel(const JsonNode& node) {
    const auto version = parse_kernel_version(node.text);
    if (!version) {
      return context_.source.error(node.offset, {"found minKernel ", quote(node.text),
                                                 ", expected MAJOR.MINOR such as 4.8"});
    }
    const bool new_enough = context_.circumstances.kernel >= *version;
    if (new_enough) {
      decided_.from = std::max(decided_.from, *version);
    } else {
      decided_.below = std::min(decided_.below, *version);
    }
    return new_enough;
  }

  const EntryContext& context_;
  Decided& decided_;
};

/// moby/profiles: left out if any part of excludes holds, or one of includes does not.
Result<bool> applies(const EntryContext& context, const Members& members, Decided& decided) {
  Asker asker(context, decided);
  bool wanted = true;
  TRY(const JsonNode* excludes, members.find("excludes", Kind::kObject));
  if (excludes != nullptr) {
    TRY(const Asker::Held held, asker.ask(*excludes, false));
    wanted = !held.any;
  }
  TRY(const JsonNode* includes, members.find("includes", Kind::kObject));
  if (includes != nullptr) {
    TRY(const Asker::Held held, asker.ask(*includes, true));
    wanted = wanted && held.all;
  }
  return wanted;
}

}  // namespace

Result<void> read_entry(const EntryContext& context, const JsonNode& node, Profile& profile) {
  const JsonSource& source = context.source;
  TRY(const Members members, Members::of(source, node, kKeys));
  Entry entry;
  TRY(entry.names, read_names(source, node, members));
  TRY(const JsonNode* action, members.need("action", Kind::kText));
  TRY(const JsonNode* number, members.find("errnoRet", Kind::kNumber));
  TRY(const JsonNode* name, members.find("errno", Kind::kText));
  TRY(entry.action, read_action(source, {action, number, name}));
  TRY(entry.conditions, read_conditions(source, members));
  TRY(const bool wanted, applies(context, members, profile.decided));
  if (wanted) {
    profile.entries.push_back(std::move(entry));
  }
  return {};
}

}  // namespace indexrun::confine
