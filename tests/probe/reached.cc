// SPDX-License-Identifier: Apache-2.0
// What of the file system and of other processes a confined program can still reach.
#include "verbs.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace probe {
namespace {

/// The result of a system call, then the descriptor is given up.
bool opened(int fd) {
  const bool good = fd >= 0;
  if (good) {
    ::close(fd);
  }
  return good;
}

bool with_tcp(const char* port, int (*call)(int, const sockaddr*, socklen_t)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<unsigned short>(number(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int one = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  return fd >= 0 && call(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool reach_abstract(const char* name) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path + 1, name, sizeof address.sun_path - 2);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + std::strlen(name));
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  return fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0;
}

bool control(const char* path) {
  const int fd = ::open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  int count = 0;
  constexpr unsigned long kGetEntropyCount = 0x80045200;  // RNDGETENTCNT of /dev/urandom
  return fd >= 0 && ::ioctl(fd, kGetEntropyCount, &count) == 0;
}

bool execute(const char* path) {
  const pid_t pid = ::vfork();
  if (pid == 0) {
    const char* const arguments[] = {path, "exit", "0", nullptr};
    ::execv(path, const_cast<char* const*>(arguments));
    ::_exit(errno);
  }
  int status = 0;
  return pid > 0 && ::waitpid(pid, &status, 0) == pid && (errno = WEXITSTATUS(status)) == 0;
}

struct Way {
  const char* name;
  bool (*reach)(const char*, const char*);
};

constexpr int kNew = O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC;

constexpr std::array kWays{
    Way{"read", [](const char* a, const char*) { return opened(::open(a, O_RDONLY | O_CLOEXEC)); }},
    Way{"list", [](const char* a,
                   const char*) { return opened(::open(a, O_RDONLY | O_DIRECTORY | O_CLOEXEC)); }},
    Way{"write",
        [](const char* a, const char*) { return opened(::open(a, O_WRONLY | O_CLOEXEC)); }},
    Way{"empty", [](const char* a,
                    const char*) { return opened(::open(a, O_WRONLY | O_TRUNC | O_CLOEXEC)); }},
    Way{"truncate", [](const char* a, const char*) { return ::truncate(a, 0) == 0; }},
    Way{"create", [](const char* a, const char*) { return opened(::open(a, kNew, 0644)); }},
    Way{"mkdir", [](const char* a, const char*) { return ::mkdir(a, 0755) == 0; }},
    Way{"rmdir", [](const char* a, const char*) { return ::rmdir(a) == 0; }},
    Way{"unlink", [](const char* a, const char*) { return ::unlink(a) == 0; }},
    Way{"rename", [](const char* a, const char* b) { return ::rename(a, b) == 0; }},
    Way{"link", [](const char* a, const char* b) { return ::link(a, b) == 0; }},
    Way{"symlink", [](const char* a, const char*) { return ::symlink("x", a) == 0; }},
    Way{"fifo", [](const char* a, const char*) { return ::mkfifo(a, 0644) == 0; }},
    Way{"socket", [](const char* a, const char*) { return ::mknod(a, S_IFSOCK | 0644, 0) == 0; }},
    Way{"device",
        [](const char* a, const char*) { return ::mknod(a, S_IFCHR | 0644, 0x103) == 0; }},
    Way{"chdir", [](const char* a, const char*) { return ::chdir(a) == 0; }},
    Way{"control", [](const char* a, const char*) { return control(a); }},
    Way{"execute", [](const char* a, const char*) { return execute(a); }},
    Way{"connect", [](const char* a, const char*) { return with_tcp(a, ::connect); }},
    Way{"bind", [](const char* a, const char*) { return with_tcp(a, ::bind); }},
    Way{"abstract", [](const char* a, const char*) { return reach_abstract(a); }},
    Way{"signal",
        [](const char* a, const char*) {
          return ::kill(std::strcmp(a, "parent") == 0 ? ::getppid() : ::getpid(), 0) == 0;
        }},
};

}  // namespace

/// reach WAY NAME [NAME]: prints "WAY OK" or "WAY ERRNO".
int reach(Arguments arguments) {
  if (arguments.size() < 2) {
    return 2;
  }
  for (const Way& way : kWays) {
    if (std::strcmp(way.name, arguments[0]) == 0) {
      errno = 0;
      const bool good = way.reach(arguments[1], arguments.size() > 2 ? arguments[2] : nullptr);
      std::printf("%s %s\n", way.name, good ? "OK" : strerrorname_np(errno));
      return 0;
    }
  }
  std::printf("%s unknown\n", arguments[0]);
  return 2;
}

}  // namespace probe
