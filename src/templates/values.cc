// SPDX-License-Identifier: Apache-2.0
// From a built-in or a field of an item to bytes.
#include "templates/values.h"

#include <charconv>
#include <optional>
#include <string>

namespace indexrun::templates {
namespace {

std::string_view digits_of(std::uint64_t number, Digits& digits) {
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

Error unavailable(std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "templates",
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Result<std::string_view> known_number(std::optional<std::uint64_t> number, std::string_view name,
                                      Digits& digits) {
  if (!number) {
    return unavailable("{" + std::string(name) + "} is not known here",
                       name == "count" ? "name an item source that can be counted"
                                       : "the engine that gave the index does not say how many "
                                         "tasks there are");
  }
  return digits_of(*number, digits);
}

Error misplaced_items(bool share) {
  if (!share) {
    return unavailable("{items} is not available here: there is one item, not a share",
                       "write {item}");
  }
  return unavailable("{items} stands for many arguments, and so only as an argument of its own",
                     "for other uses: --write PATH, --stdin '{items}', or --each and {item}");
}

}  // namespace

Result<std::string_view> value_of(const Reference& reference, const Values& values,
                                  Digits& digits) {
  const items::Item& item = values.item;
  if (reference.field != nullptr) {
    return std::string_view(reference.field->value);
  }
  switch (reference.name) {
    case Name::kItem:
      return std::string_view(item.text);
    case Name::kIndex:
      return digits_of(item.position, digits);
    case Name::kNumber:
      return digits_of(item.position + 1, digits);
    case Name::kTask:
      return digits_of(item.task, digits);
    case Name::kCount:
      return known_number(item.count, "count", digits);
    case Name::kTasks:
      return known_number(item.tasks, "tasks", digits);
    case Name::kAttempt:
      return digits_of(values.attempt, digits);
    case Name::kItems:
      return misplaced_items(item.share_size.has_value());
    case Name::kSlot:
      if (values.slot) {
        return digits_of(*values.slot, digits);
      }
      return unavailable("{slot} is not available here: this worker runs one program at a time",
                         "write {index} for a number of its own for each worker");
    case Name::kRole:
      if (!item.role.empty()) {
        return std::string_view(item.role);
      }
      return unavailable("{role} is not available here: no roles are given",
                         "--role RANGE=NAME gives indexes a role");
  }
  return Error{.failure = Failure::kInternal, .stage = "templates", .problem = "unnamed value"};
}

}  // namespace indexrun::templates
