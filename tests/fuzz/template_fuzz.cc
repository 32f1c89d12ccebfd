// SPDX-License-Identifier: Apache-2.0
// Expansion never crashes; text without an opening delimiter stays as it is; whatever looks like a
// placeholder is literal when it is doubled.
#include "templates/expand.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using indexrun::templates::Scanner;
using indexrun::templates::Style;
using indexrun::templates::Values;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

indexrun::items::Item make_item() {
  indexrun::items::Item item;
  item.text = "in/{item}.x";
  item.fields = {{"name", "n"}, {"my col", "-7"}, {"index", "{}"}, {"a.b", ""}};
  item.count = 5;
  return item;
}

void check(std::string_view text, const Values& values, const Style& style) {
  const auto expanded = indexrun::templates::expand(text, values, style);
  if (text.find(style.open) == std::string_view::npos) {
    require(expanded && *expanded == text);
  }
  if (!expanded) {
    require(!expanded.error().problem.empty() && !expanded.error().object.empty());
  }
  (void)indexrun::templates::mentions_count(text, style);
  Scanner scanner(text, style, values.item.fields);
  while (const auto piece = scanner.next()) {
    require(!piece->text.empty());
    if (piece->placeholder) {
      std::string doubled(style.open);
      doubled.append(piece->text).append(style.close);
      const auto literal = indexrun::templates::expand(doubled, values, style);
      require(literal && *literal == piece->text);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto item = make_item();
  const Values values{.item = item, .attempt = 1};
  check(text, values, {});
  check(text, values, {.nameless = false});
  check(text, values, {.open = "<<", .close = ">>", .nameless = false});
  (void)indexrun::templates::find_nameless(text, true);
  return 0;
}
