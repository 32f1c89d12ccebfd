// SPDX-License-Identifier: Apache-2.0
// Puts the expanded files where they belong.
#pragma once

#include "base/result.h"
#include "inputs/inputs.h"
#include "items/item.h"

namespace indexrun::inputs {

/// Writes `files` in order, each whole or not at all (base/atomic_file.h), with exactly its mode.
/// Stops at the first that cannot be written (kInput), and between files at a signal that asks to
/// stop (kStopped); what was written before stays.
/// `share` is there if a file holds all its items; they are not kept in memory.
Result<void> write(const Inputs& inputs, items::Sequence* share = nullptr);

}  // namespace indexrun::inputs
