// SPDX-License-Identifier: Apache-2.0
// file:PATH and nonempty:PATH.
#pragma once

#include "gates/gate.h"
#include "gates/waiter.h"

namespace indexrun::gates {

/// Waits for a path. Borrows the gate.
class FileWaiter : public Waiter {
 public:
  explicit FileWaiter(const Gate& gate) : gate_(gate) {}
  Result<bool> look() override;

 private:
  const Gate& gate_;
};

}  // namespace indexrun::gates
