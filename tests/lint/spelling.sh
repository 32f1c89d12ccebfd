#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs codespell over the tree: spelling.sh SOURCE_ROOT
# The list holds words that are right here: file systems' "creat", the tutorial's items.
set -euo pipefail
cd "$1"
paths=()
for path in .ci ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md NOTICE README.md SECURITY.md container \
  examples man meson.build meson_options.txt src tests; do
  [[ -e $path ]] && paths+=("$path")
done
codespell --skip '*/corpus/*,*/regressions/*' --ignore-words-list 'creat,oof,zar' "${paths[@]}"
