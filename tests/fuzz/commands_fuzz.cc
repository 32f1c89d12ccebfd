// SPDX-License-Identifier: Apache-2.0
// Any bytes as a job list: passing over lines and reading them agree on how many there are and on
// what is wrong, and a line that is accepted has the same words as to the plain splitter.
#include "base/quote.h"
#include "items/command_lines.h"
#include "items/shell_syntax.h"
#include "pieces.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

using indexrun::items::CommandLines;
using indexrun::items::LineRules;
using indexrun::items::ShellSyntax;

namespace {

void check_words(std::string_view line) {
  const auto words = indexrun::split_shell_words(line);
  require(words.has_value() && !words->empty() && !words->front().empty());
  // Quotes are left out where nothing needs them, but in front a=b and if do.
  std::string quoted = "env";
  for (const std::string& word : *words) {
    quoted += " " + indexrun::shell_quote(word);
  }
  ShellSyntax syntax(quoted);
  const auto again = indexrun::split_shell_words(quoted, &syntax);
  require(again.has_value() &&
          std::equal(again->begin() + 1, again->end(), words->begin(), words->end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_reader(
      data, size,
      [](auto bytes, LineRules rules) {
        return std::make_unique<CommandLines>(std::move(bytes), rules);
      },
      check_words);
  return 0;
}
