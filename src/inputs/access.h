// SPDX-License-Identifier: Apache-2.0
// The paths that the program may reach, when it may not reach all.
#pragma once

#include "base/result.h"
#include "inputs/expander.h"
#include "inputs/inputs.h"
#include "inputs/spec.h"

#include <string_view>
#include <vector>

namespace indexrun::inputs {

/// --ro, --rw and --exec in the order given. Relative paths start from `directory` (--chdir), as
/// the program's own do. An item may name something beneath the path that the template shows, never
/// something above: more ".." than the template has, or fewer names, is kItem.
Result<std::vector<Access>> expand_access(const Spec& spec, const Expander& expander,
                                          std::string_view directory);

/// --private-tmp and --private-home. kConfig if the variable that goes with one is set otherwise
/// too: `inputs` has the environment already.
Result<void> expand_private(const Spec& spec, const Expander& expander, std::string_view directory,
                            Inputs& inputs);

}  // namespace indexrun::inputs
