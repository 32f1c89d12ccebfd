// SPDX-License-Identifier: Apache-2.0
#include "confine/identity.h"

#include "base/decimal.h"
#include "base/quote.h"
#include "confine/held.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string>

#include <linux/capability.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

/// Leading zeros are refused: "0042" is 34 to half of the tools that take user ids.
std::optional<std::uint32_t> parse_id(std::string_view text) {
  const auto number = parse_decimal(text);
  const bool padded = text.size() > 1 && text.front() == '0';
  if (!number || padded || *number >= std::numeric_limits<std::uint32_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(*number);
}

Error not_an_id(std::string_view what, std::string_view text) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = "--user",
               .problem = quote(text) + " is not a " + std::string(what) +
                          " id, expected a plain decimal number below 4294967295",
               .hint = "write numeric ids as UID or UID:GID, such as 1000:1000"};
}

template <typename Id>
bool is_own(Id wanted, const Id (&own)[3]) {
  return std::find(std::begin(own), std::end(own), wanted) != std::end(own);
}

}  // namespace

Failed out_of_reach(const Identity& wanted) {
  uid_t uids[3] = {};
  gid_t gids[3] = {};
  if (::getresuid(&uids[0], &uids[1], &uids[2]) != 0 ||
      ::getresgid(&gids[0], &gids[1], &gids[2]) != 0) {
    return {Step::kVerifyIdentity, errno};
  }
  if (!is_own(wanted.uid, uids) && !holds(CAP_SETUID)) {
    return {Step::kUid, EPERM};
  }
  if (!is_own(wanted.gid, gids) && !holds(CAP_SETGID)) {
    return {Step::kGid, EPERM};
  }
  return {};
}

Result<Identity> parse_identity(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto uid = parse_id(text.substr(0, colon));
  if (!uid) {
    return not_an_id("user", text.substr(0, colon));
  }
  if (colon == std::string_view::npos) {
    return Identity{.uid = *uid, .gid = *uid, .groups = {}};
  }
  const auto gid = parse_id(text.substr(colon + 1));
  if (!gid) {
    return not_an_id("group", text.substr(colon + 1));
  }
  return Identity{.uid = *uid, .gid = *gid, .groups = {}};
}

}  // namespace indexrun::confine
