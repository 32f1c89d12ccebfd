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

/// What is known of the byte before the next one of a CSV text.
struct RecordState {
  bool inside = false;       ///< within quotes
  bool start = true;         ///< the next byte begins a record
  bool field = false;        ///< the next byte begins a field that is not the record's first
  bool closed = false;       ///< the last byte was a closing quote, or the first of two
  bool closed_cr = false;    ///< it was a CR right after a closing quote
  bool start_cr = false;     ///< it was a CR that begins a record
  uint64_t newlines = 0;     ///< newlines passed since the beginning, within quotes too
  uint64_t record_line = 0;  ///< of these, those before the current record
};

/// Why a scan of records stopped.
enum class RecordStop {
  kEndOfBlock,  ///< all bytes were looked at
  kEnough,      ///< the wanted number of records has ended
  kBlankLine,   ///< the newline at `consumed` ends an empty line
  kNul,         ///< the byte at `consumed` is NUL
  kQuote,       ///< a quote where none may be, or text after a closing one; see scan_records()
};

struct RecordsScanned {
  size_t consumed = 0;   ///< bytes before the stop; after kEnough, up to and with the newline
  uint64_t records = 0;  ///< records that ended among them
  RecordStop stop = RecordStop::kEndOfBlock;
};

/// Passes over `wanted` records of CSV (RFC 4180: a quote only at both ends of a field, doubled
/// within it), or to the end of the bytes, or to the first defect. After a defect `state` is that
/// of the block's beginning, except for `newlines`, which are those before the defect.
RecordsScanned records_words(const char* data, size_t size, uint64_t wanted, RecordState& state);
/// The same with SSE2; on x86-64 only.
RecordsScanned records_sse2(const char* data, size_t size, uint64_t wanted, RecordState& state);
/// The same with AVX2, POPCNT and BMI1; on x86-64 only.
RecordsScanned records_avx2(const char* data, size_t size, uint64_t wanted, RecordState& state);

/// Passes over `wanted` lines, or to the end of the bytes, or to the first NUL or blank line,
/// whichever comes first. `blank_so_far` is the state between blocks: true at the start of a line
/// and until its first byte that is not blank.
Scanned scan_words(const char* data, size_t size, uint64_t wanted, bool& blank_so_far);
/// The same with SSE2, which every x86-64 has; on x86-64 only.
Scanned scan_sse2(const char* data, size_t size, uint64_t wanted, bool& blank_so_far);
/// The same with AVX2, POPCNT and BMI1; on x86-64 only.
Scanned scan_avx2(const char* data, size_t size, uint64_t wanted, bool& blank_so_far);

}  // namespace indexrun::items
