// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <array>

namespace indexrun {

namespace {

// Lead bytes of one shape, and the range that their second byte must lie in; further bytes are
// 80..BF.
struct Shape {
  unsigned char first_lead;
  unsigned char last_lead;
  unsigned char length;
  unsigned char low;
  unsigned char high;
};

constexpr std::array<Shape, 9> kShapes{{
    {0x00, 0x7F, 1, 0x00, 0x00},
    {0xC2, 0xDF, 2, 0x80, 0xBF},
    {0xE0, 0xE0, 3, 0xA0, 0xBF},
    {0xE1, 0xEC, 3, 0x80, 0xBF},
    {0xED, 0xED, 3, 0x80, 0x9F},
    {0xEE, 0xEF, 3, 0x80, 0xBF},
    {0xF0, 0xF0, 4, 0x90, 0xBF},
    {0xF1, 0xF3, 4, 0x80, 0xBF},
    {0xF4, 0xF4, 4, 0x80, 0x8F},
}};

bool continues(std::string_view text, const Shape& shape) {
  for (std::size_t i = 1; i < shape.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const unsigned char low = i == 1 ? shape.low : 0x80;
    const unsigned char high = i == 1 ? shape.high : 0xBF;
    if (byte < low || byte > high) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  const auto lead = static_cast<unsigned char>(text.front());
  for (const Shape& shape : kShapes) {
    if (lead >= shape.first_lead && lead <= shape.last_lead) {
      return text.size() >= shape.length && continues(text, shape) ? shape.length : 0;
    }
  }
  return 0;
}

}  // namespace indexrun
