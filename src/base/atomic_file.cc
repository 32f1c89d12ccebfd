// SPDX-License-Identifier: Apache-2.0
// Writing files whole: resolve the target, write beside it, rename.
#include "base/atomic_file.h"

#include "base/file.h"
#include "base/quote.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace indexrun {

namespace {

// As in the kernel (path_resolution(7)).
constexpr int kMostLinks = 40;

/// The remedy for a system error on an output.
std::string_view remedy(int number) {
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      return "free some space, raise the quota, or write to another volume";
    case EFBIG:
      return "raise the limit on the size of files (ulimit -f)";
    case EROFS:
      return "write to a writable volume, such as an emptyDir mounted there";
    case EACCES:
    case EPERM:
      return "the directory must be writable for this process, as a temporary file is made in it";
    case EBUSY:
      return "a mounted file cannot be replaced: mount its directory instead, or write elsewhere";
    case ELOOP:
      return "name the file itself instead of the symbolic link";
    case EISDIR:
      return "name a file inside the directory";
    default:
      return "";
  }
}

std::string directory_of(const std::string& path) {
  return path.substr(0, path.rfind('/') + 1);  // with its slash; empty if there is none
}

/// The link's own text, made relative to the link's directory. Empty with errno if it is no link.
std::string read_link(const std::string& path) {
  std::array<char, PATH_MAX> buffer;
  const ssize_t length = ::readlink(path.c_str(), buffer.data(), buffer.size());
  if (length < 0) {
    return {};
  }
  const std::string_view link(buffer.data(), static_cast<std::size_t>(length));
  return link.starts_with('/') ? std::string(link) : directory_of(path).append(link);
}

/// True if the link `path` is one of procfs: readlink(2) then says only how the file was once
/// named.
bool is_of_proc(const std::string& path) {
  const std::string directory = directory_of(path);
  struct statfs info {};
  return ::statfs(directory.empty() ? "." : directory.c_str(), &info) == 0 &&
         info.f_type == PROC_SUPER_MAGIC;
}

/// Who may read the file that lies in it may read and search the new directory: 0 or an errno.
int admit_readers(const std::string& directory, mode_t file_mode) {
  const mode_t wanted = ((file_mode & S_IRGRP) != 0 ? S_IRGRP | S_IXGRP : 0U) |
                        ((file_mode & S_IROTH) != 0 ? S_IROTH | S_IXOTH : 0U);
  const UniqueFd fd = open_file(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  struct stat info {};
  if (!fd.valid() || ::fstat(fd.get(), &info) != 0) {
    return errno;
  }
  const mode_t mode = info.st_mode & 07777U;
  return (mode & wanted) == wanted || ::fchmod(fd.get(), mode | wanted) == 0 ? 0 : errno;
}

/// Makes every missing directory above `path`, for a file of `mode`: 0 or an errno.
int make_parents(const std::string& path, mode_t mode) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string parent = path.substr(0, slash);
    if (::mkdir(parent.c_str(), 0777) == 0) {
      if (const int error = admit_readers(parent, mode); error != 0) {
        return error;
      }
      continue;
    }
    if (errno == EEXIST) {
      continue;
    }
    // Some file systems refuse before they see that it is there.
    const int refused = errno;
    struct stat info {};
    if (::stat(parent.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
      return refused;
    }
  }
  return 0;
}

struct Kind {
  mode_t mode = 0;
  bool mount_point = false;
  int error = 0;
};

Kind kind_of(const std::string& path) {
  struct statx extended {};
  if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_TYPE, &extended) == 0) {
    return {.mode = extended.stx_mode,
            .mount_point = (extended.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0};
  }
  // Old container runtimes answer an unknown system call with EPERM.
  struct stat info {};
  if ((errno == ENOSYS || errno == EPERM) && ::lstat(path.c_str(), &info) == 0) {
    return {.mode = info.st_mode};
  }
  return {.error = errno};
}

std::string_view kind_name(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFCHR:
    case S_IFBLK:
      return "a device";
    case S_IFIFO:
      return "a FIFO or pipe";
    case S_IFSOCK:
      return "a socket";
    default:
      return "something else";
  }
}

}  // namespace

