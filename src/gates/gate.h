// SPDX-License-Identifier: Apache-2.0
// One thing that a worker waits for, as text and taken apart.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace indexrun::gates {

enum class Kind {
  kFile,      ///< file:PATH: something is there, links followed
  kNonempty,  ///< nonempty:PATH: a regular file of at least one byte
  kTcp,       ///< tcp:HOST:PORT: a connection is accepted
};

struct Gate {
  Kind kind = Kind::kFile;
  std::string text;        ///< as given, for messages
  std::string path;        ///< of a file; never empty
  std::string host;        ///< a name, or an address without brackets
  std::uint16_t port = 0;  ///< from 1
};

/// Takes "file:PATH", "nonempty:PATH" or "tcp:HOST:PORT" apart; an IPv6 address stands in brackets.
/// A name is one of RFC 1123 (underscores allowed) of at most 253 bytes, perhaps with a final dot.
/// The Error is kConfig with the object "--wait-for"; nothing is looked up.
Result<Gate> parse_gate(std::string_view text);

}  // namespace indexrun::gates
