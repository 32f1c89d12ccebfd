#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# For the run.sh of an example: installs what the build and the example need (Debian 12, root),
# builds indexrun and prints its path.
#
#     examples/prepare.sh [PACKAGES.txt...]
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
{
  bash "$top/tests/packages/install.sh" build.txt "$@"
  if [[ ! -f $top/build-example/build.ninja ]]; then
    meson setup "$top/build-example" "$top" -Dtests=false
  fi
  ninja -C "$top/build-example"
} >&2
printf '%s\n' "$top/build-example/src/indexrun"
