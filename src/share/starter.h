// SPDX-License-Identifier: Apache-2.0
// From an item to its running program: everything that one attempt needs.
#pragma once

#include "base/result.h"
#include "inputs/inputs.h"
#include "items/duplicates.h"
#include "launch/request.h"
#include "share/job.h"
#include "share/logs.h"
#include "share/marks.h"
#include "share/relay.h"
#include "share/share.h"
#include "share/texts.h"

#include <memory>
#include <optional>
#include <vector>

namespace indexrun::share {

class Starter {
 public:
  /// Opens the log and done directories and /dev/null. Errors as run().
  static Result<Starter> open(const Request& request, Relay& relay);

  /// Whether two items could ever meet at one output, judged by the first two of the share.
  [[nodiscard]] Result<void> check_first_two() const;

  enum class Started { kRunning, kSkipped };
  /// Expands, writes and starts `job` in its slot, unless it was done before. `running` are all
  /// that run now, null where a slot is free. kStopped if a stop signal was met on the way.
  Result<Started> start(Job& job, const std::vector<std::unique_ptr<Job>>& running);

  /// The job ended with 0: it will not be run again. kInput.
  [[nodiscard]] Result<void> mark(const Job& job) const;
  /// So many items were not run because an equal one of this share has the same mark.
  [[nodiscard]] std::uint64_t equals_skipped() const { return equals_skipped_; }
  /// Output goes through the relay.
  [[nodiscard]] bool relayed() const { return relayed_; }

 private:
  Starter(const Request& request, Relay& relay);
  Result<bool> is_done(Job& job, const inputs::Inputs& inputs, const inputs::Turn& turn);
  [[nodiscard]] Result<std::string> mark_name(const Job& job, const inputs::Inputs& inputs) const;
  Result<void> claim_outputs(Job& job, const inputs::Inputs& inputs,
                             const std::vector<std::unique_ptr<Job>>& running) const;
  Result<void> spawn(Job& job, const inputs::Inputs& inputs, const inputs::Turn& turn);
  Result<Ends> open_streams(Job& job, const inputs::Turn& turn);

  const Request& request_;
  Relay& relay_;
  Texts texts_;
  bool relayed_;
  bool turn_matters_;  ///< the command has {slot} or {attempt}
  std::optional<Logs> logs_;
  std::optional<Marks> marks_;
  UniqueFd nothing_;  ///< /dev/null
  launch::Found found_;
  items::Duplicates seen_;  ///< names of marks
  std::uint32_t marked_ = 0;
  std::uint64_t equals_skipped_ = 0;
};

}  // namespace indexrun::share
