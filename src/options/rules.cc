// SPDX-License-Identifier: Apache-2.0
// One rule for each row of the table: where the value goes and how it is read.
#include "options/rules.h"

#include "base/environment.h"
#include "base/quote.h"
#include "options/lists.h"
#include "options/roles.h"
#include "options/values.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace indexrun::options {

namespace {

using Done = Result<void>;

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

Done set_parallel(const Setting& s, Options& o) {
  TRY(const std::uint64_t number, positive_value(s));
  if (number > share::kMostSlots) {
    return usage_error(where(s), "found " + std::to_string(number) + ", expected at most " +
                                     std::to_string(share::kMostSlots));
  }
  o.share.parallel = static_cast<std::uint32_t>(number);
  return {};
}

Done set_retries(const Setting& s, Options& o) {
  TRY(const std::uint64_t number, number_value(s));
  constexpr std::uint64_t kMost = 1'000'000;
  if (number > kMost) {
    return usage_error(where(s), "found " + std::to_string(number) + ", expected at most " +
                                     std::to_string(kMost));
  }
  o.share.retries = static_cast<std::uint32_t>(number);
  return {};
}

Done add_variable(const Setting& s, Options& o) {
  const std::string& text = s.value();
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return usage_error(where(s), "found " + quote(text) + ", expected NAME=TEMPLATE");
  }
  const std::string_view name = std::string_view(text).substr(0, equals);
  if (!is_variable_name(name)) {
    return usage_error(where(s),
                       quote(name) +
                           " is not the name of a variable: expected letters, "
                           "digits and _, not beginning with a digit",
                       "the name is no template, and shells read no other names");
  }
  o.inputs.variables.push_back({std::string(name), text.substr(equals + 1)});
  return {};
}

Done set_supervise(const Setting& s, Options& o) {
  static constexpr std::string_view kWords[] = {"auto", "always", "never"};
  TRY(const std::size_t word, word_value(s, kWords));
  o.launch.supervise = static_cast<launch::Supervise>(word);
  return {};
}

Done set_timeout(const Setting& s, Options& o) {
  TRY(const Milliseconds duration, duration_value(s));
  if (duration > Milliseconds(0)) {
    o.launch.timeout = duration;
  }
  return {};
}

Done add_denied(const Setting& s, Options& o) {
  TRY(std::vector<std::string> names, split_list(s));
  for (std::string& name : names) {
    o.confine.seccomp_deny.push_back(std::move(name));
  }
  return {};
}

Done add_exit_code(const Setting& s, Options& o) {
  if (s.value().find('=') == std::string::npos) {
    return usage_error(
        where(s), "found " + quote(s.value()) + ", expected " + std::string(s.option->values[0]));
  }
  (s.id() == Id::kExitCode ? o.status.exit_codes : o.status.map_exit).push_back(s.value());
  return {};
}

Done set_message(const Setting& s, Options& o) {
  static constexpr std::string_view kWords[] = {"always", "failure", "never"};
  TRY(const std::size_t word, word_value(s, kWords));
  o.status.message = static_cast<status::Message>(word);
  return {};
}

Done set_output(const Setting& s, Options& o) {
  static constexpr std::string_view kWords[] = {"text", "json"};
  TRY(const std::size_t word, word_value(s, kWords));
  if (s.id() == Id::kOutput) {
    o.output = static_cast<Output>(word);
  } else {
    o.log.format = static_cast<log::Format>(word);
  }
  return {};
}

Done set_level(const Setting& s, Options& o) {
  if (s.id() == Id::kQuiet) {
    o.log.level = log::Level::kError;
  } else {
    o.log.level = o.log.level == log::Level::kWarning ? log::Level::kChosen : log::Level::kHow;
  }
  return {};
}

Done add_output(const Setting& s, Options& o) {
  using Content = inputs::Output::Content;
  if (s.id() == Id::kWrite) {
    o.inputs.outputs.push_back({s.value(), Content::kItem, {}});
  } else if (s.id() == Id::kWriteText) {
    o.inputs.outputs.push_back({s.values[0], Content::kText, s.values[1]});
  } else {
    o.inputs.outputs.push_back({s.values[1], Content::kRender, s.values[0]});
  }
  return {};
}

