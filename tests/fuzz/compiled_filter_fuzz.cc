// SPDX-License-Identifier: Apache-2.0
// Any bytes as a compiled filter: what is taken runs to an end for any call, and is written again
// as it was.
#include "confine/seccomp/bpf.h"
#include "confine/seccomp/compiled_file.h"
#include "pieces.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <zlib.h>

namespace {

constexpr std::size_t kHeader = 64;
constexpr std::size_t kChecksum = 60;

void check(std::string_view bytes) {
  const auto filter = indexrun::confine::read_compiled("f", bytes);
  if (!filter) {
    require(!filter.error().problem.empty() && !filter.error().hint.empty());
    return;
  }
  seccomp_data call{};
  for (int number = 0; number < 64; ++number) {
    std::memcpy(&call, bytes.data() + (number % 8), sizeof call);
    call.nr = number;
    require(indexrun::confine::evaluate(filter->program, call).has_value());
  }
  require(indexrun::confine::compiled_bytes(*filter) == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  check(bytes);
  if (size < kHeader) {
    return 0;
  }
  // Damage would hardly ever come as far as the program: once more with a checksum that is right.
  std::memset(bytes.data() + kChecksum, 0, sizeof(std::uint32_t));
  const auto checksum = static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
  std::memcpy(bytes.data() + kChecksum, &checksum, sizeof checksum);
  check(bytes);
  return 0;
}
