// SPDX-License-Identifier: Apache-2.0
// Reading a list twice: to check it, then to hand it out.
#include "items/list.h"

#include "items/checks.h"
#include "items/count.h"

namespace indexrun::items {

Result<List> List::open(const Spec& spec, const Environment& environment) {
  TRY(Supply supply, Supply::prepare(spec, environment));
  List list(std::move(supply));
  TRY(list.roles_, Roles::read(spec));
  TRY(const auto first, list.supply_.open());
  TRY(list.count_, items::count(spec, *first));
  if (spec.only) {
    TRY(list.only_, Positions::read(*spec.only));
    CHECK(check_positions(*list.only_, list.count_));
  }
  list.digest_ = first->digest();
  if (list.count_ > 0) {
    CHECK(list.roles_.at(list.only_ ? list.only_->last() : list.count_ - 1));
  }
  TRY(list.reader_, list.supply_.open_again());
  return list;
}

Result<std::optional<Item>> List::next() {
  while (only_ && position_ < count_ && !only_->contains(position_)) {
    TRY(const std::uint64_t passed, reader_->skip(1));
    if (passed == 0) {
      break;
    }
    ++position_;
  }
  TRY(auto item, reader_->next());
  if (!item) {
    CHECK(reader_->unchanged());
  }
  if (item.has_value() != (position_ < count_)) {
    return list_changed(reader_->name());
  }
  if (item) {
    item->position = position_;
    item->task = position_;
    item->again = only_.has_value();
    item->count = count_;
    item->digest = digest_;
    item->tasks = count_;
    TRY(item->role, roles_.at(position_));
    ++position_;
  }
  return item;
}

}  // namespace indexrun::items
