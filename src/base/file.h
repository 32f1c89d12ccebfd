// SPDX-License-Identifier: Apache-2.0
// Whole files and plain reads and writes. All descriptors are opened close-on-exec; EINTR is
// handled here and nowhere else. Errors come back as errno numbers: the caller knows the stage,
// the object and the class, and says so in its Error.
#pragma once

#include "base/fd.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace indexrun {

/// open(2) with O_CLOEXEC. An invalid UniqueFd means failure, and errno says why.
[[nodiscard]] UniqueFd open_file(const std::string& path, int flags, mode_t mode = 0);

/// open_file() of something that is there to be read. The kubelet replaces a volume by turning a
/// symbolic link round and removing what it led to; whoever is on the way then finds nothing, so a
/// missing file is looked for a few times.
[[nodiscard]] UniqueFd open_existing(const std::string& path, int flags);

/// Makes every directory above the last component of `path`, which starts from the directory
/// `folder` (AT_FDCWD: the working directory), with mode 0777 less the umask: 0 or an errno.
[[nodiscard]] int make_folders(int folder, const std::string& path);

/// read(2) until `size` bytes or the end: how many bytes, or -1 with errno.
[[nodiscard]] ssize_t read_fully(int fd, char* buffer, std::size_t size);

/// write(2) until everything is written: 0 or an errno.
[[nodiscard]] int write_fully(int fd, std::string_view bytes);

/// A whole file's content, or the errno that stood in the way. A file longer than `limit` bytes
/// gives EFBIG; a directory gives EISDIR. Follows symbolic links.
struct FileContent {
  std::string bytes;
  int error = 0;
};
[[nodiscard]] FileContent read_file(const std::string& path, std::size_t limit = SIZE_MAX);
[[nodiscard]] FileContent read_descriptor(int fd, std::size_t limit = SIZE_MAX);

}  // namespace indexrun
