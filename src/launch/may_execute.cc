// SPDX-License-Identifier: Apache-2.0
// The same walk as the kernel's: from the file upwards, until a rule is met.
#include "launch/may_execute.h"

#include "base/quote.h"
#include "launch/head.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

namespace indexrun::launch {
namespace {

using Place = std::pair<dev_t, ino_t>;

std::vector<Place> executable_places(std::span<const confine::Grant> grants) {
  std::vector<Place> places;
  for (const confine::Grant& grant : grants) {
    struct stat status {};
    if (grant.right == confine::Right::kExecute && ::stat(grant.path.c_str(), &status) == 0) {
      places.emplace_back(status.st_dev, status.st_ino);
    }
  }
  return places;
}

/// `path` is absolute and resolved.
bool lies_beneath(std::string path, const std::vector<Place>& places) {
  for (;;) {
    struct stat status {};
    if (::stat(path.empty() ? "/" : path.c_str(), &status) == 0 &&
        std::ranges::find(places, Place(status.st_dev, status.st_ino)) != places.end()) {
      return true;
    }
    if (path.empty() || path == "/") {
      return false;
    }
    path.resize(path.rfind('/'));
  }
}

std::string seen_from(const std::string& directory, const std::string& path) {
  return directory.empty() || path.starts_with('/') ? path : directory + "/" + path;
}

/// The files that the kernel opens for execution, resolved.
std::vector<std::string> files_to_execute(const std::string& path, const std::string& directory) {
  constexpr int kDeepest = 5;  // as the kernel: a script's interpreter may be a script
  std::vector<std::string> files;
  std::string next = path;
  for (int depth = 0; depth <= kDeepest && !next.empty(); ++depth) {
    const std::string from_here = seen_from(directory, next);
    std::array<char, PATH_MAX> real;
    if (::realpath(from_here.c_str(), real.data()) == nullptr) {
      break;
    }
    files.emplace_back(real.data());
    next = interpreter(read_head(AT_FDCWD, from_here));
  }
  return files;
}

}  // namespace

Result<void> check_may_execute(const std::string& path, const std::string& directory,
                               std::span<const confine::Grant> grants) {
  const std::vector<Place> places = executable_places(grants);
  std::string missing;
  std::string options;
  for (const std::string& file : files_to_execute(path, directory)) {
    if (!lies_beneath(file, places)) {
      missing.append(missing.empty() ? "" : " and ").append(quote(file));
      options.append(" --exec ").append(shell_quote(file));
    }
  }
  if (missing.empty()) {
    return {};
  }
  return Error{.failure = Failure::kConfig,
               .stage = "launch",
               .object = "--exec",
               .problem = printable(path) + " cannot start: no --exec path holds " + missing,
               .hint = "add" + options + " (and --ro for its libraries), or a directory above"};
}

}  // namespace indexrun::launch
