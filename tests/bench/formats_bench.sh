#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The last item of a long list in each format that is read as a stream, beside wc -l and awk, and the
# memory that this takes. usage: formats_bench.sh INDEXRUN [ITEMS]
# ITEMS, or INDEXRUN_BENCH_ITEMS, is 10 million if not given: 500 MB a format, one after the other.
set -euo pipefail

indexrun=$1
items=${2:-${INDEXRUN_BENCH_ITEMS:-10000000}}
runs=5
last=$((items - 1))

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The best of several runs, in milliseconds: what else the machine does only ever adds to it.
best() {
  for _ in $(seq "$runs"); do
    local start=$EPOCHREALTIME
    "$@" >/dev/null
    local end=$EPOCHREALTIME
    echo $(((${end/./} - ${start/./}) / 100))
  done | sort -n | head -n 1 | awk '{ printf "%.1f\n", $1 / 10 }'
}

# 50 bytes a record, the number first.
write() {
  local list=$1 format=$2 header=${3:-}
  awk -v n="$items" -v f="$format" -v h="$header" 'BEGIN {
    if (h != "") print h
    for (i = 0; i < n; i++) printf f, i }' >"$list"
  cat "$list" >/dev/null
}

# Resident memory, seen by the program in its supervisor.
peak() {
  # shellcheck disable=SC2016  # for the inner shell
  "$indexrun" --supervise always --expect-count "$items" --index "$last" -f "$1" -- \
    sh -c 'awk "/^VmHWM/ { print \$2 }" /proc/$PPID/status'
}

# measure FORMAT LIST: ours, in $ours, with its memory in $memory.
measure() {
  ours=$(best "$indexrun" --index "$last" -f "$folder/$1" -- /bin/true "{}")
  memory=$(peak "$folder/$1")
}

# tell NAME TIMES TARGET PEER: the ratio to a peer's time.
tell() {
  awk -v name="$1" -v o="$ours" -v p="$2" -v t="$3" -v peer="$4" -v m="$memory" 'BEGIN {
    printf "%-6s %8.1f ms  %.2f x %-8s (%.1f ms; target %s) %-6s  %d kB (target 4096) %s\n",
      name, o, o / p, peer, p, t, o / p <= t ? "met" : "missed", m, m < 4096 ? "met" : "missed" }'
}

if grep -qw avx2 /proc/cpuinfo; then target=1.5; else target=3; fi
echo "last of $items items of 50 bytes"

write "$folder/list.txt" '%010d abcdefghijklmnopqrstuvwxyz0123456789ab\n'
lines=$(best env LC_ALL=C.UTF-8 wc -l "$folder/list.txt")
measure list.txt
tell lines "$lines" "$target" "wc -l"
tr '\n' '\0' <"$folder/list.txt" >"$folder/list.nul"
rm "$folder/list.txt"
measure list.nul
tell nul "$lines" 3 "wc -l"
rm "$folder/list.nul"

write "$folder/list.jsonl" '{"id": 1%09d, "name": "abcdefghijklmnopqrstuv"}\n'
lines=$(best env LC_ALL=C.UTF-8 wc -l "$folder/list.jsonl")
measure list.jsonl
tell jsonl "$lines" 3 "wc -l"
rm "$folder/list.jsonl"

write "$folder/list.tsv" '%010d\tabcdefghijklmnopqr\t0123456789\t0123456\n' $'id\tname\ta\tb'
lines=$(best env LC_ALL=C.UTF-8 wc -l "$folder/list.tsv")
measure list.tsv
tell tsv "$lines" 3 "wc -l"
rm "$folder/list.tsv"

# Commas and doubled quotes within quotes, which awk -F, takes apart wrongly but no slower.
write "$folder/list.csv" '%010d,"abcdefgh, ijkl ""mnop"" qr",0123456,"a,b"\n' 'id,name,a,b'
# shellcheck disable=SC2016  # for awk
splitting=$(best awk -F, -v n=$((items + 1)) 'NR == n { print $1 }' "$folder/list.csv")
measure list.csv
tell csv "$splitting" 1 "awk -F,"
awk -v o="$ours" 'BEGIN {
  printf "csv    %8.1f ms  (target 500 ms) %s\n", o, o <= 500 ? "met" : "missed" }'
rm "$folder/list.csv"

# JSON has no ends of lines to look for: every byte is read as JSON.
(printf '['; awk -v n="$items" 'BEGIN {
  for (i = 0; i < n; i++) printf "%s{\"id\": %d, \"name\": \"abcdefghijklmnopqrstuv\"}", i ? ",\n" : "", 1000000000 + i
  }'; printf ']\n') >"$folder/list.json"
lines=$(best env LC_ALL=C.UTF-8 wc -l "$folder/list.json")
runs=1
measure list.json
awk -v o="$ours" -v w="$lines" -v m="$memory" 'BEGIN {
  printf "json   %8.1f ms  %.0f x wc -l (no target)  %d kB (target 4096) %s\n",
    o, o / w, m, m < 4096 ? "met" : "missed" }'
