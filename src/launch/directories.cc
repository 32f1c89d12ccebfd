// SPDX-License-Identifier: Apache-2.0
#include "launch/directories.h"

#include "base/fd.h"
#include "base/file.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

int make_directory(const std::string& path, const confine::Identity* owner) {
  if (::mkdir(path.c_str(), 0777) != 0) {
    // Some file systems refuse before they see that it is there.
    const int refused = errno;
    struct stat status {};
    if (refused == EEXIST) {
      return 0;
    }
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) ? 0 : refused;
  }
  if (owner == nullptr) {
    return 0;
  }
  const UniqueFd made = open_file(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  return made.valid() && ::fchown(made.get(), owner->uid, owner->gid) == 0 ? 0 : errno;
}

}  // namespace

int make_directories(const std::string& path, const confine::Identity* owner) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (const int number = make_directory(path.substr(0, slash), owner); number != 0) {
      return number;
    }
  }
  return 0;
}

}  // namespace indexrun::launch
