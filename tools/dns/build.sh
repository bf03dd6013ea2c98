#!/bin/bash
# Builds CoreDNS with the plugins that tests of names need, once for each state of its sources: it stays in a cache directory of the
# user. Prints that directory; progress goes to the terminal.
# BPFMAN_DNS_CACHE moves the cache (default $XDG_CACHE_HOME/bpfman-dns, else ~/.cache/bpfman-dns).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../env/go-programs.sh"
module=$here/coredns
state=$(cat "$module"/go.* "$module"/*.go | sha256sum | cut -c1-16)
cache=${BPFMAN_DNS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bpfman-dns}

begin "$cache/coredns-$state-$(uname -m)" "$(go_version "$module/go.mod")" "CoreDNS" "the name server of the tests"
build "$module" coredns . -ldflags "-s -w"
built
