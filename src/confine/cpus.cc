// SPDX-License-Identifier: Apache-2.0
#include "confine/cpus.h"

#include "base/decimal.h"
#include "base/quote.h"

#include <algorithm>
#include <optional>
#include <string>

namespace indexrun::confine {
namespace {

constexpr std::uint64_t kMostCpus = 8192;
constexpr std::uint64_t kWord = 64;

Error wrong(std::string_view text) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = "--cpus",
               .problem = "found " + quote(text) +
                          ", expected numbers below 8192 and ranges, such as 0,2-5"};
}

}  // namespace

Result<std::vector<std::uint64_t>> parse_cpus(std::string_view text) {
  std::vector<std::uint64_t> cpus;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const std::string_view part = text.substr(at, comma - at);
    at = comma + 1;
    const std::size_t dash = part.find('-');
    const auto first = parse_decimal(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_decimal(part.substr(dash + 1));
    if (!first || !last || *first > *last || *last >= kMostCpus) {
      return wrong(text);
    }
    cpus.resize(std::max<std::size_t>(cpus.size(), *last / kWord + 1));
    for (std::uint64_t cpu = *first; cpu <= *last; ++cpu) {
      cpus[cpu / kWord] |= std::uint64_t{1} << (cpu % kWord);
    }
  }
  return cpus;
}

}  // namespace indexrun::confine
