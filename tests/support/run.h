// SPDX-License-Identifier: Apache-2.0
// Runs a real program the way a container runtime would, with everything it can inherit said
// exactly: arguments, environment, working directory, descriptors, signals. Waiting is done by poll
// on the pipes and a pidfd, with a deadline, never by sleeping.
#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace indexrun::test {

/// The program under test: $INDEXRUN, or the one of this build.
[[nodiscard]] const std::string& binary();
/// The workload whose verbs are the assertions: $PROBE, or the one of this build.
[[nodiscard]] const std::string& probe();

inline constexpr std::chrono::seconds kDeadline{30};

/// How a program ended and what it said. Printing it gives all that is needed to understand a
/// failed assertion.
struct Ran {
  std::vector<std::string> argv;
  int exit = -1;             ///< exit status, -1 if a signal or the deadline ended it
  int signal = 0;            ///< the signal that ended it
  bool out_of_time = false;  ///< the test's deadline passed; it was killed
  std::string out = {};
  std::string err = {};

  /// Exit status as a shell would report it.
  [[nodiscard]] int shell_status() const { return signal != 0 ? 128 + signal : exit; }
  friend std::ostream& operator<<(std::ostream& stream, const Ran& ran);
};

/// A running program. Killed and reaped by the destructor if finish() was not called.
class Started {
 public:
  Started(pid_t pid, int pidfd, int out, int err, std::vector<std::string> argv);
  Started(Started&& other) noexcept;
  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;
  Started& operator=(Started&&) = delete;
  ~Started();

  [[nodiscard]] pid_t pid() const { return pid_; }
  void send(int signal) const;
  /// Reads standard output until it contains `text`; false if it ends or time passes before.
  [[nodiscard]] bool wait_for_output(std::string_view text);
  /// Reads until standard output is at its end, also while the program still runs.
  [[nodiscard]] bool wait_for_end_of_output();
  [[nodiscard]] const std::string& output() const { return out_; }
  /// Waits until the program has ended and both its outputs are closed.
  [[nodiscard]] Ran finish();

 private:
  bool pump(const std::function<bool()>& done);
  void close_all();

  pid_t pid_;
  int pidfd_;
  int out_fd_;
  int err_fd_;
  std::string out_;
  std::string err_;
  std::vector<std::string> argv_;
  std::chrono::steady_clock::time_point until_ = std::chrono::steady_clock::now() + kDeadline;
};

/// What to run. By default: environment of PATH alone, standard input /dev/null, the outputs
/// pipes, no other descriptor, no signal blocked or ignored, umask 022, no core files.
class Command {
 public:
  explicit Command(std::vector<std::string> argv) : argv_(std::move(argv)) {}

  /// More arguments, cut at blanks.
  Command& line(std::string_view words);
  /// More arguments, verbatim.
  Command& args(const std::vector<std::string>& arguments);
  /// "--" and the workload's command line, verbatim.
  Command& command(const std::vector<std::string>& arguments);
  Command& env(const std::string& name, const std::string& value);
  Command& clear_env();
  Command& in(const std::string& directory);
  /// Standard input with these bytes.
  Command& input(const std::string& bytes);
  Command& stdin_from(const std::string& path);
  Command& stdout_to(const std::string& path);
  Command& closing(int fd);
  Command& ignoring(int signal);
  Command& blocking(int signal);
  /// A session of its own instead of a process group of its own.
  Command& own_session();
  /// Anything else to be done in the child just before exec, after all of the above.
  Command& in_child(std::function<void()> step);
  /// Gives up root: real, effective and saved ids become `id`, no groups, no capabilities.
  Command& as_user(unsigned id);

  [[nodiscard]] Started start() const;
  [[nodiscard]] Ran run() const { return start().finish(); }

 private:
  [[noreturn]] void become(int out, int err) const;

  std::vector<std::string> argv_;
  std::vector<std::string> environment_{"PATH=/usr/bin:/bin"};
  std::string directory_;
  std::string input_;
  std::string stdin_path_ = "/dev/null";
  std::string stdout_path_;
  bool own_session_ = false;
  std::vector<std::function<void()>> steps_;
};

/// True for root; otherwise the test is to be skipped, or failed where INDEXRUN_MUST_WORK is set.
[[nodiscard]] bool is_root();
/// INDEXRUN_MUST_WORK=1: a skip because of the machine is a failure.
[[nodiscard]] bool must_work();

}  // namespace indexrun::test

/// Leaves a test that the machine cannot do, unless it must.
#define INDEXRUN_SKIP_UNLESS(condition, reason)                               \
  do {                                                                        \
    if (!(condition)) {                                                       \
      ASSERT_FALSE(indexrun::test::must_work()) << "must work: " << (reason); \
      GTEST_SKIP() << (reason);                                               \
    }                                                                         \
  } while (false)
