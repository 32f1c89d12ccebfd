// SPDX-License-Identifier: Apache-2.0
// Strings as JSON (RFC 8259).
#pragma once

#include <string>
#include <string_view>

namespace indexrun {

/// `text` as a JSON string with its quotes, in pure ASCII. Bytes that are not valid UTF-8 become
/// U+FFFD, as JSON cannot hold them.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace indexrun
