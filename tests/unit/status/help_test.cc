// SPDX-License-Identifier: Apache-2.0
#include "status/help.h"

#include "status/exit_code.h"

#include <string>

#include <gtest/gtest.h>

namespace indexrun::status {
namespace {

TEST(ExitStatusHelp, HasARowForEveryClass) {
  const std::string text = exit_status_help();
  for (const ExitClass& row : exit_classes()) {
    const std::string start = "  " + std::to_string(row.code) + "  " + std::string(row.name);
    EXPECT_NE(text.find(start), std::string::npos) << start;
    EXPECT_NE(text.find(row.meaning), std::string::npos) << row.meaning;
  }
}

TEST(ExitStatusHelp, FitsATerminal) {
  std::size_t width = 0;
  for (const char c : exit_status_help()) {
    width = c == '\n' ? 0 : width + 1;
    EXPECT_LE(width, 80U);
  }
}

}  // namespace
}  // namespace indexrun::status
