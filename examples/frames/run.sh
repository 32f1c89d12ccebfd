#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Renders the frames and makes the clip here, without a cluster: run.sh [FOLDER]
# Builds indexrun unless INDEXRUN names it. Run again, it goes on where it was.
set -euo pipefail
example=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
indexrun=${INDEXRUN:-$(bash "$example/../prepare.sh" frames.txt)}
folder=${1:-$example/../../build-example/frames}
mkdir -p "$folder"
cd "$folder"

for index in {0..5}; do
  JOB_COMPLETION_INDEX=$index "$indexrun" --range=0..59 --expect-count=60 --tasks=6 \
    --each --parallel=2 --retries=1 --timeout=5m --done-dir=done \
    --log-dir=logs --log-name='{index:%04d}' --verbose -- \
    povray +I"$example/clip.pov" +K{} +O'frame-{index:%04d}.png' +W160 +H120 +A -D -GA
done
JOB_COMPLETION_INDEX=0 "$indexrun" --glob='frame-*.png' --expect-count=60 --tasks=1 -- \
  gm convert -delay 4 -loop 0 '{items}' clip.gif
printf '%s\n' "$PWD/clip.gif"
