#!/bin/sh
# Boots Debian's 6.1 kernel under QEMU with this host's files as its root, read-only, and runs a script there as root.
#   boot.sh <script> <results directory> <limit in seconds>
# The script finds the directory at /run/results; what it prints comes out here. Exits as the script does; 124 when the limit is reached.
set -u
script=$1 results=$2 limit=$3
images=$("$(dirname "$0")/fetch-kernel.sh") || exit 1
rm -f "$results/status"

# KVM is not asked for: the same speed everywhere, and it works inside other virtual machines.
timeout -k 5 "$limit" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 2048 -no-reboot -nic none \
  -display none -monitor none -serial stdio \
  -kernel "${images% *}" -initrd "${images#* }" \
  -append "console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off lsm=landlock,lockdown,yama,integrity,apparmor,bpf vmscript=$script" \
  -virtfs local,path=/,mount_tag=hostroot,security_model=none,readonly=on,multidevs=remap \
  -virtfs "local,path=$results,mount_tag=results,security_model=none" </dev/null &
machine=$!
trap 'kill "$machine" 2>/dev/null; wait "$machine"; exit 130' INT TERM HUP
wait "$machine"
status=$?
if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
  echo "the virtual machine was ended after $limit s, before its tests were done; the last line above says where it was" >&2
  exit 124
fi
[ "$status" -eq 0 ] || exit "$status"
if [ ! -s "$results/status" ]; then
  echo "the virtual machine ended without a result: its last lines are above" >&2
  exit 1
fi
exit "$(cat "$results/status")"
