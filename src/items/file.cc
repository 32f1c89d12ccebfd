// SPDX-License-Identifier: Apache-2.0
// Opening list files.
#include "items/file.h"

#include "items/file_bytes.h"
#include "items/format.h"
#include "items/gzip.h"

#include <utility>

namespace indexrun::items {
namespace {

Result<std::unique_ptr<Reader>> open(Format format, std::unique_ptr<Bytes> bytes,
                                     const LineRules& rules) {
  TRY(const std::string_view begin, bytes->peek());
  return read_as(format, is_gzip(begin) ? unpack(std::move(bytes)) : std::move(bytes), rules);
}

}  // namespace

Result<Format> format_of(const File& file) {
  if (file.format) {
    return *file.format;
  }
  return format_of_path(file.path);
}

Result<std::unique_ptr<Reader>> open_list(const File& file, LineRules rules) {
  TRY(const Format format, format_of(file));
  TRY(auto bytes, FileBytes::open(file.path));
  return open(format, std::move(bytes), rules);
}

Result<std::unique_ptr<Reader>> open_text(const File& file, std::string_view text,
                                          LineRules rules) {
  TRY(const Format format, format_of(file));
  return open(format, std::make_unique<TextBytes>(file.path, text), rules);
}

}  // namespace indexrun::items
