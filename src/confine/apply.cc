// SPDX-License-Identifier: Apache-2.0
#include "confine/apply.h"

#include "confine/apply_steps.h"

#include <cerrno>

#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

Failed keep_capabilities(bool on) {
  return prctl(PR_SET_KEEPCAPS, on ? 1 : 0, 0, 0, 0) == 0 ? Failed{}
                                                          : Failed{Step::kKeepCaps, errno};
}

/// Ids and capabilities: neither can be changed without regard to the other.
Failed change_rights(const Prepared& prepared) {
  Failed failed;
  bool keep = false;
  if (prepared.capabilities) {
    failed = apply_bounding(*prepared.capabilities);
    // A change of user from 0 to another clears the permitted set otherwise.
    keep = prepared.identity && (prepared.capabilities->permitted != 0 || prepared.securebits);
  }
  if (!failed.any() && keep) {
    failed = keep_capabilities(true);
  }
  if (!failed.any() && prepared.identity) {
    failed = apply_identity(*prepared.identity);
  }
  if (!failed.any() && keep) {
    failed = keep_capabilities(false);
  }
  if (!failed.any() && prepared.capabilities) {
    failed = apply_capabilities(prepared);
  }
  return failed;
}

Failed verify(const Prepared& prepared) {
  Failed failed;
  if (prepared.descriptors) {
    failed = apply_verify_descriptors(*prepared.descriptors);
  }
  if (!failed.any()) {
    failed = apply_verify_resources(prepared.resources);
  }
  if (!failed.any() && prepared.identity) {
    failed = apply_verify_identity(*prepared.identity);
  }
  if (!failed.any()) {
    failed = apply_verify_capabilities(prepared);
  }
  if (!failed.any() && prepared.no_new_privs && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) {
    failed = {Step::kVerifyNoNewPrivs, 0};
  }
  return failed;
}

}  // namespace

Failed apply(const Prepared& prepared) noexcept {
  Failed failed;
  if (prepared.descriptors) {
    failed = apply_descriptors(*prepared.descriptors);
  }
  if (!failed.any()) {
    failed = apply_resources(prepared.resources);
  }
  if (!failed.any()) {
    failed = change_rights(prepared);
  }
  if (!failed.any() && prepared.no_new_privs && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    failed = {Step::kNoNewPrivs, errno};
  }
  return failed.any() ? failed : verify(prepared);
}

Failed load_filters(const Prepared& prepared, int* listener) noexcept {
  for (const Filter& filter : prepared.asking.empty() ? prepared.filters : prepared.asking) {
    // The kernel only reads the program; sock_fprog has no const.
    sock_fprog program{static_cast<unsigned short>(filter.program.size()),
                       const_cast<sock_filter*>(filter.program.data())};
    const bool listens = (filter.flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0;
    const long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, filter.flags, &program);
    if (result < 0 || (!listens && result != 0)) {
      return {listens ? Step::kListener : Step::kSeccomp, errno};
    }
    if (listens && listener != nullptr) {
      *listener = static_cast<int>(result);
    }
  }
  return {};
}

}  // namespace indexrun::confine
