// SPDX-License-Identifier: Apache-2.0
#include "status/message_file.h"

#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::status {

namespace {

bool same_content(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

}  // namespace

MessageFile MessageFile::open(const std::string& path) {
  MessageFile file;
  // Non-blocking: a FIFO without a reader must not stop the worker.
  file.fd_ = open_file(path, O_WRONLY | O_NOCTTY | O_NONBLOCK);
  if (file.fd_.valid() && ::fstat(file.fd_.get(), &file.opened_) != 0) {
    file.fd_.reset();
  }
  return file;
}

void MessageFile::write(std::string_view text) {
  struct stat now {};
  if (!exists() || ::fstat(fd_.get(), &now) != 0) {
    return;
  }
  if (S_ISREG(now.st_mode)) {
    if (now.st_size > 0 && !same_content(now, opened_)) {
      return;
    }
    // Ignored on purpose: a message that cannot be written must not change the exit status.
    (void)!::ftruncate(fd_.get(), 0);
    (void)::lseek(fd_.get(), 0, SEEK_SET);
  }
  (void)write_fully(fd_.get(), text);
}

}  // namespace indexrun::status
