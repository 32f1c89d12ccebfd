// SPDX-License-Identifier: Apache-2.0
// The rules of rows_status.h.
#include "base/quote.h"
#include "options/rows_status.h"
#include "options/rule.h"
#include "options/values.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace indexrun::options {

namespace {

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

Done set_message_tail(const Setting& s, Options& o) {
  TRY(const std::uint64_t lines, positive_value(s));
  constexpr std::uint64_t kMost = 1'000;
  if (lines > kMost) {
    return usage_error(
        where(s), "found " + std::to_string(lines) + ", expected at most " + std::to_string(kMost),
        "the whole termination message has 1024 bytes");
  }
  o.launch.error_tail = static_cast<std::uint32_t>(lines);
  return {};
}

constexpr Rule kRules[] = {
    {Id::kExitCode, add_exit_code},
    {Id::kMapExit, add_exit_code},
    {Id::kAllowTermSuccess, FLAG(o.status.allow_term_success)},
    {Id::kMessage, set_message},
    {Id::kMessageFile, SET(o.status.message_file)},
    {Id::kMessageTail, set_message_tail},
    {Id::kRedact, FLAG(o.status.redact)},
    {Id::kAll, FLAG(o.all)},
    {Id::kItemsOnly, FLAG(o.items_only)},
    {Id::kOutput, set_output},
    {Id::kOutputFile, SET(o.output_file)},
    {Id::kConfig, elsewhere},
    {Id::kQuiet, set_level},
    {Id::kVerbose, set_level},
    {Id::kLogFormat, set_output},
    {Id::kHelp, elsewhere},
    {Id::kVersion, elsewhere},
};
static_assert(follow(kRules, kStatusRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> status_rules() {
  return kRules;
}

}  // namespace indexrun::options
