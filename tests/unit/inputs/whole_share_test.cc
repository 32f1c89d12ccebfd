// SPDX-License-Identifier: Apache-2.0
// All items of a share at once.
#include "inputs/whole_share.h"

#include "inputs/sizes.h"
#include "inputs/write.h"
#include "worker.h"

#include <gmock/gmock.h>

namespace indexrun::inputs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Texts final : public items::Sequence {
 public:
  explicit Texts(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  Result<std::optional<items::Item>> next() override {
    if (at_ == texts_.size()) {
      return std::optional<items::Item>{};
    }
    items::Item item;
    item.text = texts_[at_];
    item.origin = "list:" + std::to_string(at_ + 1);
    item.position = at_++;
    return std::optional(std::move(item));
  }
  Result<void> rewind() override {
    at_ = 0;
    return {};
  }
  [[nodiscard]] std::uint64_t size() const override { return texts_.size(); }
  [[nodiscard]] std::uint64_t position() const override { return at_ > 0 ? at_ - 1 : 0; }

 private:
  std::vector<std::string> texts_;
  std::size_t at_ = 0;
};

class WholeShare : public Worker {
 protected:
  WholeShare() {
    item.text.clear();
    item.fields = {{"size", ""}};
    item.share_size = 2;
    item.count = 9;
    spec.command = {"program"};
  }

  [[nodiscard]] Result<Inputs> expanded(std::vector<std::string> texts) const {
    Texts share(std::move(texts));
    return expand(spec, item, Turn{}, inherited, &share);
  }
};

TEST_F(WholeShare, IsOneArgumentAnItem) {
  spec.command = {"program", "-x", "{items}", "{index}", "{items}"};
  EXPECT_THAT(expanded({"a", "b c"}).value().argv,
              ElementsAre("program", "-x", "a", "b c", "3", "a", "b c"));
  EXPECT_THAT(expanded({}).value().argv, ElementsAre("program", "-x", "3"));
  spec.expand = false;
  EXPECT_THAT(expanded({"a"}).value().argv,
              ElementsAre("program", "-x", "{items}", "{index}", "{items}"));
}

TEST_F(WholeShare, IsStandardInput) {
  spec.stdin_text = "{items}";
  EXPECT_EQ(expanded({"a", "b"}).value().stdin_share_bytes, 4U);
  EXPECT_EQ(expanded({}).value().stdin_share_bytes, 0U);
}

TEST_F(WholeShare, ComesInPiecesThatAreNotKept) {
  const std::string long_text(100'000, 'x');
  Texts share({long_text, "a", long_text, "b"});
  ShareLines lines(share);
  std::string all;
  std::size_t pieces = 0;
  for (;;) {
    const auto piece = lines.next();
    ASSERT_TRUE(piece.has_value());
    if (piece->empty()) {
      break;
    }
    all += *piece;
    ++pieces;
  }
  EXPECT_EQ(all, long_text + "\na\n" + long_text + "\nb\n");
  EXPECT_EQ(pieces, 3U);
  EXPECT_TRUE(lines.next().value().empty());
}

TEST_F(WholeShare, IsMeasuredForAFileAndNotKept) {
  add_write(dir_ / "share");
  const Inputs inputs = expanded({"a", "bcd"}).value();
  EXPECT_EQ(inputs.files[0].share_bytes, 6U);
  EXPECT_EQ(inputs.files[0].size(), 6U);
  EXPECT_EQ(inputs.files[0].content, "");
}

TEST_F(WholeShare, IsWrittenInPieces) {
  add_write(dir_ / "share");
  add_text(dir_ / "other", "x");
  const std::vector<std::string> texts{std::string(70'000, 'x'), "y", std::string(70'000, 'z')};
  const Inputs inputs = expanded(texts).value();
  Texts share(texts);
  ASSERT_TRUE(write(inputs, &share).has_value());
  EXPECT_EQ(dir_.read("share"), texts[0] + "\ny\n" + texts[2] + "\n");
  EXPECT_EQ(dir_.read("other"), "x");
}

TEST_F(WholeShare, HasNoVariablesOfAnItem) {
  const Inputs inputs = expanded({"a"}).value();
  EXPECT_THAT(inputs.changed, ElementsAre("INDEXRUN_INDEX", "INDEXRUN_COUNT"));
  EXPECT_EQ(inputs.environment.get("INDEXRUN_INDEX"), "3");
}

TEST_F(WholeShare, IsNoItem) {
  for (const char* text : {"{}", "{item}", "{size}", "{item.size}", "{item.1}", "{/.}"}) {
    spec.command = {"program", text};
    const Error error = expanded({"a", "b"}).error();
    EXPECT_EQ(error.failure, Failure::kConfig) << text;
    EXPECT_THAT(error.problem, HasSubstr("'" + std::string(text) + "'"));
    EXPECT_THAT(error.hint, HasSubstr("{items}")) << text;
  }
}

TEST_F(WholeShare, HasToBeFitForItsUse) {
  struct Row {
    const char* description;
    std::vector<std::string> command;
    std::vector<std::string> texts;
    const char* object;
    const char* said;
  };
  const std::string large(longest_string() + 1, 'x');
  const std::vector<std::string> all{"program", "{items}"};
  for (const Row& row : {
           Row{"a NUL byte", all, {"a", std::string("b\0c", 3)}, "list:2", "NUL"},
           Row{"an item too long for an argument", all, {large}, "list:1", "at most"},
           Row{"too many for all arguments", all, std::vector<std::string>(70, large.substr(1)),
               "argument 1", "70 items"},
       }) {
    spec.command = row.command;
    const Error error = expanded(row.texts).error();
    EXPECT_EQ(error.failure, Failure::kItem) << row.description;
    EXPECT_EQ(error.object, row.object) << row.description;
    EXPECT_THAT(error.problem, HasSubstr(row.said)) << row.description;
    EXPECT_THAT(error.hint, HasSubstr("--stdin")) << row.description;
  }
}

TEST_F(WholeShare, HasOneItemALine) {
  for (const bool file : {true, false}) {
    spec.outputs.clear();
    spec.stdin_text.reset();
    if (file) {
      add_write(dir_ / "share");
    } else {
      spec.stdin_text = "{items}";
    }
    const Error error = expanded({"a", "b\nc"}).error();
    EXPECT_EQ(error.failure, Failure::kItem);
    EXPECT_EQ(error.object, "list:2");
    EXPECT_THAT(error.hint, HasSubstr("--each"));
  }
}

TEST_F(WholeShare, ItemsOfATaskThatRunsAgainHaveItsNumber) {
  item = items::Item();
  item.text = "x";
  item.position = 7;
  item.worker = 2;
  item.again = true;
  const Inputs inputs = expand(spec, item, Turn{}, inherited).value();
  EXPECT_EQ(inputs.environment.get("INDEXRUN_INDEX"), "7");
  EXPECT_EQ(inputs.environment.get("JOB_COMPLETION_INDEX"), "2");
}

}  // namespace
}  // namespace indexrun::inputs
