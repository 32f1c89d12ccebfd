#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Items a second with --each, beside xargs with as many at a time, and the memory that 100 times as
# many items take. usage: each_bench.sh INDEXRUN TRUE [ITEMS]
set -euo pipefail

indexrun=$1 program=$2 items=${3:-10000}
runs=5

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
seq "$items" >"$folder/items"

# Milliseconds of one run.
measure() {
  local start=$EPOCHREALTIME
  "$@" >/dev/null
  local end=$EPOCHREALTIME
  echo $(((${end/./} - ${start/./}) / 1000))
}
ours() {
  "$indexrun" --index 0 --tasks 1 -f "$folder/items" --each --parallel 2 -- "$program" "{}"
}
theirs() {
  xargs -P 2 -n 1 "$program" <"$folder/items"
}
median() {
  sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# Interleaved, as other work on the machine comes and goes.
for _ in $(seq "$runs"); do
  measure ours >>"$folder/ours"
  measure theirs >>"$folder/theirs"
done
awk -v o="$(median <"$folder/ours")" -v t="$(median <"$folder/theirs")" -v n="$items" 'BEGIN {
  printf "%d items: indexrun %d ms, xargs %d ms\n", n, o, t
  printf "rate indexrun / xargs  %.2f (target 0.95) %s\n", t / o, t / o >= 0.95 ? "met" : "missed" }'

# The last item looks at its parent.
peak() {
  { seq $(($1 - 1)) | sed "s|.*|$program|"; echo "sh -c 'awk \"/^VmHWM/ { print \\\$2 }\" /proc/\$PPID/status'"; } \
    >"$folder/commands"
  "$indexrun" --index 0 --tasks 1 --commands-file "$folder/commands" --each --parallel 2
}
echo "peak resident memory: $(peak $((items / 100))) kB for $((items / 100)) items," \
  "$(peak "$items") kB for $items"
