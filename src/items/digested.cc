// SPDX-License-Identifier: Apache-2.0
// Reading every item for its digest, those too that are only passed over.
#include "items/digested.h"

#include "base/log.h"
#include "items/digest.h"

#include <utility>

namespace indexrun::items {
namespace {

/// Numbers and combinations are passed over at once, be it a billion: nobody waits for their digest
/// who has not asked for it.
constexpr std::uint64_t kMostComputed = std::uint64_t{1} << 20;

class Digested final : public Reader {
 public:
  Digested(std::unique_ptr<Reader> reader, const std::optional<std::string>& expected)
      : reader_(std::move(reader)), expected_(expected) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;
  [[nodiscard]] Result<void> unchanged() const override { return reader_->unchanged(); }
  [[nodiscard]] bool is_short() const override { return reader_->is_short(); }
  [[nodiscard]] bool distinct() const override { return reader_->distinct(); }
  [[nodiscard]] std::string digest() const override { return found_; }
  [[nodiscard]] const std::string& name() const override { return reader_->name(); }

 private:
  void add(const std::string& text);
  Result<void> end();

  std::unique_ptr<Reader> reader_;
  const std::optional<std::string>& expected_;
  Digest digest_;
  bool ended_ = false;
  bool lost_ = false;        ///< an item was passed over that could not be read, or too many
  std::uint64_t added_ = 0;  ///< items that the digest is of so far
  std::string found_;
};

Result<std::uint64_t> Digested::skip(std::uint64_t count) {
  std::uint64_t passed = 0;
  while (passed < count && !lost_) {
    auto item = next();
    if (!item) {
      Error error = std::move(item).error();
      if (error.failure != Failure::kItem) {
        return error;
      }
      lost_ = true;
    } else if (!*item) {
      return passed;
    }
    ++passed;
  }
  TRY(const std::uint64_t rest, reader_->skip(count - passed));
  return passed + rest;
}

Result<std::optional<Item>> Digested::next() {
  auto item = reader_->next();
  if (!item) {
    lost_ = true;
    Error error = std::move(item).error();
    if (expected_ && error.failure == Failure::kItem) {
      error.failure = Failure::kConfig;
    }
    return error;
  }
  if (*item) {
    add((*item)->text);
    return item;
  }
  CHECK(end());
  return item;
}

void Digested::add(const std::string& text) {
  lost_ = lost_ || (!expected_ && reader_->distinct() && added_ == kMostComputed);
  if (!lost_) {
    digest_.add(text);
    ++added_;
  }
}

Result<void> Digested::end() {
  if (!std::exchange(ended_, true) && !lost_) {
    found_ = digest_.hex();
  }
  if (!expected_ || found_ == *expected_) {
    return {};
  }
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = reader_->name(),
               .problem = "the items have the SHA-256 " + found_ + ", expected " + *expected_,
               .hint =
                   "the list is not the one that was expected; if the change is meant, give the "
                   "SHA-256 that indexrun count -v tells"};
}

}  // namespace

std::unique_ptr<Reader> digested(std::unique_ptr<Reader> reader,
                                 const std::optional<std::string>& expected) {
  return std::make_unique<Digested>(std::move(reader), expected);
}

void tell_digest(const std::string& name, const std::string& digest) {
  if (!digest.empty()) {
    LOG_CHOSEN(name + ": the items have the SHA-256 " + digest);
  }
}

}  // namespace indexrun::items
