// SPDX-License-Identifier: Apache-2.0
// The order in which a policy is judged. Each part is left out, with its cost, when the policy does
// not speak of it.
#include "confine/prepare.h"

#include "base/log.h"
#include "confine/access.h"
#include "confine/batch.h"
#include "confine/capabilities.h"
#include "confine/held.h"
#include "confine/identity.h"
#include "confine/reach.h"
#include "confine/resources.h"
#include "confine/seccomp/ask.h"
#include "confine/seccomp/filters.h"
#include "confine/securebits.h"

#include <utility>

namespace indexrun::confine {
namespace {

Error nothing_to_report() {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = "--report-denials",
               .problem = "no filter is asked for that could deny a system call",
               .hint =
                   "add --seccomp or --seccomp-deny; the container's own filter is not ours to "
                   "watch"};
}

}  // namespace

Result<Prepared> prepare(const Policy& policy) {
  Prepared prepared;
  if (policy.empty()) {
    return prepared;
  }
  if (policy.batch) {
    LOG_CHOSEN(
        "confine: batch: no capabilities, no new privileges, the filter batch, no descriptors "
        "beyond "
        "2, files read-only but for --rw, --private-tmp and --private-home");
    Policy whole = with_batch(policy);
    whole.batch = false;
    return prepare(whole);
  }
  if (policy.has_identity()) {
    TRY(prepared.identity, resolve_identity(policy));
    CHECK(check_identity(prepared));
  }
  // A filter or Landlock without no_new_privs needs CAP_SYS_ADMIN and would have to allow
  // everything that comes after it; so there is only the one mode.
  prepared.no_new_privs = policy.no_new_privs || policy.filters() || !policy.access.empty();
  if (!policy.securebits.empty()) {
    TRY(prepared.securebits, prepare_securebits(policy.securebits));
  }
  TRY(prepared.capabilities, prepare_capabilities(policy, prepared));
  if (policy.has_resources()) {
    TRY(prepared.resources, prepare_resources(policy));
    CHECK(check_resources(prepared));
  }
  if (policy.close_fds) {
    TRY(prepared.descriptors, prepare_descriptors(policy));
  }
  if (policy.filters()) {
    const std::uint64_t bounding =
        prepared.capabilities ? prepared.capabilities->bounding : bounding_set();
    TRY(prepared.filters, prepare_filters(policy, bounding));
  }
  if (policy.report_denials) {
    if (prepared.filters.empty()) {
      return nothing_to_report();
    }
    TRY(prepared.asking, ask_listener(prepared.filters));
  }
  if (!policy.access.empty()) {
    TRY(prepared.landlock, prepare_access(policy.access, ask_kernel()));
  }
  return prepared;
}

}  // namespace indexrun::confine
