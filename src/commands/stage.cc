// SPDX-License-Identifier: Apache-2.0
// The flow up to the files.
#include "commands/commands.h"
#include "commands/worker.h"
#include "inputs/write.h"

namespace indexrun::commands {

Result<int> stage(Session& session) {
  TRY(const Worker worker, read_worker(session));
  CHECK(inputs::write(worker.inputs));
  return 0;
}

}  // namespace indexrun::commands
