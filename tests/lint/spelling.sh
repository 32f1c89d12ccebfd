#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs codespell over the tree: spelling.sh SOURCE_ROOT
# spelling.txt lists the words that are meant: a system call, the tutorial's results, and the
# mistakes that the tests make on purpose.
set -euo pipefail
cd "$1"
paths=()
for path in .ci ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md NOTICE README.md SECURITY.md container \
  examples man meson.build meson_options.txt src tests; do
  [[ -e $path ]] && paths+=("$path")
done
codespell --skip '*/corpus/*,tests/lint/spelling.txt' --ignore-words tests/lint/spelling.txt \
  --ignore-regex '\\[nrt]' "${paths[@]}"
