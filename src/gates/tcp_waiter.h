// SPDX-License-Identifier: Apache-2.0
// tcp:HOST:PORT.
#pragma once

#include "base/deadline.h"
#include "base/fd.h"
#include "gates/gate.h"
#include "gates/lookup.h"
#include "gates/waiter.h"

#include <cstddef>
#include <optional>
#include <string>

namespace indexrun::gates {

/// How long an address may take to accept, and the pause after all of them have failed: doubled
/// each time, and cut by up to a half at random, so that workers that begin together do not stay
/// together.
inline constexpr Milliseconds kConnectTime{5000};
inline constexpr Milliseconds kFirstPause{100};
inline constexpr Milliseconds kLongestPause{2000};

/// Waits until a connection is accepted, and closes it at once. Each round looks the name up anew
/// and tries its addresses in turn. Borrows the gate.
class TcpWaiter : public Waiter {
 public:
  explicit TcpWaiter(const Gate& gate) : gate_(gate) {}
  Result<bool> look() override;
  void add_to(Alarms& alarms) const override;

 private:
  /// What the next address says: nothing while it is still asked.
  [[nodiscard]] std::optional<int> ask();
  void note(const std::string& problem);
  void rest();

  const Gate& gate_;
  std::optional<Lookup> lookup_;      // of this round; none in a pause
  std::size_t next_ = 0;              // the address that is asked
  UniqueFd socket_;                   // of the connection that is being made
  Deadline until_ = Deadline::now();  // the end of the pause, or of patience with an address
  Milliseconds pause_ = kFirstPause;
  std::string round_;  // what has been seen in this round
};

}  // namespace indexrun::gates
