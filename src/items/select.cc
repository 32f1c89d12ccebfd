// SPDX-License-Identifier: Apache-2.0
// Going to the wanted item, and to the end of the list where that is asked for.
#include "items/select.h"

#include "base/log.h"
#include "base/quote.h"
#include "base/redact.h"
#include "items/checks.h"
#include "items/digested.h"
#include "items/positions.h"
#include "items/roles.h"
#include "items/source.h"

namespace indexrun::items {
namespace {

bool whole_list_wanted(const Spec& spec, const index::Index& index, const Reader& reader) {
  return spec.expect_count || spec.expect_sha256 || spec.count_wanted || index.announced.first ||
         index.announced.last || reader.is_short();
}

Result<Item> find(const Spec& spec, const index::Index& index, Reader& reader,
                  const Positions* positions) {
  TRY(std::uint64_t count, reader.skip(index.position));
  std::optional<Item> item;
  if (count == index.position) {
    TRY(item, reader.next());
  }
  if (item && !whole_list_wanted(spec, index, reader)) {
    return std::move(*item);
  }
  if (item) {
    TRY(const std::uint64_t rest, reader.skip(UINT64_MAX));
    count += 1 + rest;
  }
  CHECK(check_count(spec, reader.name(), count));
  CHECK(check_range(index, reader.name(), count));
  if (positions != nullptr) {
    CHECK(check_positions(*positions, count));
  }
  if (!item) {
    return past_the_end(index, reader.name(), count);
  }
  item->count = count;
  item->digest = reader.digest();
  item->tasks = index.announced.count.value_or(count);
  return std::move(*item);
}

std::string describe(const Item& item) {
  const std::string of = item.count ? " of " + std::to_string(*item.count) : "";
  return "item " + std::to_string(item.position) + of + " from " + item.origin + ": " +
         quote(item.text);
}

void conceal(const Item& item) {
  redact::conceal(item.text);
  for (const Field& field : item.fields) {
    redact::conceal(field.value);
  }
}

Result<Item> select_one(const Spec& spec, const index::Index& index, const Environment& environment,
                        const Positions* positions) {
  TRY(const Roles roles, Roles::read(spec));
  TRY(const auto reader, open_source(spec, environment));
  auto item = find(spec, index, *reader, positions);
  // First of all: a list that was being rewritten may look broken, short, or fine.
  CHECK(reader->unchanged());
  if (item) {
    conceal(*item);
    item->again = positions != nullptr;
    item->position = index.position;
    item->task = index.task;
    TRY(item->role, roles.at(index.position));
    LOG_CHOSEN(describe(*item));
    tell_digest(reader->name(), item->digest);
    LOG_HOW(reader->name() + (item->count ? ": read to the end" : ": read up to the item"));
  }
  return item;
}

}  // namespace

Result<Item> select(const Spec& spec, const index::Index& index, const Environment& environment) {
  if (spec.only) {
    TRY(const Positions positions, Positions::read(*spec.only));
    TRY(const index::Index earlier, earlier_index(positions, index));
    return select_one(spec, earlier, environment, &positions);
  }
  return select_one(spec, index, environment, nullptr);
}

}  // namespace indexrun::items
