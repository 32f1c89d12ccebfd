// SPDX-License-Identifier: Apache-2.0
// What a subcommand answers on stdout.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace indexrun::commands {

/// Writes all of `text` to stdout. An answer that could not be written whole is a kInternal error:
/// a full disk must not look like a short list.
Result<void> answer(std::string_view text);

/// An answer in pieces that may be of any length together.
class Answer {
 public:
  Result<void> add(std::string_view text);
  Result<void> end();

 private:
  std::string text_;
};

}  // namespace indexrun::commands
