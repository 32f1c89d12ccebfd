// SPDX-License-Identifier: Apache-2.0
// Reading a vector of items.
#include "items/inline.h"

#include "base/environment.h"
#include "base/quote.h"

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

/// Kubernetes replaces $(NAME) in args when the container has that variable, and leaves the text
/// as it is when it has not.
bool is_unexpanded(std::string_view text) {
  return text.starts_with("$(") && text.ends_with(")") &&
         is_variable_name(text.substr(2, text.size() - 3));
}

Error refused(std::size_t number, std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = "--items",
               .problem = "item " + std::to_string(number) + " " + std::move(problem),
               .hint = std::move(hint)};
}

}  // namespace

Result<std::unique_ptr<Reader>> open_inline(const std::vector<std::string>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].empty()) {
      return refused(i, "is empty", "is it a variable that is not set?");
    }
    if (items[i].find('\0') != std::string::npos) {
      return refused(i, "holds a NUL byte");
    }
    if (is_unexpanded(items[i])) {
      return refused(i, "is " + quote(items[i]) + ", which Kubernetes did not expand",
                     "the container has no such variable; for the lines of a variable write "
                     "--items-env " +
                         items[i].substr(2, items[i].size() - 3));
    }
  }
  return std::unique_ptr<Reader>(new Given(items));
}

}  // namespace indexrun::items
