// SPDX-License-Identifier: Apache-2.0
// One output of the program on its way through us: to our own stream, and besides into a file or
// into the record.
#pragma once

#include "base/fd.h"
#include "base/result.h"
#include "launch/loop.h"
#include "launch/sink.h"
#include "launch/tail.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace indexrun::launch {

/// What is wanted of a copy.
struct CopySpec {
  int stream = 1;          ///< our own descriptor that it goes to, 1 or 2
  std::string path = {};   ///< a copy goes to this file; empty: none
  bool alone = false;      ///< it goes to the file instead of our descriptor
  bool keep = false;       ///< what is in the file
  std::uint32_t tail = 0;  ///< so many last lines are remembered
};

/// A pipe that is read whenever our own stream takes more. Neither a reader who is slow nor one who
/// has gone, nor a full disk, ends the program or loses the other copy.
class Copy {
 public:
  /// Borrows the loop. kInput for the file; kInternal if there is no descriptor left.
  static Result<Copy> open(Loop& loop, const CopySpec& spec);
  Copy(Copy&& other) noexcept;
  Copy(const Copy&) = delete;
  Copy& operator=(Copy&&) = delete;
  Copy& operator=(const Copy&) = delete;
  ~Copy();

  /// For the program. Close our own copy once it has been started, or its end is never seen.
  [[nodiscard]] UniqueFd& writer() { return writer_; }
  /// For kReady of any descriptor.
  void ready(int fd);
  /// After the program's end: takes what is in the pipe and gives up the rest, since processes that
  /// are none of ours may hold it open for ever. What has been taken may still have to be written.
  void end();
  [[nodiscard]] bool idle() const { return !reading_.valid() && !sink_.clogged(); }
  /// The reader has had his time.
  void abandon();

  /// kInput for a file or a stream of ours that did not get everything.
  [[nodiscard]] std::optional<Error> error() const;
  [[nodiscard]] std::string tail() const { return tail_ ? tail_->text() : std::string(); }
  /// To be kept open while the program runs; close-on-exec.
  [[nodiscard]] std::array<int, 3> fds() const {
    return {reading_.get(), file_.get(), ours_.get()};
  }

 private:
  Copy(Loop& loop, const CopySpec& spec, UniqueFd ours);
  [[nodiscard]] bool read_some();
  void pass_on(std::string_view bytes);
  void settle_watches();
  void watch(bool& watched, bool wanted, int fd, bool input);

  Loop* loop_;
  CopySpec spec_;
  UniqueFd ours_;  // a copy of our stream, which is given up later; standard error stays as it is
  UniqueFd reading_;
  UniqueFd writer_;
  UniqueFd file_;
  Sink sink_;
  std::optional<Tail> tail_;
  int file_error_ = 0;
  bool reading_watched_ = false;
  bool sink_watched_ = false;
};

}  // namespace indexrun::launch
