// SPDX-License-Identifier: Apache-2.0
// What a seccomp filter does with a system call, worked out in user space: the referee between us
// and the compiler of the filter, which is known to be wrong for some rule sets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <linux/filter.h>
#include <linux/seccomp.h>

namespace indexrun::confine {

/// A program on its way: before instruction `at`, or ended.
struct Progress {
  std::size_t at = 0;
  std::uint32_t accumulator = 0;
  std::optional<std::uint32_t> value = {};  ///< what it returned
};

/// The filter's return value (SECCOMP_RET_*) for one call, from the beginning or from where
/// run_to_arguments() stopped. Nothing if the program leaves itself, reads outside the data, or
/// uses an instruction that this evaluator does not know: the kernel may know it, but nobody has
/// checked it then.
[[nodiscard]] std::optional<std::uint32_t> evaluate(std::span<const sock_filter> program,
                                                    const seccomp_data& call, Progress from = {});

/// Runs until the program returns, or before the first instruction that reads more of the call than
/// its number and architecture. Nothing for the same reasons as evaluate().
[[nodiscard]] std::optional<Progress> run_to_arguments(std::span<const sock_filter> program,
                                                       const seccomp_data& call);

/// Whether a conditional jump (JEQ, JGT, JGE, JSET with a constant) goes on at `jt`; nothing if the
/// instruction is no such jump.
[[nodiscard]] std::optional<bool> takes_jump(const sock_filter& step, std::uint32_t accumulator);

/// Every value that the program can return from there on, whatever the arguments are; possibly also
/// some that it cannot, as no two comparisons are looked at together.
[[nodiscard]] std::vector<std::uint32_t> outcomes(std::span<const sock_filter> program,
                                                  const Progress& from);

/// Which 32-bit words of seccomp_data the program may read from there on: bit n is word n.
[[nodiscard]] std::uint32_t words_read(std::span<const sock_filter> program, const Progress& from);

/// Why the program is none that evaluate() can run to an end for every call: a jump or the last
/// instruction leads out of it, a load outside the data, an unknown instruction, no instruction or
/// more than BPF_MAXINSNS. Empty if it is sound.
[[nodiscard]] std::string program_fault(std::span<const sock_filter> program);

}  // namespace indexrun::confine
