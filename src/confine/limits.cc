// SPDX-License-Identifier: Apache-2.0
#include "confine/limits.h"

#include "base/deadline.h"
#include "base/decimal.h"
#include "base/near_miss.h"
#include "base/quote.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <optional>
#include <utility>

#include <sys/resource.h>

namespace indexrun::confine {
namespace {

constexpr std::uint64_t kUnlimited = RLIM64_INFINITY;

enum class Unit { kCount, kBytes, kSeconds, kMicroseconds };

struct Row {
  std::string_view name;
  int resource;
  Unit unit;
};

constexpr std::array kRows{
    Row{"as", RLIMIT_AS, Unit::kBytes},
    Row{"core", RLIMIT_CORE, Unit::kBytes},
    Row{"cpu", RLIMIT_CPU, Unit::kSeconds},
    Row{"data", RLIMIT_DATA, Unit::kBytes},
    Row{"fsize", RLIMIT_FSIZE, Unit::kBytes},
    Row{"locks", RLIMIT_LOCKS, Unit::kCount},
    Row{"memlock", RLIMIT_MEMLOCK, Unit::kBytes},
    Row{"msgqueue", RLIMIT_MSGQUEUE, Unit::kBytes},
    Row{"nice", RLIMIT_NICE, Unit::kCount},
    Row{"nofile", RLIMIT_NOFILE, Unit::kCount},
    Row{"nproc", RLIMIT_NPROC, Unit::kCount},
    Row{"rss", RLIMIT_RSS, Unit::kBytes},
    Row{"rtprio", RLIMIT_RTPRIO, Unit::kCount},
    Row{"rttime", RLIMIT_RTTIME, Unit::kMicroseconds},
    Row{"sigpending", RLIMIT_SIGPENDING, Unit::kCount},
    Row{"stack", RLIMIT_STACK, Unit::kBytes},
};

Error wrong(std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = "--limit",
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Result<const Row*> find_row(std::string_view name) {
  const auto* row = std::ranges::find(kRows, name, &Row::name);
  if (row != kRows.end()) {
    return row;
  }
  std::vector<std::string_view> names;
  std::string all;
  for (const Row& one : kRows) {
    names.push_back(one.name);
    all.append(all.empty() ? "" : ", ").append(one.name);
  }
  const auto near = near_miss(name, names);
  return wrong("unknown limit " + quote(name),
               near ? "did you mean " + quote(*near) + "?" : "the limits are " + all);
}

std::string_view expected(Unit unit) {
  switch (unit) {
    case Unit::kBytes:
      return "bytes, such as 4096, 64k, 512M or 2G, or unlimited, or max";
    case Unit::kSeconds:
      return "whole seconds from 1, such as 90, 90s or 2h, or unlimited, or max";
    case Unit::kMicroseconds:
      return "a duration, such as 50ms, or unlimited, or max";
    case Unit::kCount:
      break;
  }
  return "a whole number, or unlimited, or max";
}

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = parse_decimal(text.substr(0, digits));
  std::string_view unit = text.substr(digits);
  unsigned shift = 0;
  if (!unit.empty()) {
    constexpr std::string_view kLetters = "kMGT";
    const char letter = unit.front() == 'K' ? 'k' : unit.front();
    const std::size_t at = kLetters.find(letter);
    const std::string_view rest = unit.substr(1);
    if (at == std::string_view::npos || (!rest.empty() && rest != "i")) {
      return std::nullopt;
    }
    constexpr unsigned kBits = 10;
    shift = kBits * (static_cast<unsigned>(at) + 1);
  }
  if (!number || *number > (kUnlimited - 1) >> shift) {
    return std::nullopt;
  }
  return *number << shift;
}

std::optional<std::uint64_t> parse_time(std::string_view text, Unit unit) {
  const auto duration = parse_duration(text);
  if (!duration) {
    return std::nullopt;
  }
  const auto ms = static_cast<std::uint64_t>(duration->count());
  constexpr std::uint64_t kThousand = 1000;
  if (unit == Unit::kMicroseconds) {
    return ms * kThousand;
  }
  // The kernel takes 0 for 1.
  if (ms % kThousand != 0 || ms == 0) {
    return std::nullopt;
  }
  return ms / kThousand;
}

Result<std::uint64_t> parse_value(const Row& row, std::string_view text, std::uint64_t hard_now) {
  if (text == "unlimited") {
    return kUnlimited;
  }
  if (text == "max") {
    return hard_now;
  }
  std::optional<std::uint64_t> value;
  switch (row.unit) {
    case Unit::kBytes:
      value = parse_bytes(text);
      break;
    case Unit::kSeconds:
    case Unit::kMicroseconds:
      value = parse_time(text, row.unit);
      break;
    case Unit::kCount:
      value = parse_decimal(text);
      break;
  }
  if (!value || *value == kUnlimited) {
    return wrong(std::string(row.name) + ": found " + quote(text) + ", expected " +
                 std::string(expected(row.unit)));
  }
  return *value;
}

/// The hard limit of a cpu limit that has none of its own.
std::uint64_t hard_for_cpu(std::uint64_t soft, std::uint64_t hard_now) {
  constexpr std::uint64_t kLater = 5;
  if (soft >= kUnlimited - kLater) {
    return soft;
  }
  return hard_now > soft ? std::min(soft + kLater, hard_now) : soft + kLater;
}

Result<ResourceLimit> parse_limit(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return wrong("found " + quote(text) + ", expected NAME=SOFT or NAME=SOFT:HARD");
  }
  TRY(const Row* row, find_row(text.substr(0, equals)));
  rlimit64 now{};
  if (::getrlimit64(static_cast<__rlimit_resource>(row->resource), &now) != 0) {
    return wrong(std::string(row->name) + ": this kernel does not know this limit");
  }
  const std::string_view values = text.substr(equals + 1);
  const std::size_t colon = values.find(':');
  ResourceLimit limit{.resource = row->resource};
  TRY(limit.soft, parse_value(*row, values.substr(0, colon), now.rlim_max));
  if (colon != std::string_view::npos) {
    TRY(limit.hard, parse_value(*row, values.substr(colon + 1), now.rlim_max));
  } else {
    limit.hard = row->resource == RLIMIT_CPU ? hard_for_cpu(limit.soft, now.rlim_max) : limit.soft;
  }
  if (limit.soft > limit.hard) {
    return wrong(std::string(row->name) + ": the soft limit " + limit_text(limit.soft) +
                     " is above the hard limit " + limit_text(limit.hard),
                 "write NAME=SOFT:HARD with SOFT at most HARD");
  }
  return limit;
}

}  // namespace

