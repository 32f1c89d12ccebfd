// SPDX-License-Identifier: Apache-2.0
// zlib's inflate, block by block.
#include "items/gzip.h"

#include <cerrno>
#include <utility>

#include <zlib.h>

namespace indexrun::items {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;
constexpr int kGzipOnly = 16 + MAX_WBITS;

class Unpacked final : public Bytes {
 public:
  explicit Unpacked(std::unique_ptr<Bytes> packed)
      : Bytes(packed->name()),
        packed_(std::move(packed)),
        buffer_(std::make_unique_for_overwrite<char[]>(kBlock)) {}
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;
  ~Unpacked() override { inflateEnd(&stream_); }

  Result<std::string_view> block() override;
  [[nodiscard]] Result<void> unchanged() const override { return packed_->unchanged(); }
  /// Known once all of it has been read in one piece.
  [[nodiscard]] bool is_short() const override { return ended_ && total_ <= kShortList; }

 private:
  Result<bool> feed();
  Result<void> inflate_some();
  [[nodiscard]] Error wrong(std::string problem) const;

  std::unique_ptr<Bytes> packed_;
  std::unique_ptr<char[]> buffer_;
  z_stream stream_ = {};
  bool begun_ = false;
  bool member_ = false;  ///< within a member
  bool ended_ = false;
  std::uint64_t total_ = 0;
};

/// Sees to it that there is something to unpack: false at the end.
Result<bool> Unpacked::feed() {
  if (stream_.avail_in > 0) {
    return true;
  }
  TRY(const std::string_view block, packed_->block());
  // zlib reads from here and never writes.
  stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(block.data()));
  stream_.avail_in = static_cast<uInt>(block.size());
  return !block.empty();
}

Result<void> Unpacked::inflate_some() {
  if (!std::exchange(begun_, true) && inflateInit2(&stream_, kGzipOnly) != Z_OK) {
    return Error{.failure = Failure::kInput,
                 .stage = "items",
                 .object = name(),
                 .problem = "cannot unpack the list",
                 .system_error = ENOMEM};
  }
  if (!std::exchange(member_, true) && inflateReset(&stream_) != Z_OK) {
    return wrong("cannot be unpacked");
  }
  switch (inflate(&stream_, Z_NO_FLUSH)) {
    case Z_OK:
    case Z_BUF_ERROR:
      return {};
    case Z_STREAM_END:
      member_ = false;
      return {};
    case Z_MEM_ERROR:
      return Error{.failure = Failure::kInput,
                   .stage = "items",
                   .object = name(),
                   .problem = "cannot unpack the list",
                   .system_error = ENOMEM};
    default:
      return wrong("the gzip data is damaged, or something else follows it");
  }
}

Result<std::string_view> Unpacked::block() {
  stream_.next_out = reinterpret_cast<Bytef*>(buffer_.get());
  stream_.avail_out = kBlock;
  while (!ended_ && stream_.avail_out > 0) {
    TRY(const bool more, feed());
    if (!more) {
      if (member_) {
        return wrong("the gzip data is cut off");
      }
      ended_ = true;
      break;
    }
    CHECK(inflate_some());
  }
  const std::size_t size = kBlock - stream_.avail_out;
  total_ += size;
  return std::string_view(buffer_.get(), size);
}

Error Unpacked::wrong(std::string problem) const {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = name(),
               .problem = std::move(problem),
               .hint = "gzip --test tells whether the file is whole"};
}

}  // namespace

bool is_gzip(std::string_view begin) {
  return begin.starts_with("\x1f\x8b");
}

std::unique_ptr<Bytes> unpack(std::unique_ptr<Bytes> packed) {
  return std::make_unique<Unpacked>(std::move(packed));
}

}  // namespace indexrun::items
