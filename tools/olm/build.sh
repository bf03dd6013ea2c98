#!/bin/bash
# Builds operator-sdk and opm from their Go modules (operator-sdk/go.mod and opm/go.mod name the versions), once: they stay in a cache
# directory of the user. Prints that directory; progress goes to the terminal.
# BPFMAN_OLM_CACHE moves the cache (default $XDG_CACHE_HOME/bpfman-olm, else ~/.cache/bpfman-olm).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../env/go-programs.sh"
sdk=$(required "$here/operator-sdk/go.mod" github.com/operator-framework/operator-sdk)
opm=$(required "$here/opm/go.mod" github.com/operator-framework/operator-registry)
cache=${BPFMAN_OLM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bpfman-olm}

begin "$cache/operator-sdk-$sdk-opm-$opm-$(uname -m)" "$(go_version "$here"/*/go.mod)" "operator-sdk $sdk and opm $opm" "which validate bundle and catalog"

tags=(-tags json1,containers_image_openpgp)
sdk_version=github.com/operator-framework/operator-sdk/internal/version
say "building operator-sdk $sdk and opm $opm from source: once, some minutes, 2 GB of Go build cache"
build "$here/opm" opm github.com/operator-framework/operator-registry/cmd/opm "${tags[@]}" \
  -ldflags "-s -w -X github.com/operator-framework/operator-registry/cmd/opm/version.opmVersion=$opm"
build "$here/operator-sdk" operator-sdk github.com/operator-framework/operator-sdk/cmd/operator-sdk "${tags[@]}" \
  -ldflags "-s -w -X $sdk_version.Version=$sdk -X $sdk_version.GitVersion=$sdk -X $sdk_version.ImageVersion=$sdk"
built
