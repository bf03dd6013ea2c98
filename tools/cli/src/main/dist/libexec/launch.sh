# Sourced by the scripts in bin/. Finds a JDK and starts one main class in place of the shell.
# The caller sets: home (the distribution), then calls launch NAME SKIPPED_JARS JVM_FLAGS MAIN_CLASS ARGUMENTS...

needed_java=25

# Sets major to the Java version of the JDK in $1, or to 0. Reads the file that every JDK has, because starting a JVM to ask costs a second.
java_major() {
  major=0
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      major=${value%%[!0-9]*}
      major=${major:-0}
      return 0
    fi
  done <"$1/release"
}

# Sets java, or ends the script with a sentence.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java_major "$JAVA_HOME"
    if [ "$major" -ge "$needed_java" ]; then
      java=$JAVA_HOME/bin/java
      return 0
    fi
  fi
  for jdk in /usr/lib/jvm/*; do
    java_major "$jdk"
    if [ "$major" -ge "$needed_java" ]; then
      java=$jdk/bin/java
      return 0
    fi
  done
  if java=$(command -v java); then
    java_major "$(dirname "$(dirname "$(readlink -f "$java")")")"
    [ "$major" -lt "$needed_java" ] || return 0
  fi
  echo "$(basename "$0"): no JDK $needed_java or newer in JAVA_HOME (${JAVA_HOME:-not set}), /usr/lib/jvm or PATH;" \
    "install one, for example temurin-25-jdk" >&2
  exit 1
}

# Own and most used jars first: the JVM opens jars in this order until it has found a class.
# $1: patterns of jars that this program never needs, separated by blanks.
set_class_path() {
  class_path=
  later=
  set -- "$1" "$home"/lib/*.jar
  skipped=$1
  shift
  # From here on * in a pattern is not for the file system.
  set -f
  for jar; do
    base=${jar##*/}
    for pattern in $skipped; do
      # The pattern is meant to be one.
      # shellcheck disable=SC2254
      case $base in $pattern) continue 2 ;; esac
    done
    case $base in
      bpfman-* | vertx-core-* | netty-* | picocli-* | protobuf-java-[0-9]*) class_path=$class_path:$jar ;;
      *) later=$later:$jar ;;
    esac
  done
  set +f
  class_path=${class_path#:}$later
}

# Whether cache was made of the jars that are there. The JVM does not ask for every program (seen with 25.0.3), and would run what a jar held before.
is_fresh() {
  [ -f "$cache" ] || return 1
  for jar in "$home"/lib/*.jar; do
    [ ! "$jar" -nt "$cache" ] || return 1
  done
}

launch() {
  name=$1
  skipped=$2
  flags=$3
  main=$4
  shift 4
  find_java
  set_class_path "$skipped"
  cache=$home/lib/$name.aot
  if is_fresh; then
    # Without relocation the cache's pages stay file pages, shared by all processes that use it. Its profiles are left alone: for a process that is
    # compiled by C1 only they bring compiling forward to the start, 60 ms of it. A cache that does not fit the jars or the JDK any more is ignored;
    # the JVM would say so on stdout, where JSON is expected.
    flags="$flags -XX:AOTCache=$cache -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTReplayTraining -Xlog:aot=off"
  fi
  if [ -d "$home/lib/native" ]; then
    # Unpacked by prepare.sh; each library otherwise extracts a copy into /tmp on each start.
    flags="$flags -Djava.library.path=$home/lib/native -Djffi.boot.library.path=$home/lib/native
      -Dorg.sqlite.lib.path=$home/lib/native -Dorg.sqlite.lib.name=libsqlitejdbc.so"
  fi
  # One malloc arena: each further one costs resident memory and none is needed.
  MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
  export MALLOC_ARENA_MAX
  # A process that ran out of memory must not live on half dead: whoever supervises it starts it again.
  # Flags are words.
  # shellcheck disable=SC2086
  exec "$java" -XX:+ExitOnOutOfMemoryError $flags ${BPFMAN_JAVA_OPTS:-} -cp "$class_path" "$main" "$@"
}

# Netty would load the JDK's flight recorder at each start, for events that nobody records. Where no interface has an address (a new network namespace, whose
# lo is down) it warns with a stack trace that it found no loopback, which nothing here needs.
native="-Dio.netty.jfr.enabled=false -Dorg.slf4j.simpleLogger.log.io.netty.util.NetUtilInitializations=error --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
service="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -Xmx64m -XX:ReservedCodeCacheSize=32m $native"
hazelcast="--add-modules java.se --add-exports java.base/jdk.internal.ref=ALL-UNNAMED
 --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED
 --add-opens java.management/sun.management=ALL-UNNAMED --add-opens jdk.management/com.sun.management.internal=ALL-UNNAMED"
