#!/bin/sh
# Prints the home of a JDK >= 25: JAVA_HOME, then the usual places, then the java on PATH. One sentence and 1 when there is none.
set -u
required=25

major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

fits() {
  version=$(major "$1") && [ -n "$version" ] && [ "$version" -ge "$required" ]
}

on_path() {
  javac=$(command -v javac) && dirname "$(dirname "$(readlink -f "$javac")")"
}

for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$(on_path)"; do
  if [ -n "$home" ] && fits "$home"; then
    echo "$home"
    exit 0
  fi
done
echo "No JDK $required or newer found: set JAVA_HOME to one (for example Temurin $required unpacked under /usr/lib/jvm)." >&2
exit 1
