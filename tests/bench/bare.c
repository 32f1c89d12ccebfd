// SPDX-License-Identifier: Apache-2.0
// A launcher that does nothing but launch: the floor for any static glibc program.
#include <unistd.h>

int main(int argc, char** argv) {
  (void)argc;
  execv(argv[1], argv + 1);
  return 127;
}
