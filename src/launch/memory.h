// SPDX-License-Identifier: Apache-2.0
// Memory that starting a program needed and waiting for it does not.
#pragma once

namespace indexrun::launch {

/// Gives back free heap, the stack below this call, and the pages of our own file, which come back
/// from the page cache when they are used again. What the program holds stays with it; and the
/// kernel has less to take apart when we end.
void give_back_memory() noexcept;

}  // namespace indexrun::launch
