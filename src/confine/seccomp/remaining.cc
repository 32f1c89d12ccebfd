// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/remaining.h"

#include "confine/capabilities.h"
#include "confine/held.h"

#include <string>
#include <string_view>

namespace indexrun::confine {
namespace {

bool is_all(std::string_view text) {
  return text == "ALL" || text == "all" || text == "All";
}

}  // namespace

Result<std::uint64_t> remaining_bounding_set(const Policy& policy) {
  std::uint64_t set = bounding_set();
  for (const std::string& text : policy.cap_drop) {
    if (is_all(text)) {
      set = 0;
      continue;
    }
    TRY(const int capability, parse_capability("--cap-drop", text));
    set &= ~(std::uint64_t{1} << capability);
  }
  for (const std::string& text : policy.cap_add) {
    TRY(const int capability, parse_capability("--cap-add", text));
    set |= std::uint64_t{1} << capability;
  }
  return set;
}

}  // namespace indexrun::confine
