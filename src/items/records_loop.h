// SPDX-License-Identifier: Apache-2.0
// The loop over CSV records, for any way of comparing 64 bytes at once. Every quote, also one of a
// doubled pair, turns "within quotes" on or off: a prefix sum of the quotes tells which newlines
// end a record. Included only by the files that instantiate it, as scan_loop.h.
#pragma once

#include "items/scan_loop.h"

namespace indexrun::items {
namespace {

/// 64 bytes of CSV as one bit a byte, the first byte lowest.
struct RecordBlock {
  uint64_t newline = 0;  ///< every newline
  uint64_t end = 0;      ///< those that end a record
  uint64_t nul = 0;
  uint64_t blank_end = 0;  ///< newlines that end an empty line
  uint64_t stray = 0;      ///< quotes, and bytes after a closing quote, that must not be there
  uint64_t inside = 0;     ///< bytes within quotes, with the opening and without the closing one
  uint64_t comma = 0;
  uint64_t close = 0;      ///< quotes that close, or are the first of two
  uint64_t closed_cr = 0;  ///< CR right after a closing quote
  uint64_t start_cr = 0;   ///< CR that begins a record
};

/// Bit i is the parity of the bits 0 to i.
[[gnu::always_inline]] inline uint64_t running_parity(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

[[gnu::always_inline]] inline uint64_t shifted(uint64_t bits, bool carry) {
  return (bits << 1) | (carry ? 1 : 0);
}

/// Finds what the quotes of a block mean.
template <class Compare>
[[gnu::always_inline]] inline void look_at_quotes(const char* data, uint64_t quote, uint64_t cr,
                                                  const RecordState& state, RecordBlock& block) {
  block.inside = running_parity(quote) ^ (state.inside ? ~uint64_t{0} : 0);
  block.end = block.newline & ~block.inside;
  block.close = quote & ~block.inside;
  block.comma = Compare::byte(data, ',') & ~block.inside;
  const uint64_t open = quote & block.inside;
  const uint64_t begin = shifted(block.end, state.start) | shifted(block.comma, state.field);
  const uint64_t after = shifted(block.close, state.closed);
  block.closed_cr = after & cr;
  block.stray = (open & ~(begin | after)) | (after & ~(block.comma | block.end | cr | quote)) |
                (shifted(block.closed_cr, state.closed_cr) & ~block.newline);
}

template <class Compare>
[[gnu::always_inline]] inline RecordBlock look_at_records(const char* data,
                                                          const RecordState& state) {
  RecordBlock block;
  block.newline = Compare::newline(data);
  block.nul = Compare::nul(data);
  const uint64_t quote = Compare::byte(data, '"');
  const uint64_t cr = Compare::byte(data, '\r');
  if (quote == 0 && !state.inside && !state.closed && !state.closed_cr) {
    block.end = block.newline;
    block.comma = Compare::byte(data, ',');
  } else {
    look_at_quotes<Compare>(data, quote, cr, state, block);
  }
  const uint64_t start = shifted(block.end, state.start);
  block.start_cr = start & cr;
  block.blank_end = block.end & (start | shifted(block.start_cr, state.start_cr));
  return block;
}

[[gnu::always_inline]] inline uint64_t count_bits(uint64_t mask) {
  return static_cast<uint64_t>(__builtin_popcountll(mask));
}

/// The state after the first `size` bytes of a block (1 to 64).
[[gnu::always_inline]] inline void step(const RecordBlock& block, size_t size, RecordState& state) {
  const unsigned last = static_cast<unsigned>(size - 1);
  const auto bit = [last](uint64_t mask) { return ((mask >> last) & 1) != 0; };
  state.inside = bit(block.inside);
  state.start = bit(block.end);
  state.field = bit(block.comma);
  state.closed = bit(block.close);
  state.closed_cr = bit(block.closed_cr);
  state.start_cr = bit(block.start_cr);
  if (block.end != 0) {
    const auto end = static_cast<unsigned>(63 - __builtin_clzll(block.end));
    state.record_line = state.newlines + count_bits(block.newline & (~uint64_t{0} >> (63 - end)));
  }
  state.newlines += count_bits(block.newline);
}

/// Ends the scan in this block if it holds the `left`-th end of a record or, before that, a defect
/// among its first `size` bytes.
[[gnu::always_inline]] inline bool settle(const RecordBlock& block, size_t size, uint64_t left,
                                          RecordState& state, RecordsScanned& result) {
  const uint64_t looked_at = ~uint64_t{0} >> (64 - size);
  const uint64_t stray = block.stray & looked_at;
  const uint64_t defects = (block.nul | block.blank_end | stray) & looked_at;
  const uint64_t ends = count_bits(block.end);
  if (ends >= left) {
    const unsigned end = nth_bit(block.end, left);
    const uint64_t up_to = ~uint64_t{0} >> (63 - end);
    if ((defects & up_to) == 0) {
      const uint64_t newlines = state.newlines + count_bits(block.newline & up_to);
      state = RecordState{};
      state.newlines = newlines;
      state.record_line = newlines;
      result.consumed += end + 1;
      result.records += left;
      result.stop = RecordStop::kEnough;
      return true;
    }
  }
  if (defects == 0) {
    result.records += ends;
    return false;
  }
  const uint64_t first = defects & (~defects + 1);
  result.stop = (block.nul & first) != 0 ? RecordStop::kNul
                : (stray & first) != 0   ? RecordStop::kQuote
                                         : RecordStop::kBlankLine;
  result.consumed += static_cast<size_t>(__builtin_ctzll(first));
  result.records += count_bits(block.end & (first - 1));
  state.newlines += count_bits(block.newline & (first - 1));
  return true;
}

template <class Compare>
[[gnu::always_inline]] inline RecordsScanned records(const char* data, size_t size, uint64_t wanted,
                                                     RecordState& state) {
  RecordsScanned result;
  if (wanted == 0) {
    result.stop = RecordStop::kEnough;
    return result;
  }
  RecordState now = state;
  for (size_t rest = size; rest > 0; rest = size - result.consumed) {
    const char* bytes = data + result.consumed;
    char tail[kWidth];
    if (rest < kWidth) {
      memset(tail, 'x', kWidth);
      memcpy(tail, bytes, rest);
      bytes = tail;
    }
    const size_t step_size = rest < kWidth ? rest : kWidth;
    const RecordBlock block = look_at_records<Compare>(bytes, now);
    if (settle(block, step_size, wanted - result.records, now, result)) {
      state = now;
      return result;
    }
    step(block, step_size, now);
    result.consumed += step_size;
  }
  state = now;
  return result;
}

}  // namespace
}  // namespace indexrun::items
