#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Size of the image, time of `podman run` and memory of the container, beside tini-static and the
# program without anything in front of it.
# usage: container_bench.sh INDEXRUN
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../container" && pwd)
INDEXRUN=$(realpath "$1") PYTHONDONTWRITEBYTECODE=1 exec python3 "$folder/figures.py"
