// SPDX-License-Identifier: Apache-2.0
// Items that are the paths of files.
#pragma once

#include "items/reader.h"

#include <memory>
#include <string>

namespace indexrun::items {

/// The paths of the regular files, perhaps behind links, that match `pattern`: *, ? and [...] of
/// fnmatch(3) within the components of a path; there is no escape but [*]. Names that begin with a
/// dot do not match. The order is that of the paths' bytes, whatever the locale. No match at all, a
/// directory that cannot be read, and ** are kConfig errors.
Result<std::unique_ptr<Reader>> open_glob(const std::string& pattern);

}  // namespace indexrun::items
