// SPDX-License-Identifier: Apache-2.0
// A filter that was compiled and checked before, as a file: `indexrun seccomp compile`.
//
// 64 bytes in the machine's byte order, then the program (struct sock_filter, linux/filter.h):
//
//      0  magic: 89 'I' 'R' 'F' 0D 0A 1A 0A, which any change of line ends destroys
//      8  u32 version of this format: 1
//     12  u32 AUDIT_ARCH_* of the machine
//     16  u32 SECCOMP_FILTER_FLAG_* for loading
//     20  u32 number of instructions
//     24  u64 the capabilities that the profile asked about, bit n is capability n
//     32  u64 those of them that were in the bounding set
//     40  u32 u32 kernels from this version on (major, minor)
//     48  u32 u32 and below this one
//     56  u32 0
//     60  u32 CRC-32 of the file, with 0 in this place
#pragma once

#include "base/result.h"
#include "confine/seccomp/profile.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <linux/filter.h>

namespace indexrun::confine {

struct CompiledFilter {
  std::vector<sock_filter> program;
  std::uint32_t flags = 0;
  Decided decided;
};

/// Whether the bytes begin like such a file, also one that was damaged.
[[nodiscard]] bool is_compiled(std::string_view bytes);

[[nodiscard]] std::string compiled_bytes(const CompiledFilter& filter);

/// kConfig: damaged, cut off, of a later version, or with a program that cannot be one of ours (it
/// leaves itself, loads from elsewhere, returns what no profile says). kConfine: for another
/// machine. Whether it is for these circumstances is left to the caller.
Result<CompiledFilter> read_compiled(std::string_view name, std::string_view bytes);

}  // namespace indexrun::confine
