// SPDX-License-Identifier: Apache-2.0
// Prepares everything the child needs while allocating and failing are still allowed.
#pragma once

#include "base/fd.h"
#include "base/result.h"
#include "confine/domain.h"
#include "launch/child.h"
#include "launch/private_folders.h"
#include "launch/request.h"

#include <array>
#include <string>
#include <vector>

namespace indexrun::launch {

/// Owns what a ChildPlan points to, together with the Request's inputs and the private folders,
/// which outlive it.
class Plan {
 public:
  /// Finds the program (or takes request.found, if it is the same), puts standard input into a
  /// sealed memory file, and opens the files that its outputs go to instead of ours. Errors: as
  /// resolve(), and kInput if there is no such working directory, no memory file, or no such file;
  /// as open_domain(). The variables of `folders` are in the program's environment.
  static Result<Plan> make(const Request& request, const PrivateFolders* folders = nullptr);

  /// Points into this object, which must stay where it is meanwhile.
  [[nodiscard]] ChildPlan child() const;
  /// What went wrong in become(), for the user.
  [[nodiscard]] Error explain(const ChildFailure& failure) const;

 private:
  Plan(const Request& request, const PrivateFolders* folders);
  [[nodiscard]] int directory() const;
  Result<void> find(const std::string& command, Found* found);
  Result<void> open_outputs(const Request& request);
  [[nodiscard]] std::array<int, 2> outputs() const;
  void rename_listener();

  const inputs::Inputs* inputs_;
  std::string path_;
  std::vector<const char*> argv_;
  std::vector<const char*> environment_;
  UniqueFd directory_;  // invalid: our own, or not to be seen by us
  UniqueFd standard_input_;
  UniqueFd standard_output_;
  UniqueFd standard_error_;
  std::string listener_;  // "LISTEN_PID=" with room for the program's pid; empty: none
  confine::Domain domain_;
  ChildPlan child_;
};

}  // namespace indexrun::launch
