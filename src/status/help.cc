// SPDX-License-Identifier: Apache-2.0
#include "status/help.h"

#include "status/exit_code.h"

#include <cstddef>

namespace indexrun::status {

namespace {

constexpr std::size_t kMeaningColumn = 17;

void add_row(std::string& text, std::string code, std::string_view name, std::string_view meaning) {
  std::string row = "  " + std::move(code) + "  " + std::string(name);
  row.resize(kMeaningColumn, ' ');
  text.append(row).append(meaning).append("\n");
}

}  // namespace

std::string exit_status_help() {
  std::string text =
      "Exit status: the program's own; 128+n if signal n killed it; failures of ours:\n";
  for (const ExitClass& row : exit_classes()) {
    add_row(text, std::to_string(row.code), row.name, row.meaning);
  }
  text += "  128+n          stopped by signal n before the program started\n";
  return text;
}

}  // namespace indexrun::status
