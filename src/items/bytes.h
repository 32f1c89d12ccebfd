// SPDX-License-Identifier: Apache-2.0
// Where a list's bytes come from, block by block: a file, or text that is in memory already.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <utility>

namespace indexrun::items {

/// Up to this many bytes a list is always read to its end: that costs next to nothing, and every
/// defect and the number of items come to light.
inline constexpr std::size_t kShortList = std::size_t{1} << 20;

class Bytes {
 public:
  explicit Bytes(std::string name) : name_(std::move(name)) {}
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  virtual ~Bytes() = default;

  /// The next block, valid until the next call; empty at the end, and then always. Only the last
  /// one may be shorter than 3 bytes, so a byte order mark is never cut.
  virtual Result<std::string_view> block() = 0;
  /// The first block, ahead of block(), which gives it again. Asked before block(), if at all.
  virtual Result<std::string_view> peek() { return std::string_view(); }
  /// A kInput error if the bytes may have been changed by somebody else while they were read.
  [[nodiscard]] virtual Result<void> unchanged() const { return {}; }
  /// At most kShortList bytes in all, for certain.
  [[nodiscard]] virtual bool is_short() const = 0;
  /// For messages: a path or the name of a variable.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
};

/// Text in memory, which must outlive this.
class TextBytes final : public Bytes {
 public:
  TextBytes(std::string name, std::string_view text) : Bytes(std::move(name)), text_(text) {}

  Result<std::string_view> block() override { return std::exchange(text_, {}); }
  Result<std::string_view> peek() override { return text_; }
  [[nodiscard]] bool is_short() const override { return true; }

 private:
  std::string_view text_;
};

}  // namespace indexrun::items
