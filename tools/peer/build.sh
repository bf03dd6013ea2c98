#!/bin/bash
# Builds gobpfman-peer, which speaks bpfman.v1 with the code that bpfman publishes for Go, once for each state of its sources: it stays
# in a cache directory of the user. Prints that directory; progress goes to the terminal.
# BPFMAN_PEER_CACHE moves the cache (default $XDG_CACHE_HOME/bpfman-peer, else ~/.cache/bpfman-peer).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../env/go-programs.sh"
module=$here/gobpfman
state=$(cat "$module"/go.* "$module"/*.go | sha256sum | cut -c1-16)
cache=${BPFMAN_PEER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bpfman-peer}

begin "$cache/gobpfman-$state-$(uname -m)" "$(go_version "$module/go.mod")" "gobpfman-peer" "the foreign client and server of the tests"
build "$module" gobpfman-peer . -ldflags "-s -w"
built
