// SPDX-License-Identifier: Apache-2.0
#include "status/report.h"

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace indexrun::status {
namespace {

using Json = nlohmann::ordered_json;

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::vector<std::string> keys(const Json& json) {
  std::vector<std::string> names;
  for (const auto& entry : json.items()) {
    names.push_back(entry.key());
  }
  return names;
}

TEST(Report, AlwaysHasTheSameKeysInTheSameOrder) {
  const std::vector<std::string> expected{
      "indexrun", "outcome", "class",    "exit",        "signal", "index",   "task",      "item",
      "reason",   "hint",    "attempts", "duration_ms", "cpu_ms", "peak_kb", "oom_kills", "denials",
      "engine",   "sha256",  "items",    "succeeded",   "failed", "skipped", "stderr"};
  EXPECT_EQ(keys(Json::parse(to_json(Record()))), expected);
  Record record;
  add_error(record, Error{.failure = Failure::kItem, .stage = "items", .problem = "past the end"},
            ExitCodes());
  EXPECT_EQ(keys(Json::parse(to_json(record))), expected);
}

TEST(Report, TellsAFailureOfOurOwn) {
  Record record;
  record.set("index", std::uint64_t{7});
  add_error(record,
            Error{.failure = Failure::kItem,
                  .stage = "items",
                  .object = "items.txt",
                  .problem = "there is no item 7",
                  .hint = "use fewer completions"},
            ExitCodes());
  const Json json = Json::parse(to_json(record));
  EXPECT_EQ(json["outcome"], "failed");
  EXPECT_EQ(json["class"], "item");
  EXPECT_EQ(json["exit"], 197);
  EXPECT_EQ(json["index"], 7);
  EXPECT_EQ(json["reason"], "items: items.txt: there is no item 7");
  EXPECT_EQ(json["hint"], "use fewer completions");
  EXPECT_EQ(json["attempts"], nullptr);
}

TEST(Report, TellsTheProgramsOwn127FromOurs) {
  Record program;
  add_outcome(program, launch::Outcome{.status = {.code = 127}}, ExitCodes());
  Record ours;
  add_error(ours, Error{.failure = Failure::kNotfound, .stage = "launch"}, ExitCodes());
  EXPECT_EQ(Json::parse(to_json(program))["class"], nullptr);
  EXPECT_EQ(Json::parse(to_json(ours))["class"], "notfound");
}

TEST(Report, NamesTheSignalThatKilledTheProgram) {
  Record record;
  add_outcome(record, launch::Outcome{.status = {.signal = SIGKILL}}, ExitCodes());
  const Json json = Json::parse(to_json(record));
  EXPECT_EQ(json["outcome"], "signaled");
  EXPECT_EQ(json["signal"], "KILL");
  EXPECT_EQ(json["exit"], 137);
}

TEST(Report, NamesADeathForWantOfMemory) {
  Record record;
  add_outcome(record, launch::Outcome{.status = {.signal = SIGKILL}, .oom_kills = 2}, ExitCodes());
  const Json json = Json::parse(to_json(record));
  EXPECT_EQ(json["reason"], "the program was killed by KILL (out of memory)");
  EXPECT_EQ(json["oom_kills"], 2);
  EXPECT_TRUE(json["denials"].is_null()) << "nobody listened";
}

TEST(Report, KeepsTheEndOfTheProgramsLastLines) {
  Record record;
  launch::Outcome outcome{.status = {.code = 1}};
  for (int i = 0; i < 100; ++i) {
    outcome.error_tail += "line \xe2\x82\xac " + std::to_string(i) + "\n";
  }
  record.set("item", std::string(900, 'i'));
  add_outcome(record, outcome, ExitCodes());
  const std::string text = to_json(record);
  EXPECT_LE(text.size(), kLongestRecord);
  EXPECT_EQ(text.find("\\ufffd"), std::string::npos) << text;
  const std::string tail = Json::parse(text)["stderr"];
  EXPECT_TRUE(tail.starts_with("...")) << tail;
  EXPECT_TRUE(tail.ends_with("98\nline \xe2\x82\xac 99\n")) << tail;
}

TEST(Report, IsAsciiWhateverTheItemHolds) {
  Record record;
  record.set("item", std::string("caf\xc3\xa9 \xff\xfe \"quoted\"\n\x01"));
  const std::string text = to_json(record);
  EXPECT_TRUE(is_ascii(text));
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  EXPECT_TRUE(Json::accept(text));
}

TEST(Report, NeverGrowsAboveItsLimit) {
  const std::vector<std::string> fillers{std::string(100'000, 'x'), std::string(5000, '\xff'),
                                         std::string(5000, '\x01'), std::string(600, 'y')};
  for (const std::string& filler : fillers) {
    Record record;
    record.set("item", filler);
    record.set("engine", filler);
    add_error(
        record,
        Error{.failure = Failure::kConfig, .stage = "items", .object = filler, .hint = filler},
        ExitCodes());
    const std::string text = to_json(record);
    EXPECT_LE(text.size(), kLongestRecord);
    EXPECT_EQ(Json::parse(text)["class"], "config");
    EXPECT_EQ(Json::parse(text)["exit"], 196);
  }
}

TEST(Report, CutsBetweenCharacters) {
  std::string item;
  for (int i = 0; i < 1000; ++i) {
    item += "\xe2\x82\xac";
  }
  Record record;
  record.set("item", item);
  EXPECT_EQ(to_json(record).find("\\ufffd"), std::string::npos);
}

}  // namespace
}  // namespace indexrun::status
