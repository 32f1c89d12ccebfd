// SPDX-License-Identifier: Apache-2.0
// The flow up to the files.
#include "commands/commands.h"
#include "commands/gates.h"
#include "commands/worker.h"
#include "inputs/write.h"

namespace indexrun::commands {

Result<int> stage(Session& session) {
  TRY(const Worker worker, read_worker(session));
  if (worker.item.share_size == 0U) {
    tell_empty(worker.item);  // the next container runs all the same: it finds an empty list
  }
  CHECK(wait_at_gates(session, worker.item));
  CHECK(inputs::write(worker.inputs, worker.share.get()));
  return 0;
}

}  // namespace indexrun::commands
