// SPDX-License-Identifier: Apache-2.0
// Items that are JSON values, one a line (JSON Lines).
#pragma once

#include "items/json_item.h"
#include "items/lines.h"

#include <memory>
#include <string>
#include <utility>

namespace indexrun::items {

/// The lines are cut by Lines, so passing over them costs what lines cost; a line is read as JSON
/// only when it is asked for, and what is wrong with it then is a kItem error.
class JsonLines final : public Reader {
 public:
  JsonLines(std::unique_ptr<Bytes> bytes, LineRules rules) : lines_(std::move(bytes), rules) {}

  Result<std::uint64_t> skip(std::uint64_t count) override { return lines_.skip(count); }
  Result<std::optional<Item>> next() override {
    TRY(auto item, lines_.next());
    if (item) {
      const std::string line = std::move(item->text);
      CHECK(read_json_item(line, *item));
    }
    return item;
  }
  [[nodiscard]] Result<void> unchanged() const override { return lines_.unchanged(); }
  [[nodiscard]] bool is_short() const override { return lines_.is_short(); }
  [[nodiscard]] const std::string& name() const override { return lines_.name(); }

 private:
  Lines lines_;
};

}  // namespace indexrun::items
