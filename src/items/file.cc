// SPDX-License-Identifier: Apache-2.0
// Opening list files.
#include "items/file.h"

#include "items/file_bytes.h"
#include "items/format.h"

namespace indexrun::items {

Result<Format> format_of(const File& file) {
  if (file.format) {
    return *file.format;
  }
  return format_of_path(file.path);
}

Result<std::unique_ptr<Reader>> open_list(const File& file, LineRules rules) {
  TRY(const Format format, format_of(file));
  TRY(auto bytes, FileBytes::open(file.path));
  return read_as(format, std::move(bytes), rules);
}

Result<std::unique_ptr<Reader>> open_text(const File& file, std::string_view text,
                                          LineRules rules) {
  TRY(const Format format, format_of(file));
  return read_as(format, std::make_unique<TextBytes>(file.path, text), rules);
}

}  // namespace indexrun::items
