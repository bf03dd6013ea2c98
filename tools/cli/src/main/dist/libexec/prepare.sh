#!/bin/sh
# Makes later starts quick: unpacks native libraries, and records which classes the daemon, the agent and "program list" load (JDK AOT caches).
# usage: prepare.sh [PROGRAM.bpf.c]; the program is loaded in the training run. Does nothing when all is newer than the jars. The distribution works
# without what this makes, so it never fails; one line tells what could not be done.
set -u
home=$(dirname "$(dirname "$(readlink -f "$0")")")
. "$home/libexec/launch.sh"
source=${1:-}
lib=$home/lib
find_java
machine=$(uname -m)

fresh() {
  [ -e "$1" ] && [ -z "$(find "$lib" "$home/bin" "$home/libexec" -type f ! -name '*.aot' ! -path "$lib/native/*" -newer "$1" | head -1)" ]
}

# unpack JAR ENTRY: into lib/native, where the launcher points the libraries that would otherwise extract a copy into /tmp on each start.
unpack() {
  (cd "$work" && "${java%/java}/jar" xf "$1" "$2") && mv "$work/$2" "$native_new/"
}

unpack_natives() {
  native_new=$work/native
  mkdir "$native_new" || return
  unpack "$(echo "$lib"/sqlite-jdbc-*.jar)" "org/sqlite/native/Linux/$machine/libsqlitejdbc.so" &&
    unpack "$(echo "$lib"/jffi-*-native.jar)" "jni/$machine-Linux/libjffi-1.2.so" &&
    unpack "$(echo "$lib"/netty-transport-native-epoll-*.jar)" "META-INF/native/libnetty_transport_native_epoll_$machine.so" &&
    rm -rf "$lib/native" && mv "$native_new" "$lib/native" && touch "$lib/native"
}

answers() {
  tries=0
  while [ ! -S "$work/sock" ] || ! "$home/bin/bpfman" --socket-path "$work/sock" version >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 40 ] && kill -0 "$daemon" 2>/dev/null || return 1
    sleep 0.25
  done
}

ask() {
  "$home/bin/bpfman" --socket-path "$work/sock" "$@"
}

# The agent of a node that waits for its certificate: everything but the connection itself.
train_agent() {
  BPFMAN_JAVA_OPTS="-XX:AOTCacheOutput=$work/agent.aot" "$home/bin/bpfman-agent" --node-name train --socket-path "$work/sock" --state-dir "$work/agent" \
    --operator-key "$work/operator.pub" --uplink edge --edge-operators localhost --edge-tls-directory "$work/tls" 2>"$work/agent.log" &
  agent=$!
  tries=0
  while ! grep -q "no operator is connected" "$work/agent.log"; do
    tries=$((tries + 1))
    [ "$tries" -lt 80 ] && kill -0 "$agent" 2>/dev/null || break
    sleep 0.25
  done
  kill "$agent"
  wait "$agent"
}

train() {
  BPFMAN_JAVA_OPTS="-XX:AOTCacheOutput=$work/daemon.aot" "$home/bin/bpfman" serve --runtime-dir "$work/run" --socket-path "$work/sock" &
  daemon=$!
  if answers; then
    if [ -n "$source" ] && clang -O2 -g -target bpf "-I/usr/include/$machine-linux-gnu" -c "$source" -o "$work/object.o"; then
      ask program load file "$work/object.o" --programs xdp:bench_xdp
    fi
    ask link list
    BPFMAN_JAVA_OPTS="-XX:AOTCacheOutput=$work/client.aot" "$home/bin/bpfman" --socket-path "$work/sock" program list
    train_agent
  fi
  kill "$daemon"
  wait "$daemon"
  [ -s "$work/daemon.aot" ] && [ -s "$work/client.aot" ] && [ -s "$work/agent.aot" ] &&
    mv "$work/client.aot" "$lib/bpfman.aot" && mv "$work/agent.aot" "$lib/bpfman-agent.aot" && mv "$work/daemon.aot" "$lib/bpfman-daemon.aot"
}

# The training daemon mounts a bpffs: in a mount namespace of its own, which takes it along when it ends.
if [ "${1:-}" = --inside ]; then
  work=$2
  source=${3:-}
  train
  exit
fi

fresh "$lib/native" && fresh "$lib/bpfman-daemon.aot" && exit 0
work=$(mktemp -d "$lib/.prepare.XXXXXX") || exit 0
trap 'rm -rf "$work"' EXIT
rm -f "$lib/bpfman.aot" "$lib/bpfman-agent.aot" "$lib/bpfman-daemon.aot"
fresh "$lib/native" || unpack_natives >"$work/log" 2>&1 || echo "== native libraries stay packed: $(tail -1 "$work/log")"
if [ "$(id -u)" -ne 0 ]; then
  echo "== no class data caches: the training run loads eBPF programs, which needs root; starts take a second longer"
elif ! unshare --mount "$0" --inside "$work" "$source" >"$work/log" 2>&1; then
  echo "== no class data caches, starts take a second longer: $(grep -v Skipping "$work/log" | tail -1)"
fi
exit 0
