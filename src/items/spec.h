// SPDX-License-Identifier: Apache-2.0
// What the user says about the items.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace indexrun::items {

/// How the bytes of a file or a variable are cut into items.
enum class Format { kLines, kNul, kCsv, kTsv, kJson, kJsonl, kYaml };

struct Inline {
  std::vector<std::string> items;  ///< --item and --items, in the order given
};
struct File {
  std::string path;                   ///< "-" is standard input, for show and count only
  std::optional<Format> format = {};  ///< by the extension if not given
};
struct Directory {
  std::string path;
};
struct Variable {
  std::string name;
  std::optional<Format> format = {};  ///< lines if not given
};
struct Range {
  std::string text;  ///< A..B or A..B..STEP
};
struct Product {
  std::vector<std::string> parameters;  ///< NAME=VALUE,VALUE... or NAME=A..B[..STEP]
  bool zip = false;                     ///< parallel lists instead of all combinations
  std::vector<std::string> exclude;     ///< NAME=VALUE[,NAME=VALUE...]
};
struct Glob {
  std::string pattern;
};
/// --commands-file: a list of lines, each of which is a command.
struct Commands {
  std::string path;
};
using Source =
    std::variant<std::monostate, Inline, File, Directory, Variable, Range, Product, Glob, Commands>;

/// How items are shared out among tasks.
enum class Split { kBlock, kCyclic, kWeight };

/// More items than tasks. At most one of `tasks` and `per_task`; with neither, and `wanted`, there
/// are as many tasks as the array engine has announced.
struct Shares {
  std::optional<std::uint64_t> tasks = {};     ///< --tasks, from 1
  std::optional<std::uint64_t> per_task = {};  ///< --per-task, from 1
  Split split = Split::kBlock;
  std::string weight = {};       ///< --split weight=FIELD
  bool fail_when_empty = false;  ///< --when-empty fail
  bool wanted = false;           ///< a task has a share instead of an item
};

/// The positions `first` to `last`, both included, have this role.
struct Role {
  std::string name;
  std::uint64_t first = 0;
  std::uint64_t last = UINT64_MAX;  ///< UINT64_MAX: all that follow
};

/// Whether somebody wants to be told the digest of the items, besides --expect-sha256.
enum class Digesting {
  kNever,
  kIfShort,  ///< of a list of text of at most 1 MiB, which is read to its end in any case
  kIfRead,   ///< of a list of text, if something else asks for its end
  kAlways,
};

struct Spec {
  Source source = {};
  bool skip_blank = false;  ///< blank lines are no items instead of an error
  bool comments = false;    ///< lines whose first non-blank byte is '#' are no items
  bool header = true;       ///< false: the first row of CSV or TSV is an item as well
  /// Positions of an earlier run, "1,3-5,7" or @FILE: worker i takes the i-th of them.
  std::optional<std::string> only = {};
  std::optional<std::uint64_t> expect_count = {};
  /// 64 lower case digits: SHA-256 over every item and a newline each.
  std::optional<std::string> expect_sha256 = {};
  std::vector<Role> roles = {};  ///< --role, in the order given
  Shares shares = {};
  bool allow_duplicates = false;  ///< for show --all and count
  bool count_wanted = false;      ///< {count}, {tasks} or show needs the number of items
  Digesting digesting = Digesting::kNever;
};

}  // namespace indexrun::items
