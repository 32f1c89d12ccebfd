// SPDX-License-Identifier: Apache-2.0
#include "share/logs.h"

#include "base/file.h"
#include "base/quote.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::share {

namespace {

constexpr mode_t kFileMode = 0666;  // less the umask, as a shell's redirection

Error failed(std::string path, std::string problem, int number) {
  return Error{.failure = Failure::kInput,
               .stage = "share",
               .object = std::move(path),
               .problem = std::move(problem),
               .system_error = number};
}

/// Kernels before 5.6, and filters that do not know the call, do without the look at links.
int open_beneath(int folder, const std::string& name, int flags) {
  open_how how{};
  how.flags = static_cast<unsigned>(flags);
  how.mode = kFileMode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const long fd = ::syscall(SYS_openat2, folder, name.c_str(), &how, sizeof how);
  if (fd < 0 && (errno == ENOSYS || errno == EPERM)) {
    return ::openat(folder, name.c_str(), flags, kFileMode);
  }
  return static_cast<int>(fd);
}

}  // namespace

Result<Logs> Logs::open(const std::string& directory) {
  Logs logs(directory);
  int number = make_folders(AT_FDCWD, directory + "/");
  if (number == 0) {
    logs.folder_ = open_file(directory, O_PATH | O_DIRECTORY);
    number = logs.folder_.valid() ? 0 : errno;
  }
  if (number == 0 && ::access(directory.c_str(), W_OK | X_OK) != 0) {
    number = errno;
  }
  if (number != 0) {
    return failed(directory, "log files cannot be made here", number);
  }
  return logs;
}

Result<Ends> Logs::files(const std::string& name, bool append) const {
  Ends ends;
  TRY(ends.out, file(name + ".out", append));
  TRY(ends.err, file(name + ".err", append));
  return ends;
}

Result<UniqueFd> Logs::file(const std::string& name, bool append) const {
  // Whatever else writes there, such as an earlier attempt's orphan, is not overwritten. A pipe
  // that nobody reads is refused (ENXIO) instead of being waited for, deaf to signals.
  const int flags =
      O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_CLOEXEC | O_NONBLOCK | (append ? 0 : O_TRUNC);
  UniqueFd fd(open_beneath(folder_.get(), name, flags));
  if (!fd.valid() && errno == ENOENT && name.find('/') != std::string::npos &&
      make_folders(folder_.get(), name) == 0) {
    fd.reset(open_beneath(folder_.get(), name, flags));
  }
  if (fd.valid()) {
    static_cast<void>(::fcntl(fd.get(), F_SETFL, O_WRONLY | O_APPEND));  // the item may wait
    return fd;
  }
  Error error = failed(directory_ + "/" + name, "the log file cannot be opened", errno);
  if (errno == EXDEV) {
    error.failure = Failure::kConfig;
    error.problem = "the log file would lie outside of " + quote(directory_);
    error.system_error = 0;
    error.hint = "remove the symbolic link that leads out";
  }
  return error;
}

}  // namespace indexrun::share
