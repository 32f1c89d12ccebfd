// SPDX-License-Identifier: Apache-2.0
// The system call interfaces of this machine, and what system calls are called and numbered there.
#pragma once

#include "confine/seccomp/rules.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::confine {

/// The native interface first, then those that the same kernel serves besides (on x86-64 i386 and
/// x32, on aarch64 arm), without calls.
[[nodiscard]] std::vector<Interface> all_interfaces();

/// The token SCMP_ARCH_* of a name such as "SCMP_ARCH_X86_64", of this machine or not; nothing if
/// there is no such instruction set.
[[nodiscard]] std::optional<std::uint32_t> find_architecture(std::string_view name);
[[nodiscard]] std::vector<std::string_view> architecture_names();

/// The word for the native interface in a profile's "arches": "amd64", "arm64"...
[[nodiscard]] std::string_view native_word();
/// Whether a word may stand in "arches".
[[nodiscard]] std::vector<std::string_view> architecture_words();

/// Where a call is found on an interface.
struct Numbers {
  std::optional<std::uint32_t> direct;
  /// Of i386: socketcall(2) or ipc(2), with the first argument that means the call.
  std::optional<std::uint32_t> multiplexer;
  std::uint32_t selector = 0;
  bool named = false;  ///< libseccomp knows the number
};
[[nodiscard]] Numbers numbers_of(const Interface& interface, const std::string& name);

inline constexpr std::uint32_t kSocketCall = 102;  // of i386
inline constexpr std::uint32_t kIpc = 117;

/// Whether any interface of any machine has a call of this name.
[[nodiscard]] bool is_system_call(const std::string& name);

/// The nearest name of a call, for "did you mean".
[[nodiscard]] std::optional<std::string> near_system_call(const std::string& name);

/// The name that libseccomp or we have for a number; empty if none.
[[nodiscard]] std::string name_of_call(const Interface& interface, std::uint32_t number);

}  // namespace indexrun::confine
