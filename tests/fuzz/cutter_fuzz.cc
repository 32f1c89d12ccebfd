// SPDX-License-Identifier: Apache-2.0
// Each line of the input is one word of a command line. COMMAND comes back byte for byte, values
// are verbatim parts of words before it, and a line that is put together again from what was cut
// is cut the same way.
#include "options/arguments.h"
#include "options/cut.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace indexrun::options;
using Views = std::vector<std::string_view>;

Views lines_of(std::string_view text) {
  Views words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

/// CLI11 gives each value back as it was.
void check_values(const Cut& line) {
  std::vector<Setting> settings;
  require(parse_arguments(line.occurrences, Level::kCommandLine, settings).has_value());
  require(settings.size() == line.occurrences.size());
  for (std::size_t i = 0; i < settings.size(); ++i) {
    require(settings[i].option == line.occurrences[i].option);
    require(settings[i].values[0] == line.occurrences[i].values[0]);
    require(settings[i].values[1] == line.occurrences[i].values[1]);
  }
}

/// The long forms with their values apart say the same.
void check_again(const Cut& line, const Views& words) {
  std::vector<std::string> names;
  names.reserve(line.occurrences.size());
  Views again{subcommand_name(line.subcommand)};
  for (const Occurrence& one : line.occurrences) {
    again.push_back(names.emplace_back("--").append(one.option->name));
    again.insert(again.end(), one.values.begin(),
                 one.values.begin() + static_cast<std::ptrdiff_t>(one.option->arity()));
  }
  again.push_back("--");
  const std::size_t command = again.size();
  again.insert(again.end(), words.begin() + static_cast<std::ptrdiff_t>(line.command), words.end());
  const Cut second = cut(again);
  require(!second.error && !second.asked && second.dashes && second.command == command);
  require(second.occurrences.size() == line.occurrences.size());
  for (std::size_t i = 0; i < second.occurrences.size(); ++i) {
    require(second.occurrences[i].option == line.occurrences[i].option);
    require(second.occurrences[i].values == line.occurrences[i].values);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Views words = lines_of(std::string_view(reinterpret_cast<const char*>(data), size));
  const Cut line = cut(words);
  require(line.command <= words.size());
  if (!line.error) {
    check_values(line);
    check_again(line, words);
  }
  // What stands behind COMMAND's first word changes nothing before it.
  Views longer = words;
  longer.insert(longer.end(), {"--help", "--index", "--", "run"});
  if (line.command < words.size()) {
    const Cut same = cut(longer);
    require(same.command == line.command && same.asked == line.asked);
    require(same.occurrences.size() == line.occurrences.size());
  }
  static_cast<void>(cut_variable(words, Subcommand::kRun));
  return 0;
}
