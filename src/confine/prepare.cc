// SPDX-License-Identifier: Apache-2.0
// The order in which a policy is judged. Each part is left out, with its cost, when the policy does
// not speak of it.
#include "confine/prepare.h"

#include "base/log.h"
#include "confine/access.h"
#include "confine/batch.h"
#include "confine/capabilities.h"
#include "confine/failure.h"
#include "confine/identity.h"
#include "confine/seccomp.h"

#include <utility>

namespace indexrun::confine {

Result<Prepared> prepare(const Policy& policy) {
  Prepared prepared;
  if (policy.empty()) {
    return prepared;
  }
  if (policy.batch) {
    LOG_CHOSEN(
        "confine: batch: no capabilities, no new privileges, files read-only but for --rw, "
        "--private-tmp and --private-home");
    Policy whole = with_batch(policy);
    whole.batch = false;
    return prepare(whole);
  }
  if (policy.user) {
    TRY(prepared.identity, parse_identity(*policy.user));
    // apply() would find out as well, but by then files are written and a mode is chosen.
    if (const Failed failed = out_of_reach(*prepared.identity); failed.any()) {
      return failure(prepared, failed);
    }
  }
  // A filter or Landlock without no_new_privs needs CAP_SYS_ADMIN and would have to allow
  // everything that comes after it; so there is only the one mode.
  prepared.no_new_privs =
      policy.no_new_privs || !policy.seccomp_deny.empty() || !policy.access.empty();
  TRY(prepared.capabilities, prepare_capabilities(policy, prepared));
  if (!policy.seccomp_deny.empty()) {
    TRY(prepared.filter, compile_deny_filter(policy.seccomp_deny));
  }
  if (!policy.access.empty()) {
    TRY(prepared.landlock, prepare_access(policy.access, ask_kernel()));
  }
  return prepared;
}

}  // namespace indexrun::confine
