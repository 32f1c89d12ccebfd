// SPDX-License-Identifier: Apache-2.0
// Any text as --wait-for: what is accepted can be waited for, and written anew is the same.
#include "gates/gate.h"
#include "pieces.h"

#include <cstdint>
#include <string>

using indexrun::gates::Gate;
using indexrun::gates::Kind;
using indexrun::gates::parse_gate;

namespace {

std::string written(const Gate& gate) {
  switch (gate.kind) {
    case Kind::kFile:
      return "file:" + gate.path;
    case Kind::kNonempty:
      return "nonempty:" + gate.path;
    case Kind::kTcp:
      break;
  }
  const bool six = gate.host.find(':') != std::string::npos;
  return "tcp:" + (six ? "[" + gate.host + "]" : gate.host) + ":" + std::to_string(gate.port);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto gate = parse_gate(text);
  if (!gate) {
    require(!gate.error().problem.empty());
    return 0;
  }
  require(gate->text == text);
  require((gate->kind == Kind::kTcp) == gate->path.empty());
  require((gate->kind == Kind::kTcp) != (gate->host.empty() && gate->port == 0));
  require(gate->host.size() <= 254);
  require(gate->host.find_first_of(std::string_view(" /@[]%\0", 7)) == std::string::npos);
  const auto again = parse_gate(written(*gate));
  require(again.has_value() && again->kind == gate->kind && again->path == gate->path &&
          again->host == gate->host && again->port == gate->port);
  return 0;
}
