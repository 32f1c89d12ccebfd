// SPDX-License-Identifier: Apache-2.0
// Lines of many items on their way to one stream that we inherited, without ever waiting for its
// reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace indexrun::launch {

/// The descriptor is shared with others and stays in blocking mode: poll(2) says when it takes
/// something, and then it gets at most PIPE_BUF bytes, for which a pipe has room by then.
class Sink {
 public:
  explicit Sink(int fd);

  [[nodiscard]] int fd() const { return fd_; }
  /// Takes over whole lines, however many there are already; see clogged().
  void append(std::string_view lines);
  /// The same, for lines of items: they must not be lost.
  void append_output(std::string_view lines);
  /// Writes as much as can be written without waiting.
  void flush();
  /// Something waits to be written: whoever can should give no more until it is.
  [[nodiscard]] bool clogged() const { return at_ < pending_.size(); }
  /// Counts of bytes: when `written` has reached an earlier `taken`, that has been passed on.
  [[nodiscard]] std::uint64_t taken() const { return taken_; }
  [[nodiscard]] std::uint64_t written() const { return taken_ - (pending_.size() - at_); }
  /// The errno that a write met, or 0. From then on everything is thrown away.
  [[nodiscard]] int error() const { return error_; }
  /// Lines of items were among what was thrown away, or may have been.
  [[nodiscard]] bool lost_output() const { return error_ != 0 && carries_output_; }
  /// The reader has had its time: as after an error.
  void abandon(int error);

  /// A line on a terminal that goes away when anything else is written; empty: none. Not while
  /// clogged.
  void draw(std::string_view line);

 private:
  void erase();
  [[nodiscard]] bool takes_more() const;

  int fd_;
  std::size_t most_;  // bytes for one write(2)
  std::string pending_;
  std::size_t at_ = 0;
  std::uint64_t taken_ = 0;
  int error_ = 0;
  bool drawn_ = false;
  bool carries_output_ = false;
};

}  // namespace indexrun::launch
