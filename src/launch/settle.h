// SPDX-License-Identifier: Apache-2.0
// A supervisor lives as long as the program and must not be in its way, nor cost anything.
#pragma once

#include <vector>

namespace indexrun::launch {

/// After the last spawn: gives up inherited descriptors (a pipe's reader must see its end when the
/// program ends, not when we do), standard input and output, the working directory (whose file
/// system could not be unmounted), and unused memory. Standard error and `keep` stay open.
void settle(std::vector<int> keep);

/// The same where something of ours goes on being used: our own descriptors, which are all
/// close-on-exec, and the working directory stay.
void settle_but_go_on();

}  // namespace indexrun::launch
