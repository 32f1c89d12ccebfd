// SPDX-License-Identifier: Apache-2.0
// The settings that hold become one Spec for each stage.
#pragma once

#include "base/result.h"
#include "options/options.h"
#include "options/setting.h"

#include <span>

namespace indexrun::options {

/// Judges the simple syntax of values and fills everything in `options` but the command, the
/// subcommand and the texts. What a value means (a path, an index, a capability) is judged by the
/// stage that it is for.
Result<void> build(std::span<const Setting> settings, Options& options);

/// How to report an error: status and log, as far as the settings say it validly. What they say
/// wrongly is left at its default.
void build_report(std::span<const Setting> settings, Options& options);

}  // namespace indexrun::options
