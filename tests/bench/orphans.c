// SPDX-License-Identifier: Apache-2.0
// orphans COUNT: makes so many grandchildren that lose their parent and end at once, and ends when
// whoever adopted them has reaped the last one: its parent has no child left but this program.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// The second process of the pair, so that the first may wait in vfork(2).
static void beget(void) {
  const pid_t child = vfork();
  if (child == 0) {
    if (vfork() == 0) {
      _exit(0);
    }
    _exit(0);
  }
  if (child < 0 || waitpid(child, NULL, 0) != child) {
    _exit(2);
  }
}

// As /proc sees it, which may be that of another PID namespace.
static long parent(void) {
  FILE* stat = fopen("/proc/self/stat", "re");
  long found = -1;
  if (stat == NULL || fscanf(stat, "%*d (%*[^)]) %*c %ld", &found) != 1) {
    exit(2);
  }
  fclose(stat);
  return found;
}

int main(int argc, char** argv) {
  const long count = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
  for (long made = 0; made < count; ++made) {
    beget();
  }
  const long reaper = parent();
  char path[64];
  snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", reaper, reaper);
  for (;;) {
    const int children = open(path, O_RDONLY | O_CLOEXEC);
    char text[64];
    const ssize_t size = read(children, text, sizeof text);
    close(children);
    // Only our own number, and the blank behind it.
    if (size > 0 && memchr(text, ' ', (size_t)size) == text + size - 1) {
      return 0;
    }
    if (size <= 0) {
      return 2;
    }
    usleep(50);
  }
}
