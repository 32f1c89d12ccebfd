// SPDX-License-Identifier: Apache-2.0
// What a run must look like, as matchers over Ran.
#pragma once

#include "support/run.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace indexrun::test {

/// A refusal by indexrun itself:
///
///     indexrun: <stage>: <object>: <what is wrong>[: <system error>]
///     indexrun: hint: <remedy>
///
/// exactly one line of error, at most one of hint, nothing on standard output.
struct Refusal {
  int exit = 0;
  std::string stage = {};              ///< empty: any, then the object is not looked at either
  std::string object = {};             ///< begins what follows the stage; empty: not looked at
  std::vector<std::string> says = {};  ///< each must occur in the first line
  std::string hint = {};  ///< must occur in the hint; empty: a hint may be there or not
};
[[nodiscard]] testing::Matcher<const Ran&> Refuses(Refusal refusal);

/// Ended by itself with this status.
[[nodiscard]] testing::Matcher<const Ran&> Exits(int status);
/// Ended by itself with status 0, printed exactly this and nothing on standard error.
[[nodiscard]] testing::Matcher<const Ran&> Prints(const std::string& out);
/// Was killed by this signal.
[[nodiscard]] testing::Matcher<const Ran&> DiesBy(int signal);

}  // namespace indexrun::test
