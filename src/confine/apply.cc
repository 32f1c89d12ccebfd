// SPDX-License-Identifier: Apache-2.0
// Raw system calls: the C library's setresuid(3) and friends signal every thread, which must not
// happen in a child that shares its parent's memory.
#include "confine/apply.h"

#include <cerrno>

#include <linux/capability.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

constexpr std::uint64_t bit(int capability) {
  return std::uint64_t{1} << capability;
}

bool ok(long result) {
  return result == 0;
}

Failed drop_bounding(const Capabilities& wanted) {
  for (int capability = 0; capability <= wanted.last; ++capability) {
    if ((wanted.bounding & bit(capability)) != 0) {
      continue;
    }
    // Without CAP_SETPCAP even dropping what is not there fails.
    if (!ok(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0))) {
      const int error = errno;
      if (prctl(PR_CAPBSET_READ, capability, 0, 0, 0) != 0) {
        return {Step::kBounding, error};
      }
    }
  }
  return {};
}

/// Every supplementary group is a wanted one or the primary group, and every wanted one is there.
bool groups_match(const Identity& wanted) {
  gid_t current[64];
  const long count = syscall(SYS_getgroups, 64, current);
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

Failed change_identity(const Identity& wanted) {
  // Where setgroups(2) is not allowed, the groups may still be right already.
  if (!ok(syscall(SYS_setgroups, wanted.groups.size(), wanted.groups.data()))) {
    const int error = errno;
    if (!groups_match(wanted)) {
      return {Step::kGroups, error};
    }
  }
  if (!ok(syscall(SYS_setresgid, wanted.gid, wanted.gid, wanted.gid))) {
    return {Step::kGid, errno};
  }
  if (!ok(syscall(SYS_setresuid, wanted.uid, wanted.uid, wanted.uid))) {
    return {Step::kUid, errno};
  }
  return {};
}

Failed set_capabilities(const Capabilities& wanted) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const auto low = [](std::uint64_t set) { return static_cast<std::uint32_t>(set); };
  const auto high = [](std::uint64_t set) { return static_cast<std::uint32_t>(set >> 32); };
  const __user_cap_data_struct sets[2] = {
      {low(wanted.permitted), low(wanted.permitted), low(wanted.inheritable)},
      {high(wanted.permitted), high(wanted.permitted), high(wanted.inheritable)}};
  if (!ok(syscall(SYS_capset, &header, sets))) {
    return {Step::kCapabilities, errno};
  }
  if (!ok(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0))) {
    return {Step::kAmbient, errno};
  }
  for (int capability = 0; capability <= wanted.last; ++capability) {
    if ((wanted.ambient & bit(capability)) != 0 &&
        !ok(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0))) {
      return {Step::kAmbient, errno};
    }
  }
  return {};
}

Failed verify_identity(const Identity& wanted) {
  uid_t uids[3];
  gid_t gids[3];
  if (!ok(syscall(SYS_getresuid, &uids[0], &uids[1], &uids[2])) ||
      !ok(syscall(SYS_getresgid, &gids[0], &gids[1], &gids[2]))) {
    return {Step::kVerifyIdentity, errno};
  }
  for (int i = 0; i < 3; ++i) {
    if (uids[i] != wanted.uid || gids[i] != wanted.gid) {
      return {Step::kVerifyIdentity, 0};
    }
  }
  return groups_match(wanted) ? Failed{} : Failed{Step::kVerifyIdentity, 0};
}

Failed verify_capabilities(const Capabilities& wanted) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  if (!ok(syscall(SYS_capget, &header, sets))) {
    return {Step::kVerifyCapabilities, errno};
  }
  const auto join = [](std::uint32_t low, std::uint32_t high) {
    return static_cast<std::uint64_t>(high) << 32 | low;
  };
  bool same = join(sets[0].permitted, sets[1].permitted) == wanted.permitted &&
              join(sets[0].effective, sets[1].effective) == wanted.permitted &&
              join(sets[0].inheritable, sets[1].inheritable) == wanted.inheritable;
  for (int capability = 0; capability <= wanted.last; ++capability) {
    const bool bounding = prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1;
    same = same && bounding == ((wanted.bounding & bit(capability)) != 0);
    // The kernel keeps the ambient set within the inheritable one.
    if ((wanted.inheritable & bit(capability)) != 0) {
      const bool ambient = prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, capability, 0, 0) == 1;
      same = same && ambient == ((wanted.ambient & bit(capability)) != 0);
    }
  }
  return same ? Failed{} : Failed{Step::kVerifyCapabilities, 0};
}

Failed verify(const Prepared& prepared) {
  Failed failed;
  if (prepared.identity) {
    failed = verify_identity(*prepared.identity);
  }
  if (!failed.any() && prepared.capabilities) {
    failed = verify_capabilities(*prepared.capabilities);
  }
  if (!failed.any() && prepared.no_new_privs && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) {
    failed = {Step::kVerifyNoNewPrivs, 0};
  }
  return failed;
}

}  // namespace

Failed apply(const Prepared& prepared) noexcept {
  Failed failed;
  if (prepared.capabilities) {
    failed = drop_bounding(*prepared.capabilities);
    // A change of user from 0 to another clears the permitted set otherwise.
    if (!failed.any() && prepared.identity && prepared.capabilities->permitted != 0 &&
        !ok(prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))) {
      failed = {Step::kKeepCaps, errno};
    }
  }
  if (!failed.any() && prepared.identity) {
    failed = change_identity(*prepared.identity);
  }
  if (!failed.any() && prepared.capabilities) {
    failed = set_capabilities(*prepared.capabilities);
  }
  if (!failed.any() && prepared.no_new_privs && !ok(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))) {
    failed = {Step::kNoNewPrivs, errno};
  }
  return failed.any() ? failed : verify(prepared);
}

Failed load_filters(const Prepared& prepared) noexcept {
  for (const Filter& filter : prepared.filters) {
    // The kernel only reads the program; sock_fprog has no const.
    sock_fprog program{static_cast<unsigned short>(filter.program.size()),
                       const_cast<sock_filter*>(filter.program.data())};
    if (!ok(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, filter.flags, &program))) {
      return {Step::kSeccomp, errno};
    }
  }
  return {};
}

}  // namespace indexrun::confine
