// SPDX-License-Identifier: Apache-2.0
// Another command, environment or input by ranges of the index.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

class Roles : public Blackbox {
 protected:
  void SetUp() override {
    dir_.write("c.yaml",
               "items: [all, a, b]\n"
               "role: ['0=master', '1..=worker']\n"
               "env: {WHO: 'any {role}', SIZE: '{}'}\n"
               "command: [sh, -c, 'echo $WHO $SIZE $INDEXRUN_ROLE']\n"
               "roles:\n"
               "  master:\n"
               "    env: {WHO: 'the only'}\n"
               "    write: in-{role}\n"
               "    command: [sh, -c, 'echo $WHO {count} $(cat in-master)']\n");
  }
};

TEST_F(Roles, AreAPlaceholderAndAVariable) {
  for (const auto& [index, role] : {std::pair{"0", "first"}, std::pair{"2", "rest"}}) {
    EXPECT_THAT(indexrun("--items a,b,c --role 0=first --role 1..=rest -i")
                    .args({index, "sh", "-c", "echo {role} $INDEXRUN_ROLE"})
                    .run(),
                Prints(std::string(role) + " " + role + "\n"));
  }
}

TEST_F(Roles, AreNotInheritedFromAWorkerAround) {
  EXPECT_THAT(indexrun("-i 0 --item a -- sh -c")
                  .args({"echo ${INDEXRUN_ROLE-none}"})
                  .env("INDEXRUN_ROLE", "stale")
                  .run(),
              Prints("none\n"));
}

TEST_F(Roles, HaveCommandsAndInputsOfTheirOwn) {
  EXPECT_THAT(indexrun("--config c.yaml -i 0").run(), Prints("the only 3 all\n"));
  EXPECT_THAT(indexrun("--config c.yaml -i 1").run(), Prints("any worker a worker\n"));
  EXPECT_THAT(indexrun("--config c.yaml -i 0 -e WHO=line echo {role}").run(), Prints("master\n"));
}

TEST_F(Roles, AreStagedEachOnItsOwn) {
  dir_.write("s.yaml",
             "items: [a, b]\nrole: ['0=master', '1..=worker']\n"
             "roles: {worker: {write: task}, master: {write-text: {plan: '{count} {role}'}}}\n");
  EXPECT_THAT(indexrun("stage --config s.yaml -i 0").run(), Prints(""));
  EXPECT_EQ(dir_.read("plan"), "2 master");
  EXPECT_THAT(dir_.snapshot(), testing::Not(testing::Contains(testing::HasSubstr("task"))));
  EXPECT_THAT(indexrun("stage --config s.yaml -i 1").run(), Prints(""));
  EXPECT_EQ(dir_.read("task"), "b\n");
}

TEST_F(Roles, HaveTimeLimitsOfTheirOwn) {
  dir_.write("t.yaml",
             "items: [a, b]\nrole: ['0=quick', '1..=slow']\ncommand: [sleep, '60']\n"
             "roles: {quick: {timeout: 50ms}, slow: {command: ['true']}}\n");
  EXPECT_THAT(indexrun("--config t.yaml -i 0").run(), Exits(124));
  EXPECT_THAT(indexrun("--config t.yaml -i 1").run(), Exits(0));
}

TEST_F(Roles, AreShownForEveryIndex) {
  EXPECT_THAT(indexrun("show --config c.yaml --all").run(),
              Prints("0\tall\tsh -c 'echo $WHO 3 $(cat in-master)'\n"
                     "1\ta\tsh -c 'echo $WHO $SIZE $INDEXRUN_ROLE'\n"
                     "2\tb\tsh -c 'echo $WHO $SIZE $INDEXRUN_ROLE'\n"));
  const Ran json = indexrun("show --config c.yaml --all --output json").run();
  EXPECT_THAT(json.out, testing::HasSubstr(R"("role":"master")"));
  EXPECT_THAT(json.out, testing::HasSubstr(R"("role":"worker")"));
  EXPECT_THAT(indexrun("show --output json --item a -i 0").run().out,
              testing::HasSubstr(R"("role":null)"));
  EXPECT_THAT(indexrun("show --config c.yaml -i 1").run().out,
              testing::HasSubstr("\nrole     worker\n"));
}

TEST_F(Roles, OfAnEarlierRunGoByItsPosition) {
  EXPECT_THAT(indexrun("--config c.yaml -i 0 --only 0,2 echo {role} {}").run(),
              Prints("master all\n"));
  EXPECT_THAT(indexrun("--config c.yaml -i 1 --only 0,2 echo {role} {}").run(),
              Prints("worker b\n"));
  EXPECT_THAT(indexrun("--config c.yaml -i 0 --only 0,2").run(), Prints("the only 3 all\n"));
}

