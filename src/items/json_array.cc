// SPDX-License-Identifier: Apache-2.0
// Finding where elements end; each is then checked as a value of its own.
#include "items/json_array.h"

#include "items/json_item.h"

#include <utility>

namespace indexrun::items {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

}  // namespace

/// The next byte that is not blank, which stays where it is; NUL at the end.
Result<char> JsonArray::next_solid() {
  for (;;) {
    TRY(const bool more, fill());
    if (!more) {
      return '\0';
    }
    const std::size_t solid = block_.find_first_not_of(kBlanks);
    block_.remove_prefix(std::min(solid, block_.size()));
    if (!block_.empty()) {
      return block_.front();
    }
  }
}

Result<void> JsonArray::begin() {
  TRY(const char first, next_solid());
  if (first != '[') {
    return wrong(name(), "is not a JSON array: it does not begin with [",
                 first == '{' ? "one object a line is --format jsonl" : "");
  }
  block_.remove_prefix(1);
  place_ = Place::kFirst;
  return {};
}

/// After the closing bracket.
Result<void> JsonArray::finish() {
  place_ = Place::kAfter;
  TRY(const char rest, next_solid());
  if (rest != '\0' || !block_.empty()) {
    return wrong(name(), "something follows the end of the JSON array");
  }
  return {};
}

/// Takes the next element, valid JSON: false after the last.
Result<bool> JsonArray::take(std::string& text) {
  if (place_ == Place::kBefore) {
    CHECK(begin());
  }
  if (place_ == Place::kAfter) {
    return false;
  }
  TRY(const char first, next_solid());
  if (place_ == Place::kFirst && first == ']') {
    block_.remove_prefix(1);
    CHECK(finish());
    return false;
  }
  CHECK(take_element(text));
  if (std::string fault = json_fault(text); !fault.empty()) {
    return wrong(origin(), std::move(fault));
  }
  return true;
}

Result<void> JsonArray::take_element(std::string& text) {
  text.clear();
  Inside inside;
  for (bool ended = false; !ended;) {
    TRY(const bool more, fill());
    if (!more) {
      return wrong(name(), "the JSON array is not closed",
                   "is the file cut off? The last whole element is number " +
                       std::to_string(passed_) + ", counted from 1");
    }
    TRY(const std::size_t end, end_of_element(inside, ended));
    if (text.size() + end > kLongestItem) {
      return wrong(origin(), "the element is longer than 64 MiB");
    }
    text.append(block_.substr(0, end));
    block_.remove_prefix(end);
  }
  const bool last = block_.front() == ']';
  block_.remove_prefix(1);
  if (text.empty()) {
    return wrong(origin(), "an element is missing, expected a value before the " +
                               std::string(last ? "]" : ","));
  }
  place_ = Place::kMore;
  return last ? finish() : Result<void>();
}

/// Where in this block the element ends: at its comma or bracket, or at the end of the block.
Result<std::size_t> JsonArray::end_of_element(Inside& inside, bool& ended) const {
  for (std::size_t at = 0; at < block_.size(); ++at) {
    const char c = block_[at];
    if (inside.string) {
      inside.string = inside.escaped || c != '"';
      inside.escaped = !inside.escaped && c == '\\';
    } else if (c == '"') {
      inside.string = true;
    } else if (c == '[' || c == '{') {
      if (++inside.depth > kDeepestJson) {
        return wrong(origin(),
                     "is nested more than " + std::to_string(kDeepestJson) + " levels deep");
      }
    } else if (inside.depth == 0 && (c == ',' || c == ']')) {
      ended = true;
      return at;
    } else if (c == ']' || c == '}') {
      if (inside.depth == 0) {
        return wrong(origin(), "is not valid JSON: found } without its {");
      }
      --inside.depth;
    }
  }
  return block_.size();
}

Result<std::uint64_t> JsonArray::skip(std::uint64_t count) {
  std::string text;
  std::uint64_t passed = 0;
  for (; passed < count; ++passed) {
    TRY(const bool more, take(text));
    if (!more) {
      break;
    }
    ++passed_;
  }
  return passed;
}

Result<std::optional<Item>> JsonArray::next() {
  std::string text;
  TRY(const bool more, take(text));
  if (!more) {
    return std::optional<Item>{};
  }
  Item item;
  item.origin = origin();
  ++passed_;
  CHECK(read_json_item(text, item));
  return std::optional(std::move(item));
}

std::string JsonArray::origin() const {
  return name() + "[" + std::to_string(passed_) + "]";
}

Error JsonArray::wrong(const std::string& object, std::string problem, std::string hint) const {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = object,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

}  // namespace indexrun::items
