// SPDX-License-Identifier: Apache-2.0
// A folder of its own for each test, removed at the end with all that is in it.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace indexrun::test {

class TempDir {
 public:
  /// Mode 0755, so that another user can look into it.
  TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir();

  [[nodiscard]] const std::string& path() const { return path_; }
  /// The absolute path of a name inside.
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  /// Makes a file (and its folders) and returns its absolute path.
  std::string write(const std::string& name, const std::string& content, mode_t mode = 0644) const;
  std::string make_folder(const std::string& name, mode_t mode = 0755) const;
  std::string make_fifo(const std::string& name) const;
  void link(const std::string& target, const std::string& name) const;

  /// Content of a file inside; "<missing>" if there is none.
  [[nodiscard]] std::string read(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] mode_t mode(const std::string& name) const;
  /// Everything inside, as sorted relative paths with size and kind: two equal snapshots mean
  /// that nothing was made, removed or resized in between.
  [[nodiscard]] std::vector<std::string> snapshot() const;

 private:
  std::string path_;
};

}  // namespace indexrun::test
