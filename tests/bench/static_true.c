// SPDX-License-Identifier: Apache-2.0
// true(1), static: the smallest item that a C library starts.
int main(void) {
  return 0;
}
