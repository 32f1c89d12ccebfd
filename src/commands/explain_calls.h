// SPDX-License-Identifier: Apache-2.0
// The part of an explanation that tells what each system call gets.
#pragma once

#include "confine/effective.h"

#include <string>
#include <string_view>
#include <vector>

namespace indexrun::commands {

/// A label and its value, broken at blanks into lines of about 100 columns.
void add_fact(std::string& text, std::string_view label, std::string_view value);

/// The filters; then, for each system call interface, a line for each answer with the calls that
/// get it, and one for each group of calls whose answer depends on arguments. Of an interface
/// besides the native one only the calls that get something else than there, or are not there.
void add_calls(std::string& text, const confine::Effective& effective);

/// "arg0 == 0x10 and (arg1 & 0xff) == 0x0"
[[nodiscard]] std::string describe(const std::vector<confine::Condition>& conditions);

/// "ERRNO 1 (EPERM) when arg0 == 0x10; else ALLOW".
[[nodiscard]] std::string describe(const confine::Verdict& verdict);

}  // namespace indexrun::commands
