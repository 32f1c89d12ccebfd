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

/// Opens the source of `spec`, with_digest(). `spec` and `environment` must outlive the reader. No
/// source at all is a kConfig error.
Result<std::unique_ptr<Reader>> open_source(const Spec& spec, const Environment& environment);

/// The same without a digest, whatever `spec` says of it.
Result<std::unique_ptr<Reader>> open_undigested(const Spec& spec, const Environment& environment);

/// The same reader, whose items are digested if `spec` asks for that. `spec` must outlive it.
std::unique_ptr<Reader> with_digest(const Spec& spec, std::unique_ptr<Reader> reader);

}  // namespace indexrun::items
