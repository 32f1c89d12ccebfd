// SPDX-License-Identifier: Apache-2.0
// Standard input of the program that is made while it runs.
#pragma once

#include "base/byte_source.h"
#include "base/fd.h"
#include "base/result.h"
#include "launch/loop.h"
#include "launch/pipe.h"

#include <optional>
#include <string_view>

namespace indexrun::launch {

/// A pipe that is filled whenever it takes something; one piece of the source is in memory.
class Feed {
 public:
  /// Borrows both. The first piece is asked for here, so that what a source opens it has opened
  /// before there is a program. kInternal if there is no descriptor left.
  static Result<Feed> open(Loop& loop, ByteSource& source);
  Feed(Feed&& other) noexcept;
  Feed(const Feed&) = delete;
  Feed& operator=(Feed&&) = delete;
  Feed& operator=(const Feed&) = delete;
  ~Feed();

  /// For the program, as its standard input. Close our own copy once it has been started, or nobody
  /// notices that the program reads no more.
  [[nodiscard]] UniqueFd& reader() { return reader_; }
  /// After kReady of fd(): writes as much as can be written without waiting. A program that reads
  /// no more ends the feed, which is no failure. An error of the source ends it, too: the program
  /// has got less than it should.
  Result<void> ready();
  /// -1 when all is written, or given up.
  [[nodiscard]] int fd() const { return writer_.get(); }

 private:
  Feed(Loop& loop, ByteSource& source, Pipe pipe);
  void end();

  Loop* loop_;
  ByteSource* source_;
  UniqueFd reader_;
  UniqueFd writer_;
  std::string_view piece_;
};

}  // namespace indexrun::launch
