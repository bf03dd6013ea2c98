#!/bin/sh
# Makes sure that the given commands exist: "command:debian-package" each. Installs what is missing as root, else says what to install.
set -u
missing=""
for pair in "$@"; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
# A library and a header have no command of their own.
case " $* " in *" clang:clang "*)
  [ -e /usr/include/bpf/bpf_helpers.h ] || missing="$missing libbpf-dev" ;;
esac
ldconfig -p 2>/dev/null | grep -q 'libbpf\.so\.1' || missing="$missing libbpf1"
[ -n "$missing" ] || exit 0
missing=$(printf '%s\n' $missing | sort -u | tr '\n' ' ')
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "Missing: $missing- install them (Debian package names), or run this as root." >&2
  exit 1
fi
echo "== installing $missing"
apt-get update -qq &&
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
