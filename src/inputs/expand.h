// SPDX-License-Identifier: Apache-2.0
// From an item to everything a program is started with.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "inputs/inputs.h"
#include "inputs/spec.h"
#include "items/item.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace indexrun::inputs {

/// Which run of the item's program this is.
struct Turn {
  std::uint32_t attempt = 0;               ///< from 0
  std::optional<std::uint32_t> slot = {};  ///< from 0; with --each
};

/// Expands every template of `spec`. Nothing is written; the only files read are the sources of
/// --render and --env-file, and what lies on the paths of the outputs. `inherited` is the
/// environment without indexrun's own settings. With --no-template all
/// texts are taken as they are.
///
/// A relative output path starts from --chdir if it is given, as the program's own paths do; it is
/// joined with it here. Errors: kConfig for what fails for every item, kItem for what only this
/// item does, kInput for a source that could not be read now.
///
/// With a `share` the item stands for all of it (items::Share::task()): {items}, where it is a
/// whole argument of COMMAND or all of --stdin, and --write take its items from there. It is gone
/// through once for each use, and not kept where --write files hold it.
Result<Inputs> expand(const Spec& spec, const items::Item& item, const Turn& turn,
                      const Environment& inherited, items::Sequence* share = nullptr);

/// Expands --wait-for: file:PATH, tcp:HOST:PORT as plain text. These are not part of expand(), as a
/// worker waits once for all of its items: with a share `item` stands for all of it. Errors as
/// there.
Result<std::vector<std::string>> expand_gates(const Spec& spec, const items::Item& item);

/// True if a template may use {count} or {tasks}, so that the list must be read to its end.
/// Template files are looked into if they can be found without an item and read twice; else the
/// answer is true.
[[nodiscard]] bool wants_count(const Spec& spec);

/// True if --stdin is {items}: for a whole share that is a stream, which needs a supervisor.
[[nodiscard]] bool stdin_has_share(const Spec& spec);

}  // namespace indexrun::inputs
