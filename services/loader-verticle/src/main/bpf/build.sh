#!/bin/sh
# Compiles the dispatchers into the directory that is given. Does nothing for those that are newer than their sources.
set -eu
cd "$(dirname "$0")"
mkdir -p "$1"
for source in *.bpf.c; do
  object="$1/${source%.c}.o"
  if [ -e "$object" ] && [ -z "$(find "$source" slots.h build.sh -newer "$object")" ]; then
    continue
  fi
  if ! command -v clang >/dev/null; then
    echo "clang is needed to compile $source: apt-get install clang libbpf-dev" >&2
    exit 1
  fi
  clang -O2 -g -Wall -Werror -target bpf "-I/usr/include/$(uname -m)-linux-gnu" -c "$source" -o "$object.new"
  mv "$object.new" "$object"
done
