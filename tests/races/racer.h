// SPDX-License-Identifier: Apache-2.0
// Many starts, one after the other, while every core is busy with something else: what depends on
// who comes first comes out this way and that.
#pragma once

#include <random>
#include <string>
#include <vector>

#include <sys/types.h>

namespace indexrun::test {

/// The number of runs for a share of the whole: INDEXRUN_RACE_RUNS (10000 by default) times that.
[[nodiscard]] int runs(double share);

/// Keeps every core busy while it exists.
class Load {
 public:
  Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load();

 private:
  std::vector<pid_t> busy_;
};

/// What a run inherits.
struct Circumstances {
  bool first_process = false;  ///< as PID 1 of a PID namespace of its own
  bool all_blocked = false;    ///< with every signal blocked
};

/// One run of indexrun; what it prints on standard output is read, its messages by nobody.
class Racer {
 public:
  Racer(const std::vector<std::string>& argv, Circumstances circumstances);
  Racer(const Racer&) = delete;
  Racer& operator=(const Racer&) = delete;
  ~Racer();

  [[nodiscard]] pid_t pid() const { return pid_; }
  void send(int signal) const;
  void queue(int signal, int value) const;
  /// Waits until the signal is in SigBlk of /proc/PID/status; false if it ends before.
  [[nodiscard]] bool wait_until_blocked(int signal) const;
  /// Reads until the text has come; false if the deadline passes.
  [[nodiscard]] bool wait_for(const std::string& text);
  /// The status as a shell reports it; -1 if it has not ended by the deadline.
  [[nodiscard]] int finish();
  [[nodiscard]] const std::string& output() const { return output_; }

 private:
  pid_t pid_;
  int pidfd_;
  int out_ = -1;
  std::string output_;
};

/// True if this machine lets us make PID namespaces.
[[nodiscard]] bool can_be_first();

/// Busy for a random time of at most so many microseconds.
void dawdle(std::mt19937& random, int microseconds);

/// indexrun as a supervisor of this program, with these options.
[[nodiscard]] std::vector<std::string> supervised(const std::vector<std::string>& options,
                                                  const std::vector<std::string>& program);

}  // namespace indexrun::test
