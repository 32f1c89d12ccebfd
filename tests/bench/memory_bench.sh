#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Private dirty memory while supervising sleep, beside tini-static and catatonit.
# usage: memory_bench.sh INDEXRUN
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$1" "$folder/indexrun"
# The pages of a file just written count as dirty until they are on the disk.
sync

# Starts a launcher, waits until its program sleeps, prints its private dirty kB.
measure() {
  local name=$1
  shift
  "$@" sleep 1000 &
  local pid=$!
  local deadline=$((SECONDS + 10))
  until pgrep -P "$pid" -x sleep >/dev/null; do
    ((SECONDS < deadline)) || { echo "$name: the program did not start" >&2; exit 1; }
  done
  # Settled means asleep: the launcher waits for its program.
  until [[ $(awk '{ print $3 }' "/proc/$pid/stat") == S ]]; do :; done
  local dirty
  dirty=$(awk '/^Private_Dirty/ { kb += $2 } END { print kb }' "/proc/$pid/smaps_rollup")
  kill -TERM "$pid"
  wait "$pid" || true
  printf '%-14s %5d kB\n' "$name" "$dirty"
}

measure indexrun "$folder/indexrun" --index 3 --items foo,bar,baz,qux,xyz --supervise always --
measure tini-static tini-static -s --
measure catatonit catatonit --
echo "target: indexrun at most 160 kB"
