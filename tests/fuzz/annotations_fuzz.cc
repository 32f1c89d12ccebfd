// SPDX-License-Identifier: Apache-2.0
// Any bytes as a dump of annotations; and any bytes as a value, which must survive quoting.
#include "index/annotations.h"
#include "index/number.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

/// Quotes every byte as \xNN, the one form of Go's quoting that fits all bytes.
std::string quote_bytes(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string literal = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    literal += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return literal + "\"";
}

void require(bool truth) {
  if (!truth) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace indexrun::index;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto found = find_annotation(text, kIndexKey, "dump");
  if (found && *found) {
    require(text.find(kIndexKey) != std::string_view::npos);
    static_cast<void>(read_number(**found, "dump"));
  }
  if (const auto value = unquote_go(text)) {
    require(value->size() <= text.size());
    require(unquote_go(quote_bytes(*value)) == value);
  }
  require(unquote_go(quote_bytes(text)) == text);
  const auto dump = "a=\"\"\n" + std::string(kIndexKey) + "=" + quote_bytes(text) + "\nb=\"c\"";
  const auto again = find_annotation(dump, kIndexKey, "dump");
  require(again && *again == text);
  return 0;
}
