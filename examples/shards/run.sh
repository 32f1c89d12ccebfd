#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Adds up the shards here, without a cluster, by weight: run.sh [FOLDER]
# Builds indexrun unless INDEXRUN names it. Run again, it goes on where it was.
set -euo pipefail
example=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
indexrun=${INDEXRUN:-$(bash "$example/../prepare.sh")}
folder=${1:-$example/../../build-example/shards}
mkdir -p "$folder"
cd "$folder"

for index in {0..2}; do
  JOB_COMPLETION_INDEX=$index "$indexrun" --items-file="$example/shards.csv" --expect-count=6 \
    --tasks=3 --split=weight=rows --each --keep-going --done-dir=done --verbose -- \
    awk -F, -v out='{file}' -v rows='{rows}' -f "$example/sum.awk" "$example/{file}"
done
JOB_COMPLETION_INDEX=0 "$indexrun" --glob='shard_*.csv' --expect-count=6 --tasks=1 -- \
  awk -F, -f "$example/sum.awk" '{items}'
