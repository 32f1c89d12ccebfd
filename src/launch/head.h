// SPDX-License-Identifier: Apache-2.0
// The start of a program's file: what the kernel will look at to run it.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace indexrun::launch {

/// Enough for a #! line, the ELF header, and in practice the program headers and the interpreter's
/// name.
struct Head {
  std::array<char, 4096> bytes{};
  std::size_t size = 0;
  bool read_at_all = false;

  [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
  [[nodiscard]] bool is_script() const { return text().starts_with("#!"); }
  [[nodiscard]] bool is_elf() const;

  template <typename T>
  [[nodiscard]] bool read(std::size_t offset, T& value) const {
    if (offset > size || size - offset < sizeof value) {
      return false;
    }
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return true;
  }
};

/// Of `path`, seen from the directory of this descriptor; not read_at_all if it cannot be opened.
[[nodiscard]] Head read_head(int directory, const std::string& path);

/// "/bin/sh" of "#! /bin/sh -e", or the dynamic loader that an ELF program asks for; empty if there
/// is none, or its name is not within the head.
[[nodiscard]] std::string interpreter(const Head& head);

}  // namespace indexrun::launch
