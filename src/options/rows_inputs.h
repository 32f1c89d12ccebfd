// SPDX-License-Identifier: Apache-2.0
// What the program gets.
#pragma once

#include "options/row.h"

namespace indexrun::options {

// clang-format off
inline constexpr Option kInputsRows[] = {
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
    {Id::kEnvClear, "env-clear", 0, {}, Group::kInputs, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "inherit no variable but PATH"},
    {Id::kEnvKeep, "env-keep", 0, {"NAME,..."}, Group::kInputs, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "inherit only these, such as LANG,LC_*, and PATH"},
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
};
// clang-format on

}  // namespace indexrun::options
