// SPDX-License-Identifier: Apache-2.0
// List files: which format they have, and the reader for it.
#pragma once

#include "items/lines.h"
#include "items/reader.h"
#include "items/spec.h"

#include <memory>
#include <string_view>

namespace indexrun::items {

/// The format that the user named, else that of the extension (format_of_path()).
Result<Format> format_of(const File& file);

/// Opens the file (FileBytes::open()) in its format. One that begins like gzip's is unpacked.
Result<std::unique_ptr<Reader>> open_list(const File& file, LineRules rules);
Result<std::unique_ptr<Reader>> open_list(const Commands& file, LineRules rules);

/// The same for the file's content, where it is in memory already; `text` must outlive the reader.
Result<std::unique_ptr<Reader>> open_text(const File& file, std::string_view text, LineRules rules);
Result<std::unique_ptr<Reader>> open_text(const Commands& file, std::string_view text,
                                          LineRules rules);

/// The path of a source that is one file, "-" for standard input; null for all others.
[[nodiscard]] const std::string* list_path(const Source& source);

}  // namespace indexrun::items
