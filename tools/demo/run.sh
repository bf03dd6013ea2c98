#!/bin/sh
# Starts the demonstration on the distribution in tools/cli/target/bpfman; make run builds both.
# usage: run.sh [FLAGS]; --help lists them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=$(cd "$here/../cli/target/bpfman" && pwd)
. "$home/libexec/launch.sh"
find_java
# One client of the daemon, and no cluster.
set_class_path "hazelcast-* vertx-hazelcast-*"
# Flags are words.
# shellcheck disable=SC2086
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -Dorg.slf4j.simpleLogger.defaultLogLevel=warn $native \
  "-Djava.library.path=$home/lib/native" -cp "$here/target/classes:$class_path" io.bpfman.demo.Main --distribution "$home" "$@"
