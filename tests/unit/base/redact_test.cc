// SPDX-License-Identifier: Apache-2.0
#include "base/redact.h"

#include "base/quote.h"

#include <gtest/gtest.h>

namespace indexrun::redact {
namespace {

// What is begun stays begun in a process, so all of it is one test.
TEST(Redact, LeavesOutWhatIsConcealedOnceItHasBegun) {
  conceal("too early");
  EXPECT_EQ(redacted("too early"), "too early");
  EXPECT_FALSE(begun());
  begin();
  EXPECT_TRUE(begun());
  conceal("s3cret");
  EXPECT_EQ(redacted("a s3cret, and s3crets"), "a [redacted], and [redacted]s");
  EXPECT_EQ(redacted("nothing"), "nothing");

  conceal("pin");
  EXPECT_EQ(redacted("pinned by 'pin'"), "pinned by [redacted]") << "short ones in quotes only";

  const std::string secret = std::string(200, 'x') + "\n";
  conceal(secret);
  EXPECT_EQ(redacted("item " + quote(secret)), "item [redacted]");
  EXPECT_EQ(redacted("path " + printable(secret)), "path [redacted]");

  conceal("");
  EXPECT_EQ(redacted("''"), "''");
  for (int i = 0; i < 10'000; ++i) {
    conceal("number" + std::to_string(i) + ".");
  }
  EXPECT_EQ(redacted("number9999."), kMark);
}

}  // namespace
}  // namespace indexrun::redact
