// SPDX-License-Identifier: Apache-2.0
// Blocks, rounds and weights.
#include "items/partition.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace indexrun::items {
namespace {

/// A task and what it has to carry so far.
struct Load {
  double weight = 0;
  std::uint32_t task = 0;
};

/// For a heap with the lightest on top.
bool is_heavier(const Load& a, const Load& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.task > b.task;
}

bool comes_first(const Weight& a, const Weight& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.position < b.position;
}

bool is_before(const Weight& a, const Weight& b) {
  return a.position < b.position;
}

}  // namespace

Partition Partition::block(std::uint64_t items, std::uint64_t tasks) {
  return {Kind::kBlock, items, tasks};
}

Partition Partition::chunks(std::uint64_t items, std::uint64_t per_task) {
  Partition partition(Kind::kChunks, items, tasks_for(items, per_task));
  partition.per_task_ = per_task;
  return partition;
}

Partition Partition::cyclic(std::uint64_t items, std::uint64_t tasks) {
  return {Kind::kCyclic, items, tasks};
}

Partition Partition::by_weight(std::vector<Weight> weights, std::uint64_t tasks) {
  Partition partition(Kind::kWeight, weights.size(), tasks);
  // More tasks than items never get one: no memory for them.
  const auto used = static_cast<std::uint32_t>(std::min<std::uint64_t>(tasks, weights.size()));
  std::vector<Load> loads(used);
  for (std::uint32_t task = 0; task < used; ++task) {
    loads[task].task = task;
  }
  std::sort(weights.begin(), weights.end(), comes_first);
  for (Weight& weight : weights) {
    std::pop_heap(loads.begin(), loads.end(), is_heavier);
    weight.task = loads.back().task;
    loads.back().weight += weight.weight;
    std::push_heap(loads.begin(), loads.end(), is_heavier);
  }
  std::sort(weights.begin(), weights.end(), is_before);
  partition.weights_ = std::move(weights);
  return partition;
}

Part Partition::part(std::uint64_t task) const {
  switch (kind_) {
    case Kind::kBlock: {
      const std::uint64_t least = items_ / tasks_;
      const std::uint64_t longer = items_ % tasks_;
      return {.size = least + (task < longer ? 1 : 0),
              .first = task * least + std::min(task, longer)};
    }
    case Kind::kChunks: {
      const std::uint64_t first = task * per_task_;
      return {.size = std::min(per_task_, items_ - first), .first = first};
    }
    case Kind::kCyclic:
      return {.size = task < items_ ? (items_ - task - 1) / tasks_ + 1 : 0,
              .first = task,
              .step = tasks_};
    case Kind::kWeight:
      break;
  }
  return listed_part(task);
}

Part Partition::listed_part(std::uint64_t task) const {
  Part part;
  for (const Weight& weight : weights_) {
    if (weight.task == task) {
      part.listed.push_back(weight.position);
    }
  }
  part.size = part.listed.size();
  part.first = part.listed.empty() ? 0 : part.listed.front();
  return part;
}

std::uint64_t Partition::owner(std::uint64_t position) const {
  switch (kind_) {
    case Kind::kBlock: {
      const std::uint64_t least = items_ / tasks_;
      const std::uint64_t longer = items_ % tasks_;
      const std::uint64_t in_longer = longer * (least + 1);
      return position < in_longer ? position / (least + 1)
                                  : longer + (position - in_longer) / least;
    }
    case Kind::kChunks:
      return position / per_task_;
    case Kind::kCyclic:
      return position % tasks_;
    case Kind::kWeight:
      break;
  }
  return weights_[static_cast<std::size_t>(position)].task;
}

std::string Part::text(std::size_t most) const {
  std::string text;
  std::size_t ranges = 0;
  for (std::uint64_t place = 0; place < size;) {
    if (ranges++ == most) {
      return text + ",...";
    }
    const std::uint64_t begin = position(place);
    // A block is one range, however long.
    std::uint64_t length = listed.empty() && step == 1 ? size : 1;
    while (place + length < size && position(place + length) == begin + length) {
      ++length;
    }
    text.append(text.empty() ? "" : ",").append(std::to_string(begin));
    if (length > 1) {
      text.append("-").append(std::to_string(begin + length - 1));
    }
    place += length;
  }
  return text;
}

}  // namespace indexrun::items
