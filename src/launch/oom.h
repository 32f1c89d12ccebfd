// SPDX-License-Identifier: Apache-2.0
// Whether the kernel killed something for want of memory: a death by KILL looks the same whoever
// sent it.
#pragma once

#include "base/fd.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace indexrun::launch {

/// The counter "oom_kill" of our control group: memory.events (cgroup v2, Linux kernel
/// documentation, admin-guide/cgroup-v2) or memory.oom_control (v1).
class OomCounter {
 public:
  /// Finds it and remembers its value; finds none where cgroups are not to be seen.
  static OomCounter open();

  /// How many processes were killed since open(); nothing if there is no counter.
  [[nodiscard]] std::optional<std::uint64_t> kills() const;
  /// To be kept open; close-on-exec. -1 if there is none.
  [[nodiscard]] int fd() const { return fd_.get(); }

 private:
  UniqueFd fd_;
  std::uint64_t before_ = 0;
};

/// The value in the text of such a file.
[[nodiscard]] std::optional<std::uint64_t> find_oom_kills(std::string_view text);

/// The path of the group in the text of /proc/self/cgroup: v2 where `controller` is empty.
[[nodiscard]] std::optional<std::string_view> find_cgroup(std::string_view text,
                                                          std::string_view controller);

}  // namespace indexrun::launch
