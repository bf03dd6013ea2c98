#!/bin/sh
# Measures the built operator with a real API server and simulated nodes, in a directory of its own that is removed again.
# usage: run-kube.sh [FLAGS]; --help lists them. JAVA_HOME must point to a JDK >= 25.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lib="$here/../cli/target/bpfman/lib"
work=$(mktemp -d "${TMPDIR:-/tmp}/bpfman-bench-kube.XXXXXX")
bench=

clean_up() {
  set +e
  if [ -n "$bench" ] && kill -0 "$bench" 2>/dev/null; then
    kill "$bench"
    wait "$bench"
  fi
  # It goes by itself when nobody holds it any more.
  for _ in $(seq 30); do
    [ -e "$work/kube" ] || break
    sleep 1
  done
  "$here/../kube/control-plane.sh" stop "$work/kube" 2>/dev/null
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

date -u '+%Y-%m-%d %H:%M UTC'
echo "$(nproc) CPUs, load $(cut -d' ' -f1-3 /proc/loadavg), kernel $(uname -r)"
# What Hazelcast asks for on a modular JDK; without it, it only warns.
opens="--add-modules java.se --add-exports java.base/jdk.internal.ref=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED --add-opens java.management/sun.management=ALL-UNNAMED --add-opens jdk.management/com.sun.management.internal=ALL-UNNAMED"
# Flags are words.
# shellcheck disable=SC2086
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow $opens \
  -Dhazelcast.logging.type=slf4j -Dorg.slf4j.simpleLogger.defaultLogLevel=off \
  -cp "$here/target/classes:$lib/*" io.bpfman.bench.kube.KubeBenchMain --root "$here/../.." --work "$work" "$@" &
bench=$!
wait "$bench"
