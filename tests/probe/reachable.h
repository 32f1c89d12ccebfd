// SPDX-License-Identifier: Apache-2.0
// A program that tests start as another user, wherever the build lies.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include <unistd.h>

namespace indexrun {

/// A copy of a program in a folder that everybody may enter, removed at the end of the process that
/// made it.
class ReachableCopy {
 public:
  explicit ReachableCopy(const std::string& program) : owner_(::getpid()) {
    namespace fs = std::filesystem;
    std::string name = fs::temp_directory_path() / "indexrun-program-XXXXXX";
    folder_ = ::mkdtemp(name.data()) != nullptr ? name : std::string();
    const auto all_may_read = fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                              fs::perms::others_read | fs::perms::others_exec;
    fs::permissions(folder_, all_may_read);
    path_ = folder_ / fs::path(program).filename();
    fs::copy_file(program, path_);
    fs::permissions(path_, all_may_read);
  }
  ReachableCopy(const ReachableCopy&) = delete;
  ReachableCopy& operator=(const ReachableCopy&) = delete;
  ~ReachableCopy() {
    if (std::error_code ignored; ::getpid() == owner_) {
      std::filesystem::remove_all(folder_, ignored);
    }
  }

  [[nodiscard]] std::string path() const { return path_; }

 private:
  pid_t owner_;
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

/// Whether another user may enter every folder on the way and start the program: a checkout in
/// /root is closed to them.
inline bool is_reachable(const std::string& program) {
  namespace fs = std::filesystem;
  for (fs::path at = program;; at = at.parent_path()) {
    if ((fs::status(at).permissions() & fs::perms::others_exec) == fs::perms::none) {
      return false;
    }
    if (at == at.root_path()) {
      return true;
    }
  }
}

/// `program` itself, or a copy of it that every user can start.
inline std::string reachable(const std::string& program) {
  if (is_reachable(program)) {
    return program;
  }
  static const ReachableCopy copy(program);
  return copy.path();
}

}  // namespace indexrun
