// SPDX-License-Identifier: Apache-2.0
// Items that are the elements of a YAML sequence.
#pragma once

#include "base/result.h"
#include "items/bytes.h"
#include "items/reader.h"

#include <memory>

namespace indexrun::items {

/// Reads all of the text, at most 1 MiB (kYamlLimit; JSON and JSONL have no limit), as parse_yaml()
/// does: one document, no aliases. A text element is an item as it is written, quoted or not; a
/// mapping or a sequence becomes the JSON value of the same meaning, in which only plain numbers,
/// true and false are no strings, and has its text and fields. Text that is no sequence is a
/// kConfig error; an element that is null, empty, or a mapping with an empty or repeated key a
/// kItem error. The origin of an item is "name:line:column".
Result<std::unique_ptr<Reader>> open_yaml(std::unique_ptr<Bytes> bytes);

}  // namespace indexrun::items
