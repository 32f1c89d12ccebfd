// SPDX-License-Identifier: Apache-2.0
// Items that stand in no list: numbers, combinations of parameters, matching files.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using ComputedItems = Blackbox;

TEST_F(ComputedItems, NumbersOfARange) {
  EXPECT_THAT(indexrun("-i 2 --range 10..2..-3 echo {}").run(), Refuses({.exit = 196}));
  EXPECT_THAT(indexrun("-i 2 --range 10..2..3 echo {} {count}").run(), Prints("4 3\n"));
  EXPECT_THAT(indexrun("count --range 1..1000000000000").run(), Prints("1000000000000\n"));
  expect_refusal(indexrun("-i 3 --range 1..3").command(kEcho),
                 {.exit = 197, .stage = "items", .object = "--range"});
  expect_refusal(indexrun("-i 0 --range 1..3..0").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--range", .says = {"at least 1"}});
  expect_refusal(indexrun("-i 0 --range 1..99999999999999999999").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--range"});
}

TEST_F(ComputedItems, CombinationsOfParameters) {
  EXPECT_THAT(indexrun("-i 4 --param lr=0.1,0.01 --param seed=1..3 echo {lr} {seed} [{}]").run(),
              Prints("0.01 2 [lr=0.01 seed=2]\n"));
  EXPECT_THAT(indexrun("-i 0 --param seed=7..9 sh -c").args({"echo $INDEXRUN_FIELD_SEED"}).run(),
              Prints("7\n"));
  EXPECT_THAT(indexrun("count --param a=1..1000 --param b=1..1000").run(), Prints("1000000\n"));
  EXPECT_THAT(indexrun("show --all --param a=x,y --param b=1,2 --zip echo {a}{b}").run(),
              Prints("0\t'a=x b=1'\techo x1\n1\t'a=y b=2'\techo y2\n"));
  EXPECT_THAT(indexrun("count --param a=x,y --param b=1,2 --exclude a=x,b=2").run(), Prints("3\n"));
  dir_.write("job.yaml",
             "param: {b: '1,2', a: 1..2}\nexclude: b=1\ncommand: [echo, '{b}', '{a}']\n");
  EXPECT_THAT(indexrun("-i 1 --config job.yaml").run(), Prints("2 2\n"));
  EXPECT_THAT(indexrun("-i 1 --config job.yaml --items p,q echo {}").run(), Prints("q\n"));
  expect_refusal(indexrun("-i 0 --param a=1..9999999999 --param b=1..9999999999").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--param", .says = {"2^63"}});
  expect_refusal(indexrun("-i 0 --param a=1 --items x").command(kEcho),
                 {.exit = 196, .stage = "options"});
}

TEST_F(ComputedItems, MatchingFiles) {
  for (const char* name : {"in/b.dat", "in/B.dat", "in/a.dat", "in/.c.dat"}) {
    dir_.write(name, "x");
  }
  EXPECT_THAT(indexrun("-i 0 --glob in/*.dat --expect-count 3 echo {} {/.}").run(),
              Prints("in/B.dat B\n"));
  EXPECT_THAT(indexrun("count --glob in/[ab].dat").run(), Prints("2\n"));
  expect_refusal(indexrun("-i 0 --glob in/*.csv").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--glob", .says = {"no file"}});
}

// Each of these would exclude nothing, or something else than it says.
TEST_F(ComputedItems, AnExclusionThatMeetsNothingIsRefused) {
  for (const char* exclude : {"a=1,a=2", "a=1,b=x,a=1", "a=01", "a=4", "c=1"}) {
    expect_refusal(indexrun("count --param a=1..3 --param b=x,y --exclude").args({exclude}),
                   {.exit = 196, .stage = "items", .object = "--exclude"});
  }
}

}  // namespace
}  // namespace indexrun::test
