// SPDX-License-Identifier: Apache-2.0
#include "commands/login.h"

#include "confine/identity.h"

namespace indexrun::commands {

Result<void> take_login(options::Options& options) {
  if (!options.confine.user) {
    return {};
  }
  TRY(const auto login, confine::find_login(options.confine));
  if (!login) {
    return {};
  }
  options.inputs.login = {{"HOME", login->home}, {"USER", login->name}, {"LOGNAME", login->name}};
  for (options::RoleOptions& role : options.roles) {
    role.inputs.login = options.inputs.login;
  }
  return {};
}

}  // namespace indexrun::commands