TEST_F(Roles, WithSharesAreThoseOfTheTasks) {
  dir_.write("s.yaml",
             "items: [a, b, c, d, e]\ntasks: 2\nrole: ['0=master', '1=worker']\n"
             "command: [echo, '{role}', '{items}']\n"
             "roles: {master: {command: [echo, first of, '{tasks}', '{items}']}}\n");
  EXPECT_THAT(indexrun("--config s.yaml -i 0").run(), Prints("first of 2 a b c\n"));
  EXPECT_THAT(indexrun("--config s.yaml -i 1").run(), Prints("worker d e\n"));
  EXPECT_THAT(indexrun("show --config s.yaml --all").run(),
              Prints("0\t0-2\t3\techo 'first of' 2 a b c\n1\t3-4\t2\techo worker d e\n"));
  expect_refusal(indexrun("-i 1 --items a,b,c --tasks 2 --role 0=x").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--role", .says = {"index 1"}});
  expect_refusal(indexrun("show --all --items a,b,c --tasks 2 --role 0=x"),
                 {.exit = 196, .stage = "items", .object = "--role", .says = {"index 1"}});
}

TEST_F(Roles, MayNotWriteOverTheList) {
  dir_.write("list", "a\nb\n");
  dir_.write("w.yaml",
             "items-file: list\nrole: 0..=m\nroles: {m: {write: list, command: [echo, ran]}}\n");
  expect_refusal(indexrun("--config w.yaml -i 0"),
                 {.exit = 196, .stage = "inputs", .object = "list", .says = {"workers use"}});
  dir_.write("v.yaml",
             "items-file: list\nrole: 0..=m\nroles: {m: {write: v.yaml, command: [echo, ran]}}\n");
  expect_refusal(indexrun("--config v.yaml -i 0"),
                 {.exit = 196, .stage = "inputs", .says = {"v.yaml"}});
}

TEST_F(Roles, ADefectiveRangeConcernsEveryWorker) {
  const std::pair<const char*, const char*> rows[] = {
      {"--role 0..1=x --role 1..=y", "0..1=x and 1..=y"},
      {"--role 1..=y", "index 0 has no role"},
      {"--role 0=x --role 2..=y", "0=x is followed by 2..=y"},
  };
  for (const auto& [roles, says] : rows) {
    expect_refusal(indexrun("-i 0 --items a,b,c").line(roles).command(kEcho),
                   {.exit = 196, .stage = "items", .object = "--role", .says = {says}});
    expect_refusal(indexrun("show --all --items a,b,c").line(roles),
                   {.exit = 196, .stage = "items", .object = "--role", .says = {says}});
  }
}

TEST_F(Roles, AnIndexWithoutOneIsRefused) {
  expect_refusal(indexrun("-i 2 --items a,b,c --role 0=x --role 1=y").command(kEcho),
                 {.exit = 196,
                  .stage = "items",
                  .object = "--role",
                  .says = {"index 2", "0=x, 1=y"},
                  .hint = "1..=y"});
  expect_refusal(indexrun("show --all --items a,b,c --role 0..1=x"),
                 {.exit = 196, .stage = "items", .object = "--role", .says = {"index 2"}});
}

TEST_F(Roles, AWrongValueIsRefused) {
  for (const char* value : {"master", "0:master", "0-3=m", "3..1=m", "0=", "0=a/b", "-1=m"}) {
    expect_refusal(indexrun("-i 0 --item a --role").args({value}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--role", .says = {value}});
  }
}

TEST_F(Roles, APlaceholderWithoutRolesIsRefused) {
  expect_refusal(indexrun("-i 0 --item a echo {role}"),
                 {.exit = 196, .stage = "templates", .says = {"{role}"}, .hint = "--role"});
}

TEST_F(Roles, AMistakeInARoleIsShownWhereItStands) {
  dir_.write("bad.yaml",
             "items: [a, b]\nrole: ['0=master', '1..=worker']\ncommand: [x]\n"
             "roles:\n  master:\n    env: {A: '{indx}'}\n");
  const Refusal refusal{
      .exit = 196, .stage = "templates", .object = "bad.yaml:6:11: env A", .says = {"{indx}"}};
  expect_refusal(indexrun("--config bad.yaml -i 0"), refusal);
  expect_refusal(indexrun("show --config bad.yaml --all"), refusal);
}

TEST_F(Roles, ARoleThatNoIndexHasIsRefused) {
  dir_.write("bad.yaml", "item: a\nrole: 0..=master\nroles:\n  mastr: {command: [x]}\n");
  expect_refusal(indexrun("--config bad.yaml -i 0").command(kEcho), {.exit = 196,
                                                                     .stage = "options",
                                                                     .object = "bad.yaml:4:3",
                                                                     .says = {"mastr"},
                                                                     .hint = "master"});
}

TEST_F(Roles, ARoleWithoutAProgramIsRefusedByEveryWorker) {
  dir_.write("bad.yaml",
             "items: [a, b]\nrole: ['0=master', '1..=worker']\n"
             "roles: {master: {command: [echo, ran]}}\n");
  for (const char* index : {"0", "1"}) {
    expect_refusal(indexrun("--config bad.yaml -i").args({index}),
                   {.exit = 196, .stage = "options", .says = {"worker", "no program"}});
  }
}

}  // namespace
}  // namespace indexrun::test
