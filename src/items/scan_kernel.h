// SPDX-License-Identifier: Apache-2.0
// The inner loop over a list's bytes, compiled once for every machine and once for AVX2. This
// header is kept free of the standard library: a translation unit built for AVX2 must not bring
// along inline functions that the linker may then choose for machines without it.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace indexrun::items {

/// Why a scan stopped.
enum class Stop {
  kEndOfBlock,  ///< all bytes were looked at
  kEnough,      ///< the wanted number of lines has ended
  kBlankLine,   ///< the newline at `consumed` ends a line of nothing but spaces, tabs and CR
  kNul,         ///< the byte at `consumed` is NUL
};

struct Scanned {
  size_t consumed = 0;  ///< bytes before the stop; after kEnough, up to and with the newline
  uint64_t lines = 0;   ///< newlines among them
  Stop stop = Stop::kEndOfBlock;
};

/// Passes over `wanted` lines, or to the end of the bytes, or to the first NUL or blank line,
/// whichever comes first. `blank_so_far` is the state between blocks: true at the start of a line
/// and until its first byte that is not blank.
Scanned scan_words(const char* data, size_t size, uint64_t wanted, bool& blank_so_far);
/// The same with SSE2, which every x86-64 has; on x86-64 only.
Scanned scan_sse2(const char* data, size_t size, uint64_t wanted, bool& blank_so_far);
/// The same with AVX2, POPCNT and BMI1; on x86-64 only.
Scanned scan_avx2(const char* data, size_t size, uint64_t wanted, bool& blank_so_far);

}  // namespace indexrun::items
