// SPDX-License-Identifier: Apache-2.0
// --stdout, --stderr, --tee-stdout, --tee-stderr: files that the program's outputs go to.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <string>

namespace indexrun::launch {

/// Opens `path` for appending, so that two outputs may share it, and makes what directories are
/// missing above it. Emptied first, unless `keep`: it has the output of an earlier attempt. kInput;
/// a pipe that nobody reads is refused instead of waited for.
Result<UniqueFd> open_output_file(const std::string& path, bool keep);

}  // namespace indexrun::launch
