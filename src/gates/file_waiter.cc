// SPDX-License-Identifier: Apache-2.0
#include "gates/file_waiter.h"

#include <cerrno>

#include <sys/stat.h>

namespace indexrun::gates {

Result<bool> FileWaiter::look() {
  struct stat status {};
  if (::stat(gate_.path.c_str(), &status) == 0) {
    if (gate_.kind == Kind::kFile || (S_ISREG(status.st_mode) && status.st_size > 0)) {
      return true;
    }
    seen_ = S_ISREG(status.st_mode) ? "the file is empty" : "it is no regular file";
    return false;
  }
  const int error = errno;
  // A file server that hiccups is no reason to give up; a folder that we may not enter is.
  if (error != ENOENT && !may_pass(error)) {
    return Error{.failure = Failure::kInput,
                 .stage = "gates",
                 .object = gate_.text,
                 .problem = "waiting for it would be in vain",
                 .system_error = error,
                 .hint = error == EACCES ? "indexrun's user must be allowed to search every folder "
                                           "of the path"
                                         : ""};
  }
  seen_ = system_error_text(error);
  return false;
}

}  // namespace indexrun::gates
