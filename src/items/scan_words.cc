// SPDX-License-Identifier: Apache-2.0
// Comparing 64 bytes as eight 64-bit words: for any machine.
#include "items/records_loop.h"
#include "items/scan_loop.h"

namespace indexrun::items {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101;
constexpr uint64_t kHigh = 0x8080808080808080;

uint64_t load(const char* data) {
  uint64_t word = 0;
  memcpy(&word, data, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

// Both give the high bit of each byte that matches. The seven low bits are added apart from the
// high one, so nothing is carried from one byte into the next.
uint64_t equal(uint64_t word, unsigned char byte) {
  const uint64_t differs = word ^ (kOnes * byte);
  return ~(((differs & ~kHigh) + ~kHigh) | differs) & kHigh;
}
uint64_t at_most_space(uint64_t word) {
  return ~(((word & ~kHigh) + kOnes * (0x7f - 0x20)) | word) & kHigh;
}

/// The eight high bits of a word as eight bits.
uint64_t gather(uint64_t high_bits) {
  return ((high_bits >> 7) * 0x0102040810204080) >> 56;
}

template <class Match>
uint64_t mask(const char* data, Match match) {
  uint64_t result = 0;
  for (unsigned i = 0; i < 8; ++i) {
    result |= gather(match(load(data + 8 * i))) << (8 * i);
  }
  return result;
}

struct Words {
  static uint64_t byte(const char* data, char wanted) {
    return mask(
        data, [wanted](uint64_t word) { return equal(word, static_cast<unsigned char>(wanted)); });
  }
  static uint64_t newline(const char* data) {
    return mask(data, [](uint64_t word) { return equal(word, '\n'); });
  }
  static uint64_t low(const char* data) { return mask(data, at_most_space); }
  static uint64_t nul(const char* data) {
    return mask(data, [](uint64_t word) { return equal(word, 0); });
  }
  static uint64_t blank(const char* data) {
    return mask(data, [](uint64_t word) {
      return equal(word, ' ') | equal(word, '\t') | equal(word, '\r');
    });
  }
};

}  // namespace

Scanned scan_words(const char* data, size_t size, uint64_t wanted, bool& blank_so_far) {
  return scan<Words>(data, size, wanted, blank_so_far);
}

RecordsScanned records_words(const char* data, size_t size, uint64_t wanted, RecordState& state) {
  return records<Words>(data, size, wanted, state);
}

}  // namespace indexrun::items
