#!/bin/bash
# Builds etcd, kube-apiserver, kube-controller-manager and kubectl from their Go modules (binaries/go.mod names the versions), once:
# they stay in a cache directory of the user. Prints that directory; progress goes to the terminal.
# BPFMAN_KUBE_CACHE moves the cache (default $XDG_CACHE_HOME/bpfman-kube, else ~/.cache/bpfman-kube).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../env/go-programs.sh"
module=$here/binaries
kubernetes=$(required "$module/go.mod" k8s.io/kubernetes)
etcd=$(required "$module/go.mod" go.etcd.io/etcd/server/v3)
cache=${BPFMAN_KUBE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bpfman-kube}

begin "$cache/kubernetes-$kubernetes-etcd-$etcd-$(uname -m)" "$(go_version "$module/go.mod")" "Kubernetes $kubernetes" "that the kube tests run against"

minor=${kubernetes#v*.}
stamps="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  stamps+=" -X $package.gitVersion=$kubernetes -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*} -X $package.gitTreeState=archive"
done
flags=(-tags selinux,notest,grpcnotrace -ldflags "$stamps")

say "building Kubernetes $kubernetes and etcd $etcd from source: once, about 5 minutes on two cores, 3 GB of Go build cache"
build "$module" etcd go.etcd.io/etcd/server/v3 "${flags[@]}"
build "$module" kubectl k8s.io/kubernetes/cmd/kubectl "${flags[@]}"
build "$module" kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver "${flags[@]}"
build "$module" kube-controller-manager k8s.io/kubernetes/cmd/kube-controller-manager "${flags[@]}"
built
