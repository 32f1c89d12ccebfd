// SPDX-License-Identifier: Apache-2.0
// Files that appear whole: a temporary file in the same directory, then rename(2). A reader never
// sees half a file; if the program dies, the old file or the new one is there. Nothing is flushed
// to the disk (fsync(2)): after a power failure both may be gone.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <string>
#include <string_view>

#include <sys/types.h>

namespace indexrun {

/// Where a path leads when its final component is a symbolic link, or several in a row.
struct LinkTarget {
  std::string path;     ///< the path itself if it is no link
  bool exists = false;  ///< false: `path` is free, or the end of a dangling link
  bool magic = false;   ///< a link of /proc was followed: its text may not name what it leads to
  int error = 0;        ///< an errno: ELOOP, EACCES...
};
[[nodiscard]] LinkTarget follow_links(const std::string& path);

/// A file being written beside its final place. Unless commit() succeeded, the destructor removes
/// the temporary file and the target is as it was.
class AtomicFile {
 public:
  /// Makes missing parent directories, resolves a final symbolic link, and opens the temporary
  /// file. Refused: a target that exists and is not a regular file, is a mount point (a
  /// bind-mounted file cannot be replaced by rename), or is the end of a link loop; and a final
  /// link of /proc, such as /dev/stdout or /proc/self/exe, as the file of an open descriptor is not
  /// to be replaced.
  ///
  /// A directory made here gets 0777 minus umask, and besides, whatever the umask, read and search
  /// permission for the group and for others where `mode`, that of the file, lets them read.
  ///
  /// `stage` names the caller in errors; it is a literal. Their class is kInput, but kConfig for a
  /// link of /proc.
  static Result<AtomicFile> create(std::string_view stage, const std::string& path,
                                   mode_t mode = 0644);

  AtomicFile(AtomicFile&&) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  [[nodiscard]] int fd() const { return fd_.get(); }
  Result<void> write(std::string_view bytes);
  /// fchmod to exactly `mode` (the umask does not apply), then rename into place.
  Result<void> commit(mode_t mode);

 private:
  AtomicFile(std::string_view stage, const std::string& path) : stage_(stage), path_(path) {}
  Result<void> resolve();
  [[nodiscard]] Result<void> check_existing() const;
  Result<void> open_temporary(mode_t mode);
  [[nodiscard]] Error irregular(mode_t mode) const;
  [[nodiscard]] Error magic() const;
  [[nodiscard]] Error failed(std::string problem, int number) const;

  std::string_view stage_;
  std::string path_;       // as the user wrote it, for messages
  std::string target_;     // after resolving a final link
  std::string temporary_;  // empty if there is none to remove
  UniqueFd fd_;
};

/// create, write, commit.
Result<void> write_atomically(std::string_view stage, const std::string& path,
                              std::string_view bytes, mode_t mode);

}  // namespace indexrun
