// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/builtin.h"

#include "confine/seccomp/profile.h"
#include "confine/seccomp/resolve.h"

namespace indexrun::confine {

const Builtin* find_builtin(std::string_view name) {
  for (const Builtin& one : builtins()) {
    if (one.name == name) {
      return &one;
    }
  }
  return nullptr;
}

Filter builtin_filter(const Builtin& builtin) {
  return {.origin = std::string(builtin.name),
          .program = {builtin.program.begin(), builtin.program.end()},
          .flags = builtin.flags,
          .rules = {}};
}

Result<RuleSet> resolve_builtin(const Builtin& builtin) {
  const JsonSource source{builtin.name, builtin.text};
  TRY(const Profile profile, read_profile(source, {}));
  return resolve(source, profile);
}

}  // namespace indexrun::confine
