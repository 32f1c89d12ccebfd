// SPDX-License-Identifier: Apache-2.0
// A configuration file never crashes the reader, and what it gives is whole: each setting has a
// place inside the file and a key, and flags have no values.
#include "options/config_file.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace indexrun::options;
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const Subcommand subcommand : {Subcommand::kRun, Subcommand::kCount}) {
    std::vector<Setting> settings;
    std::vector<std::string> command;
    const auto result = read_config(text, "file.yaml", subcommand, settings, command);
    if (!result && result.error().problem.empty()) {
      std::abort();
    }
    if (subcommand == Subcommand::kCount && !command.empty()) {
      std::abort();
    }
    for (const Setting& setting : settings) {
      const bool placed = setting.place.line > 0 && setting.place.column > 0 &&
                          setting.level == Level::kFile && find_option(setting.key) != nullptr;
      const bool flag = setting.option->arity() == 0;
      if (!placed || (flag && !setting.value().empty())) {
        std::abort();
      }
    }
  }
  return 0;
}
