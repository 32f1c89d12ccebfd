// SPDX-License-Identifier: Apache-2.0
// Output files, one after the other.
#include "inputs/write.h"

#include "base/atomic_file.h"
#include "base/log.h"
#include "base/quote.h"
#include "base/signals.h"

#include <string>

namespace indexrun::inputs {

Result<void> write(const Inputs& inputs) {
  for (const OutputFile& file : inputs.files) {
    if (const auto signal = pending_stop_signal()) {
      return Error{.failure = Failure::kStopped,
                   .stage = "inputs",
                   .object = file.path,
                   .problem = "not written: stopped by signal " + signal_name(*signal),
                   .signal = *signal};
    }
    CHECK(write_atomically("inputs", file.path, file.content, file.mode));
    LOG_HOW("inputs: wrote " + quote(file.path) + ", " + std::to_string(file.content.size()) +
            " bytes");
  }
  return {};
}

}  // namespace indexrun::inputs
