// SPDX-License-Identifier: Apache-2.0
// From what the user named as the list to a reader of it.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "items/lines.h"
#include "items/reader.h"
#include "items/spec.h"

#include <memory>

namespace indexrun::items {

/// The rules for cutting a list into items.
[[nodiscard]] LineRules rules_of(const Spec& spec);

/// Opens the source of `spec`. `spec` and `environment` must outlive the reader. No source at all
/// is a kConfig error.
Result<std::unique_ptr<Reader>> open_source(const Spec& spec, const Environment& environment);

}  // namespace indexrun::items
