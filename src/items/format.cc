// SPDX-License-Identifier: Apache-2.0
// The table of extensions, and one reader for each format.
#include "items/format.h"

#include "base/quote.h"
#include "items/columns.h"
#include "items/json_array.h"
#include "items/json_lines.h"
#include "items/nul_separated.h"
#include "items/records.h"
#include "items/yaml_sequence.h"

#include <string>
#include <utility>

#include <strings.h>

namespace indexrun::items {
namespace {

struct Extension {
  std::string_view text;
  Format format;
};
constexpr Extension kExtensions[] = {
    {"nul", Format::kNul},   {"csv", Format::kCsv},     {"tsv", Format::kTsv},
    {"json", Format::kJson}, {"jsonl", Format::kJsonl}, {"ndjson", Format::kJsonl},
    {"yaml", Format::kYaml}, {"yml", Format::kYaml},
};
constexpr std::string_view kUnreadable[] = {"xz", "zst", "bz2", "zip"};

/// "csv" of "a/items.csv"; empty without a dot, and for a hidden file such as ".csv".
std::string_view extension(std::string_view path) {
  const std::string_view base = path.substr(path.rfind('/') + 1);
  const std::size_t dot = base.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : base.substr(dot + 1);
}

bool same_word(std::string_view one, std::string_view other) {
  return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

Result<Format> format_of_path(const std::string& path) {
  std::string_view end = extension(path);
  if (same_word(end, "gz")) {
    end = extension(std::string_view(path).substr(0, path.size() - end.size() - 1));
  }
  for (const Extension& known : kExtensions) {
    if (same_word(known.text, end)) {
      return known.format;
    }
  }
  for (const std::string_view known : kUnreadable) {
    if (same_word(known, end)) {
      return Error{.failure = Failure::kConfig,
                   .stage = "items",
                   .object = path,
                   .problem = "cannot read a list in the format of ." + std::string(end),
                   .hint = "give --format lines if every line of it is an item"};
    }
  }
  return Format::kLines;
}

Result<std::unique_ptr<Reader>> read_as(Format format, std::unique_ptr<Bytes> bytes,
                                        const LineRules& rules) {
  std::unique_ptr<Reader> reader;
  switch (format) {
    case Format::kLines:
      reader = std::make_unique<Lines>(std::move(bytes), rules);
      break;
    case Format::kNul:
      reader = std::make_unique<NulSeparated>(std::move(bytes), rules);
      break;
    case Format::kCsv:
      reader = std::make_unique<Columns>(std::make_unique<Records>(std::move(bytes), rules),
                                         split_csv, rules.header);
      break;
    case Format::kTsv:
      reader = std::make_unique<Columns>(std::make_unique<Lines>(std::move(bytes), rules),
                                         split_tsv, rules.header);
      break;
    case Format::kJson:
      reader = std::make_unique<JsonArray>(std::move(bytes));
      break;
    case Format::kJsonl:
      reader = std::make_unique<JsonLines>(std::move(bytes), rules);
      break;
    case Format::kYaml:
      return open_yaml(std::move(bytes));
  }
  return reader;
}

}  // namespace indexrun::items
