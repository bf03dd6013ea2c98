#!/bin/sh
# Prints what one packet costs alone, in our chains, and in one of libxdp's design, on Debian's 6.1 kernel in a virtual machine, because many
# kernels refuse freplace. Everything there is emulated: only the ratios mean something. Needs the built dispatchers (make build).
# With HERE=1 on the running kernel.
set -eu
cd "$(dirname "$0")/../.."
dispatcher=$PWD/services/loader-verticle/target/classes/bpf/xdp_dispatcher_10.bpf.o
[ -s "$dispatcher" ] || { echo "the dispatchers are not compiled: run make build" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in stub_dispatcher member; do
  clang -O2 -g -target bpf "-I/usr/include/$(uname -m)-linux-gnu" -c "tools/bench/src/main/bpf/$name.bpf.c" -o "$work/$name.o"
done
cc -O2 -Wall -o "$work/chain" tools/bench/src/main/c/chain.c -lbpf
if [ -n "${HERE:-}" ]; then
  "$work/chain" "$dispatcher" "$work/stub_dispatcher.o" "$work/member.o" "${REPEAT:-1000000}"
  exit
fi
cat >"$work/run.sh" <<END
exec /run/results/chain "$dispatcher" /run/results/stub_dispatcher.o /run/results/member.o ${REPEAT:-100000}
END
echo "== cost of a packet, on Debian's 6.1 kernel under QEMU"
tools/vm/boot.sh /run/results/run.sh "$work" "${VM_LIMIT:-300}"
