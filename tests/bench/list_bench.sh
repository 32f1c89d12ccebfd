#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The last line of a list of 10 million lines (500 MB, cached), beside wc -l and sed, and the memory
# that reading it takes. usage: list_bench.sh INDEXRUN [LINES]
set -euo pipefail

indexrun=$1
lines=${2:-10000000}
runs=7

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
list=$folder/list.txt
# 50 bytes a line.
awk -v n="$lines" 'BEGIN { for (i = 0; i < n; i++) printf "%010d abcdefghijklmnopqrstuvwxyz0123456789ab\n", i }' >"$list"
cat "$list" >/dev/null
last=$((lines - 1))

# The median of several runs, in milliseconds. Interleaving is not needed: each takes long enough.
median() {
  for _ in $(seq "$runs"); do
    local start=$EPOCHREALTIME
    "$@" >/dev/null
    local end=$EPOCHREALTIME
    echo $(((${end/./} - ${start/./}) / 100))
  done | sort -n | awk '{ v[NR] = $1 } END { printf "%.1f\n", v[int((NR + 1) / 2)] / 10 }'
}

ours=$(median "$indexrun" --index "$last" -f "$list" -- /bin/true "{}")
counting=$(median env LC_ALL=C.UTF-8 wc -l "$list")
printing=$(median sed -n "${lines}p" "$list")
if grep -qw avx2 /proc/cpuinfo; then target=1.5; else target=3; fi

echo "last of $lines lines, $(($(stat -c %s "$list") / 1000000)) MB"
printf '%-12s %10s ms\n' indexrun "$ours" "wc -l" "$counting" "sed -n Np" "$printing"
awk -v o="$ours" -v w="$counting" -v s="$printing" -v t="$target" 'BEGIN {
  printf "indexrun / wc -l      %.2f (target %s) %s\n", o / w, t, o / w <= t ? "met" : "missed"
  printf "indexrun / sed -n Np  %.2f (target 0.5) %s\n", o / s, o / s <= 0.5 ? "met" : "missed" }'

# Resident memory does not grow with the list: a hundredth of it beside the whole. The program looks
# at its supervisor, so that nothing of this shell is counted.
peak() {
  # shellcheck disable=SC2016  # for the inner shell
  "$indexrun" --supervise always --expect-count "$1" --index $(($1 - 1)) -f "$2" -- \
    sh -c 'awk "/^VmHWM/ { print \$2 }" /proc/$PPID/status'
}
head -n $((lines / 100)) "$list" >"$folder/small.txt"
echo "peak resident memory: $(peak $((lines / 100)) "$folder/small.txt") kB for a hundredth of the" \
  "list, $(peak "$lines" "$list") kB for all of it"
