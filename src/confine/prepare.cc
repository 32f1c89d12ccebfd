// SPDX-License-Identifier: Apache-2.0
// The order in which a policy is judged. Each part is left out, with its cost, when the policy does
// not speak of it.
#include "confine/prepare.h"

#include "confine/capabilities.h"
#include "confine/failure.h"
#include "confine/held.h"
#include "confine/identity.h"
#include "confine/seccomp/filters.h"

#include <utility>

namespace indexrun::confine {

Result<Prepared> prepare(const Policy& policy) {
  Prepared prepared;
  if (policy.empty()) {
    return prepared;
  }
  if (policy.user) {
    TRY(prepared.identity, parse_identity(*policy.user));
    // apply() would find out as well, but by then files are written and a mode is chosen.
    if (const Failed failed = out_of_reach(*prepared.identity); failed.any()) {
      return failure(prepared, failed);
    }
  }
  // A filter without no_new_privs needs CAP_SYS_ADMIN and would have to allow everything that comes
  // after it; so there is only the one mode.
  prepared.no_new_privs = policy.no_new_privs || policy.filters();
  TRY(prepared.capabilities, prepare_capabilities(policy, prepared));
  if (policy.filters()) {
    const std::uint64_t bounding =
        prepared.capabilities ? prepared.capabilities->bounding : bounding_set();
    TRY(prepared.filters, prepare_filters(policy, bounding));
  }
  return prepared;
}

}  // namespace indexrun::confine
