#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs shellcheck over every shell script of the tree: scripts.sh SOURCE_ROOT
set -euo pipefail
cd "$1"
mapfile -t scripts < <(
  find . \( -name .git -o -name 'build*' \) -prune -o -type f -print |
    while read -r path; do
      if [[ $path == *.sh || $path == *.bash ]] || head -n 1 "$path" | grep -qE '^#!.*\b(ba)?sh$'; then
        printf '%s\n' "$path"
      fi
    done
)
((${#scripts[@]})) || exit 1
shellcheck --external-sources --severity=style "${scripts[@]}"
printf '%d scripts\n' "${#scripts[@]}"
