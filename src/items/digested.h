// SPDX-License-Identifier: Apache-2.0
// A reader whose items are digested as they pass.
#pragma once

#include "items/reader.h"

#include <memory>
#include <optional>
#include <string>

namespace indexrun::items {

/// Reads `reader`, and at its end compares the SHA-256 of all its items with `expected`: another
/// one is a kConfig error. Then an item with a defect anywhere in the list is one too, because the
/// digest cannot be had. Without `expected` such an item, where it is passed over, only costs the
/// digest; so do more than 2^20 items of a reader that is distinct().
std::unique_ptr<Reader> digested(std::unique_ptr<Reader> reader,
                                 const std::optional<std::string>& expected);

/// With -v: the digest of the source of this name, unless it is empty.
void tell_digest(const std::string& name, const std::string& digest);

}  // namespace indexrun::items
