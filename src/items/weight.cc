// SPDX-License-Identifier: Apache-2.0
// Reading weights.
#include "items/weight.h"

#include "base/decimal.h"
#include "base/quote.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace indexrun::items {
namespace {

constexpr std::size_t kMostDigits = 18;

Error no_weight(const Item& item, const std::string& field, std::string problem) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = item.origin,
               .problem = std::move(problem),
               .hint = "--split weight=" + printable(field) +
                       " needs a number, such as 12 or 1.5, in this field of every item"};
}

}  // namespace

std::optional<double> parse_weight(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  std::size_t places = 0;
  if (point < text.size()) {
    const std::string_view fraction = text.substr(point + 1);
    places = fraction.size();
    if (point == 0 || places == 0) {
      return std::nullopt;
    }
    digits += fraction;
  }
  const auto number = digits.size() <= kMostDigits ? parse_decimal(digits) : std::nullopt;
  if (!number) {
    return std::nullopt;
  }
  double scale = 1;
  for (; places > 0; --places) {
    scale *= 10;
  }
  return static_cast<double>(*number) / scale;
}

Result<double> weight_of(const Item& item, const std::string& field) {
  const auto found = std::ranges::find(item.fields, field, &Field::name);
  if (found == item.fields.end() && field != "item") {
    return no_weight(item, field, "the item has no field " + quote(field));
  }
  const std::string& text = found == item.fields.end() ? item.text : found->value;
  if (const auto weight = parse_weight(text)) {
    return *weight;
  }
  return no_weight(item, field,
                   "the weight " + quote(field) + " is " + quote(text) +
                       ", expected a plain decimal number of at most 18 digits");
}

}  // namespace indexrun::items
