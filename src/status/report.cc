// SPDX-License-Identifier: Apache-2.0
#include "status/report.h"

#include "base/redact.h"
#include "base/signals.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace indexrun::status {

namespace {

using Json = nlohmann::ordered_json;

// What must survive any cut comes first.
constexpr std::array<std::string_view, 23> kKeys{
    "indexrun", "outcome", "class",    "exit",        "signal", "index",   "task",      "item",
    "reason",   "hint",    "attempts", "duration_ms", "cpu_ms", "peak_kb", "oom_kills", "denials",
    "engine",   "sha256",  "items",    "succeeded",   "failed", "skipped", "stderr"};

// The texts that may be long, in the order in which they give way.
constexpr std::array<std::string_view, 4> kLongTexts{"hint", "item", "reason", "engine"};

Json to_value(std::string_view key, const Record::Value& value) {
  return std::visit(
      [&](const auto& held) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>) {
          return nullptr;
        } else if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::string>) {
          return key == "item" && redact::begun() ? std::string(redact::kMark)
                                                  : redact::redacted(held);
        } else {
          return held;
        }
      },
      value);
}

std::string print(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

// The longest end of `text` that is at most `size` bytes and begins between characters.
std::string cut_front(const std::string& text, std::size_t size) {
  std::size_t at = text.size() - std::min(size, text.size());
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) {
    ++at;
  }
  return at == 0 ? text : "..." + text.substr(at);
}

// The longest start of `text` that is at most `size` bytes and ends between characters.
std::string cut(const std::string& text, std::size_t size) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length =
        std::max<std::size_t>(1, utf8_length(std::string_view(text).substr(at)));
    if (at + length > size) {
      break;
    }
    at += length;
  }
  return text.substr(0, at) + "...";
}

// Takes from the front of the program's last lines until the whole fits or `least` is left.
std::string shorten_tail(Json& json, std::size_t least, std::string printed) {
  Json& value = json["stderr"];
  if (!value.is_string()) {
    return printed;
  }
  constexpr std::size_t kStep = 16;
  const std::string text = value.get<std::string>();
  for (std::size_t size = text.size(); printed.size() > kLongestRecord && size > least;) {
    size -= std::min(kStep, size - least);
    value = cut_front(text, size);
    printed = print(json);
  }
  return printed;
}

// Halves one text until the whole fits or nothing of it is left.
std::string shorten(Json& json, std::string_view key, std::string printed) {
  Json& value = json[std::string(key)];
  if (!value.is_string()) {
    return printed;
  }
  const std::string text = value.get<std::string>();
  for (std::size_t size = text.size(); printed.size() > kLongestRecord && size > 0;) {
    size /= 2;
    value = cut(text, size);
    printed = print(json);
  }
  return printed;
}

}  // namespace

void add_outcome(Record& record, const launch::Outcome& outcome, const ExitCodes& codes) {
  const bool signaled = outcome.status.signaled();
  record.set("outcome", std::string(outcome.timed_out ? "timeout"
                                    : signaled        ? "signaled"
                                                      : "exited"));
  if (outcome.timed_out) {
    record.set("class", std::string(class_name(Failure::kTimeout)));
    record.set("reason", std::string("the time limit ended the run"));
  }
  record.set("exit", std::int64_t{codes.of(outcome)});
  if (signaled) {
    record.set("signal", signal_name(outcome.status.signal));
  }
  if (signaled && !outcome.timed_out) {
    record.set("reason", "the program " + launch::describe(outcome));
  }
  if (outcome.oom_kills) {
    record.set("oom_kills", *outcome.oom_kills);
  }
  if (outcome.denials) {
    record.set("denials", *outcome.denials);
  }
  if (!outcome.error_tail.empty()) {
    record.set("stderr", outcome.error_tail);
  }
  record.set("attempts", std::uint64_t{outcome.attempts});
  record.set("duration_ms", std::int64_t{outcome.duration.count()});
  record.set("cpu_ms", std::int64_t{outcome.cpu_time.count()});
  record.set("peak_kb", outcome.peak_memory_kb);
}

void add_error(Record& record, const Error& error, const ExitCodes& codes) {
  record.set("outcome", std::string("failed"));
  record.set("class", std::string(class_name(error.failure)));
  record.set("exit", std::int64_t{codes.of(error)});
  if (error.signal != 0) {
    record.set("signal", signal_name(error.signal));
  }
  record.set("reason", error.message());
  if (!error.hint.empty()) {
    record.set("hint", error.hint);
  }
}

std::string to_json(const Record& record) {
  Json json = Json::object();
  for (const std::string_view key : kKeys) {
    json[std::string(key)] = to_value(key, record.get(key));
  }
  // First what could not fit in any case: an item may be many megabytes long.
  for (const std::string_view key : kLongTexts) {
    Json& value = json[std::string(key)];
    if (value.is_string() && value.get_ref<const std::string&>().size() > kLongestRecord) {
      value = cut(value.get_ref<const std::string&>(), kLongestRecord);
    }
  }
  constexpr std::size_t kTailBytes = 256;
  std::string printed = shorten_tail(json, kTailBytes, print(json));
  for (const std::string_view key : kLongTexts) {
    if (printed.size() <= kLongestRecord) {
      break;
    }
    printed = shorten(json, key, std::move(printed));
  }
  return shorten_tail(json, 0, std::move(printed));
}

}  // namespace indexrun::status
