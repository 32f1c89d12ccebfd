// SPDX-License-Identifier: Apache-2.0
// Tells when something changes on a path that does not exist yet (inotify(7)).
#pragma once

#include "base/deadline.h"
#include "base/fd.h"
#include "gates/waiter.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::gates {

/// Watches what a path depends on: the folder where it ends, or the nearest one that exists; the
/// folder of each symbolic link on the way, since the kubelet replaces a volume by turning one
/// round; and every other folder on the way for being moved or removed. Where the kernel refuses to
/// watch, or the file system is not known to tell, the path is to be looked at now and then.
class Folders {
 public:
  /// `paths`: all that are waited for. To be called before each pause, and then they must be looked
  /// at once more: what has changed before is not told.
  void watch(const std::vector<std::string>& paths);
  /// The descriptor, and when to look although nothing was told. Nothing without paths.
  void add_to(Alarms& alarms) const;
  /// Takes what was told off the queue.
  void drain() const;
  /// How often the paths are looked at, if any.
  [[nodiscard]] Milliseconds pause() const { return pause_; }

 private:
  void walk(const std::string& path);
  void enter(const std::string& folder, std::uint32_t events);
  void end_at(const std::string& folder);

  UniqueFd fd_;
  std::vector<int> watched_;  // watch descriptors, of the walk before
  std::vector<int> wanted_;   // of this walk
  Milliseconds pause_{0};
};

/// Where nothing tells of a change, and where all that can go unnoticed is a mount on the way.
inline constexpr Milliseconds kSlowLook{1000};
inline constexpr Milliseconds kSafetyLook{30'000};

}  // namespace indexrun::gates
