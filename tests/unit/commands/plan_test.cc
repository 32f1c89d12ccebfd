// SPDX-License-Identifier: Apache-2.0
#include "commands/plan.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace indexrun::commands {
namespace {

using Json = nlohmann::ordered_json;

class PlanTest : public testing::Test {
 protected:
  PlanTest() {
    item_.text = "it's red";
    item_.origin = "items.txt:4";
    item_.position = 3;
    item_.task = 3;
    item_.count = 5;
    inputs_.argv = {"rev", "data file.txt"};
    inputs_.files = {{.path = "data.txt", .content = "xyz\n", .mode = 0640}};
    inputs_.environment.set("COLOR", "it's red");
    inputs_.environment.set("INHERITED", "secret");
    inputs_.changed = {"COLOR"};
    inputs_.directory = "/work";
    inputs_.stdin_text = "abc";
    options_.confine.user = "1000";
    options_.confine.cap_drop = {"ALL"};
    options_.confine.seccomp_deny = {"mount"};
  }

  [[nodiscard]] Plan plan() const { return {options_, item_, inputs_, source_}; }

  options::Options options_;        // NOLINT: a fixture
  items::Item item_;                // NOLINT: a fixture
  inputs::Inputs inputs_;           // NOLINT: a fixture
  std::string source_ = "--index";  // NOLINT: a fixture
};

TEST_F(PlanTest, SaysOneFactALine) {
  EXPECT_EQ(to_text(plan()),
            "index    3 of 5 (--index)\n"
            "item     'it'\\''s red' (items.txt:4)\n"
            "write    data.txt (4 bytes, mode 0640)\n"
            "env      COLOR='it'\\''s red'\n"
            "stdin    3 bytes\n"
            "chdir    /work\n"
            "user     1000\n"
            "caps     drop ALL\n"
            "deny     mount\n"
            "privs    no new privileges\n"
            "command  rev 'data file.txt'\n");
}

TEST_F(PlanTest, NamesTheTaskWhereItIsNotThePosition) {
  item_.task = 4;
  EXPECT_EQ(to_text(plan()).substr(0, 34), "index    3 of 5, task 4 (--index)\n");
}

TEST_F(PlanTest, NamesTheRoleIfThereIsOne) {
  item_.role = "master";
  EXPECT_NE(to_text(plan()).find("\nrole     master\n"), std::string::npos);
  EXPECT_EQ(Json::parse(to_json(plan()))["role"], "master");
  item_.role = "";
  EXPECT_TRUE(Json::parse(to_json(plan()))["role"].is_null());
}

TEST_F(PlanTest, KeepsEveryItemOnOneLine) {
  item_.text = "a\nb\tc";
  EXPECT_EQ(to_line(plan()), "3\t$'a\\nb\\tc'\trev 'data file.txt'\n");
  item_.text = "a\\tb";
  EXPECT_EQ(to_line(plan()), "3\t'a\\tb'\trev 'data file.txt'\n") << "no tab";
  item_.text = "it's\t\\";
  EXPECT_EQ(to_line(plan()), "3\t$'it\\'s\\t\\\\'\trev 'data file.txt'\n");
}

TEST_F(PlanTest, NamesTheFilesWhereThereIsNoCommand) {
  inputs_.argv.clear();
  item_.text = "x";
  EXPECT_EQ(to_line(plan()), "3\tx\tdata.txt\n");
}

TEST_F(PlanTest, CountsTheItemsOfAShare) {
  const items::Part part = items::Partition::cyclic(10, 4).part(1);
  item_.text.clear();
  item_.fields = {{"size", ""}};
  item_.position = item_.task = 1;
  item_.count = 10;
  item_.tasks = 4;
  item_.share_size = part.size;
  inputs_.files[0].share_bytes = 6;
  Plan share = plan();
  share.part = &part;
  EXPECT_THAT(to_text(share),
              testing::StartsWith("index    1 of 4 (--index)\n"
                                  "items    3 of 10, positions 1,5,9 (items.txt:4)\n"
                                  "write    data.txt (6 bytes, mode 0640)\n"));
  EXPECT_EQ(to_line(share), "1\t1,5,9\t3\trev 'data file.txt'\n");
  const Json json = Json::parse(to_json(share));
  EXPECT_TRUE(json["item"].is_null());
  EXPECT_TRUE(json["fields"].empty());
  EXPECT_EQ(json["files"][0]["bytes"], 6);
}

TEST_F(PlanTest, AlwaysHasTheSameJsonKeys) {
  const std::vector<std::string> expected{
      "index",  "task",   "index_source", "count",   "tasks",     "role",     "sha256", "item",
      "origin", "fields", "command",      "files",   "env",       "env_keep", "stdin",  "stdout",
      "stderr", "chdir",  "wait_for",     "confine", "effective", "items"};
  for (const bool full : {true, false}) {
    if (!full) {
      inputs_ = inputs::Inputs();
      item_ = items::Item();
    }
    const Json json = Json::parse(to_json(plan()));
    std::vector<std::string> keys;
    for (const auto& entry : json.items()) {
      keys.push_back(entry.key());
    }
    EXPECT_EQ(keys, expected);
  }
}

TEST_F(PlanTest, TellsWhatIndexrunAddedToTheEnvironmentAndNothingElse) {
  const Json json = Json::parse(to_json(plan()));
  EXPECT_EQ(json["env"], Json({{"COLOR", "it's red"}}));
  EXPECT_EQ(to_json(plan()).find("secret"), std::string::npos);
  EXPECT_TRUE(json["confine"]["no_new_privs"]) << "implied by seccomp";
}

TEST_F(PlanTest, NamesWhatMayBeReached) {
  using Right = inputs::Access::Right;
  inputs_.access = {{Right::kRead, "/in/a b"}, {Right::kExecute, "/usr"}, {Right::kRead, "/etc"}};
  confine::AccessPolicy& access = options_.confine.access;
  access.paths = true;
  access.tcp_bind.emplace();
  access.tcp_connect = {80, 443};
  access.scope_signal = access.scope_abstract_unix = true;
  access.best_effort = true;
  EXPECT_THAT(to_text(plan()), testing::HasSubstr("ro       '/in/a b' /etc\n"
                                                  "exec     /usr\n"
                                                  "tcp      bind none; connect 80,443\n"
                                                  "scope    signal,abstract-unix\n"
                                                  "landlock best-effort\n"));
  const Json json = Json::parse(to_json(plan()))["confine"];
  EXPECT_EQ(json["ro"], Json({"/in/a b", "/etc"}));
  EXPECT_EQ(json["rw"], Json::array());
  EXPECT_EQ(json["tcp_bind"], Json::array());
  EXPECT_EQ(json["tcp_connect"], Json({80, 443}));
  EXPECT_EQ(json["landlock"], "best-effort");
  EXPECT_EQ(json["no_new_privs"], true);
}

TEST_F(PlanTest, SaysNothingOfWhatMayAllBeReached) {
  EXPECT_THAT(to_text(plan()), testing::Not(testing::HasSubstr("landlock")));
  const Json json = Json::parse(to_json(plan()))["confine"];
  for (const char* key : {"ro", "rw", "exec", "tcp_bind", "tcp_connect", "landlock", "preset",
                          "private_tmp", "private_home"}) {
    EXPECT_TRUE(json[key].is_null()) << key;
  }
}

TEST_F(PlanTest, NamesThePresetAndThePrivateDirectories) {
  options_.confine.batch = true;
  inputs_.private_tmp = "/scratch/a b";
  inputs_.private_home = "/home";
  EXPECT_THAT(to_text(plan()), testing::HasSubstr("confine  batch\n"
                                                  "tmpdir   a new directory in /scratch/a b\n"
                                                  "home     a new directory in /home\n"));
  const Json json = Json::parse(to_json(plan()))["confine"];
  EXPECT_EQ(json["preset"], "batch");
  EXPECT_EQ(json["cap_drop"], Json({"ALL"})) << "once";
  EXPECT_EQ(json["seccomp"], Json({"batch"}));
  EXPECT_EQ(json["close_fds"], true);
  EXPECT_EQ(json["landlock"], "best-effort");
  EXPECT_EQ(json["private_tmp"], "/scratch/a b");
  EXPECT_EQ(json["no_new_privs"], true);
}

}  // namespace
}  // namespace indexrun::commands
