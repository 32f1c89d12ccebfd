// SPDX-License-Identifier: Apache-2.0
// The stage items/: from the index to the item.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "index/index.h"
#include "items/item.h"
#include "items/spec.h"

namespace indexrun::items {

/// The item of this index. Memory does not grow with the list. The list is read to its end if
/// something asks for it (--expect-count, {count}, an announced range), if the item is past the
/// end, or if it is at most 1 MiB; then `count` and `tasks` are set. Otherwise reading stops at the
/// item. With --only the
/// item is that of the earlier run's position, and so are its numbers and its role. Failures:
/// kConfig for a list that is wrong for every index, kItem for an index without a valid item,
/// kInput for a list that changed while it was read or an I/O error.
Result<Item> select(const Spec& spec, const index::Index& index, const Environment& environment);

}  // namespace indexrun::items
