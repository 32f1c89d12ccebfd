// SPDX-License-Identifier: Apache-2.0
// What the workload may reach, by Landlock: the questions that are the same for all items, asked
// before anything is changed.
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "confine/prepared.h"

#include <optional>
#include <string_view>
#include <vector>

namespace indexrun::confine {

/// What a kernel has. `abi` is 0 if there is no Landlock, and then `error` says why.
struct LandlockKernel {
  int abi = 0;
  int error = 0;
};

/// By the system call alone.
[[nodiscard]] LandlockKernel ask_kernel();

/// What an option asks of Landlock. All texts are literals.
struct Promise {
  std::string_view option;
  int abi = 0;             ///< the first that keeps it
  std::string_view holds;  ///< what is so where it is kept
  std::string_view lost;   ///< what is so where it is not
  bool kept = false;
};

/// All that the policy asks for, under a kernel with this ABI.
[[nodiscard]] std::vector<Promise> promises(const AccessPolicy& policy, int abi);

/// Nothing if the policy does not ask for it. kConfine, with the reason, if this kernel keeps less
/// than what is asked; with --landlock best-effort a warning for each promise that is not kept.
Result<std::optional<Landlock>> prepare_access(const AccessPolicy& policy,
                                               const LandlockKernel& kernel);

}  // namespace indexrun::confine
