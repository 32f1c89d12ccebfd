// SPDX-License-Identifier: Apache-2.0
// The rules of rows_items.h.
#include "base/quote.h"
#include "options/lists.h"
#include "options/roles.h"
#include "options/rows_items.h"
#include "options/rule.h"
#include "options/values.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace indexrun::options {

namespace {

Done set_base(const Setting& s, Options& o) {
  TRY(o.index.base, number_value(s));
  return {};
}

Done add_items(const Setting& s, Options& o) {
  if (!std::holds_alternative<items::Inline>(o.items.source)) {
    o.items.source.emplace<items::Inline>();
  }
  std::vector<std::string>& list = std::get<items::Inline>(o.items.source).items;
  if (s.id() == Id::kItem) {
    list.push_back(s.value());
    return {};
  }
  TRY(std::vector<std::string> more, split_list(s));
  if (list.empty()) {
    list = std::move(more);
  } else {
    list.insert(list.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
  }
  return {};
}

Done add_parameter(const Setting& s, Options& o) {
  if (!std::holds_alternative<items::Product>(o.items.source)) {
    o.items.source.emplace<items::Product>();
  }
  std::get<items::Product>(o.items.source).parameters.push_back(s.value());
  return {};
}

Done set_sha256(const Setting& s, Options& o) {
  const std::string& text = s.value();
  if (text.size() != 64 || text.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
    return usage_error(where(s), "found " + quote(text) + ", expected 64 hexadecimal digits",
                       "indexrun count -v tells the SHA-256 of the items");
  }
  std::string digest = text;
  std::ranges::transform(digest, digest.begin(), [](char c) {
    return static_cast<char>(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
  });
  o.items.expect_sha256 = std::move(digest);
  return {};
}

Done set_split(const Setting& s, Options& o) {
  constexpr std::string_view kWeight = "weight=";
  items::Shares& shares = o.items.shares;
  if (const std::string& text = s.value(); text.starts_with(kWeight)) {
    if (text.size() == kWeight.size()) {
      return usage_error(where(s), "found " + quote(text) + ", expected weight=FIELD");
    }
    shares.split = items::Split::kWeight;
    shares.weight = text.substr(kWeight.size());
    return {};
  }
  // The third is for the message: it has been read above.
  static constexpr std::string_view kWords[] = {"block", "cyclic", "weight=FIELD"};
  TRY(const std::size_t word, word_value(s, kWords));
  shares.split = static_cast<items::Split>(word);
  return {};
}

Done set_when_empty(const Setting& s, Options& o) {
  static constexpr std::string_view kWords[] = {"ok", "fail"};
  TRY(const std::size_t word, word_value(s, kWords));
  o.items.shares.fail_when_empty = word == 1;
  return {};
}

constexpr Rule kRules[] = {
    {Id::kIndex, SET(o.index.number)},
    {Id::kIndexEnv, SET(o.index.variable)},
    {Id::kIndexFile, SET(o.index.file)},
    {Id::kEngine, SET(o.index.engine)},
    {Id::kBase, set_base},
    {Id::kNoIndex, FLAG(o.index.none)},
    {Id::kItem, add_items},
    {Id::kItems, add_items},
    {Id::kItemsFile, SET(o.items.source.emplace<items::File>().path)},
    {Id::kFormat, elsewhere},
    {Id::kItemsDir, SET(o.items.source.emplace<items::Directory>().path)},
    {Id::kItemsEnv, SET(o.items.source.emplace<items::Variable>().name)},
    {Id::kRange, SET(o.items.source.emplace<items::Range>().text)},
    {Id::kParam, add_parameter},
    {Id::kZip, elsewhere},
    {Id::kExclude, elsewhere},
    {Id::kGlob, SET(o.items.source.emplace<items::Glob>().pattern)},
    {Id::kCommandsFile, SET(o.items.source.emplace<items::Commands>().path)},
    {Id::kNoHeader, CLEAR(o.items.header)},
    {Id::kSkipBlank, FLAG(o.items.skip_blank)},
    {Id::kComments, FLAG(o.items.comments)},
    {Id::kOnly, SET(o.items.only)},
    {Id::kExpectCount, READ(o.items.expect_count, number_value)},
    {Id::kExpectSha256, set_sha256},
    {Id::kAllowDuplicates, FLAG(o.items.allow_duplicates)},
    {Id::kRole, READ(o.items.roles.emplace_back(), role_value)},
    {Id::kTasks, READ(o.items.shares.tasks, positive_value)},
    {Id::kPerTask, READ(o.items.shares.per_task, positive_value)},
    {Id::kSplit, set_split},
    {Id::kWhenEmpty, set_when_empty},
};
static_assert(follow(kRules, kItemsRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> items_rules() {
  return kRules;
}

}  // namespace indexrun::options
