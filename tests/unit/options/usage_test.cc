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
      {{"--tasks", "2", "--per-task", "2", "x"}, "--per-task: contradicts --tasks", "one of them"},
      {{"--tasks", "0", "x"}, "--tasks: found '0', expected a whole number from 1"},
      {{"--per-task", "0", "x"}, "--per-task: found '0', expected a whole number from 1"},
      {{"--tasks", "99999999999999999999", "x"}, "expected a number below 2^64"},
      {{"--split", "cyclic", "x"}, "--split: is for shares", "--tasks"},
      {{"--when-empty", "ok", "x"}, "--when-empty: is for shares"},
      {{"--tasks", "2", "--split", "weight=", "x"}, "--split: found 'weight=', expected weight=F"},
      {{"--tasks", "2", "--split", "size", "x"}, "expected block, cyclic or weight=FIELD"},
      {{"--per-task", "2", "--split", "weight=s", "x"}, "--per-task: contradicts --split weight"},
      {{"--parallel", "2", "x"}, "--parallel: is for --each, which is not given", "--each runs"},
      {{"--tasks", "2", "--keep-going", "x"}, "--keep-going: is for --each"},
      {{"--each", "-j", "0", "x"}, "--parallel: found '0'"},
      {{"--each", "-j", "1025", "x"}, "--parallel: found 1025, expected at most 1024"},
      {{"--each", "--backoff", "1", "x"}, "--backoff: is for --retries", "--retries N"},
      {{"--each", "--log-name", "x", "x"}, "--log-name: is for --log-dir", "--log-dir DIR"},
      {{"--each", "--log-dir", "d", "--prefix", "p", "x"}, "--prefix: contradicts --log-dir"},
      {{"--each", "--supervise", "never", "x"}, "--supervise: never contradicts --each"},
      {{"--commands-file", "f", "x"}, "COMMAND: found 'x', but --commands-file"},
      {{"--commands-file", "f", "--tasks", "2"}, "--commands-file: a share of commands", "--each"},
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
