// SPDX-License-Identifier: Apache-2.0
// Compressed lists.
#include "items/gzip.h"

#include "items/select.h"
#include "pieces.h"
#include "temporary.h"

#include <zlib.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::HasSubstr;

std::string packed(const std::string& text) {
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string result(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

Result<std::string> unpacked(const std::string& bytes, std::size_t size) {
  const auto stream = unpack(std::make_unique<Pieces>(bytes, size));
  std::string text;
  for (;;) {
    TRY(const std::string_view block, stream->block());
    if (block.empty()) {
      return text;
    }
    text += block;
  }
}

TEST(Gzip, UnpacksOneMemberOrSeveral) {
  std::string text;
  for (int line = 0; line < 50'000; ++line) {
    text += "item " + std::to_string(line) + "\n";
  }
  for (const std::size_t size : {3U, 1000U, 10'000'000U}) {
    EXPECT_EQ(*unpacked(packed(text), size), text) << size;
    EXPECT_EQ(*unpacked(packed(text) + packed("") + packed("end"), size), text + "end") << size;
    EXPECT_EQ(*unpacked(packed(""), size), "") << size;
  }
}

TEST(Gzip, DamageIsNoticed) {
  const std::string good = packed("foo\nbar\nbaz\n");
  for (std::size_t size = 2; size < good.size(); ++size) {
    const auto cut = unpacked(good.substr(0, size), 5);
    ASSERT_FALSE(cut.has_value()) << size;
    EXPECT_EQ(cut.error().failure, Failure::kConfig);
    EXPECT_THAT(cut.error().problem, HasSubstr("cut off"));
  }
  std::string bad = good;
  bad[bad.size() - 6] = static_cast<char>(bad[bad.size() - 6] ^ 1);  // the checksum
  for (const std::string& bytes : {bad, good + "x", good + std::string(3, '\0')}) {
    const auto damaged = unpacked(bytes, 100);
    ASSERT_FALSE(damaged.has_value());
    EXPECT_EQ(damaged.error().failure, Failure::kConfig);
  }
}

TEST(Gzip, AListIsKnownByItsFirstBytes) {
  const Temporary folder;
  index::Index second;
  second.task = 1;
  second.position = 1;
  for (const char* name : {"items.csv.gz", "items.csv", "items.CSV.GZ"}) {
    const File file{.path = folder.file(name, packed("name,size\na,1\nb,2\n"))};
    const auto item = select({.source = file}, second, {});
    ASSERT_TRUE(item.has_value()) << name << ": " << item.error().message();
    EXPECT_EQ(item->text, "b,2");
    EXPECT_EQ(item->origin, file.path + ":3");
    EXPECT_EQ(item->count, 2U);
  }
  const File plain{.path = folder.file("items.gz", "a\nb\n")};
  EXPECT_EQ(select({.source = plain}, second, {})->text, "b");
}

}  // namespace
}  // namespace indexrun::items
