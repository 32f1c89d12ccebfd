// SPDX-License-Identifier: Apache-2.0
// --index-file: a file that the downward API, or anybody else, wrote.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace indexrun::index {

/// The index in the file: the bare number with at most one final newline (LF or CRLF), or a dump of
/// the pod's annotations or labels that holds kIndexKey. At most 1 MiB. Failures are kConfig;
/// kInput if reading failed in a way that may pass (I/O error, stale handle).
Result<std::uint64_t> read_index_file(const std::string& path);

}  // namespace indexrun::index
