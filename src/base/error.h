// SPDX-License-Identifier: Apache-2.0
// The one error object. Stages return it; only main prints it and turns it into an exit status.
#pragma once

#include <string>
#include <string_view>

namespace indexrun {

/// What kind of failure of our own this is. The exit status of each class stands in
/// status/exit_code.h; the meaning is that of the exit status table in indexrun(1).
enum class Failure {
  kConfig,    ///< the same for every worker: can never work
  kItem,      ///< this index has no valid item
  kInput,     ///< the input could not be prepared now
  kConfine,   ///< confinement could not be had: nothing was run
  kTimeout,   ///< our time limit ended the run
  kInternal,  ///< indexrun itself failed
  kNoexec,    ///< the program cannot be executed
  kNotfound,  ///< the program was not found
  kStopped,   ///< told to stop by `Error::signal` before the program started
};

/// One failure, as a value. Printed as
///
///     indexrun: <stage>: <object>: <problem>[: <system error>]
///     indexrun: hint: <hint>
///
/// `problem` says what was found and what was expected. User text in `problem` and `hint` is
/// passed through quote() by whoever writes it; `object` is made printable by message().
struct Error {
  Failure failure = Failure::kInternal;
  std::string_view stage{};  ///< a literal: the folder's name, such as "items"
  std::string object{};      ///< a path, an option, a variable; empty if there is none
  std::string problem{};
  int system_error = 0;  ///< an errno, 0 if none
  std::string hint{};    ///< the remedy, empty if there is none
  int signal = 0;        ///< for kStopped

  /// The first line without the leading "indexrun: " and without a newline.
  [[nodiscard]] std::string message() const;
};

/// The text for an errno, without consulting the locale: "No such file or directory".
[[nodiscard]] std::string system_error_text(int number);

/// Whether a failed read with this errno may go well another time: I/O error, stale handle, no
/// memory or descriptors. Such a failure is kInput; all others are the same for every try.
[[nodiscard]] bool may_pass(int number);

}  // namespace indexrun
