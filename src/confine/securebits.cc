// SPDX-License-Identifier: Apache-2.0
#include "confine/securebits.h"

#include "base/near_miss.h"
#include "base/quote.h"
#include "confine/held.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>

namespace indexrun::confine {
namespace {

struct Row {
  std::string_view name;
  unsigned bits;
};

// Linux 6.14; the headers that we build with are older.
constexpr unsigned kExecRestrictFile = 1U << 8U;
constexpr unsigned kExecDenyInteractive = 1U << 10U;

constexpr unsigned lock(unsigned bit) {
  return bit << 1U;
}
constexpr unsigned with_lock(unsigned bit) {
  return bit | lock(bit);
}

constexpr std::array kRows{
    Row{"noroot", SECBIT_NOROOT},
    Row{"noroot-locked", lock(SECBIT_NOROOT)},
    Row{"no-setuid-fixup", SECBIT_NO_SETUID_FIXUP},
    Row{"no-setuid-fixup-locked", lock(SECBIT_NO_SETUID_FIXUP)},
    Row{"keep-caps-locked", lock(SECBIT_KEEP_CAPS)},
    Row{"no-cap-ambient-raise", SECBIT_NO_CAP_AMBIENT_RAISE},
    Row{"no-cap-ambient-raise-locked", lock(SECBIT_NO_CAP_AMBIENT_RAISE)},
    Row{"exec-restrict-file", kExecRestrictFile},
    Row{"exec-restrict-file-locked", lock(kExecRestrictFile)},
    Row{"exec-deny-interactive", kExecDenyInteractive},
    Row{"exec-deny-interactive-locked", lock(kExecDenyInteractive)},
    Row{"all-locked", with_lock(SECBIT_NOROOT) | with_lock(SECBIT_NO_SETUID_FIXUP) |
                          lock(SECBIT_KEEP_CAPS) | with_lock(SECBIT_NO_CAP_AMBIENT_RAISE)},
};

Error refused(Failure failure, std::string problem, std::string hint) {
  return Error{.failure = failure,
               .stage = "confine",
               .object = "--securebits",
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

std::string plain(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name.starts_with("secbit-") ? name.substr(std::string_view("secbit-").size()) : name;
}

Result<unsigned> parse_bits(std::string_view text) {
  const std::string name = plain(text);
  const auto* row = std::ranges::find(kRows, name, &Row::name);
  if (row != kRows.end()) {
    return row->bits;
  }
  if (name == "keep-caps") {
    return refused(Failure::kConfig, quote(text) + " cannot be had: execve(2) clears it",
                   "--cap-add keeps capabilities over a change of user");
  }
  std::vector<std::string_view> names;
  for (const Row& one : kRows) {
    names.push_back(one.name);
  }
  const auto near = near_miss(name, names);
  return refused(Failure::kConfig, "unknown securebit " + quote(text),
                 near ? "did you mean " + quote(*near) + "?"
                      : "capabilities(7) lists them, such as noroot and noroot-locked");
}

std::string names_of(unsigned bits) {
  std::string text;
  for (const std::string& name : securebit_names(bits)) {
    text.append(text.empty() ? "" : ", ").append(name);
  }
  return text;
}

unsigned held_bits() {
  const int bits = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);
  return bits < 0 ? 0 : static_cast<unsigned>(bits);
}

/// Older kernels refuse them with EPERM, as if a right were missing. What knows a newer bit shows
/// it only when it is set, so the kernel's version decides.
Result<void> check_known(unsigned wanted) {
  constexpr unsigned kNewer = with_lock(kExecRestrictFile) | with_lock(kExecDenyInteractive);
  if ((wanted & kNewer) == 0 || kernel_is_at_least(6, 14)) {
    return {};
  }
  return refused(
      Failure::kConfine,
      "this kernel does not know " + names_of(wanted & kNewer) + ", which came with 6.14",
      "leave it out, or run on a newer kernel");
}

}  // namespace

std::vector<std::string> securebit_names(unsigned bits) {
  std::vector<std::string> names;
  for (const Row& row : kRows) {
    const bool single = (row.bits & (row.bits - 1)) == 0;
    if (single && (bits & row.bits) != 0) {
      names.emplace_back(row.name);
    }
  }
  return names;
}

Result<std::optional<unsigned>> prepare_securebits(const std::vector<std::string>& names) {
  unsigned asked = 0;
  for (const std::string& name : names) {
    TRY(const unsigned bits, parse_bits(name));
    asked |= bits;
  }
  const unsigned held = held_bits();
  const unsigned missing = asked & ~held;
  if (missing == 0) {
    return std::optional<unsigned>();
  }
  CHECK(check_known(missing));
  // A lock is one bit above what it locks.
  if (const unsigned locked = missing & (held >> 1U) & 0x5555U; locked != 0) {
    return refused(Failure::kConfine, names_of(locked) + " is not set, and locked so",
                   "the container's securebits forbid it");
  }
  if (!holds(CAP_SETPCAP)) {
    return refused(Failure::kConfine, "setting " + names_of(missing) + " needs CAP_SETPCAP",
                   "add it to the container, in securityContext.capabilities");
  }
  return std::optional<unsigned>(held | asked);
}

bool no_root(const std::optional<unsigned>& securebits) {
  return ((held_bits() | securebits.value_or(0)) & SECBIT_NOROOT) != 0;
}

}  // namespace indexrun::confine
