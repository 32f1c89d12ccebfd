// SPDX-License-Identifier: Apache-2.0
// Known digests, from sha256sum.
#include "items/digest.h"

#include <string>

#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

TEST(Digest, OfNothingIsThatOfNoBytes) {
  EXPECT_EQ(Digest().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, CountsEachItemWithANewline) {
  Digest digest;
  digest.add("foo");
  digest.add("bar");
  EXPECT_EQ(digest.hex(), "d78931fcf2660108eec0d6674ecb4e02401b5256a6b5ee82527766ef6d198c67");
}

TEST(Digest, TakesItemsOfAnySize) {
  Digest digest;
  digest.add(std::string(1000000, 'x'));
  digest.add("");
  EXPECT_EQ(digest.hex(), "b62b1fed56a5b19a2f2ce3eff725b195ea5ba715ea14bfd97bc8038edf7f02e9");
}

}  // namespace
}  // namespace indexrun::items
