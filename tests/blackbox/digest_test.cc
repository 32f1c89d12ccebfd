// SPDX-License-Identifier: Apache-2.0
// A list that is another one than it was: --expect-sha256, and where the digest is told.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// printf 'a\nb\nc\n' | sha256sum
const std::string kAbc = "880553fca8fcea94e325ee2cfb48e5a985cc797f39a14cc6d3cedecfeb2ae4d2";

class Sha256 : public Blackbox {
 protected:
  [[nodiscard]] Command expecting(const std::string& words) const {
    return indexrun(words).line("--expect-sha256 " + kAbc);
  }
};

TEST_F(Sha256, TheListThatIsExpectedRuns) {
  dir_.write("clean.txt", "a\nb\nc\n");
  dir_.write("dos.txt",
             "\xef\xbb\xbf"
             "a\r\nb\r\nc");
  dir_.write("list.json", R"(["a", "\u0062", "c"])");
  dir_.write("list.csv", "name\na\nb\nc\n");
  for (const char* source :
       {"-f clean.txt", "-f dos.txt", "-f list.json", "-f list.csv", "--items a,b,c"}) {
    EXPECT_THAT(expecting("-i 1").line(source).command({"echo", "{}"}).run(), Prints("b\n"))
        << source;
    EXPECT_THAT(expecting("count").line(source).run(), Prints("3\n")) << source;
    EXPECT_THAT(expecting("show --all").line(source).command({"echo", "{}"}).run(),
                Prints("0\ta\techo a\n1\tb\techo b\n2\tc\techo c\n"))
        << source;
  }
  EXPECT_THAT(expecting("-i 0 --items a,b,c --only 2").command({"echo", "{}"}).run(),
              Prints("c\n"));
}

TEST_F(Sha256, AnotherListStopsEveryWorker) {
  dir_.write("list.txt", "a\nb\nx\n");
  for (const char* words :
       {"-i 0", "-i 2", "-i 7", "show -i 0", "stage -i 0 -w out", "count", "show --all"}) {
    Command command = expecting(words).line("-f list.txt");
    if (words[0] == '-') {
      command.command(kEcho);
    }
    expect_refusal(
        command,
        {.exit = 196,
         .stage = "items",
         .object = "list.txt",
         .says = {"72f3609171c0f96fd3f6e932ea804818ddc5615c2ab11f029d586fa743d16302", kAbc},
         .hint = "count -v"});
  }
  EXPECT_FALSE(dir_.has("out"));
}

TEST_F(Sha256, ALongListIsReadToItsEnd) {
  std::string text;
  for (int line = 0; line < 300000; ++line) {
    text += std::to_string(line) + "\n";
  }
  dir_.write("long.txt", text + "x");
  expect_refusal(expecting("-i 0 -f long.txt").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "long.txt", .says = {kAbc}});
}

TEST_F(Sha256, IsToldWithVerbose) {
  dir_.write("list.txt", "a\nb\nc\n");
  for (const char* words :
       {"count -v -f list.txt", "run -i 0 -v -f list.txt true", "show -i 0 -v -f list.txt true"}) {
    EXPECT_THAT(indexrun(words).run().err,
                HasSubstr("list.txt: the items have the SHA-256 " + kAbc))
        << words;
  }
  EXPECT_THAT(indexrun("count -v --range 1..3").run().err, HasSubstr("SHA-256"));
  EXPECT_THAT(indexrun("count -v --range 1..1000000000000000").run().err, Not(HasSubstr("SHA")));
  EXPECT_THAT(indexrun("-i 0 -v --range 1..1000000000000 true").run().err, Not(HasSubstr("SHA")));
}

TEST_F(Sha256, IsInTheJsonOfShow) {
  EXPECT_THAT(indexrun("show --output json -i 0 --items a,b,c true").run().out,
              HasSubstr("\"sha256\":\"" + kAbc + "\""));
  EXPECT_THAT(indexrun("show --output json -i 0 --range 1..3 true").run().out,
              HasSubstr("\"sha256\":null"));
}

TEST_F(Sha256, MustBeSixtyFourDigits) {
  expect_refusal(indexrun("-i 0 --items a --expect-sha256 abc").command(kEcho),
                 {.exit = 196, .stage = "options", .says = {"64 hexadecimal digits"}});
}

}  // namespace
}  // namespace indexrun::test
