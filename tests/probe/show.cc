// SPDX-License-Identifier: Apache-2.0
#include "verbs.h"

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace probe {

int print_argv(Arguments arguments) {
  for (const char* argument : arguments) {
    std::printf("[%s]\n", argument);
  }
  return 0;
}

/// The named variables, or the whole environment.
int print_env(Arguments names) {
  if (names.empty()) {
    for (char** entry = environ; *entry != nullptr; ++entry) {
      std::printf("%s\n", *entry);
    }
  }
  for (const char* name : names) {
    const char* value = std::getenv(name);
    std::printf("%s=%s\n", name, value == nullptr ? "(unset)" : value);
  }
  return 0;
}

/// The numbers of all open descriptors, on one line of standard error if output is closed.
int print_fds(Arguments) {
  char line[4096];
  int length = 0;
  for (int fd = 0; fd < 1024 && length < 4000; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) {
      length += std::snprintf(line + length, sizeof line - static_cast<std::size_t>(length), "%s%d",
                              length == 0 ? "" : " ", fd);
    }
  }
  line[length++] = '\n';
  const int out = ::fcntl(STDOUT_FILENO, F_GETFD) >= 0 ? STDOUT_FILENO : STDERR_FILENO;
  return ::write(out, line, static_cast<std::size_t>(length)) == length ? 0 : 1;
}

/// Lines of /proc/self/status: CapEff, NoNewPrivs, SigBlk... All of them without a key.
int print_status(Arguments keys) {
  std::FILE* status = std::fopen("/proc/self/status", "re");
  if (status == nullptr) {
    std::perror("probe: /proc/self/status");
    return 1;
  }
  char line[4096];
  while (std::fgets(line, sizeof line, status) != nullptr) {
    bool wanted = keys.empty();
    for (const char* key : keys) {
      const std::size_t length = std::strlen(key);
      wanted = wanted || (std::strncmp(line, key, length) == 0 && line[length] == ':');
    }
    if (wanted) {
      static_cast<void>(std::fputs(line, stdout));
    }
  }
  static_cast<void>(std::fclose(status));
  return 0;
}

int print_directory(Arguments) {
  char path[PATH_MAX];
  std::printf("%s\n", ::getcwd(path, sizeof path) == nullptr ? "(gone)" : path);
  return 0;
}

/// Process, group, session, parent: what job control looks at.
int print_ids(Arguments) {
  std::printf("pid=%d group=%d session=%d parent=%d foreground=%d\n", ::getpid(), ::getpgrp(),
              ::getsid(0), ::getppid(), ::tcgetpgrp(STDIN_FILENO));
  return 0;
}

/// COUNT lines of LENGTH times LETTER, in pieces that end nowhere near a newline.
int print_lines(Arguments arguments) {
  if (arguments.size() != 3) {
    return 2;
  }
  const int count = number(arguments[0]);
  std::string line(static_cast<std::size_t>(number(arguments[1])), arguments[2][0]);
  line += '\n';
  std::string some;
  for (int i = 0; i < count; ++i) {
    some += line;
    constexpr std::size_t kPiece = 777;
    while (some.size() >= kPiece || (i + 1 == count && !some.empty())) {
      const std::size_t size = std::min(some.size(), std::max(kPiece, some.size() * 7 / 9));
      if (::write(STDOUT_FILENO, some.data(), size) != static_cast<ssize_t>(size)) {
        return 1;
      }
      some.erase(0, size);
    }
  }
  return 0;
}

int cat(Arguments) {
  char buffer[65536];
  for (;;) {
    const ssize_t size = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (size <= 0) {
      return size == 0 ? 0 : 1;
    }
    if (::write(STDOUT_FILENO, buffer, static_cast<std::size_t>(size)) != size) {
      return 1;
    }
  }
}

}  // namespace probe
