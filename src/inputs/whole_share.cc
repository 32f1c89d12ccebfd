// SPDX-License-Identifier: Apache-2.0
// Going through a share once for each use.
#include "inputs/whole_share.h"

#include "base/quote.h"
#include "inputs/sizes.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace indexrun::inputs {
namespace {

constexpr std::size_t kPiece = std::size_t{64} * 1024;

/// Calls `use` with each item of the share.
template <typename Use>
Result<void> for_each(items::Sequence& share, Use use) {
  CHECK(share.rewind());
  for (;;) {
    TRY(const auto item, share.next());
    if (!item) {
      return {};
    }
    CHECK(use(*item));
  }
}

Error unfit(const items::Item& item, std::string problem, std::string hint) {
  return Error{.failure = Failure::kItem,
               .stage = "inputs",
               .object = item.origin,
               .problem = "the item " + quote(item.text) + " " + std::move(problem),
               .hint = std::move(hint)};
}

Result<void> check_line(const items::Item& item) {
  if (item.text.find('\n') == std::string::npos) {
    return {};
  }
  return unfit(item, "has a newline in it, so among lines it would look like two items",
               "run the program for each item with --each, or hand the items over as arguments "
               "({items})");
}

}  // namespace

Result<void> append_items(std::vector<std::string>& argv, std::size_t number,
                          items::Sequence& share) {
  const std::size_t room = total_room();
  const std::size_t longest = longest_string();
  std::size_t size = 0;
  const auto add = [&](const items::Item& item) -> Result<void> {
    if (item.text.find('\0') != std::string::npos) {
      return unfit(item, "has a NUL byte, which no argument can hold",
                   "run the program for each item with --each, and --write or --stdin");
    }
    if (item.text.size() > longest) {
      return too_many_items(item.origin, "the item has " + std::to_string(item.text.size()) +
                                             " bytes, but an argument can have at most " +
                                             std::to_string(longest));
    }
    size += item.text.size() + 1 + sizeof(char*);
    if (size > room) {
      return too_many_items("argument " + std::to_string(number),
                            "the " + std::to_string(share.size()) + " items need more than the " +
                                std::to_string(room) +
                                " bytes that all arguments together can have");
    }
    argv.push_back(item.text);
    return {};
  };
  return for_each(share, add);
}

Result<std::uint64_t> measure_lines(items::Sequence& share) {
  std::uint64_t size = 0;
  CHECK(for_each(share, [&](const items::Item& item) {
    size += item.text.size() + 1;
    return check_line(item);
  }));
  return size;
}

Result<std::string_view> ShareLines::next() {
  if (!std::exchange(begun_, true)) {
    CHECK(share_.rewind());
  }
  piece_.clear();
  while (piece_.size() < kPiece) {
    TRY(const auto item, share_.next());
    if (!item) {
      break;
    }
    CHECK(check_line(*item));
    piece_.append(item->text).push_back('\n');
  }
  return std::string_view(piece_);
}

Result<void> write_lines(items::Sequence& share, AtomicFile& file) {
  ShareLines lines(share);
  for (;;) {
    TRY(const std::string_view piece, lines.next());
    if (piece.empty()) {
      return {};
    }
    CHECK(file.write(piece));
  }
}

}  // namespace indexrun::inputs
