// SPDX-License-Identifier: Apache-2.0
// What show --confine says is what a run under the same options then has.
#include "support/blackbox.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include <sys/syscall.h>

#include <nlohmann/json.hpp>

namespace indexrun::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kProfile = R"({"defaultAction":"SCMP_ACT_ALLOW","syscalls":[
  {"names":["mkdirat"],"action":"SCMP_ACT_ERRNO","errnoRet":93},
  {"names":["socket"],"action":"SCMP_ACT_ERRNO","errnoRet":61,
   "args":[{"index":0,"value":38,"op":"SCMP_CMP_EQ"}]},
  {"names":["getppid"],"action":"SCMP_ACT_ERRNO","errnoRet":62,
   "args":[{"index":1,"value":240,"valueTwo":16,"op":"SCMP_CMP_MASKED_EQ"}]}]})";

struct Row {
  const char* name;
  const char* options;
  bool root;  ///< needs root
};

const Row kRows[] = {
    {"nothing", "", false},
    {"no_new_privs", "--no-new-privs", false},
    {"batch", "--confine batch --landlock best-effort", false},
    {"profile", "--seccomp profile.json", false},
    {"two_filters", "--seccomp profile.json --seccomp-deny mkdirat,unshare", false},
    {"default_profile", "--seccomp default", false},
    {"limits", "--limit nofile=100:200 --umask 027 --nice 5 --close-fds", false},
    {"user", "--user 1234:77", true},
    {"user_and_capability", "--user 1234 --groups 9,5 --cap-add net_raw", true},
    {"dropped", "--cap-drop ALL --cap-add net_bind_service,chown", true},
    {"noroot", "--securebits noroot,noroot-locked --cap-add kill", true},
    {"all", "--user 1234 --cap-drop ALL --no-new-privs --seccomp-deny @mount --limit core=0", true},
};

class Explain : public Blackbox, public testing::WithParamInterface<std::tuple<Row, const char*>> {
 protected:
  void SetUp() override {
    INDEXRUN_SKIP_UNLESS(!row().root || is_root(), "giving up rights needs root");
    std::ofstream(dir_ / "profile.json") << kProfile;
  }
  static const Row& row() {
    static Row one;
    one = std::get<0>(GetParam());
    return one;
  }
  /// The users that the row is for, 0 standing for whoever runs the test.
  static std::vector<unsigned> users() {
    return row().root || !is_root() ? std::vector{0U} : std::vector{0U, 1000U};
  }
  [[nodiscard]] Command with(const char* subcommand, const std::string& more, unsigned user) const {
    Command command = indexrun(subcommand)
                          .line(more)
                          .line("--index 0 --item a --supervise")
                          .args({std::get<1>(GetParam())})
                          .line(row().options);
    return user == 0 ? command : command.as_user(user);
  }
  [[nodiscard]] Json explained(unsigned user) const {
    const Ran shown =
        with("show", "--confine --output json", user).command({probe(), "print-status"}).run();
    EXPECT_EQ(shown.exit, 0) << shown.err;
    return Json::parse(shown.out, nullptr, false).value("effective", Json());
  }
};

std::string joined(const Json& numbers, char between) {
  std::string text;
  for (const auto& number : numbers) {
    text += (text.empty() ? "" : std::string(1, between)) + number.dump();
  }
  return text;
}

std::string as_status(const Json& effective) {
  const Json& sets = effective["capabilities"];
  const auto bits = [&](const char* set) { return sets[set]["bits"].get<std::string>(); };
  const std::string groups = joined(effective["groups"], ' ');
  const std::size_t filters = effective["seccomp"]["inherited_filters"].get<std::size_t>() +
                              effective["seccomp"]["filters"].size();
  return "Umask:\t" + effective["umask"].get<std::string>() + "\nUid:\t" +
         joined(effective["uid"], '\t') + "\nGid:\t" + joined(effective["gid"], '\t') +
         "\nGroups:\t" + groups + (groups.empty() ? "" : " ") + "\nCapInh:\t" +
         bits("inheritable") + "\nCapPrm:\t" + bits("permitted") + "\nCapEff:\t" +
         bits("effective") + "\nCapBnd:\t" + bits("bounding") + "\nCapAmb:\t" + bits("ambient") +
         "\nNoNewPrivs:\t" + (effective["no_new_privs"].get<bool>() ? "1" : "0") + "\nSeccomp:\t" +
         effective["seccomp"]["mode"].dump() + "\nSeccomp_filters:\t" + std::to_string(filters) +
         "\n";
}

