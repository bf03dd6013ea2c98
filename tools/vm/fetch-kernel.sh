#!/bin/sh
# Unpacks the kernel of Debian's linux-image-amd64 under build/vm without installing it, and makes the initrd. Prints "<kernel> <initrd>".
# Does nothing when both are there; remove build/vm to get a newer kernel.
set -eu
cd "$(dirname "$0")/../.."
home=build/vm
mkdir -p "$home"
home=$(cd "$home" && pwd)

# The package that linux-image-amd64 stands for today.
newest() {
  apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1
}

# 9p is the way to the host's files, the rest is what tests attach to.
modules="virtio_pci 9pnet_virtio 9p veth sch_ingress cls_bpf"

if ldd "$(command -v busybox)" >/dev/null 2>&1; then
  echo "busybox needs libraries, which the initrd lacks: install Debian's busybox-static instead of busybox." >&2
  exit 1
fi
if ! ls "$home"/root/boot/vmlinuz-* >/dev/null 2>&1; then
  package=$(newest)
  if [ -z "$package" ] && [ "$(id -u)" -eq 0 ]; then
    apt-get update -qq
    package=$(newest)
  fi
  if [ -z "$package" ]; then
    echo "Debian's package linux-image-amd64 is not known here: run apt-get update as root, on Debian 12." >&2
    exit 1
  fi
  echo "== fetching $package (70 MB, once)" >&2
  (cd "$home" && apt-get download -qq "$package" 2>apt.log) || { cat "$home/apt.log" >&2; exit 1; }
  rm -rf "$home/unpacked"
  dpkg-deb -x "$home/$package"_*.deb "$home/unpacked"
  rm -f "$home/$package"_*.deb "$home/apt.log"
  rm -rf "$home/root"
  mv "$home/unpacked" "$home/root"
fi
kernel=$(ls "$home"/root/boot/vmlinuz-* | head -n 1)
version=${kernel##*/vmlinuz-}

initrd="$home/initrd-$version"
if [ ! -e "$initrd" ] || [ tools/vm/init -nt "$initrd" ] || [ "$0" -nt "$initrd" ]; then
  tree=$(mktemp -d "$home/initrd.XXXXXX")
  trap 'rm -rf "$tree"' EXIT
  mkdir -p "$tree/bin" "$tree/modules"
  cp "$(command -v busybox)" "$tree/bin/busybox"
  cp tools/vm/init "$tree/init"
  depmod -b "$home/root" "$version"
  for module in $modules; do
    modprobe -d "$home/root" -S "$version" --show-depends "$module"
  done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' | while read -r file; do
    cp "$file" "$tree/modules/"
    basename "$file" >>"$tree/modules/order"
  done
  (cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) >"$initrd.new"
  mv "$initrd.new" "$initrd"
fi
echo "$kernel $initrd"
