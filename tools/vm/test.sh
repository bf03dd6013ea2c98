#!/bin/sh
# Runs the tests tagged "vm" on Debian's 6.1 kernel in a virtual machine. Needs compiled tests. Leaves reports where Failsafe leaves its own.
# Exits with 1 when a test failed, and 124 when they took longer than VM_LIMIT seconds (default 2400). VM_TESTS is a pattern of the classes to run.
set -eu
cd "$(dirname "$0")/../.."
limit=${VM_LIMIT:-2400}
module=$PWD/services/loader-verticle
jdk=$(tools/env/find-jdk.sh)
started=$(date +%s)
[ -s "$module/target/test.classpath" ] || { echo "the tests are not compiled: run make test-vm" >&2; exit 1; }

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
trap 'kill "$boot" 2>/dev/null; wait "$boot"; exit 130' INT TERM HUP
boot=
rm -f "$module"/target/failsafe-reports/TEST-*VmIT.xml
# clang is slow in there, so the objects are made here.
for source in "$module"/src/test/resources/bpf/*.bpf.c; do
  clang -O2 -g -target bpf -I/usr/include/x86_64-linux-gnu -c "$source" -o "$results/$(basename "$source" .c).o"
done
cat >"$results/run.sh" <<END
exec "$jdk/bin/java" -XX:-UsePerfData -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx512m \\
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
  -Djava.io.tmpdir=/run/tmp -Dbpfman.compiled=/run/results \\
  -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/test.classpath")" \\
  io.bpfman.loader.vm.VmTests /run/results '${VM_TESTS:-.*VmIT}'
END

echo "== booting Debian's 6.1 kernel under QEMU (some minutes in all, at most $limit s)"
tools/vm/boot.sh /run/results/run.sh "$results" "$limit" &
boot=$!
status=0
wait "$boot" || status=$?
mkdir -p "$module/target/failsafe-reports"
for report in "$results"/TEST-*.xml; do
  [ ! -e "$report" ] || cp "$report" "$module/target/failsafe-reports/"
done
echo "== the virtual machine took $(($(date +%s) - started)) s"
exit "$status"
