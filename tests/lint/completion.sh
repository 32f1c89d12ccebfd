#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the bash completion offers, row by row: completion.sh SOURCE_ROOT
# That it knows all options is documented.py's business.
# Not -e: compopt fails outside of a completion.
set -uo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$1" || exit 1
# shellcheck source=man/indexrun.bash
. man/indexrun.bash
cd "$work" || exit 1
mkdir lists
: >lists.txt

failed=0
# offers EXPECTED WORD...: the last word is the one being typed. Words are cut as bash cuts them.
offers() {
  local expected=$1 got
  shift
  COMP_WORDS=(indexrun "$@") COMP_CWORD=$# COMPREPLY=()
  _indexrun
  got=${COMPREPLY[*]-}
  if [[ $got != "$expected" ]]; then
    printf 'indexrun %s\n  offers: %s\n  expected: %s\n' "$*" "$got" "$expected"
    failed=1
  fi
}

offers '--write --write-text --write-mode --write-env' stage --wri
offers '--write --write-text --write-mode' --wri
offers '--help' install --h
offers 'always' --supervise al
offers 'always' --supervise = al
offers 'text json' show --output ''
offers 'config= confine=' --exit-code con
offers 'lists.txt' count -f lists.
offers 'lists' count --items-dir li
offers 'lists.txt' --render = a lists.
offers '--verbose --version' --env A = b --ver
offers '--user' --chdir lists --us
offers '--user' --user 1000 : 1000 --us
offers '--item --items --items-file --items-dir --items-env' -vi 0 --item
offers 'lists.txt' -qf lists.
offers 'batch none' show --confine ''
offers '--scope' show --confine --sco
offers 'signal' show --confine --scope si
offers 'signal' show --confine batch --scope si
# Nothing of COMMAND is ours.
offers '' -i 3 rev --item
offers '' -i 3 -- rev --item
offers 'lists.txt' -i 3 --items a,b rev lists.
exit "$failed"
