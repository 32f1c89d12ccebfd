// SPDX-License-Identifier: Apache-2.0
// Any lines as parameters and exclusions: passing over combinations and reading them agree.
#include "items/product.h"
#include "pieces.h"

#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  indexrun::items::Product product;
  product.zip = text.starts_with('z');
  while (!text.empty()) {
    const std::string line(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with('!')) {
      product.exclude.push_back(line.substr(1));
    } else {
      product.parameters.push_back(line);
    }
  }
  if (product.parameters.empty()) {
    return 0;
  }
  const auto read = indexrun::items::open_product(product);
  const auto skipped = indexrun::items::open_product(product);
  require(read.has_value() == skipped.has_value());
  if (!read) {
    return 0;
  }
  constexpr std::uint64_t kSome = 100;
  std::uint64_t count = 0;
  while (count < kSome && (*read)->next()->has_value()) {
    ++count;
  }
  require(*(*skipped)->skip(kSome) == count);
  return 0;
}