TEST_P(Explain, TellsTheStatusOfTheRun) {
  for (const unsigned user : users()) {
    const Json effective = explained(user);
    ASSERT_TRUE(effective.is_object());
    const Ran ran =
        with("run", "", user)
            .command({probe(), "print-status", "Umask", "Uid", "Gid", "Groups", "CapInh", "CapPrm",
                      "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Seccomp_filters"})
            .run();
    ASSERT_EQ(ran.exit, 0) << ran.err;
    std::string status = ran.out;
    // An empty list of groups has a blank on some kernels.
    if (const auto at = status.find("Groups:\t \n"); at != std::string::npos) {
      status.erase(at + std::strlen("Groups:\t"), 1);
    }
    EXPECT_EQ(as_status(effective), status) << "user " << user;
  }
}

bool holds(const Json& condition, const std::vector<std::uint64_t>& arguments) {
  const auto index = condition["index"].get<std::size_t>();
  const std::uint64_t argument = index < arguments.size() ? arguments[index] : 0;
  const auto value = condition["value"].get<std::uint64_t>();
  const auto op = condition["op"].get<std::string>();
  if (op == "MASKED_EQ") {
    return (argument & value) == condition["value_two"].get<std::uint64_t>();
  }
  return op == "EQ"   ? argument == value
         : op == "NE" ? argument != value
         : op == "LT" ? argument < value
         : op == "LE" ? argument <= value
         : op == "GT" ? argument > value
                      : argument >= value;
}

/// What a native call gets: an errno, or 0 where the kernel itself answers.
int expected_errno(const Json& effective, long number,
                   const std::vector<std::uint64_t>& arguments) {
  const auto of = [](const Json& answer) {
    return answer["action"] == "ERRNO" ? answer["errno"].get<int>() : 0;
  };
  if (effective["seccomp"]["interfaces"].empty()) {
    return 0;
  }
  for (const Json& call : effective["seccomp"]["interfaces"][0]["calls"]) {
    if (call["first"].get<long>() > number || call["last"].get<long>() < number) {
      continue;
    }
    for (const Json& rule : call["rules"]) {
      if (std::ranges::all_of(rule["conditions"],
                              [&](const Json& one) { return holds(one, arguments); })) {
        return of(rule);
      }
    }
    return of(call);
  }
  ADD_FAILURE() << "no verdict for " << number;
  return 0;
}

