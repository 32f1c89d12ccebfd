#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the image of indexrun with podman or docker.
#
#     container/build.sh [--binary PATH | --source [--base IMAGE]] [--tag NAME] [-- OPTION...]
#
#   --binary PATH  put this static program into the image (default: build/src/indexrun)
#   --source       build the program inside of a container instead (container/Dockerfile.build)
#   --base IMAGE   the Debian 12 image for that (default: debian:12-slim)
#   --tag NAME     name of the image (default: indexrun: and the version of the project)
#   -- OPTION...   more options for the engine's `build`
#
# The variable ENGINE names the engine; otherwise podman is taken if it is there, else docker.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binary=$top/build/src/indexrun
source='' base='' tag=''

die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

find_engine() {
  local name
  for name in ${ENGINE:-podman docker}; do
    if command -v "$name" >/dev/null; then
      printf '%s\n' "$name"
      return
    fi
  done
  die "neither podman nor docker found"
}

version() {
  sed -n "s/^ *version: '\(.*\)',\$/\1/p" "$top/meson.build" | head -n 1
}

while (($#)); do
  case $1 in
    --binary | --base | --tag)
      (($# > 1)) || die "$1 wants a value"
      declare "${1#--}=$2"
      shift 2
      ;;
    --source)
      source=yes
      shift
      ;;
    --)
      shift
      break
      ;;
    *) die "unknown option $1" ;;
  esac
done
[[ -z $base || -n $source ]] || die "--base is for --source"

engine=$(find_engine)
tag=${tag:-indexrun:$(version)}
build=("$engine" build --tag "$tag" "$@")

if [[ -n $source ]]; then
  "${build[@]}" ${base:+--build-arg "BASE=$base"} --file "$top/container/Dockerfile.build" "$top"
else
  [[ -f $binary ]] || die "no program at $binary: build it with meson and ninja, or use --source"
  context=$(mktemp -d)
  trap 'rm -rf "$context"' EXIT
  strip -o "$context/indexrun" "$binary"
  if readelf --program-headers "$context/indexrun" | grep -q INTERP; then
    die "$binary is not static: an image without libraries cannot run it"
  fi
  "${build[@]}" --file "$top/container/Dockerfile" "$context"
fi
printf '%s\n' "$tag"
