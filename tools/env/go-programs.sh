# Sourced by scripts that build programs from Go modules: once, into a cache directory of the user. Progress goes to the terminal.

say() { echo "== $*" >&2; }
fail() { echo "$*" >&2; exit 1; }

required() { # go.mod module: its version there
  awk -v module="$2" '$1 == module {print $2} $1 == "require" && $2 == module {print $3}' "$1"
}

go_version() { # go.mod ...: the newest that they ask for
  awk '$1 == "go" {print $2}' "$@" | sort -V | tail -1
}

# Prints the directory and ends the script when all of its programs are built. Otherwise the caller builds them alone in it, and says `built`.
begin() { # directory, version of Go, what is built, what it is for
  directory=$1
  end_when_built
  if ! command -v go >/dev/null 2>&1; then
    fail "No Go found: install Go $2 or newer (https://go.dev/dl) to build $3, $4."
  fi
  local found
  found=$(cd / && GOTOOLCHAIN=local go env GOVERSION)
  if [ "$(printf '%s\n' "go$2" "$found" | sort -V | head -1)" != "go$2" ]; then
    fail "$(command -v go) is ${found#go}; $3 needs Go $2 or newer (https://go.dev/dl)."
  fi
  mkdir -p "$directory"
  # One build at a time; who waited finds it done.
  exec 9>"$directory/lock"
  flock 9
  end_when_built
}

end_when_built() {
  if [ -e "$directory/complete" ]; then
    echo "$directory"
    exit 0
  fi
}

build() { # module directory, program, package, flags of go build ...
  local module=$1 program=$2 package=$3 started=$SECONDS
  shift 3
  if [ -x "$directory/$program" ]; then
    return
  fi
  say "building $program (kept in $directory)"
  # Moved into place when whole, so that an interrupted build goes on where it stopped.
  (cd "$module" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly nice go build -trimpath -buildvcs=false "$@" \
    -o "$directory/$program.new" "$package")
  mv "$directory/$program.new" "$directory/$program"
  say "built $program in $((SECONDS - started)) s"
}

built() {
  touch "$directory/complete"
  echo "$directory"
}
