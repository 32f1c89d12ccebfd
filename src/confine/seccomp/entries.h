// SPDX-License-Identifier: Apache-2.0
// One entry of a profile's "syscalls".
#pragma once

#include "base/result.h"
#include "confine/seccomp/json_tree.h"
#include "confine/seccomp/profile.h"

namespace indexrun::confine {

struct EntryContext {
  const JsonSource& source;
  const Circumstances& circumstances;
};

/// Judges the entry, and adds it to `profile` if its "includes" and "excludes" say so; what was
/// asked for that goes to profile.decided.
Result<void> read_entry(const EntryContext& context, const JsonNode& node, Profile& profile);

}  // namespace indexrun::confine
