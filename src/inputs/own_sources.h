// SPDX-License-Identifier: Apache-2.0
// Outputs that would replace what the workers read.
#pragma once

#include "base/result.h"
#include "inputs/expander.h"
#include "inputs/inputs.h"
#include "inputs/spec.h"

#include <vector>

namespace indexrun::inputs {

/// Error kConfig if one of `files` is the same file as one of spec.sources, a source of --render or
/// an --env-file, or lies directly in one of them that is a directory. Files are the same
/// if device and inode are, so a hard link of a source is refused too. A source that does not exist
/// is none.
Result<void> check_own_sources(const Spec& spec, const Expander& expander,
                               const std::vector<OutputFile>& files);

}  // namespace indexrun::inputs
