// SPDX-License-Identifier: Apache-2.0
// Items that are the elements of a JSON array.
#pragma once

#include "items/block_reader.h"

#include <memory>
#include <string>
#include <string_view>

namespace indexrun::items {

/// Reads one element after the other: memory is that of the longest element, which may have
/// kLongestItem bytes, and never that of the array. Text that is no array, and an element that is
/// no valid JSON, are kConfig errors wherever met; what makes a valid value no item is a kItem
/// error when it is asked for (read_json_item). The origin of an item is "name[N]", counted from 0.
class JsonArray final : public BlockReader {
 public:
  explicit JsonArray(std::unique_ptr<Bytes> bytes) : BlockReader(std::move(bytes)) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;

 private:
  enum class Place { kBefore, kFirst, kMore, kAfter };
  /// Where a scan within an element stands.
  struct Inside {
    std::size_t depth = 0;
    bool string = false;
    bool escaped = false;
  };

  Result<char> next_solid();
  Result<void> begin();
  Result<void> finish();
  Result<bool> take(std::string& text);
  Result<void> take_element(std::string& text);
  Result<std::size_t> end_of_element(Inside& inside, bool& ended) const;
  [[nodiscard]] std::string origin() const;
  [[nodiscard]] Error wrong(const std::string& object, std::string problem,
                            std::string hint = "") const;

  Place place_ = Place::kBefore;
  std::uint64_t passed_ = 0;
};

}  // namespace indexrun::items
