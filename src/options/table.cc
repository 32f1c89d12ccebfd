// SPDX-License-Identifier: Apache-2.0
// The rows, and finding them. Everything here is constant data: nothing runs before main.
#include "options/table.h"

namespace indexrun::options {

namespace {

constexpr std::uint8_t kWorker = kForRun | kForStage | kForShow;
constexpr std::uint8_t kReader = kWorker | kForCount;
constexpr std::uint8_t kLauncher = kForRun | kForShow;
constexpr std::uint8_t kCommands = kLauncher | kForCount;
constexpr std::uint8_t kEverywhere = kReader | kForInstall;
constexpr bool kMayBeEmpty = true;
constexpr bool kNotEmpty = false;

// clang-format off
constexpr Option kTable[] = {
    {Id::kIndex, "index", 'i', {"N"}, Group::kIndex, kWorker,
     Merge::kIndexSource, Yaml::kScalar, kMayBeEmpty,
     "the number of this task"},
    {Id::kIndexEnv, "index-env", 0, {"NAME"}, Group::kIndex, kWorker,
     Merge::kIndexSource, Yaml::kScalar, kNotEmpty,
     "the number is in this variable"},
    {Id::kIndexFile, "index-file", 0, {"PATH"}, Group::kIndex, kWorker,
     Merge::kIndexSource, Yaml::kScalar, kNotEmpty,
     "the number is in this file of the downward API"},
    {Id::kEngine, "engine", 0, {"NAME"}, Group::kIndex, kWorker,
     Merge::kIndexSource, Yaml::kScalar, kNotEmpty,
     "take the number of this array engine only"},
    {Id::kBase, "base", 0, {"N"}, Group::kIndex, kWorker,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the number of the first task"},

    {Id::kItem, "item", 0, {"X"}, Group::kItems, kReader,
     Merge::kItemSource, Yaml::kList, kMayBeEmpty,
     "one item"},
    {Id::kItems, "items", 0, {"A,B,..."}, Group::kItems, kReader,
     Merge::kItemSource, Yaml::kList, kMayBeEmpty,
     "items, separated by commas"},
    {Id::kItemsFile, "items-file", 'f', {"PATH"}, Group::kItems, kReader,
     Merge::kItemSource, Yaml::kScalar, kNotEmpty,
     "the items are in this file (- is standard input, for show and count)"},
    {Id::kFormat, "format", 0, {"NAME"}, Group::kItems, kReader,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the format of the list: lines, nul, csv, tsv, json, jsonl or yaml"},
    {Id::kItemsDir, "items-dir", 0, {"DIR"}, Group::kItems, kReader,
     Merge::kItemSource, Yaml::kScalar, kNotEmpty,
     "one item for each file of this directory"},
    {Id::kItemsEnv, "items-env", 0, {"NAME"}, Group::kItems, kReader,
     Merge::kItemSource, Yaml::kScalar, kNotEmpty,
     "the items are in this variable"},
    {Id::kRange, "range", 0, {"A..B[..STEP]"}, Group::kItems, kReader,
     Merge::kItemSource, Yaml::kScalar, kNotEmpty,
     "the items are whole numbers, both ends included"},
    {Id::kParam, "param", 0, {"NAME=V,..."}, Group::kItems, kReader,
     Merge::kItemSource, Yaml::kMapping, kNotEmpty,
     "a parameter's values, or A..B: the items are all combinations"},
    {Id::kZip, "zip", 0, {}, Group::kItems, kReader,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "parameters go side by side instead of in all combinations"},
    {Id::kExclude, "exclude", 0, {"NAME=V,..."}, Group::kItems, kReader,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "combinations with these values are no items"},
    {Id::kGlob, "glob", 0, {"PATTERN"}, Group::kItems, kReader,
     Merge::kItemSource, Yaml::kScalar, kNotEmpty,
     "the items are the paths of matching files"},
    {Id::kCommandsFile, "commands-file", 0, {"PATH"}, Group::kItems, kCommands,
     Merge::kItemSource, Yaml::kScalar, kNotEmpty,
     "each line of this file is the command of one item"},
    {Id::kNoHeader, "no-header", 0, {}, Group::kItems, kReader,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "the first row of CSV or TSV is an item too"},
    {Id::kSkipBlank, "skip-blank", 0, {}, Group::kItems, kReader,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "blank lines are no items (else they are an error)"},
    {Id::kComments, "comments", 0, {}, Group::kItems, kReader,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "lines that begin with # are no items"},
    {Id::kOnly, "only", 0, {"LIST"}, Group::kItems, kReader,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "run these positions of an earlier run again: 1,3-5,7 or @FILE"},
    {Id::kExpectCount, "expect-count", 0, {"N"}, Group::kItems, kReader,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "fail unless there are exactly N items"},
    {Id::kExpectSha256, "expect-sha256", 0, {"HEX"}, Group::kItems, kReader,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "fail unless the items have this SHA-256 (see count -v)"},
    {Id::kAllowDuplicates, "allow-duplicates", 0, {}, Group::kItems, kForShow | kForCount,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "an item may occur twice"},
    {Id::kRole, "role", 0, {"RANGE=NAME"}, Group::kItems, kWorker,
     Merge::kWhole, Yaml::kList, kNotEmpty,
     "the indexes N, A..B or A.. have this role"},

    {Id::kTasks, "tasks", 0, {"K"}, Group::kShares, kReader,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "share the items out among K tasks"},
    {Id::kPerTask, "per-task", 0, {"C"}, Group::kShares, kReader,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "each task gets C items, the last one the rest"},
    {Id::kSplit, "split", 0, {"HOW"}, Group::kShares, kReader,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "block (default), cyclic, or weight=FIELD"},
    {Id::kWhenEmpty, "when-empty", 0, {"WHAT"}, Group::kShares, kWorker,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "a task without items is ok (default) or a failure: fail"},

    {Id::kEach, "each", 0, {}, Group::kEach, kReader,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "run the program once for each item of the share"},
    {Id::kParallel, "parallel", 'j', {"P"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "so many items at a time (default 1)"},
    {Id::kKeepGoing, "keep-going", 0, {}, Group::kEach, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "go on with other items after one has failed"},
    {Id::kRetries, "retries", 0, {"N"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "run a failed item up to N more times"},
    {Id::kBackoff, "backoff", 0, {"DURATION"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "wait before a retry, doubled each time (default 1s)"},
    {Id::kPrefix, "prefix", 0, {"TEMPLATE"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "put this before each line of an item's output"},
    {Id::kLogDir, "log-dir", 0, {"DIR"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "keep the output of each item in files of this directory"},
    {Id::kLogName, "log-name", 0, {"TEMPLATE"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "what .out and .err are added to (default {index})"},
    {Id::kDoneDir, "done-dir", 0, {"DIR"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "do not run again what finished, marked in this directory"},
    {Id::kSkipIfExists, "skip-if-exists", 0, {"TEMPLATE"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "do not run an item for which this path exists"},

    {Id::kNoTemplate, "no-template", 0, {}, Group::kTemplates, kWorker,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "expand no placeholders anywhere"},
    {Id::kDelims, "delims", 0, {"OPEN", "CLOSE"}, Group::kTemplates, kWorker,
     Merge::kStrongest, Yaml::kPair, kNotEmpty,
     "the braces of placeholders in rendered files"},

    {Id::kWrite, "write", 'w', {"PATH"}, Group::kInputs, kWorker,
     Merge::kOutput, Yaml::kList, kNotEmpty,
     "write the item and a newline to this file"},
    {Id::kWriteText, "write-text", 0, {"PATH", "TEMPLATE"}, Group::kInputs, kWorker,
     Merge::kOutput, Yaml::kMapping, kNotEmpty,
     "write this text to this file"},
    {Id::kWriteMode, "write-mode", 0, {"MODE"}, Group::kInputs, kWorker,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "octal mode of written files (default 0644)"},
    {Id::kEnv, "env", 'e', {"NAME=TEMPLATE"}, Group::kInputs, kWorker,
     Merge::kName, Yaml::kMapping, kNotEmpty,
     "set a variable"},
    {Id::kEnvFile, "env-file", 0, {"PATH"}, Group::kInputs, kWorker,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "set the variables of this file of NAME=TEMPLATE lines"},
    {Id::kWriteEnv, "write-env", 0, {"PATH"}, Group::kInputs, kForStage | kForShow,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "write the variables for another container to this file"},
    {Id::kStdin, "stdin", 0, {"TEMPLATE"}, Group::kInputs, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kMayBeEmpty,
     "the program's standard input is this text"},
    {Id::kRender, "render", 0, {"SRC", "DST"}, Group::kInputs, kWorker,
     Merge::kOutput, Yaml::kMapping, kNotEmpty,
     "expand the placeholders of a file into another"},
    {Id::kChdir, "chdir", 'C', {"DIR"}, Group::kInputs, kWorker,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the program's working directory"},

    {Id::kSupervise, "supervise", 0, {"WHEN"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "stay as the program's supervisor: auto, always, never"},
    {Id::kGrace, "grace", 0, {"DURATION"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "time from TERM to KILL (default 25s)"},
    {Id::kTimeout, "timeout", 0, {"DURATION"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "end the program after this time (0: never)"},

    {Id::kUser, "user", 0, {"UID[:GID]"}, Group::kConfine, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "run the program as this user"},
    {Id::kCapDrop, "cap-drop", 0, {"NAME,..."}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "take away capabilities, or ALL"},
    {Id::kCapAdd, "cap-add", 0, {"NAME,..."}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "capabilities that stay although ALL are dropped"},
    {Id::kNoNewPrivs, "no-new-privs", 0, {}, Group::kConfine, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "set-user-ID programs gain nothing"},
    {Id::kSeccompDeny, "seccomp-deny", 0, {"NAME,..."}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "system calls that fail with EPERM"},

    {Id::kExitCode, "exit-code", 0, {"CLASS=N"}, Group::kStatus, kWorker,
     Merge::kName, Yaml::kList, kNotEmpty,
     "exit with N (1..255) on our own failures of a class"},
    {Id::kMapExit, "map-exit", 0, {"FROM=TO"}, Group::kStatus, kWorker,
     Merge::kName, Yaml::kList, kNotEmpty,
     "exit with TO when the program ends with FROM (0..255 or sig:NAME)"},
    {Id::kAllowTermSuccess, "allow-term-success", 0, {}, Group::kStatus, kWorker,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "a death by TERM may be mapped to 0"},
    {Id::kMessage, "message", 0, {"WHEN"}, Group::kStatus, kWorker,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "write the termination message: always, failure (default), never"},
    {Id::kMessageFile, "message-file", 0, {"PATH"}, Group::kStatus, kWorker,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "where to write it (default /dev/termination-log)"},

    {Id::kAll, "all", 0, {}, Group::kAnswer, kForShow,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "show every index"},
    {Id::kItemsOnly, "items-only", 0, {}, Group::kAnswer, kForCount,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "print the number of items, not of tasks"},
    {Id::kOutput, "output", 0, {"FORMAT"}, Group::kAnswer, kForShow | kForCount,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "text (default) or json"},

    {Id::kConfig, "config", 0, {"FILE"}, Group::kGeneral, kReader,
     Merge::kStrongest, Yaml::kNone, kNotEmpty,
     "read more options from this YAML file"},
    {Id::kQuiet, "quiet", 'q', {}, Group::kGeneral, kReader,
     Merge::kVerbosity, Yaml::kFlag, kNotEmpty,
     "print errors only"},
    {Id::kVerbose, "verbose", 'v', {}, Group::kGeneral, kReader,
     Merge::kVerbosity, Yaml::kLevel, kNotEmpty,
     "tell what was chosen; twice: and how"},
    {Id::kLogFormat, "log-format", 0, {"FORMAT"}, Group::kGeneral, kReader,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "messages as text (default) or json"},
    {Id::kHelp, "help", 'h', {}, Group::kGeneral, kEverywhere,
     Merge::kFlag, Yaml::kNone, kNotEmpty,
     "print this help"},
    {Id::kVersion, "version", 'V', {}, Group::kGeneral, kEverywhere,
     Merge::kFlag, Yaml::kNone, kNotEmpty,
     "print the version"},
};
// clang-format on

constexpr bool in_order() {
  for (std::size_t row = 0; row < std::size(kTable); ++row) {
    if (static_cast<std::size_t>(kTable[row].id) != row) {
      return false;
    }
  }
  return std::size(kTable) == static_cast<std::size_t>(Id::kVersion) + 1;
}
static_assert(in_order(), "a row for each Id, in the same order");

struct Name {
  Subcommand subcommand;
  std::string_view name;
  std::uint8_t bit;
};
constexpr Name kNames[] = {
    {Subcommand::kRun, "run", kForRun},
    {Subcommand::kStage, "stage", kForStage},
    {Subcommand::kShow, "show", kForShow},
    {Subcommand::kCount, "count", kForCount},
    {Subcommand::kInstall, "install", kForInstall},
};

}  // namespace

std::span<const Option> table() {
  return kTable;
}

const Option& option(Id id) {
  return kTable[static_cast<std::size_t>(id)];
}

const Option* find_option(std::string_view name) {
  for (const Option& row : kTable) {
    if (row.name == name) {
      return &row;
    }
  }
  return nullptr;
}

const Option* find_option(char letter) {
  for (const Option& row : kTable) {
    if (row.letter == letter && letter != 0) {
      return &row;
    }
  }
  return nullptr;
}

bool Option::belongs_to(Subcommand subcommand) const {
  for (const Name& row : kNames) {
    if (row.subcommand == subcommand) {
      return (subcommands & row.bit) != 0;
    }
  }
  return false;
}

std::string subcommands_of(const Option& option) {
  std::string list;
  std::string_view last;
  for (const Name& name : kNames) {
    if ((option.subcommands & name.bit) == 0) {
      continue;
    }
    if (!last.empty()) {
      list.append(list.empty() ? "" : ", ").append(last);
    }
    last = name.name;
  }
  return list.append(list.empty() ? "" : " and ").append(last);
}

std::string_view subcommand_name(Subcommand subcommand) {
  for (const Name& name : kNames) {
    if (name.subcommand == subcommand) {
      return name.name;
    }
  }
  return {};
}

std::optional<Subcommand> find_subcommand(std::string_view text) {
  for (const Name& name : kNames) {
    if (name.name == text) {
      return name.subcommand;
    }
  }
  return std::nullopt;
}

std::string_view group_title(Group group) {
  constexpr std::string_view kTitles[] = {
      "Index (at most one source; default: ask the array engine)",
      "Items (one source)",
      "Shares (more items than tasks)",
      "Once for each item of a share (--each)",
      "Templates",
      "Inputs",
      "Launch",
      "Confinement",
      "Exit status",
      "Answer",
      "General",
  };
  static_assert(std::size(kTitles) == static_cast<std::size_t>(Group::kGeneral) + 1);
  return kTitles[static_cast<std::size_t>(group)];
}

}  // namespace indexrun::options
