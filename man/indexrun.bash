# bash completion for indexrun(1)                                       -*- shell-script -*-
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The lists below are held against --help by a test.

# The options that take one value, and those that take two.
_indexrun_one='--index --index-env --index-file --engine --base --item --items --items-file
  --format --items-dir --items-env --range --param --exclude --glob
  --commands-file --only --expect-count --expect-sha256 --role --tasks --per-task --split --when-empty
  --parallel --retries --backoff --prefix --log-dir --log-name --done-dir --skip-if-exists
  --write --write-mode --env --env-file
  --write-env --stdin --chdir --wait-for --wait-timeout --supervise --grace --timeout --retry-on --signal-to --map-signal
  --parent-death-signal --stdout --stderr --tee-stdout --tee-stderr --user --cap-drop --cap-add
  --groups --securebits --limit --umask --nice --oom-score-adj --cpus --keep-fd --env-keep
  --seccomp --seccomp-deny --ro --rw --exec --tcp-bind --tcp-connect --scope --landlock
  --private-tmp --private-home --confine --exit-code --map-exit --message --message-file --message-tail --output --output-file --config --log-format'
_indexrun_two='--delims --write-text --render'

# The options of a subcommand.
_indexrun_options() {
  local general='--config --quiet --verbose --log-format --help --version'
  local index='--index --index-env --index-file --engine --base --no-index --role --when-empty'
  local items='--item --items --items-file --format --items-dir --items-env --range
    --param --zip --exclude --glob --no-header
    --skip-blank --comments --only --expect-count --expect-sha256 --tasks
    --per-task --split --each'
  local each='--parallel --keep-going --prefix --log-dir --log-name
    --done-dir --skip-if-exists'
  local inputs='--no-template --delims --write --write-text --write-mode --env --env-file --render
    --chdir --wait-for --wait-timeout'
  local launch='--stdin --supervise --grace --timeout --retries --retry-on --backoff --signal-to
    --map-signal --wait-all --parent-death-signal --stdout --stderr --tee-stdout --tee-stderr
    --message-tail --user --cap-drop --cap-add --no-new-privs
    --seccomp --seccomp-deny --report-denials --groups --securebits --limit --umask --nice --oom-score-adj --cpus
    --close-fds --keep-fd --env-clear --env-keep --ro --rw --exec --tcp-bind --tcp-connect --scope --landlock
    --private-tmp --private-home --confine'
  local status='--exit-code --map-exit --allow-term-success --message --message-file --redact'
  case $1 in
    run) echo "$index $items --commands-file $each $inputs $launch $status $general" ;;
    stage) echo "$index $items $inputs --write-env $status $general" ;;
    show)
      echo "$index $items --commands-file $each $inputs --write-env $launch $status --allow-duplicates --all --output" \
        "$general"
      ;;
    count) echo "$items --commands-file --allow-duplicates --items-only --output $general" ;;
    install) echo '--help --version' ;;
    seccomp) echo '--output-file --cap-drop --cap-add --quiet --verbose --log-format --help --version' ;;
  esac
}

# The long name of a short option, or of a word such as --opt=VALUE.
_indexrun_long() {
  local word=$1
  # Flags before it in a group of letters.
  while [[ $word == -[qvhV]?* ]]; do
    word=-${word:2}
  done
  case $word in
    -i) echo --index ;;
    -f) echo --items-file ;;
    -w) echo --write ;;
    -e) echo --env ;;
    -C) echo --chdir ;;
    -j) echo --parallel ;;
    -o) echo --output-file ;;
    *) echo "${word%%=*}" ;;
  esac
}

