// SPDX-License-Identifier: Apache-2.0
// Counting items and looking for duplicates.
#include "items/count.h"

#include "base/quote.h"
#include "items/checks.h"
#include "items/digested.h"
#include "items/division.h"
#include "items/duplicates.h"
#include "items/positions.h"
#include "items/source.h"

namespace indexrun::items {
namespace {

constexpr std::string_view kAllow = "--allow-duplicates, if that is meant";

Error duplicate(const Item& item, std::uint64_t earlier, std::uint64_t later) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = item.origin,
               .problem = "item " + std::to_string(later) + ", " + quote(item.text) +
                          ", is the same as item " + std::to_string(earlier) +
                          " (counted from 0): two tasks would do the same work",
               .hint = "remove one of them, or give " + std::string(kAllow)};
}

Result<std::uint64_t> count_different(Reader& reader) {
  Duplicates seen;
  for (std::uint64_t position = 0;; ++position) {
    TRY(const auto item, reader.next());
    if (!item) {
      return position;
    }
    if (position >= UINT32_MAX) {
      return Error{.failure = Failure::kConfig,
                   .stage = "items",
                   .object = reader.name(),
                   .problem = "too many items to look for duplicates",
                   .hint = "give --allow-duplicates"};
    }
    if (const auto earlier = seen.add(item->text, static_cast<std::uint32_t>(position))) {
      return duplicate(*item, *earlier, position);
    }
  }
}

/// A command that no worker can run comes to light here, where all are read in any case.
Result<std::uint64_t> count_commands(Reader& reader) {
  for (std::uint64_t position = 0;; ++position) {
    TRY(const auto item, reader.next());
    if (!item) {
      return position;
    }
  }
}

Result<std::uint64_t> count_items(const Spec& spec, Reader& reader) {
  if (!spec.allow_duplicates && !reader.distinct()) {
    return count_different(reader);
  }
  return std::holds_alternative<Commands>(spec.source) ? count_commands(reader)
                                                       : reader.skip(UINT64_MAX);
}

Result<std::uint64_t> count_and_check(const Spec& spec, Reader& reader) {
  TRY(const std::uint64_t number, count_items(spec, reader));
  CHECK(check_count(spec, reader.name(), number));
  return number;
}

}  // namespace

Result<Counts> count_all(const Spec& spec, const Environment& environment) {
  Counts counts;
  if (!spec.shares.wanted) {
    TRY(counts.items, count(spec, environment));
    counts.tasks = counts.items;
  } else {
    TRY(const Division division, Division::open(spec, environment, std::nullopt, Equals::kRefused));
    counts = {division.partition().items(), division.partition().tasks()};
    tell_digest(division.name(), division.digest());
  }
  if (spec.only) {
    TRY(const Positions positions, Positions::read(*spec.only));
    CHECK(check_positions(positions, counts.tasks, spec.shares.wanted ? "tasks" : "items"));
    counts.tasks = positions.count();
  }
  return counts;
}

Result<std::uint64_t> count(const Spec& spec, Reader& reader) {
  auto number = count_and_check(spec, reader);
  CHECK(reader.unchanged());
  if (number) {
    tell_digest(reader.name(), reader.digest());
  }
  return number;
}

Result<std::uint64_t> count(const Spec& spec, const Environment& environment) {
  TRY(const auto reader, open_source(spec, environment));
  return count(spec, *reader);
}

}  // namespace indexrun::items
