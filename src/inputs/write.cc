// SPDX-License-Identifier: Apache-2.0
// Output files, one after the other.
#include "inputs/write.h"

#include "base/atomic_file.h"
#include "base/log.h"
#include "base/quote.h"
#include "base/signals.h"
#include "inputs/whole_share.h"

#include <string>

namespace indexrun::inputs {

namespace {

Result<void> write_one(const OutputFile& file, items::Sequence* share) {
  if (!file.share_bytes || share == nullptr) {
    return write_atomically("inputs", file.path, file.content, file.mode);
  }
  TRY(AtomicFile written, AtomicFile::create("inputs", file.path, file.mode));
  CHECK(write_lines(*share, written));
  return written.commit(file.mode);
}

}  // namespace

Result<void> write(const Inputs& inputs, items::Sequence* share) {
  for (const OutputFile& file : inputs.files) {
    if (const auto signal = pending_stop_signal()) {
      return Error{.failure = Failure::kStopped,
                   .stage = "inputs",
                   .object = file.path,
                   .problem = "not written: stopped by signal " + signal_name(*signal),
                   .signal = *signal};
    }
    CHECK(write_one(file, share));
    LOG_HOW("inputs: wrote " + quote(file.path) + ", " + std::to_string(file.size()) + " bytes");
  }
  return {};
}

}  // namespace indexrun::inputs
