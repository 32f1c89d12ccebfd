// SPDX-License-Identifier: Apache-2.0
// Every step is from a descriptor, so nobody can turn a directory into a link under way.
#include "base/remove_tree.h"

#include "base/fd.h"

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun {
namespace {

constexpr int kDirectory = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/// An open directory for reading its names, or invalid with errno.
UniqueFd open_directory(int parent, const char* name) {
  UniqueFd open(::openat(parent, name, O_RDONLY | kDirectory));
  if (open.valid() || errno != EACCES) {
    return open;
  }
  const UniqueFd shut(::openat(parent, name, O_PATH | kDirectory));
  if (!shut.valid()) {
    return open;
  }
  // There is no fchmod(2) of such a descriptor on older kernels.
  const std::string link = "/proc/self/fd/" + std::to_string(shut.get());
  if (::chmod(link.c_str(), 0700) != 0) {
    errno = EACCES;
    return open;
  }
  open.reset(::openat(parent, name, O_RDONLY | kDirectory));
  return open;
}

/// The names in a directory but "." and "..".
std::vector<std::string> names_in(int directory) {
  std::vector<std::string> names;
  DIR* stream = ::fdopendir(::fcntl(directory, F_DUPFD_CLOEXEC, 0));
  if (stream == nullptr) {
    return names;
  }
  ::rewinddir(stream);
  while (const dirent* entry = ::readdir(stream)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
  ::closedir(stream);
  return names;
}

/// Once more where the directory forbids its owner to change it.
bool unlink_in(int directory, const std::string& name, int flags) {
  if (::unlinkat(directory, name.c_str(), flags) == 0) {
    return true;
  }
  struct stat status {};
  return errno == EACCES && ::fstat(directory, &status) == 0 &&
         ::fchmod(directory, status.st_mode | S_IRWXU) == 0 &&
         ::unlinkat(directory, name.c_str(), flags) == 0;
}

void note(int& first, int number) {
  first = first == 0 ? number : first;
}

/// A directory on the way down: its descriptor, and what is left to do in it.
struct Level {
  UniqueFd directory;
  std::string name;  // in the level above
  std::vector<std::string> names;
};

class Remover {
 public:
  explicit Remover(dev_t device) : device_(device) {}

  /// The emptied directory itself is left. 0 or the first errno.
  int empty(UniqueFd top) {
    enter(std::move(top), {});
    while (!levels_.empty()) {
      if (levels_.back().names.empty()) {
        leave();
      } else {
        remove_one();
      }
    }
    return first_;
  }

 private:
  void enter(UniqueFd directory, std::string name) {
    std::vector<std::string> names = names_in(directory.get());
    levels_.push_back({std::move(directory), std::move(name), std::move(names)});
  }

  void leave() {
    const std::string name = std::move(levels_.back().name);
    levels_.pop_back();
    if (!levels_.empty() && !unlink_in(levels_.back().directory.get(), name, AT_REMOVEDIR)) {
      note(first_, errno);
    }
  }

  void remove_one() {
    Level& level = levels_.back();
    std::string name = std::move(level.names.back());
    level.names.pop_back();
    struct stat status {};
    if (::fstatat(level.directory.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      note(first_, errno == ENOENT ? 0 : errno);
      return;
    }
    if (!S_ISDIR(status.st_mode)) {
      if (!unlink_in(level.directory.get(), name, 0) && errno != ENOENT) {
        note(first_, errno);
      }
      return;
    }
    if (status.st_dev != device_) {
      note(first_, EXDEV);
      return;
    }
    UniqueFd directory = open_directory(level.directory.get(), name.c_str());
    if (directory.valid()) {
      enter(std::move(directory), std::move(name));
    } else {
      note(first_, errno);
    }
  }

  dev_t device_;
  std::vector<Level> levels_;
  int first_ = 0;
};

}  // namespace

int remove_tree(const std::string& path, const DirectoryIdentity& identity) {
  UniqueFd top = open_directory(AT_FDCWD, path.c_str());
  struct stat status {};
  if (!top.valid() || ::fstat(top.get(), &status) != 0) {
    return errno;
  }
  if (status.st_dev != identity.device || status.st_ino != identity.number) {
    return ENOTDIR;
  }
  const int number = Remover(status.st_dev).empty(std::move(top));
  if (number != 0) {
    return number;
  }
  return ::rmdir(path.c_str()) == 0 ? 0 : errno;
}

}  // namespace indexrun
