// SPDX-License-Identifier: Apache-2.0
// Memory that starting a program needed and waiting for it does not.
#pragma once

namespace indexrun::launch {

/// Gives back free heap and the stack below this call: the pages that belong to this process alone.
/// Those of its file are shared with all others of its kind, and wanted again at its end.
void give_back_memory() noexcept;

}  // namespace indexrun::launch
