// SPDX-License-Identifier: Apache-2.0
// Bytes that come in pieces and are kept by nobody.
#pragma once

#include "base/result.h"

#include <string_view>

namespace indexrun {

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// The next piece, valid until the next call; empty at the end, and then always.
  virtual Result<std::string_view> next() = 0;
};

}  // namespace indexrun
