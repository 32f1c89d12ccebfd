// SPDX-License-Identifier: Apache-2.0
#include "confine/restrict.h"

#include "confine/landlock_kernel.h"

#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace indexrun::confine {
namespace {

bool can_open_root(int flags, unsigned mode) {
  const long fd = ::syscall(SYS_openat, AT_FDCWD, "/", flags | O_CLOEXEC, mode);
  if (fd < 0) {
    return false;
  }
  ::syscall(SYS_close, fd);
  return true;
}

/// Whether a socket may not take or reach port 0 of 127.0.0.1. To bind(2) this means any free port,
/// connect(2) finds nobody there. EPERM is from a filter that was there before.
bool denied(long call) {
  const long fd = ::syscall(SYS_socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) {
    return true;  // no TCP at all
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool refused =
      ::syscall(call, fd, &address, sizeof address) != 0 && (errno == EACCES || errno == EPERM);
  ::syscall(SYS_close, fd);
  return refused;
}

bool can_signal_parent() {
  const long parent = ::syscall(SYS_getppid);
  return parent > 0 && ::syscall(SYS_kill, parent, 0) == 0;
}

}  // namespace

Failed restrict_access(const Restriction& restriction) noexcept {
  if (restriction.ruleset < 0) {
    return {};
  }
  if (!landlock::restrict_self(restriction.ruleset, restriction.flags)) {
    return {Step::kRestrict, errno};
  }
  if ((restriction.root_unreadable && can_open_root(O_RDONLY | O_DIRECTORY, 0)) ||
      (restriction.root_unwritable && can_open_root(O_RDWR | O_TMPFILE, 0600))) {
    return {Step::kVerifyFiles, 0};
  }
  if ((restriction.no_bind && !denied(SYS_bind)) ||
      (restriction.no_connect && !denied(SYS_connect))) {
    return {Step::kVerifyTcp, 0};
  }
  if (restriction.no_signal && can_signal_parent()) {
    return {Step::kVerifyScope, 0};
  }
  return {};
}

}  // namespace indexrun::confine
