#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails if clang-format would change anything: format.sh SOURCE_ROOT
set -euo pipefail
cd "$1"
find src tests -name '*.cc' -o -name '*.h' | sort | xargs clang-format --dry-run --Werror
