#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The stripped static program keeps to its budget: size.sh INDEXRUN BYTES
set -euo pipefail
copy=$(mktemp)
trap 'rm -f "$copy"' EXIT
strip -o "$copy" "$1"
size=$(stat --format=%s "$copy")
printf '%d bytes stripped, at most %d\n' "$size" "$2"
((size <= $2))
