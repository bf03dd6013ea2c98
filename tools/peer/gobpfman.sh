#!/bin/bash
# Runs gobpfman-peer with these arguments, built before when it must be.
set -euo pipefail
directory=$("$(dirname "$0")/build.sh")
exec "$directory/gobpfman-peer" "$@"
