// SPDX-License-Identifier: Apache-2.0
// --redact: items that are secrets stand in no message. Off unless begun, and then free of charge.
#pragma once

#include <string>
#include <string_view>

namespace indexrun::redact {

/// From now on conceal() is heeded.
void begin();
[[nodiscard]] bool begun();

/// `secret` is left out of messages. One of fewer than four bytes only where it stands in quotes:
/// elsewhere it would be found in every word. Of very many the oldest are forgotten.
void conceal(std::string_view secret);

/// `text` with "[redacted]" for whatever is concealed, also as quote() shows or cuts it.
[[nodiscard]] std::string redacted(std::string_view text);

/// What takes the place of a secret.
inline constexpr std::string_view kMark = "[redacted]";

}  // namespace indexrun::redact
