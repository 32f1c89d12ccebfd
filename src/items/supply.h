// SPDX-License-Identifier: Apache-2.0
// A list that can be opened as often as it is needed.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "items/reader.h"
#include "items/spec.h"
#include "items/stamp.h"

#include <memory>
#include <string>

namespace indexrun::items {

/// Standard input, pipes and devices can be read only once: they are kept in memory.
class Supply {
 public:
  /// `spec` and `environment` must outlive the Supply and its readers.
  static Result<Supply> prepare(const Spec& spec, const Environment& environment);

  /// A reader at the first item. The Supply must outlive it. A kInput error if it would read
  /// something else than the readers before it.
  [[nodiscard]] Result<std::unique_ptr<Reader>> open() const;
  /// The same after a reader that has been at the end: the items are not digested once more.
  [[nodiscard]] Result<std::unique_ptr<Reader>> open_again() const;

 private:
  Supply(const Spec& spec, const Environment& environment)
      : spec_(&spec), environment_(&environment), stamp_(spec) {}

  const Spec* spec_;
  const Environment* environment_;
  Stamp stamp_;                        ///< of the source before it was opened
  std::unique_ptr<std::string> text_;  ///< of a source that can be read only once
};

}  // namespace indexrun::items
