// SPDX-License-Identifier: Apache-2.0
// Opening list files.
#include "items/file.h"

#include "items/command_lines.h"
#include "items/file_bytes.h"
#include "items/format.h"
#include "items/gzip.h"

#include <utility>

namespace indexrun::items {
namespace {

Result<std::unique_ptr<Bytes>> unpacked(std::unique_ptr<Bytes> bytes) {
  TRY(const std::string_view begin, bytes->peek());
  return is_gzip(begin) ? unpack(std::move(bytes)) : std::move(bytes);
}

Result<std::unique_ptr<Reader>> open(Format format, std::unique_ptr<Bytes> bytes,
                                     const LineRules& rules) {
  TRY(auto plain, unpacked(std::move(bytes)));
  return read_as(format, std::move(plain), rules);
}

Result<std::unique_ptr<Reader>> open_commands(std::unique_ptr<Bytes> bytes,
                                              const LineRules& rules) {
  TRY(auto plain, unpacked(std::move(bytes)));
  return std::unique_ptr<Reader>(std::make_unique<CommandLines>(std::move(plain), rules));
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

Result<std::unique_ptr<Reader>> open_list(const Commands& file, LineRules rules) {
  TRY(auto bytes, FileBytes::open(file.path));
  return open_commands(std::move(bytes), rules);
}

Result<std::unique_ptr<Reader>> open_text(const Commands& file, std::string_view text,
                                          LineRules rules) {
  return open_commands(std::make_unique<TextBytes>(file.path, text), rules);
}

const std::string* list_path(const Source& source) {
  if (const auto* file = std::get_if<File>(&source)) {
    return &file->path;
  }
  const auto* commands = std::get_if<Commands>(&source);
  return commands == nullptr ? nullptr : &commands->path;
}

}  // namespace indexrun::items
