// SPDX-License-Identifier: Apache-2.0
#include "confine/identity.h"

#include "base/quote.h"
#include "confine/accounts.h"
#include "confine/id.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace indexrun::confine {
namespace {

constexpr std::string_view kUser = "--user";
constexpr std::string_view kGroups = "--groups";

Error not_an_id(std::string_view option, std::string_view what, std::string_view text) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = std::string(option),
               .problem = quote(text) + " is not a " + std::string(what) +
                          " id, expected a plain decimal number below 4294967295, or a name",
               .hint = "write numeric ids as UID or UID:GID, such as 1000:1000"};
}

/// Reads the group file once, and only if a name asks for it.
class Groups {
 public:
  explicit Groups(std::string path) : path_(std::move(path)) {}

  Result<gid_t> find(std::string_view text, std::string_view option) {
    if (text.empty() || is_number(text)) {
      if (const auto gid = parse_id(text)) {
        return *gid;
      }
      return not_an_id(option, "group", text);
    }
    CHECK(read(option));
    return find_group(*file_, text, option);
  }

  Result<std::vector<gid_t>> with(const Account& account) {
    CHECK(read(kUser));
    TRY(std::vector<gid_t> groups, groups_with(*file_, account.name, kUser));
    if (std::ranges::find(groups, account.gid) == groups.end()) {
      groups.insert(groups.begin(), account.gid);
    }
    return groups;
  }

 private:
  Result<void> read(std::string_view option) {
    if (!file_) {
      TRY(file_, read_accounts(path_, option));
    }
    return {};
  }

  std::string path_;
  std::optional<AccountFile> file_;
};

Result<Identity> resolve_user(std::string_view text, const AccountPaths& paths, bool groups_wanted,
                              Groups& groups) {
  const std::size_t colon = text.find(':');
  const std::string_view user = text.substr(0, colon);
  const bool group_given = colon != std::string_view::npos;
  Identity identity;
  if (user.empty() || is_number(user)) {
    const auto uid = parse_id(user);
    if (!uid) {
      return not_an_id(kUser, "user", user);
    }
    identity.uid = *uid;
    identity.gid = *uid;
  } else {
    TRY(const AccountFile passwd, read_accounts(paths.passwd, kUser));
    TRY(const Account account, find_account(passwd, user, kUser));
    identity.uid = account.uid;
    identity.gid = account.gid;
    if (!group_given && groups_wanted) {
      TRY(identity.groups, groups.with(account));
    }
  }
  if (group_given) {
    TRY(identity.gid, groups.find(text.substr(colon + 1), kUser));
  }
  return identity;
}

Result<std::vector<gid_t>> resolve_groups(std::string_view list, Groups& groups) {
  std::vector<gid_t> result;
  if (list.empty() || list == "none") {
    return result;
  }
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    TRY(const gid_t gid, groups.find(list.substr(at, comma - at), kGroups));
    if (std::ranges::find(result, gid) == result.end()) {
      result.push_back(gid);
    }
    at = comma + 1;
  }
  return result;
}

}  // namespace

Result<Identity> resolve_identity(const Policy& policy, const AccountPaths& paths) {
  Groups groups(paths.group);
  Identity identity{.uid = ::geteuid(), .gid = ::getegid(), .groups = {}};
  if (policy.user) {
    TRY(identity, resolve_user(*policy.user, paths, !policy.groups, groups));
  }
  if (policy.groups) {
    TRY(identity.groups, resolve_groups(*policy.groups, groups));
    identity.groups_given = true;
  }
  if (identity.groups.size() > kMostGroups) {
    return Error{.failure = Failure::kConfig,
                 .stage = "confine",
                 .object = std::string(policy.groups ? kGroups : kUser),
                 .problem = "found " + std::to_string(identity.groups.size()) +
                            " supplementary groups, expected at most " +
                            std::to_string(kMostGroups),
                 .hint = "name the groups that are needed with --groups"};
  }
  return identity;
}

Result<std::optional<Login>> find_login(const Policy& policy, const AccountPaths& paths) {
  if (!policy.user) {
    return std::optional<Login>();
  }
  const std::string_view text = *policy.user;
  const std::string_view user = text.substr(0, text.find(':'));
  if (user.empty() || is_number(user)) {
    return std::optional<Login>();
  }
  TRY(const AccountFile passwd, read_accounts(paths.passwd, kUser));
  TRY(Account account, find_account(passwd, user, kUser));
  return std::optional<Login>(Login{std::move(account.name), std::move(account.home)});
}

}  // namespace indexrun::confine
