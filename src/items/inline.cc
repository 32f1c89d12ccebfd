// SPDX-License-Identifier: Apache-2.0
// Reading a vector of items.
#include "items/inline.h"

#include <algorithm>

namespace indexrun::items {
namespace {

class Given final : public Reader {
 public:
  explicit Given(const std::vector<std::string>& items) : items_(items) {}

  Result<std::uint64_t> skip(std::uint64_t count) override {
    const std::uint64_t passed = std::min<std::uint64_t>(count, items_.size() - position_);
    position_ += passed;
    return passed;
  }
  Result<std::optional<Item>> next() override {
    if (position_ == items_.size()) {
      return std::optional<Item>{};
    }
    Item item;
    item.text = items_[position_++];
    item.origin = name_;
    return std::optional(std::move(item));
  }
  [[nodiscard]] bool is_short() const override { return true; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  const std::vector<std::string>& items_;
  std::string name_ = "--items";
  std::size_t position_ = 0;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_inline(const std::vector<std::string>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool empty = items[i].empty();
    if (empty || items[i].find('\0') != std::string::npos) {
      return Error{
          .failure = Failure::kConfig,
          .stage = "items",
          .object = "--items",
          .problem = "item " + std::to_string(i) + (empty ? " is empty" : " holds a NUL byte"),
          .hint = empty ? "is it a variable that is not set?" : ""};
    }
  }
  return std::unique_ptr<Reader>(new Given(items));
}

}  // namespace indexrun::items
