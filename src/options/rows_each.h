// SPDX-License-Identifier: Apache-2.0
// A share whose items run one by one.
#pragma once

#include "options/row.h"

namespace indexrun::options {

// clang-format off
inline constexpr Option kEachRows[] = {
    {Id::kEach, "each", 0, {}, Group::kEach, kReader,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "run the program once for each item of the share"},
    {Id::kParallel, "parallel", 'j', {"P"}, Group::kEach, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "so many items at a time (default 1)"},
    {Id::kKeepGoing, "keep-going", 0, {}, Group::kEach, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "go on with other items after one has failed"},
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
};
// clang-format on

}  // namespace indexrun::options
