// SPDX-License-Identifier: Apache-2.0
// User text inside messages, and arguments a shell would read back.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace indexrun {

/// 'text' for a message: control characters and invalid UTF-8 as \n, \t, \xNN; cut after `limit`
/// bytes with "..." so that no item floods a log.
[[nodiscard]] std::string quote(std::string_view text, std::size_t limit = 80);

/// The same without the quotes and without the cut: for paths that stand as a message's object.
[[nodiscard]] std::string printable(std::string_view text);

/// The text as one word of POSIX sh: unchanged if it is safe, else in single quotes.
[[nodiscard]] std::string shell_quote(std::string_view text);

}  // namespace indexrun
