// SPDX-License-Identifier: Apache-2.0
// A configuration file never crashes the reader, and what it gives is whole: each setting has a
// place inside the file and a key, and flags have no values.
#include "options/config_file.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

void check(const std::vector<indexrun::options::Setting>& settings,
           indexrun::options::Level level) {
  for (const indexrun::options::Setting& setting : settings) {
    const bool placed = setting.place.line > 0 && setting.place.column > 0 &&
                        setting.level == level &&
                        indexrun::options::find_option(setting.key) != nullptr;
    const bool flag = setting.option->arity() == 0;
    if (!placed || (flag && !setting.value().empty())) {
      std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace indexrun::options;
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const Subcommand subcommand : {Subcommand::kRun, Subcommand::kCount}) {
    FileSettings file;
    const auto result = read_config(text, "file.yaml", subcommand, file);
    if (!result && result.error().problem.empty()) {
      std::abort();
    }
    if (subcommand == Subcommand::kCount && !(file.command.empty() && file.roles.empty())) {
      std::abort();
    }
    check(file.settings, Level::kFile);
    for (const RoleSection& role : file.roles) {
      check(role.settings, Level::kRole);
    }
  }
  return 0;
}
