// SPDX-License-Identifier: Apache-2.0
// Any bytes as a list of lines: the fast way over lines and the one that keeps them agree on how
// many there are and on what is wrong with them, however the bytes are cut into blocks.
#include "items/lines.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace {

using indexrun::Error;
using indexrun::Result;
using indexrun::items::Bytes;
using indexrun::items::LineRules;
using indexrun::items::Lines;

class Pieces final : public Bytes {
 public:
  Pieces(std::string_view text, std::size_t size) : Bytes("list"), text_(text), size_(size) {}
  Result<std::string_view> block() override {
    const std::string_view piece = text_.substr(0, size_);
    text_.remove_prefix(piece.size());
    return piece;
  }
  [[nodiscard]] bool is_short() const override { return true; }

 private:
  std::string_view text_;
  std::size_t size_;
};

void require(bool truth) {
  if (!truth) {
    std::abort();
  }
}

Result<std::uint64_t> count_by_reading(Lines lines) {
  for (std::uint64_t count = 0;; ++count) {
    TRY(const auto item, lines.next());
    if (!item) {
      return count;
    }
    require(item->text.find_first_of(std::string_view("\n\0", 2)) == std::string::npos);
    require(item->text.find_first_not_of(" \t\r") != std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) {
    return 0;
  }
  const LineRules rules{.skip_blank = (data[0] & 1) != 0, .comments = (data[0] & 2) != 0};
  const std::size_t piece = std::max<std::size_t>(3, data[1]);
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto open = [&](std::size_t length) {
    return Lines(std::make_unique<Pieces>(text, length), rules);
  };
  const auto read = count_by_reading(open(size));
  for (const auto& other :
       {count_by_reading(open(piece)), open(piece).skip(UINT64_MAX), open(size).skip(UINT64_MAX)}) {
    require(read.has_value() == other.has_value());
    require(read ? *read == *other
                 : read.error().object == other.error().object &&
                       read.error().problem == other.error().problem);
  }
  return 0;
}
