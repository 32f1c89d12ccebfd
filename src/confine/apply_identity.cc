// SPDX-License-Identifier: Apache-2.0
// Raw system calls: the C library's setresuid(3) and friends signal every thread, which must not
// happen in a child that shares its parent's memory.
#include "confine/apply_steps.h"

#include <cerrno>

#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {

bool apply_groups_match(const Identity& wanted) noexcept {
  gid_t current[kMostGroups];
  const long count = syscall(SYS_getgroups, kMostGroups, current);
  if (count < 0) {
    return false;
  }
  for (long i = 0; i < count; ++i) {
    bool known = current[i] == wanted.gid;
    for (const gid_t group : wanted.groups) {
      known = known || group == current[i];
    }
    if (!known) {
      return false;
    }
  }
  for (const gid_t group : wanted.groups) {
    bool found = group == wanted.gid;
    for (long i = 0; i < count; ++i) {
      found = found || group == current[i];
    }
    if (!found) {
      return false;
    }
  }
  return true;
}

Failed apply_identity(const Identity& wanted) noexcept {
  // Where setgroups(2) is not allowed, the groups may still be right already.
  if (syscall(SYS_setgroups, wanted.groups.size(), wanted.groups.data()) != 0) {
    const int error = errno;
    if (!apply_groups_match(wanted)) {
      return {Step::kGroups, error};
    }
  }
  if (syscall(SYS_setresgid, wanted.gid, wanted.gid, wanted.gid) != 0) {
    return {Step::kGid, errno};
  }
  if (syscall(SYS_setresuid, wanted.uid, wanted.uid, wanted.uid) != 0) {
    return {Step::kUid, errno};
  }
  return {};
}

Failed apply_verify_identity(const Identity& wanted) noexcept {
  uid_t uids[3];
  gid_t gids[3];
  if (syscall(SYS_getresuid, &uids[0], &uids[1], &uids[2]) != 0 ||
      syscall(SYS_getresgid, &gids[0], &gids[1], &gids[2]) != 0) {
    return {Step::kVerifyIdentity, errno};
  }
  for (int i = 0; i < 3; ++i) {
    if (uids[i] != wanted.uid || gids[i] != wanted.gid) {
      return {Step::kVerifyIdentity, 0};
    }
  }
  return apply_groups_match(wanted) ? Failed{} : Failed{Step::kVerifyIdentity, 0};
}

}  // namespace indexrun::confine
