// SPDX-License-Identifier: Apache-2.0
// Splitting never crashes, and what it gave is given again when each word is quoted.
#include "base/quote.h"
#include "base/shell_words.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto words = indexrun::split_shell_words(text);
  if (!words) {
    return 0;
  }
  std::string quoted;
  for (const std::string& word : *words) {
    quoted += indexrun::shell_quote(word) + " ";
  }
  const auto again = indexrun::split_shell_words(quoted);
  if (!again || *again != *words) {
    std::abort();
  }
  return 0;
}
