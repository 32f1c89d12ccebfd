#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# count.sh INDEX FIRST LAST: how many primes there are from FIRST to LAST.
set -eu
folder=$RESULTS/$RUN
mkdir -p "$folder"
# Whole or not there: the name appears when all is written; a second attempt replaces it.
new=$(mktemp "$folder/.part-$1.XXXXXX")
awk -v first="$2" -v last="$3" '
  function is_prime(n,  d) {
    for (d = 2; d * d <= n; d++)
      if (n % d == 0) return 0
    return n > 1
  }
  BEGIN {
    for (n = first; n <= last; n++) found += is_prime(n)
    print first ".." last, found + 0
  }' > "$new"
chmod 644 "$new"
mv "$new" "$folder/part-$1"
cat "$folder/part-$1"
