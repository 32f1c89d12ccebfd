// SPDX-License-Identifier: Apache-2.0
#include "confine/effective.h"

#include "base/decimal.h"
#include "confine/batch.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <linux/securebits.h>

namespace indexrun::confine {
namespace {

enum : std::size_t { kReal, kEffectiveId };

void take_identity(Present& state, const Identity& identity) {
  state.uid.fill(identity.uid);
  state.gid.fill(identity.gid);
  state.groups = identity.groups;
}

void take_capabilities(Present& state, const Prepared& prepared) {
  if (prepared.capabilities) {
    const Capabilities& wanted = *prepared.capabilities;
    state.capabilities = {.bounding = wanted.bounding,
                          .permitted = wanted.permitted,
                          .effective = wanted.permitted,
                          .inheritable = wanted.inheritable,
                          .ambient = wanted.ambient};
    state.last_capability = wanted.last;
  }
  state.securebits = prepared.securebits.value_or(state.securebits);
  state.no_new_privs = state.no_new_privs || prepared.no_new_privs;
}

void take_resources(Present& state, const Resources& resources) {
  for (const ResourceLimit& wanted : resources.limits) {
    const auto limit = std::ranges::find(state.limits, wanted.resource, &ResourceLimit::resource);
    if (limit != state.limits.end()) {
      *limit = wanted;
    }
  }
  state.umask = resources.umask.value_or(state.umask);
  state.nice = resources.nice.value_or(state.nice);
  if (!resources.oom_score_adj.empty()) {
    state.oom_score_adj =
        static_cast<int>(std::strtol(resources.oom_score_adj.c_str(), nullptr, 10));
  }
  if (!resources.cpus.empty()) {
    state.cpus = resources.cpus;
  }
}

void take_descriptors(Present& state, const Descriptors& wanted) {
  constexpr unsigned kFirst = 3;
  if (state.descriptors) {
    std::erase_if(*state.descriptors, [&](unsigned fd) {
      return fd >= kFirst && std::ranges::find(wanted.keep, fd) == wanted.keep.end();
    });
  }
}

/// cap_bprm_creds_from_file() of the kernel's security/commoncap.c, for a file that has neither
/// set-user-ID bits nor capabilities.
void execute(Present& state) {
  const CapabilitySets old = state.capabilities;
  CapabilitySets& now = state.capabilities;
  const bool root_counts = (state.securebits & SECBIT_NOROOT) == 0;
  const bool by_effective = root_counts && state.uid[kEffectiveId] == 0;
  const bool by_real = root_counts && state.uid[kReal] == 0;
  now.permitted = by_effective || by_real ? old.bounding | old.inheritable : 0;
  // As if the file had set the id: it was set by who started us.
  const bool set_id =
      state.uid[kEffectiveId] != state.uid[kReal] || state.gid[kEffectiveId] != state.gid[kReal];
  const bool gains = (now.permitted & ~old.permitted) != 0;
  if (state.no_new_privs && (set_id || gains)) {
    state.uid[kEffectiveId] = state.uid[kReal];
    state.gid[kEffectiveId] = state.gid[kReal];
    now.permitted &= old.permitted;
  }
  now.ambient = set_id ? 0 : old.ambient;
  now.permitted |= now.ambient;
  now.effective = by_effective ? now.permitted : now.ambient;
  state.uid[2] = state.uid[3] = state.uid[kEffectiveId];
  state.gid[2] = state.gid[3] = state.gid[kEffectiveId];
  state.securebits &= ~static_cast<unsigned>(SECBIT_KEEP_CAPS);
}

}  // namespace

Present after_start(Present present, const Prepared& prepared) {
  if (prepared.identity) {
    take_identity(present, *prepared.identity);
  }
  std::ranges::sort(present.groups);
  take_capabilities(present, prepared);
  take_resources(present, prepared.resources);
  if (prepared.descriptors) {
    take_descriptors(present, *prepared.descriptors);
  }
  execute(present);
  return present;
}

Result<Effective> effective(const Policy& policy, const Prepared& prepared) {
  Effective result;
  result.state = after_start(read_present(), prepared);
  for (const Filter& filter : prepared.filters) {
    result.filters.push_back({filter.origin, filter.program.size(), filter.flags});
  }
  TRY(result.calls, verdicts(prepared.filters));
  if (prepared.landlock) {
    result.landlock_abi = prepared.landlock->abi;
    result.promises =
        promises(policy.batch ? with_batch(policy).access : policy.access, prepared.landlock->abi);
  }
  return result;
}

}  // namespace indexrun::confine
