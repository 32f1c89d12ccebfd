// SPDX-License-Identifier: Apache-2.0
// Which reader cuts bytes of a format into items.
#pragma once

#include "items/bytes.h"
#include "items/lines.h"
#include "items/reader.h"
#include "items/spec.h"

#include <memory>
#include <string_view>

namespace indexrun::items {

/// The format that a file's extension stands for; lines for an unknown one; .gz is
/// passed over. An extension whose
/// format cannot be read is a kConfig error: it would be read as lines.
Result<Format> format_of_path(const std::string& path);

/// A reader of `bytes` in this format.
Result<std::unique_ptr<Reader>> read_as(Format format, std::unique_ptr<Bytes> bytes,
                                        const LineRules& rules);

}  // namespace indexrun::items
