// SPDX-License-Identifier: Apache-2.0
// What is said at the end, and everything general.
#pragma once

#include "options/row.h"

namespace indexrun::options {

// clang-format off
inline constexpr Option kStatusRows[] = {
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
    {Id::kMessageTail, "message-tail", 0, {"N"}, Group::kStatus, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the last N lines of the program's standard error go along"},
    {Id::kRedact, "redact", 0, {}, Group::kStatus, kWorker,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "keep the item out of messages and of the termination message"},

    {Id::kAll, "all", 0, {}, Group::kAnswer, kForShow,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "show every index"},
    {Id::kItemsOnly, "items-only", 0, {}, Group::kAnswer, kForCount,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "print the number of items, not of tasks"},
    {Id::kOutput, "output", 0, {"FORMAT"}, Group::kAnswer, kForShow | kForCount,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "text (default) or json"},
    {Id::kOutputFile, "output-file", 'o', {"FILE"}, Group::kAnswer, kForSeccomp,
     Merge::kStrongest, Yaml::kNone, kNotEmpty,
     "write the compiled filter to this file (default: standard output)"},

    {Id::kConfig, "config", 0, {"FILE"}, Group::kGeneral, kReader,
     Merge::kStrongest, Yaml::kNone, kNotEmpty,
     "read more options from this YAML file"},
    {Id::kQuiet, "quiet", 'q', {}, Group::kGeneral, kReader | kForSeccomp,
     Merge::kVerbosity, Yaml::kFlag, kNotEmpty,
     "print errors only"},
    {Id::kVerbose, "verbose", 'v', {}, Group::kGeneral, kReader | kForSeccomp,
     Merge::kVerbosity, Yaml::kLevel, kNotEmpty,
     "tell what was chosen; twice: and how"},
    {Id::kLogFormat, "log-format", 0, {"FORMAT"}, Group::kGeneral, kReader | kForSeccomp,
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

}  // namespace indexrun::options
