// SPDX-License-Identifier: Apache-2.0
// The outputs of all items that run, and our own messages between them: whole lines, one after the
// other, to standard output and standard error.
#pragma once

#include "base/result.h"
#include "launch/loop.h"
#include "launch/sink.h"
#include "share/stream.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace indexrun::share {

/// What an item writes to: descriptors for its standard output and standard error.
struct Ends {
  UniqueFd out;
  UniqueFd err;
};

/// Pipes that processes left behind by items still hold are read on; of more than these the oldest
/// is closed.
inline constexpr std::size_t kMostLingering = 64;

class Relay {
 public:
  /// Diverts the log to itself until it is destroyed. Borrows the loop.
  Relay(launch::Loop& loop, std::size_t slots);
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;
  ~Relay();

  /// Two new pipes for the item in this slot; kInternal if there is no descriptor left.
  Result<Ends> open(std::size_t slot, const std::string& prefix);
  /// The item was not started.
  void drop(std::size_t slot);
  /// The item's process has ended: what it wrote is passed on.
  void end(std::size_t slot);
  /// All that the item wrote until its end has been written.
  [[nodiscard]] bool passed_on(std::size_t slot) const;

  /// For kReady.
  void ready(int fd);
  /// Messages go on their way.
  void flush();
  /// Nothing waits to be written.
  [[nodiscard]] bool idle() const;
  /// The loop reports no descriptor any more.
  void leave();
  /// After leave(): what is left in the pipes of processes that are no more; those pipes are then
  /// closed.
  void drain();
  /// Gives up what could not be written so far, with a warning.
  void abandon();
  [[nodiscard]] bool abandoned() const { return abandoned_; }
  /// Standard error has a reader who is in time for more messages; else they are thrown away from
  /// now on, also after the relay's end.
  void check_reader(Milliseconds patience);
  /// Lines of items that could not be written: kInternal.
  [[nodiscard]] std::optional<Error> error() const;

  /// A line for the terminal on standard error; empty: none.
  void draw(std::string_view line);

 private:
  /// One of the two pipes of an item.
  struct Pipe {
    std::unique_ptr<Stream> stream;  // none: at its end, or lingering
    bool parked = false;             // not watched, as its sink is clogged
    bool ended = false;              // the item's process has ended
    std::size_t bytes_at_end = 0;
    std::uint64_t due = 0;  // what its sink had taken when the stream was done
  };

  launch::Sink& sink_of(std::size_t which) { return which == 1 && err_ ? *err_ : out_; }
  [[nodiscard]] const launch::Sink& sink_of(std::size_t which) const {
    return which == 1 && err_ ? *err_ : out_;
  }
  void pump(Pipe& pipe);
  void pump_all(const launch::Sink& sink);
  void done(Pipe& pipe, bool lingers);
  void linger(std::unique_ptr<Stream> stream);
  void read_lingering(std::size_t number);
  void watch(launch::Sink& sink, bool& watched);
  void watch_sinks();

  launch::Loop& loop_;
  launch::Sink out_;
  std::optional<launch::Sink> err_;  // none: the same file as standard output
  std::array<bool, 2> watched_{};
  bool abandoned_ = false;
  bool silent_ = false;  // nobody reads standard error
  std::string messages_;
  std::vector<Pipe> pipes_;  // two a slot
  std::size_t parked_ = 0;   // of these
  std::vector<std::unique_ptr<Stream>> lingering_;
};

}  // namespace indexrun::share
