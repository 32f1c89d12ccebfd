// SPDX-License-Identifier: Apache-2.0
// Reading an env file never crashes, and what it gave is given again when it is written out.
#include "base/environment.h"
#include "inputs/env_file.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = indexrun::inputs::parse_env_file(text, "vars");
  if (!lines) {
    return lines.error().object.starts_with("vars:") ? 0 : (std::abort(), 0);
  }
  std::string written;
  for (const auto& line : *lines) {
    if (!indexrun::is_variable_name(line.name) || line.value.find('\n') != std::string_view::npos) {
      std::abort();
    }
    written.append(line.name).append("=").append(line.value).append("\r\n");
  }
  const auto again = indexrun::inputs::parse_env_file(written, "vars");
  if (!again || again->size() != lines->size()) {
    std::abort();
  }
  for (std::size_t i = 0; i < lines->size(); ++i) {
    if ((*again)[i].name != (*lines)[i].name || (*again)[i].value != (*lines)[i].value) {
      std::abort();
    }
  }
  return 0;
}
