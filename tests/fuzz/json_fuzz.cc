// SPDX-License-Identifier: Apache-2.0
// Any bytes as a JSON array: passing over elements and reading them agree; an item's text, if it is
// a value of its own, is one that reads the same again.
#include "items/json_array.h"
#include "items/json_item.h"
#include "pieces.h"

#include <cstdint>
#include <string_view>

using indexrun::items::Item;
using indexrun::items::JsonArray;
using indexrun::items::LineRules;

namespace {

void check_item(std::string_view text) {
  Item item;
  if (text.starts_with('{') && indexrun::items::json_fault(text).empty() &&
      indexrun::items::read_json_item(text, item)) {
    Item again;
    require(indexrun::items::read_json_item(item.text, again).has_value());
    require(again.text == item.text && again.fields.size() == item.fields.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_reader(
      data, size,
      [](auto bytes, LineRules /*rules*/) { return std::make_unique<JsonArray>(std::move(bytes)); },
      check_item);
  return 0;
}
