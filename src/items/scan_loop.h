// SPDX-License-Identifier: Apache-2.0
// The loop of scan_kernel.h, for any way of comparing 64 bytes at once. Included only by the files
// that instantiate it; internal linkage, so that each keeps its own copy.
#pragma once

#include "items/scan_kernel.h"

#include <string.h>

namespace indexrun::items {
namespace {

constexpr size_t kWidth = 64;

/// 64 bytes as one bit a byte, the first byte lowest.
struct Block {
  uint64_t newline = 0;
  uint64_t nul = 0;
  uint64_t blank_end = 0;  ///< newlines that end a blank line
  uint64_t begin = 0;      ///< the first byte of each line that is not blank, or its newline
  bool blank_so_far = false;
};

/// `Compare` gives the masks of newlines, of bytes up to 0x20, of blanks (space, tab, CR) and of
/// NUL.
template <class Compare>
[[gnu::always_inline]] inline Block look(const char* data, bool blank_so_far) {
  Block block;
  block.newline = Compare::newline(data);
  const uint64_t start = (block.newline << 1) | (blank_so_far ? 1 : 0);
  const uint64_t low = Compare::low(data);
  if (low != block.newline) {
    block.nul = Compare::nul(data);
  }
  if ((start & low & ~block.newline) == 0) {  // no line begins with a blank
    block.begin = start;
    block.blank_end = start & block.newline;
    block.blank_so_far = (block.newline >> 63) != 0;
    return block;
  }
  const uint64_t blank = Compare::blank(data);
  // Adding a line's first bit to the run of blanks that begins there carries to the end of the run;
  // runs inside a line are not touched.
  uint64_t carried = 0;
  const bool overflow = __builtin_add_overflow(blank, start & blank, &carried);
  block.begin = (carried | start) & ~blank;
  block.blank_end = block.begin & block.newline;
  block.blank_so_far = overflow || (block.newline >> 63) != 0;
  return block;
}

/// The lowest `count` bits that are set (count >= 1, and there are that many): the place of the
/// last.
[[gnu::always_inline]] inline unsigned nth_bit(uint64_t mask, uint64_t count) {
  while (--count > 0) {
    mask &= mask - 1;
  }
  return static_cast<unsigned>(__builtin_ctzll(mask));
}

/// Ends the scan in this block: at its first defect, or at the `left`-th newline if that comes
/// earlier. False if it holds neither; then the caller goes on.
[[gnu::always_inline]] inline bool settle(const Block& block, uint64_t left, Scanned& result) {
  const uint64_t defects = block.nul | block.blank_end;
  const auto newlines = static_cast<uint64_t>(__builtin_popcountll(block.newline));
  if (newlines >= left) {
    const unsigned end = nth_bit(block.newline, left);
    if ((defects & (~uint64_t{0} >> (63 - end))) == 0) {
      result.consumed += end + 1;
      result.lines += left;
      result.stop = Stop::kEnough;
      return true;
    }
  }
  if (defects == 0) {
    result.lines += newlines;
    return false;
  }
  const uint64_t first = defects & (~defects + 1);
  result.stop = (block.nul & first) != 0 ? Stop::kNul : Stop::kBlankLine;
  result.consumed += static_cast<size_t>(__builtin_ctzll(first));
  result.lines += static_cast<uint64_t>(__builtin_popcountll(block.newline & (first - 1)));
  return true;
}

template <class Compare>
[[gnu::always_inline]] inline Scanned scan(const char* data, size_t size, uint64_t wanted,
                                           bool& blank_so_far) {
  Scanned result;
  if (wanted == 0) {
    result.stop = Stop::kEnough;
    return result;
  }
  bool blank = blank_so_far;
  for (; size - result.consumed >= kWidth; result.consumed += kWidth) {
    const Block block = look<Compare>(data + result.consumed, blank);
    blank = block.blank_so_far;
    if (settle(block, wanted - result.lines, result)) {
      blank_so_far = result.stop == Stop::kEnough;
      return result;
    }
  }
  const size_t rest = size - result.consumed;
  if (rest > 0) {
    char tail[kWidth];
    memset(tail, 'x', kWidth);
    memcpy(tail, data + result.consumed, rest);
    const Block block = look<Compare>(tail, blank);
    blank = ((block.begin >> rest) & 1) != 0;
    if (settle(block, wanted - result.lines, result)) {
      blank_so_far = result.stop == Stop::kEnough;
      return result;
    }
    result.consumed = size;
  }
  blank_so_far = blank;
  return result;
}

}  // namespace
}  // namespace indexrun::items
