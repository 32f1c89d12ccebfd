// SPDX-License-Identifier: Apache-2.0
#include "options/usage.h"

#include "reading.h"

namespace indexrun::options {
namespace {

using testing::HasSubstr;

TEST(Usage, RefusesWhatCannotWork) {
  struct Row {
    Words words;
    const char* message;
    const char* hint = "";
  };
  const Row rows[] = {
      {{}, "options: COMMAND: no program to run", "indexrun --help"},
      {{"run"}, "COMMAND: no program to run, expected [OPTIONS] [--] COMMAND", "a forgotten CMD"},
      {{"--item", "a"}, "COMMAND: no program to run", "--help"},
      {{"--item", "a", "--"}, "COMMAND: no program to run"},
      {{"-f", "-", "rev"}, "--items-file -: standard input is for show and count only"},
      {{"stage"}, "stage: nothing to write", "--write"},
      {{"stage", "--item", "a"}, "stage: nothing to write"},
      {{"stage", "-w", "a", "--", "rev"}, "stage: takes no COMMAND, found 'rev'"},
      {{"stage", "-w", "a", "rev"}, "stage: takes no COMMAND, found 'rev'"},
      {{"stage", "-w", "a", "--stdin", "x"}, "--stdin: is not an option of stage", "run and show"},
      {{"stage", "-w", "a", "-e", "A=1"}, "--env: there is no program", "--write-env"},
      {{"stage", "-w", "a", "--env-file", "f"}, "--env-file: there is no program", "--write-env"},
      {{"stage", "-w", "a", "-f", "-"}, "--items-file -: standard input"},
      {{"count", "--item", "a", "x"}, "count: takes no COMMAND, found 'x'"},
      {{"count", "items.txt"}, "count: takes no COMMAND, found 'items.txt'", "--items-file"},
      {{"install"}, "install: no path to install to"},
      {{"install", "a", "b"}, "install: found 2 paths, expected one"},
      {{"install", ""}, "install: an empty path"},
      {{"install", "-q", "a"}, "--quiet: is not an option of install"},
  };
  for (const Row& row : rows) {
    const Result<Options> result = read_line(row.words);
    ASSERT_FALSE(result) << testing::PrintToString(row.words);
    EXPECT_EQ(result.error().failure, Failure::kConfig);
    EXPECT_EQ(result.error().stage, "options");
    EXPECT_THAT(error_of(result), HasSubstr(row.message));
    EXPECT_THAT(result.error().hint, HasSubstr(row.hint)) << row.message;
  }
}

TEST(Usage, AllowsWhatCan) {
  const Words rows[] = {
      {"rev"},
      {"--", "run"},
      {"run", "--", "stage"},
      {"stage", "-w", "a"},
      {"stage", "--write-env", "a", "-e", "A=1"},
      {"stage", "--write-env", "a"},
      {"show"},
      {"show", "-f", "-"},
      {"show", "--stdin", "x", "--write-env", "e", "--", "rev"},
      {"show", "--all"},
      {"count", "-f", "-"},
      {"count"},
      {"install", "a"},
      {"install", "--", "-a"},
      {"--supervise", "never", "--timeout", "0", "rev"},
  };
  for (const Words& words : rows) {
    const Result<Options> result = read_line(words);
    EXPECT_TRUE(result) << testing::PrintToString(words) << ": " << error_of(result);
  }
}

}  // namespace
}  // namespace indexrun::options
