#!/bin/sh
# Compiles the dispatchers, each in two sizes, into the directory that is given. Does nothing for those that are newer than their sources.
set -eu
cd "$(dirname "$0")"
mkdir -p "$1"
# compile SOURCE SLOTS OBJECT
compile() {
  if [ -e "$3" ] && [ -z "$(find "$1" slots.h build.sh -newer "$3")" ]; then
    return
  fi
  if ! command -v clang >/dev/null; then
    echo "clang is needed to compile $1: apt-get install clang libbpf-dev" >&2
    exit 1
  fi
  clang -O2 -g -Wall -Werror -target bpf "-DSLOTS=$2" "-I/usr/include/$(uname -m)-linux-gnu" -c "$1" -o "$3.new"
  mv "$3.new" "$3"
}

for source in *.bpf.c; do
  for slots in 10 32; do
    compile "$source" $slots "$1/${source%.bpf.c}_$slots.bpf.o"
  done
done
