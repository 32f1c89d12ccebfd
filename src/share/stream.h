// SPDX-License-Identifier: Apache-2.0
// One output pipe of an item: bytes in, whole lines out.
#pragma once

#include "base/fd.h"
#include "launch/sink.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace indexrun::share {

/// The longest line, in bytes, that is passed on as one. What is longer becomes several lines.
inline constexpr std::size_t kLongestLine = std::size_t{1} << 20;
/// The longest prefix, in bytes; the rest is cut off.
inline constexpr std::size_t kLongestPrefix = 4096;

class Stream {
 public:
  /// `reading` does not wait (O_NONBLOCK). A newline in the prefix becomes a blank.
  Stream(UniqueFd reading, launch::Sink& sink, std::string prefix);

  [[nodiscard]] int fd() const { return reading_.get(); }
  [[nodiscard]] launch::Sink& sink() const { return *sink_; }

  enum class Read {
    kSome,     ///< bytes came; their lines are in the sink
    kNothing,  ///< none now, but somebody still has the other end
    kEnd,      ///< nobody has it any more
  };
  /// One read(2). The sink is flushed.
  Read read_some();
  /// Ends a last line that has no newline.
  void end_line();
  /// Bytes read so far.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  void take(std::string_view bytes);
  void emit(std::string_view lines);

  UniqueFd reading_;
  launch::Sink* sink_;
  std::string prefix_;
  std::string begun_;  // a line whose end has not come
  std::size_t bytes_ = 0;
};

}  // namespace indexrun::share
