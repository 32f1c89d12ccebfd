// SPDX-License-Identifier: Apache-2.0
#include "launch/output_file.h"

#include "base/file.h"

#include <cerrno>

#include <fcntl.h>

namespace indexrun::launch {

namespace {

constexpr mode_t kFileMode = 0666;  // less the umask, as a shell's redirection

std::string remedy(int number) {
  switch (number) {
    case ENXIO:
      return "nobody reads this pipe: start its reader first";
    case EISDIR:
      return "name a file inside the directory";
    case EROFS:
    case EACCES:
      return "name a file on a writable volume, such as an emptyDir mounted there";
    case ENOSPC:
    case EDQUOT:
      return "free some space, or name a file on another volume";
    default:
      return "";
  }
}

}  // namespace

Result<UniqueFd> open_output_file(const std::string& path, bool keep) {
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_NONBLOCK | (keep ? 0 : O_TRUNC);
  UniqueFd file = open_file(path, flags, kFileMode);
  if (!file.valid() && errno == ENOENT && make_folders(AT_FDCWD, path) == 0) {
    file = open_file(path, flags, kFileMode);
  }
  if (!file.valid()) {
    const int number = errno;
    return Error{.failure = Failure::kInput,
                 .stage = "launch",
                 .object = path,
                 .problem = "cannot be opened for the program's output",
                 .system_error = number,
                 .hint = remedy(number)};
  }
  static_cast<void>(::fcntl(file.get(), F_SETFL, O_WRONLY | O_APPEND));  // the program may wait
  return file;
}

}  // namespace indexrun::launch
