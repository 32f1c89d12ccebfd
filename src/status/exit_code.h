// SPDX-License-Identifier: Apache-2.0
// The one table of exit statuses. The man page, --help, generated policies and tests follow it.
#pragma once

#include "base/error.h"
#include "base/result.h"
#include "launch/outcome.h"
#include "status/spec.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace indexrun::status {

/// What a generated podFailurePolicy does about a class (KEP-3329).
enum class Action { kFailJob, kFailIndex, kCount };

/// A class of our own failures and its exit status. 196 to 199 are no signal (129..192), no errno,
/// no sysexits(3), none of curl's, Python's, xargs' or systemd's codes: a policy that matches them
/// matches nothing else.
struct ExitClass {
  Failure failure;
  std::string_view name;
  int code;
  Action action;
  std::string_view meaning;
};

/// In the order of the exit status table of indexrun(1). kStopped has no row: it is 128 + signal.
[[nodiscard]] std::span<const ExitClass> exit_classes();

/// The name of a failure's class, as in --exit-code and in the record; "stopped" for kStopped.
[[nodiscard]] std::string_view class_name(Failure failure);

/// How endings become exit statuses: the table, as changed by --exit-code and --map-exit.
class ExitCodes {
 public:
  /// The table unchanged.
  ExitCodes();
  /// kConfig errors for an unknown class or signal, a number out of range, one thing mapped twice,
  /// or a death by TERM mapped to 0 without --allow-term-success.
  static Result<ExitCodes> parse(const Spec& spec);

  [[nodiscard]] int of(const Error& error) const;
  /// The program's own status, as mapped, or that of the class `timeout` if our limit ended it. A
  /// program that was told to stop is not mapped to 0 without --allow-term-success, however it
  /// ended: its index would count as finished.
  [[nodiscard]] int of(const launch::Outcome& outcome) const;
  /// --allow-term-success: what ends with 0 after having been told to stop has done its work.
  [[nodiscard]] bool allows_term_success() const { return allow_term_success_; }

 private:
  /// --map-exit: from a code, or from death by a signal.
  struct Mapping {
    int code;
    int signal;  // 0: from the code
    int to;
  };
  Result<void> add_class(std::string_view text);
  Result<void> add_mapping(std::string_view text, bool allow_term_success);

  std::vector<int> codes_;  // one for each row of exit_classes()
  std::vector<bool> changed_;
  std::vector<Mapping> mappings_;
  bool allow_term_success_ = false;
};

}  // namespace indexrun::status
