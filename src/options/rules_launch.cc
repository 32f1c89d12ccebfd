// SPDX-License-Identifier: Apache-2.0
// The rules of rows_launch.h.
#include "options/rows_launch.h"
#include "options/rule.h"
#include "options/signal_values.h"
#include "options/values.h"

#include <cstddef>
#include <string_view>

namespace indexrun::options {

namespace {

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

Done set_retries(const Setting& s, Options& o) {
  TRY(const std::uint64_t number, number_value(s));
  constexpr std::uint64_t kMost = 1'000'000;
  if (number > kMost) {
    return usage_error(where(s), "found " + std::to_string(number) + ", expected at most " +
                                     std::to_string(kMost));
  }
  o.launch.retry.retries = static_cast<std::uint32_t>(number);
  return {};
}

Done set_signal_to(const Setting& s, Options& o) {
  static constexpr std::string_view kWords[] = {"program", "group", "program-then-group"};
  TRY(const std::size_t word, word_value(s, kWords));
  o.launch.signal_to = static_cast<launch::SignalTo>(word);
  return {};
}

Done add_rewrite(const Setting& s, Options& o) {
  TRY(const Rewrite rewrite, rewrite_value(s));
  o.launch.map_signal.add(rewrite.from, rewrite.to);
  return {};
}

Done set_stream(const Setting& s, Options& o) {
  const bool copy = s.id() == Id::kTeeStdout || s.id() == Id::kTeeStderr;
  const bool error = s.id() == Id::kStderr || s.id() == Id::kTeeStderr;
  auto& stream = error ? o.inputs.standard_error : o.inputs.standard_output;
  if (stream) {
    return usage_error(where(s),
                       std::string("contradicts the other option for ") +
                           (error ? "standard error" : "standard output") +
                           ": it goes to a file, or is copied to one",
                       "keep one of them");
  }
  stream = inputs::StreamFile{s.value(), copy};
  return {};
}

constexpr Rule kRules[] = {
    {Id::kSupervise, set_supervise},
    {Id::kGrace, READ(o.launch.grace, duration_value)},
    {Id::kTimeout, set_timeout},
    {Id::kRetries, set_retries},
    {Id::kRetryOn, READ(o.launch.retry.on, retry_on_value)},
    {Id::kBackoff, READ(o.launch.retry.backoff, duration_value)},
    {Id::kSignalTo, set_signal_to},
    {Id::kMapSignal, add_rewrite},
    {Id::kWaitAll, FLAG(o.launch.wait_all)},
    {Id::kParentDeathSignal, READ(o.launch.parent_death_signal, signal_value)},
    {Id::kStdout, set_stream},
    {Id::kStderr, set_stream},
    {Id::kTeeStdout, set_stream},
    {Id::kTeeStderr, set_stream},
};
static_assert(follow(kRules, kLaunchRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> launch_rules() {
  return kRules;
}

}  // namespace indexrun::options
