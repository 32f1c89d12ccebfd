#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Holds what one launch costs: exec mode, index from the variable, five inline items, the item in an
# argument. usage: launch_counts.sh COUNTER INDEXRUN NOTHING
set -euo pipefail

counter=$1 indexrun=$2 nothing=$3

# Raised only knowingly, with the reason in the commit.
most_instructions=160000
most_system_calls=32
most_allocations=88

mapfile -t allocators < <(nm "$indexrun" | awk '$3 ~ /^(malloc|calloc|realloc|memalign)$/ { print $1 }')
exec env -i PATH=/usr/bin:/bin HOME=/ HOSTNAME=rev-3 JOB_COMPLETION_INDEX=3 \
  "$counter" "$most_instructions" "$most_system_calls" "$most_allocations" "${allocators[@]}" -- \
  "$indexrun" --items foo,bar,baz,qux,xyz -- "$nothing" "{}"
