#!/bin/sh
# Records which classes "graph" loads (a JDK AOT cache), so that later starts are quick.
# usage: prepare.sh [REPOSITORY]. Works without it, so it never fails; does nothing when the cache is newer than the jars.
set -u
home=$(dirname "$(dirname "$(readlink -f "$0")")")
cache=$home/lib/bpfman-nudge.aot
[ -e "$cache" ] && [ -z "$(find "$home/lib" -name '*.jar' -newer "$cache" | head -1)" ] && exit 0
rm -f "$cache"
work=$(mktemp -d "$home/lib/.prepare.XXXXXX") || exit 0
trap 'rm -rf "$work"' EXIT
BPFMAN_JAVA_OPTS="-XX:AOTCacheOutput=$work/cache.aot" "$home/bin/bpfman-nudge" graph --root "${1:-.}" >"$work/log" 2>&1
if [ -s "$work/cache.aot" ]; then
  mv "$work/cache.aot" "$cache"
else
  echo "== no class data cache for bpfman-nudge, starts take half a second longer: $(tail -1 "$work/log")"
fi
exit 0
