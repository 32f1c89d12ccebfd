// SPDX-License-Identifier: Apache-2.0
// --tee-stdout, --tee-stderr, --message-tail: the outputs that go through us.
#pragma once

#include "base/result.h"
#include "launch/copy.h"
#include "launch/loop.h"
#include "launch/request.h"

#include <optional>
#include <string>
#include <vector>

namespace indexrun::launch {

class Copies {
 public:
  /// Opens what the request asks for, which may be nothing.
  static Result<Copies> open(Loop& loop, const Request& request);

  [[nodiscard]] bool any() const { return !copies_.empty(); }
  /// The program's streams, with pipes where its output goes through us.
  [[nodiscard]] Streams streams(Streams streams);
  /// The program has the pipes now, if it could be started.
  void release();
  void ready(int fd);
  /// The program and what it left behind have ended. Writes what is on its way; a reader who is
  /// slow is waited for, unless we are told to stop or `told` says that we have been.
  void finish(Loop& loop, bool told);

  [[nodiscard]] std::optional<Error> error() const;
  /// The last lines of standard error.
  [[nodiscard]] std::string tail() const;
  [[nodiscard]] std::vector<int> fds() const;

 private:
  struct Held {
    int stream;
    Copy copy;
  };
  std::vector<Held> copies_;
};

}  // namespace indexrun::launch
