// SPDX-License-Identifier: Apache-2.0
// The one table of all options. The command line, INDEXRUN_OPTIONS, the keys of the YAML file,
// --help, the shell completion and the lint of the manual pages all follow from it.
#pragma once

#include "options/options.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace indexrun::options {

/// One for each row of the table, in the same order.
enum class Id : std::uint8_t {
  kIndex,
  kIndexEnv,
  kIndexFile,
  kEngine,
  kBase,
  kNoIndex,
  kItem,
  kItems,
  kItemsFile,
  kFormat,
  kItemsDir,
  kItemsEnv,
  kRange,
  kParam,
  kZip,
  kExclude,
  kGlob,
  kCommandsFile,
  kNoHeader,
  kSkipBlank,
  kComments,
  kOnly,
  kExpectCount,
  kExpectSha256,
  kAllowDuplicates,
  kRole,
  kTasks,
  kPerTask,
  kSplit,
  kWhenEmpty,
  kEach,
  kParallel,
  kKeepGoing,
  kPrefix,
  kLogDir,
  kLogName,
  kDoneDir,
  kSkipIfExists,
  kNoTemplate,
  kDelims,
  kWrite,
  kWriteText,
  kWriteMode,
  kEnv,
  kEnvFile,
  kEnvClear,
  kEnvKeep,
  kWriteEnv,
  kStdin,
  kRender,
  kChdir,
  kWaitFor,
  kWaitTimeout,
  kSupervise,
  kGrace,
  kTimeout,
  kRetries,
  kRetryOn,
  kBackoff,
  kSignalTo,
  kMapSignal,
  kWaitAll,
  kParentDeathSignal,
  kStdout,
  kStderr,
  kTeeStdout,
  kTeeStderr,
  kUser,
  kGroups,
  kCapDrop,
  kCapAdd,
  kSecurebits,
  kNoNewPrivs,
  kLimit,
  kUmask,
  kNice,
  kOomScoreAdj,
  kCpus,
  kCloseFds,
  kKeepFd,
  kSeccomp,
  kSeccompDeny,
  kReportDenials,
  kRo,
  kRw,
  kExec,
  kTcpBind,
  kTcpConnect,
  kScope,
  kLandlock,
  kPrivateTmp,
  kPrivateHome,
  kConfine,
  kExitCode,
  kMapExit,
  kAllowTermSuccess,
  kMessage,
  kMessageFile,
  kMessageTail,
  kRedact,
  kAll,
  kItemsOnly,
  kOutput,
  kOutputFile,
  kConfig,
  kQuiet,
  kVerbose,
  kLogFormat,
  kHelp,
  kVersion,
};

/// The headings of --help.
enum class Group : std::uint8_t {
  kIndex,
  kItems,
  kShares,
  kEach,
  kTemplates,
  kInputs,
  kWaiting,
  kLaunch,
  kConfine,
  kAccess,
  kStatus,
  kAnswer,
  kGeneral,
};

/// What happens when an option is given more than once, at one level (the command line, the
/// variable, the file) or at several. Levels are compared strongest first.
enum class Merge : std::uint8_t {
  kStrongest,    ///< once at a level; the strongest level wins
  kFlag,         ///< set if any level sets it
  kVerbosity,    ///< --quiet or --verbose: the strongest level that has either wins
  kIndexSource,  ///< the sources of one level form the index source; the strongest wins
  kItemSource,   ///< likewise for the items; --item and --items mix
  kWhole,        ///< all settings of the strongest level that has any
  kName,         ///< by the text before "=", each once at a level
  kOutput,       ///< by the path that is written, each once at a level
  kAddUp,        ///< all levels together
  kOneLevel,     ///< all of one level together; a second level is an error: it would loosen
};

/// What the value of the option's key in the YAML file is.
enum class Yaml : std::uint8_t {
  kNone,     ///< no key: the option is for the command line only
  kFlag,     ///< true or false
  kScalar,   ///< text
  kList,     ///< text or a sequence of texts
  kMapping,  ///< a mapping of texts to texts
  kPair,     ///< a sequence of two texts
  kLevel,    ///< a whole number from 0 to 2, or true or false
};

/// Sets of subcommands, as bits.
enum : std::uint8_t {
  kForRun = 1,
  kForStage = 2,
  kForShow = 4,
  kForCount = 8,
  kForInstall = 16,
  kForSeccomp = 32,
};

/// One option. All texts are literals.
struct Option {
  Id id;
  std::string_view name;                   ///< the long name without its dashes; the YAML key
  char letter;                             ///< the short name, 0 if there is none
  std::array<std::string_view, 2> values;  ///< what --help calls the values; as many as are taken
  Group group;
  std::uint8_t subcommands;  ///< a set of kFor...
  Merge merge;
  Yaml yaml;
  bool may_be_empty;  ///< the empty text is a value of its (only) value
  std::string_view help;

  /// How many values it takes: 0, 1 or 2.
  [[nodiscard]] constexpr std::size_t arity() const {
    return values[0].empty() ? 0 : values[1].empty() ? 1 : 2;
  }
  /// Whether it may be given more than once.
  [[nodiscard]] constexpr bool repeats() const {
    return merge == Merge::kName || merge == Merge::kOutput || merge == Merge::kAddUp ||
           merge == Merge::kOneLevel || merge == Merge::kWhole || id == Id::kItem ||
           id == Id::kItems || id == Id::kParam || id == Id::kVerbose;
  }
  [[nodiscard]] bool belongs_to(Subcommand subcommand) const;
};

/// All options, in the order of Id, which is also the order of --help.
[[nodiscard]] std::span<const Option> table();

[[nodiscard]] const Option& option(Id id);
/// By the long name without dashes; a null pointer if there is none. Nothing is abbreviated.
[[nodiscard]] const Option* find_option(std::string_view name);
[[nodiscard]] const Option* find_option(char letter);

/// "run, stage and show": the subcommands that take the option, for messages.
[[nodiscard]] std::string subcommands_of(const Option& option);

/// "run", "stage", "show", "count", "install", "seccomp"; empty for the others.
[[nodiscard]] std::string_view subcommand_name(Subcommand subcommand);
[[nodiscard]] std::optional<Subcommand> find_subcommand(std::string_view name);

/// The heading of a group in --help.
[[nodiscard]] std::string_view group_title(Group group);

}  // namespace indexrun::options
