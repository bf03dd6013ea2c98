#!/bin/bash
# Builds etcd, kube-apiserver, kube-controller-manager and kubectl from their Go modules (binaries/go.mod names the versions), once:
# they stay in a cache directory of the user. Prints that directory; progress goes to the terminal.
# BPFMAN_KUBE_CACHE moves the cache (default $XDG_CACHE_HOME/bpfman-kube, else ~/.cache/bpfman-kube).
set -euo pipefail
module=$(cd "$(dirname "$0")/binaries" && pwd)
kubernetes=$(awk '$1 == "k8s.io/kubernetes" {print $2}' "$module/go.mod")
etcd=$(awk '$1 == "go.etcd.io/etcd/server/v3" {print $2}' "$module/go.mod")
wanted=$(awk '$1 == "go" {print $2}' "$module/go.mod")
cache=${BPFMAN_KUBE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bpfman-kube}

say() { echo "== $*" >&2; }
fail() { echo "$*" >&2; exit 1; }

directory=$cache/kubernetes-$kubernetes-etcd-$etcd-$(uname -m)
if [ -e "$directory/complete" ]; then
  echo "$directory"
  exit 0
fi
if ! command -v go >/dev/null 2>&1; then
  fail "No Go found: install Go $wanted or newer (https://go.dev/dl) to build the Kubernetes $kubernetes that the kube tests run against."
fi
found=$(cd / && GOTOOLCHAIN=local go env GOVERSION)
if [ "$(printf '%s\n' "go$wanted" "$found" | sort -V | head -1)" != "go$wanted" ]; then
  fail "$(command -v go) is ${found#go}; Kubernetes $kubernetes needs Go $wanted or newer (https://go.dev/dl)."
fi

mkdir -p "$directory"
# One build at a time; who waited finds it done.
exec 9>"$directory/lock"
flock 9
if [ -e "$directory/complete" ]; then
  echo "$directory"
  exit 0
fi

minor=${kubernetes#v*.}
stamps="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  stamps+=" -X $package.gitVersion=$kubernetes -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*} -X $package.gitTreeState=archive"
done

build() { # program package
  if [ -x "$directory/$1" ]; then
    return
  fi
  local started=$SECONDS
  say "building $1 (kept in $directory)"
  # Moved into place when whole, so that an interrupted build goes on where it stopped.
  (cd "$module" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly nice go build -trimpath -buildvcs=false \
    -tags selinux,notest,grpcnotrace -ldflags "$stamps" -o "$directory/$1.new" "$2")
  mv "$directory/$1.new" "$directory/$1"
  say "built $1 in $((SECONDS - started)) s"
}

say "building Kubernetes $kubernetes and etcd $etcd from source: once, about 5 minutes on two cores, 3 GB of Go build cache"
build etcd go.etcd.io/etcd/server/v3
build kubectl k8s.io/kubernetes/cmd/kubectl
build kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver
build kube-controller-manager k8s.io/kubernetes/cmd/kube-controller-manager
touch "$directory/complete"
echo "$directory"
