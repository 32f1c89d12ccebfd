// SPDX-License-Identifier: Apache-2.0
// Comparing 64 bytes as two vectors. Built with -mavx2; called only where the machine has it.
#include "items/records_loop.h"
#include "items/scan_loop.h"

#include <immintrin.h>

namespace indexrun::items {
namespace {

struct Vectors {
  template <class Match>
  [[gnu::always_inline]] static uint64_t mask(const char* data, Match match) {
    const auto bits = [&](size_t offset) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + offset));
      return uint64_t{static_cast<uint32_t>(_mm256_movemask_epi8(match(bytes)))};
    };
    return bits(0) | (bits(32) << 32);
  }
  static __m256i equal(__m256i bytes, char byte) {
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte));
  }

  static uint64_t byte(const char* data, char wanted) {
    return mask(data, [wanted](__m256i bytes) { return equal(bytes, wanted); });
  }
  static uint64_t newline(const char* data) {
    return mask(data, [](__m256i bytes) { return equal(bytes, '\n'); });
  }
  static uint64_t low(const char* data) {
    return mask(data, [](__m256i bytes) {
      return _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x20)), bytes);
    });
  }
  static uint64_t nul(const char* data) {
    return mask(data, [](__m256i bytes) { return equal(bytes, 0); });
  }
  static uint64_t blank(const char* data) {
    return mask(data, [](__m256i bytes) {
      return _mm256_or_si256(equal(bytes, ' '),
                             _mm256_or_si256(equal(bytes, '\t'), equal(bytes, '\r')));
    });
  }
};

}  // namespace

Scanned scan_avx2(const char* data, size_t size, uint64_t wanted, bool& blank_so_far) {
  return scan<Vectors>(data, size, wanted, blank_so_far);
}

RecordsScanned records_avx2(const char* data, size_t size, uint64_t wanted, RecordState& state) {
  return records<Vectors>(data, size, wanted, state);
}

}  // namespace indexrun::items
