// SPDX-License-Identifier: Apache-2.0
// The stage index/: from what the user says and the environment to the number of this worker.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "index/index.h"
#include "index/spec.h"

namespace indexrun::index {

/// The index of this worker: from the one explicit source of `spec`, else by detection. It is never
/// assumed: no index anywhere, several that disagree, and a text that is not a plain decimal number
/// are kConfig errors whose object is the source. Only a read error of --index-file that may pass
/// is kInput.
Result<Index> read(const Spec& spec, const Environment& environment);

/// The number of the first task, for what is said of all tasks without an index: --base, or what
/// the named or the detected engine fixes; 0 where nothing speaks of it.
Result<std::uint64_t> first_task(const Spec& spec, const Environment& environment);

}  // namespace indexrun::index
