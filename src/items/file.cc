// SPDX-License-Identifier: Apache-2.0
// Opening list files.
#include "items/file.h"

#include "items/file_bytes.h"

#include <algorithm>
#include <array>
#include <string>

#include <strings.h>

namespace indexrun::items {
namespace {

constexpr std::array<std::string_view, 13> kOtherFormats = {
    "nul", "csv", "tsv", "json", "jsonl", "ndjson", "yaml", "yml", "gz", "xz", "zst", "bz2", "zip"};

/// "csv" of "a/items.csv"; empty without a dot, and for a hidden file such as ".csv".
std::string_view extension(std::string_view path) {
  const std::string_view base = path.substr(path.rfind('/') + 1);
  const std::size_t dot = base.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : base.substr(dot + 1);
}

bool same_word(std::string_view one, std::string_view other) {
  return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

std::unique_ptr<Reader> read_as(Format format, std::unique_ptr<Bytes> bytes, LineRules rules) {
  switch (format) {
    case Format::kLines:
      break;
  }
  return std::make_unique<Lines>(std::move(bytes), rules);
}

}  // namespace

Result<Format> format_of(const File& file) {
  if (file.format) {
    return *file.format;
  }
  const std::string_view end = extension(file.path);
  if (std::ranges::none_of(kOtherFormats, [&](auto known) { return same_word(known, end); })) {
    return Format::kLines;
  }
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = file.path,
               .problem = "cannot read a list in the format of ." + std::string(end),
               .hint = "give --format lines if every line of it is an item"};
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
