#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and tests everything on Debian 12: installs what is missing, builds twice (static as
# shipped; with ASan and UBSan), runs all suites and ends with the line "N passed, N failed".
#
# Root is needed only to install packages. As root no test may be skipped.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

say() { printf '\n== %s\n' "$*"; }

# prepare DIRECTORY OPTION...: configures if needed, and builds.
prepare() {
  local directory=$1 again=()
  shift
  [[ -f $directory/build.ninja ]] && again=(--reconfigure)
  meson setup "${again[@]}" "$directory" --wrap-mode=nofallback "$@" && ninja -C "$directory"
}

# run_suites DIRECTORY LOG ARGUMENT...: the logs are read in the end.
logs=()
run_suites() {
  local directory=$1 log=$2
  shift 2
  logs+=("$directory/meson-logs/$log")
  rm -f "$directory/meson-logs/$log."*
  meson test -C "$directory" --no-rebuild --logbase "$log" "$@"
}

((EUID == 0)) && export INDEXRUN_MUST_WORK=1

say 'packages'
bash tests/packages/install.sh build.txt test.txt || exit 1

say 'static build'
if prepare build -Dstatic=true; then
  say 'tests of the static build'
  run_suites build tests --no-suite lint
  say 'lint'
  run_suites build lint --suite lint
else
  logs+=(build/failed)
fi

say 'build with ASan and UBSan'
if prepare build-sanitized -Dstatic=false -Doptimization=1 -Ddebug=false -Dcpp_args=-g1 \
  -Db_sanitize=address,undefined -Db_lundef=false; then
  say 'tests of the build with ASan and UBSan'
  run_suites build-sanitized tests --no-suite lint
else
  logs+=(build-sanitized/failed)
fi

say 'result'
python3 tests/tally.py "${logs[@]}"
