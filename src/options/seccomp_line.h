// SPDX-License-Identifier: Apache-2.0
// indexrun seccomp compile PROFILE: the one line whose options may stand behind its operands.
#pragma once

#include "base/result.h"
#include "options/cut.h"
#include "options/options.h"

#include <span>
#include <string_view>
#include <vector>

namespace indexrun::options {

struct SeccompLine {
  Cut cut;  ///< with the options behind the operands as well
  std::vector<std::string_view> operands;
};

/// Goes on cutting behind the first operand. The views point into `rest`, the words from there on.
[[nodiscard]] SeccompLine cut_seccomp_line(Cut line, std::span<const std::string_view> rest);

/// Neither the variable nor a file is read: a filter is the same for whoever compiles it.
/// `partial` is filled as read() promises.
Result<Options> read_seccomp_line(const Cut& line, std::span<const std::string_view> operands,
                                  Options& partial);

}  // namespace indexrun::options
