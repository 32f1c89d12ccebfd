// SPDX-License-Identifier: Apache-2.0
#include "commands/mode.h"

namespace indexrun::commands {

Result<launch::Mode> choose_mode(const Session& session, const confine::Prepared& prepared) {
  const status::Spec& status = session.options.status;
  const bool message_wanted = session.message.exists() && status.message != status::Message::kNever;
  launch::Circumstances circumstances = launch::circumstances(message_wanted, prepared);
  circumstances.needed_by =
      session.options.share.each ? "--each" : status::supervised_option(status);
  return launch::choose_mode(session.options.launch, circumstances);
}

}  // namespace indexrun::commands
