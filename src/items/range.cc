// SPDX-License-Identifier: Apache-2.0
// The numbers of --range.
#include "items/product.h"
#include "items/progression.h"

#include <algorithm>

namespace indexrun::items {
namespace {

class Numbers final : public Reader {
 public:
  explicit Numbers(const Progression& numbers) : numbers_(numbers) {}

  Result<std::uint64_t> skip(std::uint64_t count) override {
    const std::uint64_t passed = std::min(count, numbers_.count - position_);
    position_ += passed;
    return passed;
  }
  Result<std::optional<Item>> next() override {
    if (position_ == numbers_.count) {
      return std::optional<Item>{};
    }
    Item item;
    item.text = numbers_.at(position_++);
    item.origin = name_;
    return std::optional(std::move(item));
  }
  [[nodiscard]] bool is_short() const override { return true; }
  [[nodiscard]] bool distinct() const override { return true; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  Progression numbers_;
  std::uint64_t position_ = 0;
  std::string name_ = "--range";
};

}  // namespace

Result<std::unique_ptr<Reader>> open_range(const Range& range) {
  std::string fault;
  const auto numbers = parse_progression(range.text, fault);
  if (!numbers) {
    return Error{.failure = Failure::kConfig,
                 .stage = "items",
                 .object = "--range",
                 .problem = std::move(fault),
                 .hint =
                     "1..10 stands for the numbers from 1 to 10, both included; 0..10..5 for "
                     "0, 5 and 10; 3..1 for 3, 2 and 1"};
  }
  return std::unique_ptr<Reader>(new Numbers(*numbers));
}

}  // namespace indexrun::items