# Completes the value of option $1 from the start $2.
_indexrun_value() {
  local words=''
  case $1 in
    --index-file | --items-file | --commands-file | --write | --write-text | --env-file | --write-env | --render | \
      --message-file | --stdout | --stderr | --tee-stdout | --tee-stderr | --skip-if-exists | --output-file | --config | --ro | --rw | --exec)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$2")
      return
      ;;
    --items-dir | --log-dir | --done-dir | --chdir | --private-tmp | --private-home)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$2")
      return
      ;;
    --index-env | --items-env)
      mapfile -t COMPREPLY < <(compgen -v -- "$2")
      return
      ;;
    --engine)
      words='kubernetes volcano slurm pbs torque moab sge lsf aws-batch aws-batch-nodes cloud-run
        google-batch tencent fujitsu flux hyperqueue disbatch launcher parallel leaderworkerset nomad
        slurm-step openmpi pmi pmix flux-rank gitlab circleci buildkite'
      ;;
    --format) words='lines nul csv tsv json jsonl yaml' ;;
    --split) words='block cyclic weight=' ;;
    --when-empty) words='ok fail' ;;
    --supervise) words='auto always never' ;;
    --signal-to) words='program group program-then-group' ;;
    --parent-death-signal) words='TERM INT HUP KILL USR1 USR2' ;;
    --map-signal) words='TERM= INT= HUP= QUIT= USR1= USR2= WINCH=' ;;
    --retry-on) words='timeout sig:' ;;
    --message) words='always failure never' ;;
    --output | --log-format) words='text json' ;;
    --cap-drop) words='ALL' ;;
    --wait-for) words='file: nonempty: tcp:' ;;
    --seccomp)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(
        compgen -W 'default batch' -- "$2"
        compgen -f -- "$2"
      )
      return
      ;;
    --seccomp-deny)
      words='@aio @bpf @chown @clock @cpu-emulation @debug @io-uring @keyring @memlock @module
        @mount @namespaces @network-io @obsolete @pkey @privileged @ptrace @raw-io @reboot
        @resources @setuid @swap @userfaultfd @userns'
      ;;
    --securebits)
      words='noroot no-setuid-fixup no-cap-ambient-raise exec-restrict-file exec-deny-interactive
        noroot-locked no-setuid-fixup-locked keep-caps-locked no-cap-ambient-raise-locked
        exec-restrict-file-locked exec-deny-interactive-locked all-locked'
      ;;
    --limit)
      words='as= core= cpu= data= fsize= locks= memlock= msgqueue= nice= nofile= nproc= rss= rtprio=
        rttime= sigpending= stack='
      ;;
    --groups) words='none' ;;
    --tcp-bind | --tcp-connect) words='none' ;;
    --scope) words='signal abstract-unix' ;;
    --landlock) words='strict best-effort' ;;
    --confine) words='batch none' ;;
    --exit-code) words='config= item= input= confine= timeout= internal= noexec= notfound=' ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$2")
}

# COMMAND begins at word $1: completed as if it stood alone.
_indexrun_command() {
  if declare -F _command_offset >/dev/null; then
    _command_offset "$1"
  elif ((COMP_CWORD == $1)); then
    mapfile -t COMPREPLY < <(compgen -c -- "${COMP_WORDS[COMP_CWORD]}")
  else
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
  fi
}

# Sets `words` to the words up to the cursor and `places` to where each begins in COMP_WORDS: bash
# cuts at "=" and ":" too, but --env A=b has two words.
_indexrun_words() {
  local at word glue=''
  words=() places=()
  for ((at = 1; at <= COMP_CWORD; ++at)); do
    word=${COMP_WORDS[at]}
    if [[ -n $glue || $word == [=:]* ]] && ((${#words[@]})); then
      words[-1]+=$word
    else
      words+=("$word") places+=("$at")
    fi
    glue=''
    [[ $word == *[=:] ]] && glue=yes
  done
}

_indexrun() {
  local subcommand=run at=0 last option takes words places
  COMPREPLY=()
  _indexrun_words
  last=$((${#words[@]} - 1))
  case ${words[0]} in
    run | stage | show | count | install | seccomp) ((last)) && subcommand=${words[0]} at=1 ;;
  esac

  # Over the options before the cursor, with their values.
  while ((at < last)); do
    if [[ ${words[at]} == -- ]]; then
      _indexrun_command "${places[at + 1]}"
      return
    elif [[ ${words[at]} != -?* ]]; then
      if [[ $subcommand == seccomp ]]; then
        at=$((at + 1))
        continue
      fi
      [[ $subcommand == run || $subcommand == show ]] && _indexrun_command "${places[at]}"
      return
    fi
    option=$(_indexrun_long "${words[at]}") takes=0
    [[ " ${_indexrun_one//$'\n'/ } " == *" $option "* ]] && takes=1
    [[ " ${_indexrun_two//$'\n'/ } " == *" $option "* ]] && takes=2
    [[ ${words[at]} == --*=* ]] && takes=$((takes > 0 ? takes - 1 : 0))
    # Alone it asks show to explain.
    if [[ $subcommand == show && ${words[at]} == --confine && ${words[at + 1]} != batch &&
      ${words[at + 1]} != none ]] && { ((at + 1 < last)) || [[ ${words[last]} == -* ]]; }; then
      takes=0
    fi
    if ((at + takes >= last)); then
      _indexrun_value "$option" "${words[last]}"
      return
    fi
    at=$((at + 1 + takes))
  done

  if [[ ${words[last]} == --*=* ]]; then
    _indexrun_value "${words[last]%%=*}" "${words[last]#*=}"
  elif [[ ${words[last]} == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_indexrun_options "$subcommand")" -- "${words[last]}")
  elif [[ $subcommand == seccomp && ${words[last - 1]} == seccomp ]]; then
    mapfile -t COMPREPLY < <(compgen -W 'compile' -- "${words[last]}")
  elif [[ $subcommand == install || $subcommand == seccomp ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "${words[last]}")
  elif [[ $subcommand == run || $subcommand == show ]]; then
    _indexrun_command "${places[last]}"
  fi
  if ((last == 0)) && [[ ${words[0]} != -* ]]; then
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
      compgen -W 'run stage show count install seccomp' -- "${words[0]}"
    )
  fi
} &&
  complete -F _indexrun indexrun
