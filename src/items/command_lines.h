// SPDX-License-Identifier: Apache-2.0
// Items that are commands, one a line: the job lists of dSQ, launcher, disBatch and GNU parallel.
#pragma once

#include "items/lines.h"

#include <memory>
#include <utility>

namespace indexrun::items {

/// The lines are those of Lines, but a line whose first byte that is not blank is '#' is a comment
/// or, without `comments`, a kConfig error; a directive of disBatch always is one, because it
/// changes other lines. The words of a line are its item's `command`. An open quote is a kConfig
/// error in every line, also in one that is passed over; syntax that only a shell understands is a
/// kItem error.
class CommandLines final : public Reader {
 public:
  CommandLines(std::unique_ptr<Bytes> bytes, LineRules rules)
      : lines_(std::move(bytes), {.skip_blank = rules.skip_blank}), comments_(rules.comments) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;
  [[nodiscard]] Result<void> unchanged() const override { return lines_.unchanged(); }
  [[nodiscard]] bool is_short() const override { return lines_.is_short(); }
  [[nodiscard]] const std::string& name() const override { return lines_.name(); }

 private:
  [[nodiscard]] Result<bool> is_comment(const Item& line) const;

  Lines lines_;
  bool comments_;
};

}  // namespace indexrun::items
