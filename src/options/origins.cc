// SPDX-License-Identifier: Apache-2.0
// A later stage knows an option by its name only; where it was given is told here.
#include "options/origins.h"

#include "options/table.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace indexrun::options {

namespace {

/// Stages speak of all inline items as --items.
const Option& named_as(const Option& row) {
  return row.id == Id::kItem ? option(Id::kItems) : row;
}

bool speaks_of(const Setting& setting, const Option& row) {
  return &named_as(*setting.option) == &row;
}

/// Where all the settings of `row` stand, as exactly as they have it in common; empty if one of
/// them is on the command line.
std::string common_place(std::span<const Setting> settings, const Option& row) {
  Setting common;
  for (const Setting& setting : settings) {
    if (!speaks_of(setting, row)) {
      continue;
    }
    if (setting.level == Level::kCommandLine) {
      return {};
    }
    if (common.option == nullptr) {
      common.option = &row;
      common.level = setting.level;
      common.place = setting.place;
      common.key = setting.key;
    } else if (common.level != setting.level && !(common.in_file() && setting.in_file())) {
      return {};
    } else {
      common.place.line = 0;
    }
  }
  return where(common);
}

}  // namespace

std::vector<Origin> find_origins(std::span<const Setting> settings) {
  std::vector<Origin> origins;
  std::vector<const Option*> seen;
  for (const Setting& setting : settings) {
    const Option& row = named_as(*setting.option);
    if (setting.level == Level::kCommandLine ||
        std::find(seen.begin(), seen.end(), &row) != seen.end()) {
      continue;
    }
    seen.push_back(&row);
    if (std::string place = common_place(settings, row); !place.empty()) {
      origins.push_back({row.name, std::move(place)});
    }
  }
  return origins;
}

Origin command_origin(const Place& place) {
  return {kCommandObject, where(place) + ": command"};
}

void locate(std::span<const Origin> origins, Error& error) {
  const std::string_view object = error.object;
  if (object == kCommandObject || object.starts_with("argument ")) {
    const auto found = std::ranges::find(origins, kCommandObject, &Origin::option);
    if (found != origins.end()) {
      error.object = object == kCommandObject ? found->where : found->where + ": " + error.object;
    }
    return;
  }
  if (!object.starts_with("--")) {
    return;
  }
  const std::string_view rest = object.substr(2);
  const std::size_t length =
      std::min(rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), rest.size());
  for (const Origin& origin : origins) {
    if (origin.option == rest.substr(0, length)) {
      error.object = origin.where + std::string(rest.substr(length));
      return;
    }
  }
}

void locate(const Options& options, Error& error) {
  locate(options.origins, error);
}

}  // namespace indexrun::options