TEST_P(Explain, TellsTheVerdictsOfTheRun) {
  struct Call {
    long number;
    std::vector<std::uint64_t> arguments;
  };
  const Call calls[] = {{SYS_mkdirat, {}},        {SYS_socket, {38}},       {SYS_socket, {39}},
                        {SYS_getppid, {0, 0x31}}, {SYS_getppid, {0, 0x11}}, {SYS_unshare, {0}},
                        {SYS_mount, {}},          {SYS_keyctl, {99}},       {1000, {}}};
  std::vector<std::string> command{probe()};
  for (const Call& call : calls) {
    if (command.size() > 1) {
      command.emplace_back("then");
    }
    command.insert(command.end(), {"call", std::to_string(call.number)});
    for (const std::uint64_t argument : call.arguments) {
      command.push_back(std::to_string(argument));
    }
  }
  for (const unsigned user : users()) {
    const Json effective = explained(user);
    ASSERT_TRUE(effective.is_object());
    const Ran ran = with("run", "", user).command(command).run();
    ASSERT_EQ(ran.exit, 0) << ran.err;
    std::istringstream answers(ran.out);
    for (const Call& call : calls) {
      std::string number;
      std::string answer;
      ASSERT_TRUE(answers >> number >> answer) << ran.out;
      const int expected = expected_errno(effective, call.number, call.arguments);
      if (expected != 0) {
        EXPECT_EQ(answer, strerrorname_np(expected)) << number;
      } else {
        // Which no kernel gives these calls.
        EXPECT_THAT(answer, testing::Not(testing::AnyOf("EPROTONOSUPPORT", "ENODATA", "ETIME")))
            << number;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    , Explain, testing::Combine(testing::ValuesIn(kRows), testing::Values("never", "always")),
    [](const auto& info) {
      return std::string(std::get<0>(info.param).name) + "_" + std::get<1>(info.param);
    });

class Explained : public Blackbox {
 protected:
  [[nodiscard]] Ran text(const std::string& words) const {
    return indexrun("show --index 0 --item a").line(words).command({probe(), "exit", "0"}).run();
  }
};

TEST_F(Explained, FactsStandBehindThePlanOneALine) {
  const Ran shown = text("--confine --no-new-privs --umask 027");
  ASSERT_EQ(shown.exit, 0) << shown.err;
  for (const char* line :
       {"\nindex    ", "\n\nuid      ", "\ncaps     bounding ", "\nprivs    no new privileges\n",
        "\nlimit    nofile ", "\numask    0027\n", "\nfds      0, 1, 2\n", "\nenviron  PATH, ",
        "\nseccomp  no filter of ours\n", "\nlandlock not asked for\n"}) {
    EXPECT_THAT("\n" + shown.out, testing::HasSubstr(line));
  }
}

TEST_F(Explained, NothingIsExplainedUnlessAskedFor) {
  EXPECT_THAT(text("--no-new-privs").out, testing::Not(testing::HasSubstr("caps     bounding")));
  const Ran json = text("--output json");
  EXPECT_TRUE(Json::parse(json.out)["effective"].is_null());
}

TEST_F(Explained, CallsAreGroupedByWhatTheyGet) {
  const Ran shown = text("--confine --seccomp-deny mount,@userns");
  ASSERT_EQ(shown.exit, 0) << shown.err;
  EXPECT_THAT(shown.out, testing::HasSubstr("seccomp  filter 1 of 1: --seccomp-deny, "));
  EXPECT_THAT(shown.out, testing::HasSubstr(": ERRNO 1 (EPERM) when "));
  EXPECT_THAT(shown.out, testing::HasSubstr("ERRNO 1 (EPERM): mount\n"));
  std::istringstream lines(shown.out.substr(shown.out.find("\n\n")));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 110U) << line;
  }
}

TEST_F(Explained, PromisesOfLandlockAreToldOneByOne) {
  const Ran shown = text("--confine --rw /tmp --exec / --landlock best-effort --output json");
  ASSERT_EQ(shown.exit, 0) << shown.err;
  const Json landlock = Json::parse(shown.out)["effective"]["landlock"];
  EXPECT_EQ(landlock["promises"].size(), 4U);
  for (const Json& promise : landlock["promises"]) {
    EXPECT_EQ(promise["kept"].get<bool>(), landlock["abi"] >= promise["abi"]);
  }
  EXPECT_EQ(landlock["paths"].size(), 2U);
}

TEST_F(Explained, HasTheSameKeysAlways) {
  for (const char* words : {"--confine", "--confine=batch --landlock best-effort"}) {
    const Json effective =
        Json::parse(text(std::string(words) + " --output json").out)["effective"];
    std::vector<std::string> keys;
    for (const auto& [key, value] : effective.items()) {
      keys.push_back(key);
    }
    EXPECT_THAT(keys, testing::UnorderedElementsAre("uid", "gid", "groups", "capabilities",
                                                    "securebits", "no_new_privs", "limits", "umask",
                                                    "nice", "oom_score_adj", "cpus", "descriptors",
                                                    "environment", "seccomp", "landlock"));
  }
}

TEST_F(Explained, RefusesWhatARunWouldRefuse) {
  for (const char* subcommand : {"show --confine", "run"}) {
    const Command run = indexrun(subcommand)
                            .line("--index 0 --item a --limit nofile=1:2000000000 --cap-drop ALL")
                            .line("--cap-add nonsense")
                            .command({probe(), "exit", "0"});
    expect_refusal(run, {.exit = 196, .stage = "confine", .says = {"nonsense"}});
  }
}

TEST_F(Explained, OneLaunchOnly) {
  const Command all = indexrun("show --all --items a,b --confine").command({probe(), "exit"});
  expect_refusal(all, {.exit = 196, .stage = "options", .object = "--confine", .says = {"--all"}});
  const Ran preset = indexrun("show --all --items a,b --confine none").command({"true"}).run();
  EXPECT_EQ(preset.exit, 0) << preset.err;
  const Command run = indexrun("run --index 0 --item a --confine").args({probe()});
  expect_refusal(run, {.exit = 196, .stage = "options"});
}

}  // namespace
}  // namespace indexrun::test
