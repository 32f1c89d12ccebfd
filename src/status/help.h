// SPDX-License-Identifier: Apache-2.0
// The table of exit statuses for --help.
#pragma once

#include <string>

namespace indexrun::status {

/// The end of every --help: what each of our own exit statuses means. Lines of at most 80 columns,
/// the last one ended by a newline.
[[nodiscard]] std::string exit_status_help();

}  // namespace indexrun::status
