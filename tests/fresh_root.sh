#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a command in a fresh Debian 12: a minbase root made by debootstrap, holding a clone of HEAD
# and nothing else. Without a command it proves the two commands of the README.
#
#     tests/fresh_root.sh [--keep] [COMMAND [ARG...]]
#
# The root is entered by unshare and pivot_root: under a plain chroot the tests could make no
# namespaces. Needs root and debootstrap. Mirror, apt settings and name servers are this machine's
# own; packages that lie in its apt cache are not fetched again.
set -euo pipefail

readonly suite=bookworm
readonly checkout=/root/indexrun
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly top

die() {
  printf 'fresh_root: %s\n' "$*" >&2
  exit 1
}

# The mirror that apt already uses for this suite.
find_mirror() {
  # shellcheck disable=SC2016  # apt expands these, not the shell
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v suite="$suite" '$1 == suite { print $2; exit }'
}

# Hard links, or copies across file systems, of the packages that apt has here.
seed_cache() {
  local from
  eval "$(apt-config shell from Dir::Cache::archives/d)"
  find "${from:-/nowhere}" -maxdepth 1 -name '*.deb' -size +0 \
    -exec cp --link --target-directory "$1" {} + 2>/dev/null ||
    find "${from:-/nowhere}" -maxdepth 1 -name '*.deb' -exec cp --target-directory "$1" {} + ||
    true
}

copy_network_settings() {
  local root=$1 path
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  rm -f "$root/etc/apt/sources.list"
  for path in /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/auth.conf.d \
    /etc/apt/keyrings /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d \
    /etc/ssl/certs/ca-certificates.crt; do
    [[ -e $path ]] || continue
    rm -rf "${root:?}$path"
    mkdir -p "$root$(dirname "$path")"
    cp -rL "$path" "$root$path"
  done
  # How to reach the mirror (proxy, certificates), without hooks of programs that are not there.
  apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets' \
    >"$root/etc/apt/apt.conf.d/99fresh-root" || true
}

make_root() {
  local work=$1 mirror
  mirror=$(find_mirror)
  [[ -n $mirror ]] || die "no mirror for $suite: run apt-get update first"
  mkdir "$work/root" "$work/cache"
  seed_cache "$work/cache"
  debootstrap --variant=minbase --cache-dir="$work/cache" "$suite" "$work/root" "$mirror" \
    >"$work/debootstrap.log" 2>&1 || {
    tail -n 20 "$work/debootstrap.log" >&2
    die "debootstrap failed"
  }
  find "$work/cache" -name '*.deb' \
    -exec mv --target-directory "$work/root/var/cache/apt/archives" {} +
  copy_network_settings "$work/root"
  git clone --quiet --no-hardlinks "file://$top" "$work/root$checkout"
}

# First process of the new namespaces: from here on `root` becomes /.
enter() {
  local root=$1 node
  shift
  mount --make-rprivate /
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount -t tmpfs -o mode=0755 dev "$root/dev"
  mkdir "$root/dev/pts" "$root/dev/shm"
  for node in null zero full random urandom tty fuse; do
    [[ -e /dev/$node ]] || continue
    : >"$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
  done
  ln -s /proc/self/fd "$root/dev/fd"
  ln -s /proc/self/fd/0 "$root/dev/stdin"
  ln -s /proc/self/fd/1 "$root/dev/stdout"
  ln -s /proc/self/fd/2 "$root/dev/stderr"
  ln -s pts/ptmx "$root/dev/ptmx"
  mount -t devpts -o newinstance,mode=0620,ptmxmode=0666 devpts "$root/dev/pts"
  mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
  mount -t tmpfs -o mode=1777 tmp "$root/tmp"

  cd "$root"
  pivot_root . .
  umount --lazy .
  cd "$checkout"
  "$@"
}

# shellcheck disable=SC2317  # called by the trap
clean_up() {
  local status=$?
  # Everything in the root ends with its first process; only then nobody writes there any more.
  if [[ -n ${inside:-} ]]; then
    kill -KILL "$inside" 2>/dev/null || true
    wait "$inside" 2>/dev/null || true
  fi
  if [[ -n ${keep:-} ]]; then
    printf 'fresh_root: kept in %s\n' "$work" >&2
  else
    rm -rf --one-file-system "$work"
  fi
  exit "$status"
}

if [[ ${1:-} == --enter ]]; then
  shift
  enter "$@"
  exit
fi

if [[ ${1:-} == --keep ]]; then
  keep=yes
  shift
fi
if (($# == 0)); then
  set -- bash -c 'bash examples/rev/run.sh && bash tests/run.sh'
fi
((EUID == 0)) || die "must run as root: it mounts and makes a root file system"
command -v debootstrap >/dev/null || die "debootstrap not found: apt-get install debootstrap"

work=$(mktemp -d /var/tmp/fresh_root.XXXXXX)
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
make_root "$work"
printf 'fresh_root: %s with HEAD %s\n' "$suite" "$(git -C "$top" rev-parse --short HEAD)"

# A pid namespace as well, so that nothing outlives the command.
env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
  ${TERM:+TERM="$TERM"} ${http_proxy:+http_proxy="$http_proxy"} \
  ${https_proxy:+https_proxy="$https_proxy"} ${no_proxy:+no_proxy="$no_proxy"} \
  unshare --mount --pid --fork --kill-child \
  bash "$top/tests/fresh_root.sh" --enter "$work/root" "$@" <&0 &
inside=$!
status=0
wait "$inside" || status=$?
inside=
exit "$status"
