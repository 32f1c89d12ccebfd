// SPDX-License-Identifier: Apache-2.0
// Bounding set, the other four, and securebits.
#include "confine/apply_steps.h"

#include <cerrno>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

bool ok(long result) {
  return result == 0;
}

/// The permitted set is the effective one as well.
bool set(std::uint64_t permitted, std::uint64_t inheritable) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const auto low = [](std::uint64_t set) { return static_cast<std::uint32_t>(set); };
  const auto high = [](std::uint64_t set) { return static_cast<std::uint32_t>(set >> 32); };
  const __user_cap_data_struct sets[2] = {{low(permitted), low(permitted), low(inheritable)},
                                          {high(permitted), high(permitted), high(inheritable)}};
  return ok(syscall(SYS_capset, &header, sets));
}

Failed set_ambient(const Capabilities& wanted) {
  if (!ok(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0))) {
    return {Step::kAmbient, errno};
  }
  for (int capability = 0; capability <= wanted.last; ++capability) {
    if ((wanted.ambient & capability_bit(capability)) != 0 &&
        !ok(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0))) {
      return {Step::kAmbient, errno};
    }
  }
  return {};
}

bool sets_match(const Capabilities& wanted) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  if (!ok(syscall(SYS_capget, &header, sets))) {
    return false;
  }
  const auto join = [](std::uint32_t low, std::uint32_t high) {
    return static_cast<std::uint64_t>(high) << 32 | low;
  };
  bool same = join(sets[0].permitted, sets[1].permitted) == wanted.permitted &&
              join(sets[0].effective, sets[1].effective) == wanted.permitted &&
              join(sets[0].inheritable, sets[1].inheritable) == wanted.inheritable;
  for (int capability = 0; capability <= wanted.last; ++capability) {
    const std::uint64_t bit = capability_bit(capability);
    const bool bounding = prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1;
    same = same && bounding == ((wanted.bounding & bit) != 0);
    // The kernel keeps the ambient set within the inheritable one.
    if ((wanted.inheritable & bit) != 0) {
      const bool ambient = prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, capability, 0, 0) == 1;
      same = same && ambient == ((wanted.ambient & bit) != 0);
    }
  }
  return same;
}

}  // namespace

Failed apply_bounding(const Capabilities& wanted) noexcept {
  for (int capability = 0; capability <= wanted.last; ++capability) {
    if ((wanted.bounding & capability_bit(capability)) != 0) {
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

Failed apply_capabilities(const Prepared& prepared) noexcept {
  const Capabilities& wanted = *prepared.capabilities;
  // Securebits come last, as they would stop the raising of ambient capabilities; so what they
  // need is kept until then.
  const std::uint64_t meanwhile = prepared.securebits ? capability_bit(CAP_SETPCAP) : 0;
  if (!set(wanted.permitted | meanwhile, wanted.inheritable)) {
    return {Step::kCapabilities, errno};
  }
  if (const Failed failed = set_ambient(wanted); failed.any()) {
    return failed;
  }
  if (prepared.securebits) {
    if (!ok(prctl(PR_SET_SECUREBITS, *prepared.securebits, 0, 0, 0))) {
      return {Step::kSecurebits, errno};
    }
    if (!set(wanted.permitted, wanted.inheritable)) {
      return {Step::kCapabilities, errno};
    }
  }
  return {};
}

Failed apply_verify_capabilities(const Prepared& prepared) noexcept {
  if (prepared.capabilities && !sets_match(*prepared.capabilities)) {
    return {Step::kVerifyCapabilities, 0};
  }
  if (prepared.securebits) {
    const int bits = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);
    if (bits < 0 || static_cast<unsigned>(bits) != *prepared.securebits) {
      return {Step::kVerifySecurebits, 0};
    }
  }
  return {};
}

}  // namespace indexrun::confine
