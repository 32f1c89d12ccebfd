#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the build needs (Debian 12, root), builds indexrun and runs the five workers of the
# Kubernetes tutorial as Kubernetes would: the index is in a variable, the rest is the same for all.
set -euo pipefail
example=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
indexrun=$(bash "$example/../prepare.sh" example.txt)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mapfile -t items <"$example/items.txt"
expected=(oof rab zab xuq zyx)

printf '\n%-7s%-7s%s\n' index item result
for index in "${!expected[@]}"; do
  mkdir "$work/$index"
  result=$(
    cd "$work/$index"
    JOB_COMPLETION_INDEX=$index "$indexrun" --items-file "$example/items.txt" \
      --expect-count "${#expected[@]}" --write data.txt -- rev data.txt
  )
  item=$(<"$work/$index/data.txt")
  printf '%-7s%-7s%s\n' "$index" "$item" "$result"
  if [[ $item != "${items[index]}" || $result != "${expected[index]}" ]]; then
    printf 'worker %s: expected item %s and result %s\n' \
      "$index" "${items[index]}" "${expected[index]}" >&2
    exit 1
  fi
done
