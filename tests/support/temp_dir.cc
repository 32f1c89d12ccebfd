// SPDX-License-Identifier: Apache-2.0
// The folder of a test.
#include "support/temp_dir.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::test {

namespace fs = std::filesystem;

TempDir::TempDir() {
  std::string pattern = fs::temp_directory_path() / "indexrun-test-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("no temporary folder");
  }
  path_ = fs::canonical(pattern);
  chmod(path_.c_str(), 0755);
}

TempDir::~TempDir() {
  std::error_code ignored;
  // A test may have taken the write permission away; only root would not mind.
  for (const auto& entry : fs::recursive_directory_iterator(
           path_, fs::directory_options::skip_permission_denied, ignored)) {
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
      fs::permissions(entry, fs::perms::owner_all, ignored);
    }
  }
  fs::remove_all(path_, ignored);
}

std::string TempDir::write(const std::string& name, const std::string& content, mode_t mode) const {
  fs::path path = *this / name;
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  chmod(path.c_str(), mode);
  return path;
}

std::string TempDir::make_folder(const std::string& name, mode_t mode) const {
  fs::path path = *this / name;
  fs::create_directories(path);
  chmod(path.c_str(), mode);
  return path;
}

std::string TempDir::make_fifo(const std::string& name) const {
  std::string path = *this / name;
  if (mkfifo(path.c_str(), 0666) != 0) {
    throw std::runtime_error("no FIFO");
  }
  return path;
}

void TempDir::link(const std::string& target, const std::string& name) const {
  fs::create_symlink(target, *this / name);
}

std::string TempDir::read(const std::string& name) const {
  std::ifstream file(*this / name, std::ios::binary);
  if (!file) {
    return "<missing>";
  }
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

bool TempDir::has(const std::string& name) const {
  return fs::exists(fs::symlink_status(*this / name));
}

mode_t TempDir::mode(const std::string& name) const {
  struct stat status {};
  return stat((*this / name).c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

std::vector<std::string> TempDir::snapshot() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(path_)) {
    struct stat status {};
    lstat(entry.path().c_str(), &status);
    bool sized = S_ISREG(status.st_mode);
    names.push_back(entry.path().string().substr(path_.size() + 1) + " " +
                    std::to_string(status.st_mode) + " " +
                    std::to_string(sized ? status.st_size : 0));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace indexrun::test
