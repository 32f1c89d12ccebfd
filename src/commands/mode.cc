// SPDX-License-Identifier: Apache-2.0
#include "commands/mode.h"

#include "inputs/expand.h"

#include <string_view>

namespace indexrun::commands {

namespace {

std::string_view needed_by(const options::Options& options) {
  if (options.share.each) {
    return "--each";
  }
  if (options.inputs.standard_output && options.inputs.standard_output->copy) {
    return "--tee-stdout";
  }
  if (options.inputs.standard_error && options.inputs.standard_error->copy) {
    return "--tee-stderr";
  }
  if (options.confine.report_denials) {
    return "--report-denials";
  }
  const bool stream = options.items.shares.wanted && inputs::stdin_has_share(options.inputs);
  return stream ? "--stdin '{items}'" : status::supervised_option(options.status);
}

}  // namespace

Result<launch::Mode> choose_mode(const Session& session, const confine::Prepared& prepared) {
  const status::Spec& status = session.options.status;
  const inputs::Spec& inputs = session.options.inputs;
  // Only who stays can write a message, or remove a directory, at the end.
  const bool wanted = (session.message.exists() && status.message != status::Message::kNever) ||
                      inputs.private_tmp || inputs.private_home;
  launch::Circumstances circumstances = launch::circumstances(wanted, prepared);
  circumstances.needed_by = needed_by(session.options);
  return launch::choose_mode(session.options.launch, circumstances);
}

}  // namespace indexrun::commands
