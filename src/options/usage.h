// SPDX-License-Identifier: Apache-2.0
// Rules between options: what each subcommand needs and cannot do.
#pragma once

#include "base/result.h"
#include "options/options.h"

namespace indexrun::options {

/// The whole of the options against the subcommand; the last step of reading.
Result<void> check_usage(const Options& options);

}  // namespace indexrun::options
