// SPDX-License-Identifier: Apache-2.0
#include "options/capabilities.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

using testing::HasSubstr;
using List = std::vector<std::string>;

/// What one level says; empty for nothing.
struct Says {
  std::string drop;
  std::string add;
};

struct Row {
  const char* description;
  Says line;
  Says variable;
  Says file;
  List drop;
  List add;
  const char* error = "";
};

void append(std::vector<Setting>& settings, Level level, const Says& says) {
  for (const auto& [id, value] : {std::pair(Id::kCapDrop, says.drop), {Id::kCapAdd, says.add}}) {
    if (!value.empty()) {
      Setting& setting = settings.emplace_back();
      setting.option = &option(id);
      setting.values[0] = value;
      setting.level = level;
      setting.key = setting.option->name;
    }
  }
}

TEST(Capabilities, NobodyLoosensAnotherLevel) {
  const Row rows[] = {
      {"one level", {"ALL", "CHOWN,kill"}, {}, {}, {"ALL"}, {"CHOWN", "kill"}},
      {"drops add up",
       {"CHOWN", ""},
       {"cap_chown,KILL", ""},
       {"ALL", ""},
       {"CHOWN", "KILL", "ALL"},
       {}},
      {"the same everywhere", {"ALL", "CHOWN"}, {}, {"ALL", "CHOWN"}, {"ALL"}, {"CHOWN"}},
      {"an add without a restriction", {"", "CHOWN"}, {}, {"NET_RAW", ""}, {"NET_RAW"}, {"CHOWN"}},
      {"an add that the weaker level has too",
       {"", "chown"},
       {},
       {"ALL", "CAP_CHOWN"},
       {"ALL"},
       {"chown"}},
      {"a stronger drop of ALL takes a weaker add", {"ALL", ""}, {}, {"ALL", "CHOWN"}, {"ALL"}, {}},
      {"a stronger drop takes a weaker add",
       {"CHOWN", ""},
       {},
       {"ALL", "CHOWN,KILL"},
       {"CHOWN", "ALL"},
       {"KILL"}},
      {"only what every level keeps",
       {"ALL", "CHOWN"},
       {"ALL", "CHOWN,KILL"},
       {},
       {"ALL"},
       {"CHOWN"}},
      {"an add against ALL",
       {"", "CHOWN"},
       {},
       {"ALL", ""},
       {},
       {},
       "--cap-add: 'CHOWN' contradicts 'ALL'"},
      {"an add against the name",
       {"", "CHOWN"},
       {},
       {"CAP_CHOWN", ""},
       {},
       {},
       "--cap-add: 'CHOWN' contradicts 'CAP_CHOWN'"},
      {"an add against one of two",
       {"ALL", "CHOWN"},
       {"ALL", "CHOWN"},
       {"ALL", "KILL"},
       {},
       {},
       "--cap-add: 'CHOWN' contradicts 'ALL'"},
      {"the variable against the file",
       {},
       {"", "KILL"},
       {"ALL", ""},
       {},
       {},
       "INDEXRUN_OPTIONS: --cap-add: 'KILL'"},
      {"a weaker add that only loosens",
       {"ALL", ""},
       {"", "CHOWN"},
       {},
       {},
       {},
       "INDEXRUN_OPTIONS: --cap-add: 'CHOWN' contradicts 'ALL' of --cap-drop"},
      {"one level against itself",
       {"ALL,chown", "CAP_CHOWN"},
       {},
       {},
       {},
       {},
       "--cap-add: 'CAP_CHOWN' contradicts 'chown' of --cap-drop"},
      {"a weaker level against itself", {}, {}, {"KILL", "KILL"}, {}, {}, "contradicts 'KILL'"},
      {"an empty element", {"A,,B", ""}, {}, {}, {}, {}, "element 2 of 'A,,B' is empty"},
  };
  for (const Row& row : rows) {
    std::vector<Setting> settings;
    append(settings, Level::kCommandLine, row.line);
    append(settings, Level::kVariable, row.variable);
    append(settings, Level::kFile, row.file);
    confine::Policy policy;
    const auto result = merge_capabilities(settings, policy);
    if (*row.error != 0) {
      ASSERT_FALSE(result) << row.description;
      EXPECT_THAT(result.error().message(), HasSubstr(row.error)) << row.description;
      continue;
    }
    ASSERT_TRUE(result) << row.description << ": " << result.error().message();
    EXPECT_EQ(policy.cap_drop, row.drop) << row.description;
    EXPECT_EQ(policy.cap_add, row.add) << row.description;
  }
}

}  // namespace
}  // namespace indexrun::options
