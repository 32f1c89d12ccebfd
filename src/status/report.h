// SPDX-License-Identifier: Apache-2.0
// The end of the flow: what happened becomes the record, as one JSON object.
#pragma once

#include "base/error.h"
#include "base/record.h"
#include "launch/outcome.h"
#include "status/exit_code.h"

#include <cstddef>
#include <string>

namespace indexrun::status {

/// The record never gets longer, in bytes with its final newline. Kubernetes keeps 4096 of a
/// container and 12288 of a whole pod.
inline constexpr std::size_t kLongestRecord = 1024;

/// Adds how the program ended: outcome ("exited", "signaled" or "timeout"), exit, signal,
/// attempts, duration_ms, cpu_ms, peak_kb.
void add_outcome(Record& record, const launch::Outcome& outcome, const ExitCodes& codes);

/// Adds a failure of our own: outcome "failed", class, exit, signal, reason, hint.
void add_error(Record& record, const Error& error, const ExitCodes& codes);

/// The record as a JSON object in ASCII and a newline, at most kLongestRecord bytes: always the
/// same keys in the same order, null where nothing is known; long texts are cut at "...".
[[nodiscard]] std::string to_json(const Record& record);

}  // namespace indexrun::status
