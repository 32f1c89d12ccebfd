// SPDX-License-Identifier: Apache-2.0
// Programs whose own placeholder is {}: find, xargs, fd, parallel.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace indexrun::inputs {

/// Error kConfig if the base name of `program` is one of these and a template of `command` (with
/// the program itself as its first element) has a bare {}: nobody can tell whose it is. For fd and
/// parallel the same holds for {.}, {/}, {//}, {/.} and {#}.
Result<void> check_foreign_braces(const std::string& program,
                                  const std::vector<std::string>& command);

}  // namespace indexrun::inputs