std::string_view limit_name(int resource) {
  const auto* row = std::ranges::find(kRows, resource, &Row::resource);
  return row == kRows.end() ? "unknown" : row->name;
}

std::string limit_text(std::uint64_t value) {
  return value == kUnlimited ? "unlimited" : std::to_string(value);
}

Result<std::vector<ResourceLimit>> parse_limits(const std::vector<LimitText>& texts) {
  std::vector<ResourceLimit> limits;
  std::vector<int> levels;
  for (const LimitText& text : texts) {
    TRY(const ResourceLimit limit, parse_limit(text.text));
    const auto stronger = std::ranges::find(limits, limit.resource, &ResourceLimit::resource);
    if (stronger == limits.end()) {
      limits.push_back(limit);
      levels.push_back(text.level);
      continue;
    }
    const std::string name(limit_name(limit.resource));
    if (levels[static_cast<std::size_t>(stronger - limits.begin())] == text.level) {
      return wrong(name + " is given twice");
    }
    if (stronger->soft > limit.soft || stronger->hard > limit.hard) {
      return wrong(name + ": " + limit_text(stronger->soft) + ":" + limit_text(stronger->hard) +
                       " would loosen " + limit_text(limit.soft) + ":" + limit_text(limit.hard) +
                       " of a weaker level",
                   "what one level confines, no other loosens");
    }
  }
  return limits;
}

}  // namespace indexrun::confine
