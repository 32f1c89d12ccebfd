#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Simulates all combinations, makes the table and the plot here, without a cluster: run.sh [FOLDER]
# Builds indexrun unless INDEXRUN names it.
set -euo pipefail
example=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
indexrun=${INDEXRUN:-$(bash "$example/../prepare.sh" sweep.txt)}
folder=${1:-$example/../../build-example/sweep}
mkdir -p "$folder"
cd "$folder"

for index in {0..11}; do
  JOB_COMPLETION_INDEX=$index "$indexrun" --param=lr=0.01,0.03,0.1,0.3 --param=seed=1..3 \
    --expect-count=12 -- \
    awk -v 'lr={lr}' -v 'seed={seed}' -v 'out=result-{index:%02d}.tsv' -f "$example/descent.awk"
done
JOB_COMPLETION_INDEX=0 "$indexrun" --glob='result-*.tsv' --expect-count=12 --tasks=1 -- \
  sort --key=1,1n --key=2,2n --output=table.tsv '{items}'
gnuplot "$example/plot.gp"
printf '%s\n' "$PWD/sweep.svg"
