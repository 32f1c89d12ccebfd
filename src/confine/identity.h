// SPDX-License-Identifier: Apache-2.0
// --user and --groups: who the workload runs as.
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "confine/prepared.h"

#include <optional>
#include <string>

namespace indexrun::confine {

/// Where names are looked up, and only if one is given.
struct AccountPaths {
  std::string passwd = "/etc/passwd";
  std::string group = "/etc/group";
};

/// The ids of --user and --groups. Numbers are plain decimal without leading zeros, below 2^32-1.
///
/// | --user | group | supplementary groups |
/// |---|---|---|
/// | UID | the number of the user | none |
/// | UID:GROUP, NAME:GROUP | GROUP | none |
/// | NAME | of its entry | those of /etc/group that list it, and its own, as after a login |
///
/// --groups replaces the last column; alone it leaves user and group as they are. Errors kConfig:
/// not a number and not a name that the image knows; more than kMostGroups groups.
Result<Identity> resolve_identity(const Policy& policy, const AccountPaths& paths = {});

/// Of a user given by name: its name and home.
struct Login {
  std::string name;
  std::string home;
};

/// Nothing if the policy has no user or a number: a number changes no variable. Errors as above.
Result<std::optional<Login>> find_login(const Policy& policy, const AccountPaths& paths = {});

}  // namespace indexrun::confine