Done elsewhere(const Setting& /*s*/, Options& /*o*/) {
  return {};
}

struct Rule {
  Id id;
  Done (*apply)(const Setting&, Options&);
};

// The short ones stand in the table itself.
#define SET(place)                           \
  [](const Setting& s, Options& o) -> Done { \
    place = s.value();                       \
    return {};                               \
  }
#define FLAG(place)                        \
  [](const Setting&, Options& o) -> Done { \
    place = true;                          \
    return {};                             \
  }
#define CLEAR(place)                       \
  [](const Setting&, Options& o) -> Done { \
    place = false;                         \
    return {};                             \
  }
#define READ(place, reader)                  \
  [](const Setting& s, Options& o) -> Done { \
    TRY(place, reader(s));                   \
    return {};                               \
  }

constexpr Rule kRules[] = {
    {Id::kIndex, SET(o.index.number)},
    {Id::kIndexEnv, SET(o.index.variable)},
    {Id::kIndexFile, SET(o.index.file)},
    {Id::kEngine, SET(o.index.engine)},
    {Id::kBase, set_base},
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
    {Id::kEach, FLAG(o.share.each)},
    {Id::kParallel, set_parallel},
    {Id::kKeepGoing, FLAG(o.share.keep_going)},
    {Id::kRetries, set_retries},
    {Id::kBackoff, READ(o.share.backoff, duration_value)},
    {Id::kPrefix, SET(o.share.prefix)},
    {Id::kLogDir, SET(o.share.log_dir)},
    {Id::kLogName, SET(o.share.log_name)},
    {Id::kDoneDir, SET(o.share.done_dir)},
    {Id::kSkipIfExists, SET(o.share.skip_if_exists)},
    {Id::kNoTemplate, CLEAR(o.inputs.expand)},
    {Id::kDelims,
     [](const Setting& s, Options& o) -> Done {
       o.inputs.delimiters = {s.values[0], s.values[1]};
       return {};
     }},
    {Id::kWrite, add_output},
    {Id::kWriteText, add_output},
    {Id::kWriteMode, READ(o.inputs.write_mode, mode_value)},
    {Id::kEnv, add_variable},
    {Id::kEnvFile, elsewhere},
    {Id::kWriteEnv, SET(o.inputs.write_env)},
    {Id::kStdin, SET(o.inputs.stdin_text)},
    {Id::kRender, add_output},
    {Id::kChdir, SET(o.inputs.directory)},
    {Id::kSupervise, set_supervise},
    {Id::kGrace, READ(o.launch.grace, duration_value)},
    {Id::kTimeout, set_timeout},
    {Id::kUser, SET(o.confine.user)},
    {Id::kCapDrop, elsewhere},
    {Id::kCapAdd, elsewhere},
    {Id::kNoNewPrivs, FLAG(o.confine.no_new_privs)},
    {Id::kSeccompDeny, add_denied},
    {Id::kExitCode, add_exit_code},
    {Id::kMapExit, add_exit_code},
    {Id::kAllowTermSuccess, FLAG(o.status.allow_term_success)},
    {Id::kMessage, set_message},
    {Id::kMessageFile, SET(o.status.message_file)},
    {Id::kAll, FLAG(o.all)},
    {Id::kItemsOnly, FLAG(o.items_only)},
    {Id::kOutput, set_output},
    {Id::kConfig, elsewhere},
    {Id::kQuiet, set_level},
    {Id::kVerbose, set_level},
    {Id::kLogFormat, set_output},
    {Id::kHelp, elsewhere},
    {Id::kVersion, elsewhere},
};

#undef SET
#undef FLAG
#undef CLEAR
#undef READ

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kRules); ++i) {
    if (static_cast<std::size_t>(kRules[i].id) != i) {
      return false;
    }
  }
  return std::size(kRules) == static_cast<std::size_t>(Id::kVersion) + 1;
}
static_assert(in_order(), "a rule for each Id, in the same order");

}  // namespace

Result<void> apply(const Setting& setting, Options& options) {
  CHECK(check_not_empty(setting));
  return kRules[static_cast<std::size_t>(setting.id())].apply(setting, options);
}

}  // namespace indexrun::options
