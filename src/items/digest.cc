// SPDX-License-Identifier: Apache-2.0
// libmd's SHA-256 (FIPS 180-4).
#include "items/digest.h"

#include <array>
#include <cstdint>

#include <sha2.h>
#include <sys/types.h>

namespace indexrun::items {

struct Digest::State {
  SHA2_CTX context;
};

Digest::Digest() : state_(std::make_unique<State>()) {
  SHA256Init(&state_->context);
}

Digest::~Digest() = default;

void Digest::add(std::string_view text) {
  constexpr std::uint8_t kNewline = '\n';
  SHA256Update(&state_->context, reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  SHA256Update(&state_->context, &kNewline, 1);
}

std::string Digest::hex() {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> bytes{};
  SHA256Final(bytes.data(), &state_->context);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    digits += kDigits[byte >> 4U];
    digits += kDigits[byte & 15U];
  }
  return digits;
}

}  // namespace indexrun::items
