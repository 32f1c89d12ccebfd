// SPDX-License-Identifier: Apache-2.0
// Items as a test wants them, one after the other.
#pragma once

#include "items/item.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace indexrun::share {

inline items::Item item_at(std::uint64_t position, std::string text) {
  items::Item item;
  item.text = std::move(text);
  item.origin = "--items";
  item.position = position;
  return item;
}

class Given final : public items::Sequence {
 public:
  /// An item with the text "!" is a kItem error instead.
  explicit Given(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  Result<std::optional<items::Item>> next() override {
    if (at_ == texts_.size()) {
      return std::optional<items::Item>();
    }
    const std::size_t at = at_++;
    if (texts_[at] == "!") {
      return Error{.failure = Failure::kItem, .stage = "items", .problem = "ragged"};
    }
    return std::optional(item_at(at, texts_[at]));
  }
  Result<void> rewind() override {
    at_ = 0;
    return {};
  }
  [[nodiscard]] std::uint64_t size() const override { return texts_.size(); }
  [[nodiscard]] std::uint64_t position() const override { return at_ > 0 ? at_ - 1 : 0; }

 private:
  std::vector<std::string> texts_;
  std::size_t at_ = 0;
};

}  // namespace indexrun::share
