// SPDX-License-Identifier: Apache-2.0
// What a seccomp filter does with a system call, worked out in user space: the referee between us
// and the compiler of the filter, which is known to be wrong for some rule sets.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <linux/filter.h>
#include <linux/seccomp.h>

namespace indexrun::confine {

/// The filter's return value (SECCOMP_RET_*) for one call. Nothing if the program leaves itself,
/// reads outside the data, or uses an instruction that this evaluator does not know: the kernel may
/// know it, but nobody has checked it then.
[[nodiscard]] std::optional<std::uint32_t> evaluate(std::span<const sock_filter> program,
                                                    const seccomp_data& call);

}  // namespace indexrun::confine
