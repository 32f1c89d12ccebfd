// SPDX-License-Identifier: Apache-2.0
// Before anything runs: no two items may write into one log.
#include "base/quote.h"
#include "share/logs.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace indexrun::share {

namespace {

struct Named {
  std::string name;
  std::uint64_t position = 0;
};

/// The names of all items, one after the other.
class Names {
 public:
  Names(const Texts& texts, items::Sequence& items) : texts_(texts), items_(items) {}

  /// Nothing at the end. Items that fail for themselves are passed over.
  Result<std::optional<Named>> next() {
    for (;;) {
      auto item = items_.next();
      if (!item && item.error().failure == Failure::kItem) {
        continue;
      }
      CHECK(item);
      if (!*item) {
        return std::optional<Named>();
      }
      auto name = texts_.log_name(**item, inputs::Turn{.attempt = 0, .slot = 0});
      if (name) {
        return std::optional(Named{std::move(*name), (*item)->position});
      }
      if (name.error().failure != Failure::kItem) {
        return std::move(name).error();
      }
    }
  }

 private:
  const Texts& texts_;
  items::Sequence& items_;
};

Error twice(const Named& first, const Named& second) {
  return Error{.failure = Failure::kConfig,
               .stage = "share",
               .object = "--log-name",
               .problem = "items " + std::to_string(first.position) + " and " +
                          std::to_string(second.position) + " have the same log name " +
                          quote(first.name),
               .hint = "add {index} to the name"};
}

/// Equal hashes are most likely equal names; this tells, and finds their items.
Result<void> find_pair(Names& names, const std::vector<std::uint64_t>& hashes) {
  std::vector<Named> seen;
  for (;;) {
    TRY(auto named, names.next());
    if (!named) {
      return {};
    }
    if (!std::binary_search(hashes.begin(), hashes.end(), std::hash<std::string>()(named->name))) {
      continue;
    }
    for (const Named& earlier : seen) {
      if (earlier.name == named->name) {
        return twice(earlier, *named);
      }
    }
    seen.push_back(std::move(*named));
  }
}

}  // namespace

Result<void> check_log_names(const Spec& spec, const Texts& texts, items::Sequence& items) {
  if (!turn_stands_apart(spec.log_name)) {
    return Error{.failure = Failure::kConfig,
                 .stage = "share",
                 .object = "--log-name",
                 .problem = "in " + quote(spec.log_name) +
                            " the number of a slot or an attempt stands directly beside another "
                            "value, so two items could have the same log name",
                 .hint = "put '/' or '-' between them"};
  }
  Names names(texts, items);
  if (names_are_distinct(spec.log_name)) {
    CHECK(names.next());
    return items.rewind();
  }
  std::vector<std::uint64_t> hashes;
  hashes.reserve(items.size());
  for (;;) {
    TRY(const auto named, names.next());
    if (!named) {
      break;
    }
    hashes.push_back(std::hash<std::string>()(named->name));
  }
  CHECK(items.rewind());
  std::sort(hashes.begin(), hashes.end());
  std::vector<std::uint64_t> doubled;
  for (auto at = hashes.begin(); (at = std::adjacent_find(at, hashes.end())) != hashes.end();
       ++at) {
    doubled.push_back(*at);
  }
  if (doubled.empty()) {
    return {};
  }
  constexpr std::size_t kExamples = 16;  // bounds what is kept
  doubled.resize(std::min(doubled.size(), kExamples));
  CHECK(find_pair(names, doubled));
  return items.rewind();
}

}  // namespace indexrun::share
