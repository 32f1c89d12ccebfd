// SPDX-License-Identifier: Apache-2.0
#include "options/signal_values.h"

#include "base/decimal.h"
#include "base/near_miss.h"
#include "base/quote.h"
#include "base/signals.h"
#include "options/lists.h"

#include <algorithm>
#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::options {

namespace {

constexpr std::string_view kSignalPrefix = "sig:";
constexpr std::uint64_t kMostCode = 255;

Error no_signal(const Setting& setting, std::string_view text) {
  std::vector<std::string> names;
  for (int signal = 1; signal <= SIGSYS; ++signal) {
    names.push_back(signal_name(signal));
  }
  std::string upper(text.starts_with("SIG") || text.starts_with("sig") ? text.substr(3) : text);
  for (char& c : upper) {
    c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto near = near_miss(upper, known);
  return usage_error(where(setting), "found " + quote(text) + ", expected the name of a signal",
                     near ? "did you mean " + std::string(*near) + "?"
                          : "signal(7) lists the names, such as TERM or RTMIN+3");
}

Result<int> read_signal(const Setting& setting, std::string_view text) {
  const auto signal = parse_signal(text);
  return signal ? Result<int>(*signal) : no_signal(setting, text);
}

/// Why a signal is never forwarded; empty if it is.
std::string_view never_forwarded(int signal) {
  if (signal == SIGKILL || signal == SIGSTOP) {
    return "nobody can catch it";
  }
  if (signal == SIGCHLD) {
    return "it tells indexrun of its own children";
  }
  return is_forwarded(signal) ? "" : "it reports a fault of the process that gets it";
}

std::optional<launch::RetryOn::Codes> parse_codes(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_decimal(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_decimal(text.substr(dash + 1));
  if (!first || !last || *first > *last || *last > kMostCode) {
    return std::nullopt;
  }
  return launch::RetryOn::Codes{static_cast<int>(*first), static_cast<int>(*last)};
}

}  // namespace

Result<int> signal_value(const Setting& setting) {
  return read_signal(setting, setting.value());
}

Result<Rewrite> rewrite_value(const Setting& setting) {
  const std::string_view text = setting.value();
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return usage_error(where(setting), "found " + quote(text) + ", expected FROM=TO",
                       "write TERM=INT, or WINCH=drop");
  }
  TRY(const int from, read_signal(setting, text.substr(0, equals)));
  if (const std::string_view why = never_forwarded(from); !why.empty()) {
    return usage_error(where(setting),
                       signal_name(from) + " cannot be mapped: " + std::string(why));
  }
  const std::string_view to = text.substr(equals + 1);
  if (to == "drop") {
    return Rewrite{from, 0};
  }
  TRY(const int signal, read_signal(setting, to));
  return Rewrite{from, signal};
}

Result<launch::RetryOn> retry_on_value(const Setting& setting) {
  TRY(const std::vector<std::string> elements, split_list(setting));
  launch::RetryOn on;
  for (const std::string& element : elements) {
    if (element == "timeout") {
      on.timeout = true;
    } else if (element.starts_with(kSignalPrefix)) {
      TRY(const int signal, read_signal(setting, element.substr(kSignalPrefix.size())));
      on.signals.push_back(signal);
    } else if (const auto codes = parse_codes(element)) {
      on.codes.push_back(*codes);
    } else {
      return usage_error(where(setting),
                         "found " + quote(element) +
                             ", expected exit codes N or N-M from 0 to 255, sig:NAME or timeout",
                         "write 75,100-110,sig:KILL,timeout");
    }
  }
  return on;
}

}  // namespace indexrun::options
