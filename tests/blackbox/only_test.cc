// SPDX-License-Identifier: Apache-2.0
// Running the failed indexes of an earlier run again.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using Only = Blackbox;

TEST_F(Only, WorkersTakeTheListedPositionsAndKeepTheirNumbers) {
  for (const auto& [worker, line] : {std::pair{"0", "1 b 1 1\n"}, std::pair{"2", "4 e 4 4\n"}}) {
    EXPECT_THAT(indexrun("--items a,b,c,d,e,f --expect-count 6 --only 1,3-4 -- sh -c")
                    .args({"echo {index} {} $JOB_COMPLETION_INDEX {task}"})
                    .env("JOB_COMPLETION_INDEX", worker)
                    .run(),
                Prints(line));
  }
  expect_refusal(indexrun("--items a,b,c,d,e --only 1,3-4 -i 3").command(kEcho),
                 {.exit = 197, .stage = "items", .object = "--only", .says = {"3 positions"}});
}

TEST_F(Only, CountAndShowGoByTheList) {
  dir_.write("failed", "0,2\n");
  EXPECT_THAT(indexrun("count --items a,b,c --only @failed").run(), Prints("2\n"));
  EXPECT_THAT(indexrun("count --items-only --items a,b,c --only @failed").run(), Prints("3\n"));
  EXPECT_THAT(indexrun("count --output json --items a,b,c --only 1").run(),
              Prints("{\"items\":3,\"tasks\":1}\n"));
  EXPECT_THAT(indexrun("show --all --items a,b,c --only @failed echo {}").run(),
              Prints("0\ta\techo a\n2\tc\techo c\n"));
}

TEST_F(Only, APositionThatIsNotThereConcernsEveryWorker) {
  for (const char* subcommand : {"run -i 0", "count"}) {
    Command command = indexrun(subcommand).line("--items a,b,c --only 0,3");
    if (subcommand[0] == 'r') {
      command.command(kEcho);
    }
    expect_refusal(command,
                   {.exit = 196, .stage = "items", .object = "--only", .says = {"position 3"}});
  }
  expect_refusal(indexrun("-i 0 --items a,b --only 1,0").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--only", .says = {"ascending"}});
}

}  // namespace
}  // namespace indexrun::test