LinkTarget follow_links(const std::string& path) {
  LinkTarget target{.path = path};
  for (int i = 0; i < kMostLinks; ++i) {
    std::string next = read_link(target.path);
    if (next.empty()) {
      target.exists = errno == EINVAL;
      target.error = errno == EINVAL || errno == ENOENT ? 0 : errno;
      return target;
    }
    target.magic = target.magic || is_of_proc(target.path);
    target.path = std::move(next);
  }
  target.error = ELOOP;
  return target;
}

Result<AtomicFile> AtomicFile::create(std::string_view stage, const std::string& path,
                                      mode_t mode) {
  AtomicFile file(stage, path);
  CHECK(file.resolve());
  CHECK(file.open_temporary(mode));
  return file;
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : stage_(other.stage_),
      path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      fd_(std::move(other.fd_)) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) {
    (void)::unlink(temporary_.c_str());  // nothing more can be done about it
  }
}

Result<void> AtomicFile::resolve() {
  LinkTarget link = follow_links(path_);
  target_ = std::move(link.path);
  if (link.error != 0) {
    return failed("cannot be written", link.error);
  }
  if (link.magic) {
    return magic();
  }
  if (!link.exists) {
    return target_.empty() || target_.ends_with('/') ? failed("is not the name of a file", EISDIR)
                                                     : Result<void>();
  }
  return check_existing();
}

Result<void> AtomicFile::check_existing() const {
  const Kind kind = kind_of(target_);
  if (kind.error != 0) {
    return failed("cannot be written", kind.error);
  }
  if (!S_ISREG(kind.mode)) {
    return irregular(kind.mode);
  }
  if (kind.mount_point) {
    return failed("is a mount point", EBUSY);
  }
  return {};
}

Result<void> AtomicFile::open_temporary(mode_t mode) {
  // Its name does not grow with the target's, which may be as long as names can be.
  std::string name = directory_of(target_) + ".indexrun-XXXXXX";
  int fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) {
    if (const int error = make_parents(target_, mode); error != 0) {
      return failed("its directory cannot be made", error);
    }
    name = directory_of(target_) + ".indexrun-XXXXXX";
    fd = ::mkostemp(name.data(), O_CLOEXEC);
  }
  if (fd < 0) {
    return failed("cannot be created", errno);
  }
  fd_ = UniqueFd(fd);
  temporary_ = std::move(name);
  return {};
}

Result<void> AtomicFile::write(std::string_view bytes) {
  if (const int error = write_fully(fd_.get(), bytes); error != 0) {
    return failed("cannot be written", error);
  }
  return {};
}

Result<void> AtomicFile::commit(mode_t mode) {
  if (::fchmod(fd_.get(), mode) != 0) {
    return failed("its mode cannot be set", errno);
  }
  if (const int error = fd_.close(); error != 0) {
    return failed("cannot be written", error);
  }
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    return failed("cannot be put in place", errno);
  }
  temporary_.clear();
  return {};
}

Error AtomicFile::irregular(mode_t mode) const {
  if (S_ISDIR(mode)) {
    return failed("cannot be written", EISDIR);
  }
  Error error = failed("is " + std::string(kind_name(mode)) + ", not a regular file", 0);
  error.hint = "name a path where a regular file can be made";
  return error;
}

Error AtomicFile::magic() const {
  Error error = failed("leads through /proc to what is already open", 0);
  error.failure = Failure::kConfig;
  error.hint = "name a path where a file can be made; text for standard input is --stdin";
  return error;
}

Error AtomicFile::failed(std::string problem, int number) const {
  if (target_ != path_ && !target_.empty()) {
    problem += " (a link to " + quote(target_) + ")";
  }
  return Error{.failure = Failure::kInput,
               .stage = stage_,
               .object = path_,
               .problem = std::move(problem),
               .system_error = number,
               .hint = std::string(remedy(number))};
}

Result<void> write_atomically(std::string_view stage, const std::string& path,
                              std::string_view bytes, mode_t mode) {
  TRY(AtomicFile file, AtomicFile::create(stage, path, mode));
  CHECK(file.write(bytes));
  return file.commit(mode);
}

}  // namespace indexrun
