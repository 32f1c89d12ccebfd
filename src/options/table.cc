// SPDX-License-Identifier: Apache-2.0
// Finding the rows. Everything here is constant data: nothing runs before main.
#include "options/table.h"

#include "options/rows_access.h"
#include "options/rows_confine.h"
#include "options/rows_each.h"
#include "options/rows_inputs.h"
#include "options/rows_items.h"
#include "options/rows_launch.h"
#include "options/rows_status.h"
#include "options/rows_wait.h"

#include <array>

namespace indexrun::options {

namespace {

/// The chapters one after the other, put together by the compiler.
template <std::size_t... Sizes>
constexpr auto join(const Option (&... chapters)[Sizes]) {
  std::array<Option, (Sizes + ...)> rows{};
  std::size_t end = 0;
  const auto append = [&](const auto& chapter) {
    for (const Option& row : chapter) {
      rows[end++] = row;
    }
  };
  (append(chapters), ...);
  return rows;
}

constexpr auto kTable = join(kItemsRows, kEachRows, kInputsRows, kWaitRows, kLaunchRows,
                             kConfineRows, kAccessRows, kStatusRows);

constexpr bool in_order() {
  for (std::size_t row = 0; row < std::size(kTable); ++row) {
    if (static_cast<std::size_t>(kTable[row].id) != row) {
      return false;
    }
  }
  return std::size(kTable) == static_cast<std::size_t>(Id::kVersion) + 1;
}
static_assert(in_order(), "a row for each Id, in the same order");

struct Name {
  Subcommand subcommand;
  std::string_view name;
  std::uint8_t bit;
};
constexpr Name kNames[] = {
    {Subcommand::kRun, "run", kForRun},
    {Subcommand::kStage, "stage", kForStage},
    {Subcommand::kShow, "show", kForShow},
    {Subcommand::kCount, "count", kForCount},
    {Subcommand::kInstall, "install", kForInstall},
    {Subcommand::kSeccomp, "seccomp", kForSeccomp},
};

}  // namespace

std::span<const Option> table() {
  return kTable;
}

const Option& option(Id id) {
  return kTable[static_cast<std::size_t>(id)];
}

const Option* find_option(std::string_view name) {
  for (const Option& row : kTable) {
    if (row.name == name) {
      return &row;
    }
  }
  return nullptr;
}

const Option* find_option(char letter) {
  for (const Option& row : kTable) {
    if (row.letter == letter && letter != 0) {
      return &row;
    }
  }
  return nullptr;
}

bool Option::belongs_to(Subcommand subcommand) const {
  for (const Name& row : kNames) {
    if (row.subcommand == subcommand) {
      return (subcommands & row.bit) != 0;
    }
  }
  return false;
}

std::string subcommands_of(const Option& option) {
  std::string list;
  std::string_view last;
  for (const Name& name : kNames) {
    if ((option.subcommands & name.bit) == 0) {
      continue;
    }
    if (!last.empty()) {
      list.append(list.empty() ? "" : ", ").append(last);
    }
    last = name.name;
  }
  return list.append(list.empty() ? "" : " and ").append(last);
}

std::string_view subcommand_name(Subcommand subcommand) {
  for (const Name& name : kNames) {
    if (name.subcommand == subcommand) {
      return name.name;
    }
  }
  return {};
}

std::optional<Subcommand> find_subcommand(std::string_view text) {
  for (const Name& name : kNames) {
    if (name.name == text) {
      return name.subcommand;
    }
  }
  return std::nullopt;
}

std::string_view group_title(Group group) {
  constexpr std::string_view kTitles[] = {
      "Index (at most one source; default: ask the array engine)",
      "Items (one source)",
      "Shares (more items than tasks)",
      "Once for each item of a share (--each)",
      "Templates",
      "Inputs",
      "Waiting before the start",
      "Launch",
      "Confinement",
      "Files and network",
      "Exit status",
      "Answer",
      "General",
  };
  static_assert(std::size(kTitles) == static_cast<std::size_t>(Group::kGeneral) + 1);
  return kTitles[static_cast<std::size_t>(group)];
}

}  // namespace indexrun::options
