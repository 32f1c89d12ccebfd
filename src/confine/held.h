// SPDX-License-Identifier: Apache-2.0
// What this process may do now.
#pragma once

namespace indexrun::confine {

/// Whether the capability (capabilities(7), CAP_...) is in the effective set of this process.
[[nodiscard]] bool holds(int capability);

}  // namespace indexrun::confine
