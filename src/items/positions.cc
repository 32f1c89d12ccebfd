// SPDX-License-Identifier: Apache-2.0
// Reading sets of positions.
#include "items/positions.h"

#include "base/decimal.h"
#include "base/patient_read.h"
#include "base/quote.h"
#include "items/checks.h"
#include "items/file_bytes.h"

#include <algorithm>
#include <cerrno>
#include <optional>

namespace indexrun::items {
namespace {

constexpr const char* kOption = "--only";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr const char* kForm =
    "write it as in the Job's status.failedIndexes: 1,3-5,7; for a file with that text write @FILE";
constexpr std::size_t kLongest = std::size_t{1} << 20;
constexpr std::uint64_t kHighest = std::uint64_t{1} << 63;

Error wrong(const std::string& object, std::string problem, std::string hint = "") {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = object,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

}  // namespace

Result<Positions> Positions::read(const std::string& only) {
  Positions positions;
  if (!only.starts_with('@')) {
    CHECK(positions.parse(only, kOption));
    return positions;
  }
  const std::string path = only.substr(1);
  if (path.empty()) {
    return wrong(kOption, "found @, expected @FILE or positions", kForm);
  }
  const PatientContent content = read_patiently(path, kLongest);
  if (content.end.error == EFBIG) {
    return wrong(path, "is longer than 1 MiB, expected positions such as 1,3-5,7");
  }
  if (!content.end.fine()) {
    Error error = wrong(path, std::string("cannot read the positions of ") + kOption);
    error.failure = failure_of_read(content.end.error);
    error.system_error = content.end.error;
    return content.end.to_error(std::move(error));
  }
  std::string_view text = content.bytes;
  text.remove_prefix(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  text.remove_suffix(text.ends_with("\r\n") ? 2 : text.ends_with('\n') ? 1 : 0);
  CHECK(positions.parse(text, path));
  return positions;
}

Result<void> Positions::parse(std::string_view text, const std::string& object) {
  if (text.empty()) {
    return wrong(object, "names no position, expected some such as 1,3-5,7",
                 "a Job without failed indexes has nothing to run again");
  }
  for (bool more = true; more;) {
    const std::string_view part = text.substr(0, text.find(','));
    const std::size_t dash = std::min(part.find('-'), part.size());
    const auto first = parse_decimal(part.substr(0, dash));
    const auto last = dash == part.size() ? first : parse_decimal(part.substr(dash + 1));
    if (!first || !last || *last < *first || *last >= kHighest) {
      return wrong(object,
                   "found " + quote(part) + ", expected a position or a range of them such as 3-5",
                   kForm);
    }
    if (!ranges_.empty() && *first <= ranges_.back().second) {
      return wrong(object, "found " + quote(part) + " after " +
                               std::to_string(ranges_.back().second) +
                               ", expected ascending positions, each once");
    }
    ranges_.emplace_back(*first, *last);
    count_ += *last - *first + 1;
    more = part.size() < text.size();
    text.remove_prefix(part.size() + (more ? 1 : 0));
  }
  return {};
}

std::uint64_t Positions::at(std::uint64_t place) const {
  for (const auto& [first, last] : ranges_) {
    if (place <= last - first) {
      return first + place;
    }
    place -= last - first + 1;
  }
  return last();
}

bool Positions::contains(std::uint64_t position) const {
  const auto range = std::ranges::lower_bound(ranges_, position, {},
                                              &std::pair<std::uint64_t, std::uint64_t>::second);
  return range != ranges_.end() && range->first <= position;
}

Result<void> check_positions(const Positions& positions, std::uint64_t count,
                             std::string_view what) {
  if (positions.last() < count) {
    return {};
  }
  return wrong(kOption,
               "names position " + std::to_string(positions.last()) + ", but there are " +
                   std::to_string(count) + " " + std::string(what) + ", counted from 0",
               "give the list and the options of the run that failed");
}

Result<index::Index> earlier_index(const Positions& positions, const index::Index& index) {
  CHECK(check_range(index, kOption, positions.count()));
  if (index.position >= positions.count()) {
    Error error = past_the_end(index, kOption, positions.count());
    error.problem = "names " + std::to_string(positions.count()) +
                    (positions.count() == 1 ? " position" : " positions") +
                    ", so there is none for index " + std::to_string(index.position);
    error.hint = "run as many tasks as it names positions (completions: " +
                 std::to_string(positions.count()) + ")";
    return error;
  }
  index::Index earlier = index;
  earlier.position = positions.at(index.position);
  earlier.task = index.base + earlier.position;
  earlier.announced = {};
  return earlier;
}

}  // namespace indexrun::items
