#!/bin/sh
# Prepares a network namespace with a veth pair, a tmpfs and a bpffs, runs the benchmarks inside, and removes all of it again.
# usage: run.sh [ROUNDS]; JAVA_HOME must point to a JDK >= 25.
set -eu
rounds=${1:-${ROUNDS:-40}}
here=$(cd "$(dirname "$0")" && pwd)
lib="$here/../cli/target/bpfman/lib"
netns="bpfman-bench-$$"
work=$(mktemp -d /tmp/bpfman-bench.XXXXXX)

clean_up() {
  set +e
  [ -z "$echo_pid" ] || kill "$echo_pid"
  for mount in "$work/inprocess/fs" "$work/daemon/fs" "$work/pins" "$work"; do
    mountpoint -q "$mount" && umount "$mount"
  done
  ip netns del "$netns"
  rmdir "$work"
}
echo_pid=
trap clean_up EXIT
trap 'exit 1' INT TERM

mount -t tmpfs -o size=64m bpfman-bench "$work"
mkdir "$work/pins"
mount -t bpf bpf "$work/pins"
mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing
ip netns add "$netns"
ip -n "$netns" link add bench0 type veth peer name bench1
ip -n "$netns" link set lo up
ip -n "$netns" link set bench0 up
ip -n "$netns" link set bench1 up

clang -O2 -g -target bpf "-I/usr/include/$(uname -m)-linux-gnu" -c "$here/src/main/bpf/bench.bpf.c" -o "$work/bench.o"
cc -O2 -o "$work/floor" "$here/src/main/c/floor.c" -lbpf
libc=$(ldconfig -p | sed -n 's/.*libc\.so\.6 .*=> //p' | head -1)

flags="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.05 -XX:TrimNativeHeapInterval=5000 -Xss512k -Xms8m -Xmx64m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
date -u '+%Y-%m-%d %H:%M UTC'
echo "$(nproc) CPUs, kernel $(uname -r), rounds $rounds"
nsenter "--net=/run/netns/$netns" "$JAVA_HOME/bin/java" $flags "-Dbpfman.daemon.flags=$flags" \
  -cp "$here/target/classes:$lib/*" io.bpfman.bench.BenchMain \
  "$work" "$work/bench.o" "$work/floor" bench0 "$(readlink -f "$libc")" "$rounds"

echo "== daemon: start, memory, command line"
JAVA_HOME="$JAVA_HOME" "$JAVA_HOME/bin/java" $flags -cp "$here/target/classes:$lib/*" io.bpfman.bench.FootprintMain \
  "$here/../cli/target/bpfman" "$work" "$work/bench.o"

in_netns="nsenter --net=/run/netns/$netns"
# What Hazelcast asks for on a modular JDK; without it, it only warns.
opens="--add-modules java.se --add-exports java.base/jdk.internal.ref=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED --add-opens java.management/sun.management=ALL-UNNAMED --add-opens jdk.management/com.sun.management.internal=ALL-UNNAMED"
bus="$JAVA_HOME/bin/java -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow $opens -Dhazelcast.logging.type=slf4j -Dorg.slf4j.simpleLogger.defaultLogLevel=off -cp $here/target/classes:$lib/*"
"$here/bus-certificates.sh" "$work/tls"
echo "== bus, plain, then with mutual TLS"
for tls in "" "$work/tls"; do
  # No argument at all where there is no directory.
  # shellcheck disable=SC2086
  $in_netns $bus io.bpfman.bench.BusEchoMain 127.0.0.1:5701 $tls &
  echo_pid=$!
  # shellcheck disable=SC2086
  $in_netns $bus io.bpfman.bench.BusBenchMain 127.0.0.1:5701 $tls
  kill "$echo_pid"
  wait "$echo_pid" || true
  echo_pid=
done
