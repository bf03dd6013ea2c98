#!/bin/bash
# Builds operator-sdk and opm from their Go modules (operator-sdk/go.mod and opm/go.mod name the versions), once: they stay in a cache
# directory of the user. Prints that directory; progress goes to the terminal.
# BPFMAN_OLM_CACHE moves the cache (default $XDG_CACHE_HOME/bpfman-olm, else ~/.cache/bpfman-olm).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version() { awk -v module="$2" '$1 == module {print $2} $1 == "require" && $2 == module {print $3}' "$here/$1/go.mod"; } # directory module
sdk=$(version operator-sdk github.com/operator-framework/operator-sdk)
opm=$(version opm github.com/operator-framework/operator-registry)
wanted=$(awk '$1 == "go" {print $2}' "$here"/*/go.mod | sort -V | tail -1)
cache=${BPFMAN_OLM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bpfman-olm}

say() { echo "== $*" >&2; }
fail() { echo "$*" >&2; exit 1; }

directory=$cache/operator-sdk-$sdk-opm-$opm-$(uname -m)
if [ -e "$directory/complete" ]; then
  echo "$directory"
  exit 0
fi
if ! command -v go >/dev/null 2>&1; then
  fail "No Go found: install Go $wanted or newer (https://go.dev/dl) to build operator-sdk $sdk and opm $opm, which validate bundle and catalog."
fi
found=$(cd / && GOTOOLCHAIN=local go env GOVERSION)
if [ "$(printf '%s\n' "go$wanted" "$found" | sort -V | head -1)" != "go$wanted" ]; then
  fail "$(command -v go) is ${found#go}; operator-sdk $sdk and opm $opm need Go $wanted or newer (https://go.dev/dl)."
fi

mkdir -p "$directory"
# One build at a time; who waited finds it done.
exec 9>"$directory/lock"
flock 9
if [ -e "$directory/complete" ]; then
  echo "$directory"
  exit 0
fi

build() { # program package stamps
  if [ -x "$directory/$1" ]; then
    return
  fi
  local started=$SECONDS
  say "building $1 (kept in $directory)"
  # Moved into place when whole, so that an interrupted build goes on where it stopped.
  (cd "$here/$1" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly nice go build -trimpath -buildvcs=false \
    -tags json1,containers_image_openpgp -ldflags "-s -w $3" -o "$directory/$1.new" "$2")
  mv "$directory/$1.new" "$directory/$1"
  say "built $1 in $((SECONDS - started)) s"
}

sdk_version=github.com/operator-framework/operator-sdk/internal/version
say "building operator-sdk $sdk and opm $opm from source: once, some minutes, 2 GB of Go build cache"
build opm github.com/operator-framework/operator-registry/cmd/opm \
  "-X github.com/operator-framework/operator-registry/cmd/opm/version.opmVersion=$opm"
build operator-sdk github.com/operator-framework/operator-sdk/cmd/operator-sdk \
  "-X $sdk_version.Version=$sdk -X $sdk_version.GitVersion=$sdk -X $sdk_version.ImageVersion=$sdk"
touch "$directory/complete"
echo "$directory"
