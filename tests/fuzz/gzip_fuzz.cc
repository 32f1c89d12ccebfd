// SPDX-License-Identifier: Apache-2.0
// Any bytes as a list compressed by gzip: cut into blocks or not, they unpack to the same. What
// zlib packed comes out again, of one member or two; and damage never gives other bytes.
#include "items/gzip.h"
#include "pieces.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zlib.h>

namespace {

std::optional<std::string> unpacked(std::string_view packed, std::size_t piece) {
  const auto bytes = indexrun::items::unpack(std::make_unique<Pieces>(packed, piece));
  std::string text;
  for (;;) {
    const auto block = bytes->block();
    if (!block) {
      return std::nullopt;
    }
    if (block->empty()) {
      return text;
    }
    text.append(*block);
    require(text.size() < (std::size_t{64} << 20));
  }
}

std::string packed(std::string_view text) {
  constexpr int kGzip = 16 + MAX_WBITS;
  z_stream stream = {};
  require(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  require(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The longest input of 4 KiB can unpack to 4 MiB.
  if (size < 2 || size > 4096) {
    return 0;
  }
  const std::size_t piece = std::max<std::size_t>(3, data[0]);
  const std::size_t place = data[1];
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  require(unpacked(text, piece) == unpacked(text, size));

  const std::size_t half = place % (text.size() + 1);
  std::string bytes = packed(text.substr(0, half)) + packed(text.substr(half));
  require(unpacked(bytes, piece) == text);
  // No place of the ten bytes before the data: those say nothing about it.
  bytes[10 + place % (bytes.size() - 10)] ^= 1;
  const auto damaged = unpacked(bytes, piece);
  require(!damaged || *damaged == text);
  return 0;
}
