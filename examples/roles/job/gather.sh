#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gather.sh COUNT FIRST LAST: waits for the parts of indexes 1 to COUNT - 1, adds them up.
set -eu
count=$1 first=$2 last=$3
folder=$RESULTS/$RUN
set --
index=1
while [ "$index" -lt "$count" ]; do
  part=$folder/part-$index
  if [ ! -e "$part" ]; then
    echo "waiting for $part" >&2
    until [ -e "$part" ]; do sleep 1; done
  fi
  set -- "$@" "$part"
  index=$((index + 1))
done
awk -v all="$first..$last" '{ print; sum += $2 } END { print all, sum }' "$@"
