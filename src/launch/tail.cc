// SPDX-License-Identifier: Apache-2.0
#include "launch/tail.h"

#include <algorithm>

namespace indexrun::launch {

void Tail::add(std::string_view bytes) {
  bytes.remove_prefix(bytes.size() - std::min(bytes.size(), kMost));
  const std::size_t room = kMost - bytes.size();
  if (kept_.size() > room) {
    kept_.erase(0, kept_.size() - room);
  }
  kept_.append(bytes);
}

std::string Tail::text() const {
  std::size_t from = kept_.size() - (kept_.ends_with('\n') ? 1 : 0);
  for (std::uint32_t line = 0; line < lines_; ++line) {
    const std::size_t newline = from == 0 ? std::string::npos : kept_.rfind('\n', from - 1);
    if (newline == std::string::npos) {
      return kept_;
    }
    from = newline;
  }
  return kept_.substr(from + 1);
}

}  // namespace indexrun::launch
