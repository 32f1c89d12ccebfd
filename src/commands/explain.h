// SPDX-License-Identifier: Apache-2.0
// What show --confine adds to a plan: the confinement in force when the program runs.
#pragma once

#include "base/result.h"
#include "commands/session.h"
#include "confine/domain.h"
#include "confine/effective.h"
#include "confine/prepared.h"
#include "inputs/inputs.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace indexrun::commands {

struct Explanation {
  confine::Effective effective;
  std::vector<std::string> variables;  ///< names of the program's environment, in its order
  std::vector<confine::Grant> grants;  ///< paths that Landlock lets it reach; none: it is not asked
};

/// One fact a line, with the label in the first 9 columns; long lists go on in lines that begin
/// with blanks.
[[nodiscard]] std::string to_text(const Explanation& explanation);

/// If show --confine asks for it. Changes nothing. `prepared` is what prepare() made of the
/// session's policy. Errors as confine::effective().
Result<std::optional<Explanation>> explain_if_asked(const Session& session,
                                                    const confine::Prepared& prepared,
                                                    const inputs::Inputs& inputs);

/// One object, always with the same keys.
[[nodiscard]] nlohmann::ordered_json to_json(const Explanation& explanation);

/// "net_raw"... of the bits of a set.
[[nodiscard]] std::vector<std::string> capability_names(std::uint64_t set);

/// "0,2-5": bit n of word m is processor m * 64 + n.
[[nodiscard]] std::string processors(const std::vector<std::uint64_t>& words);

}  // namespace indexrun::commands
