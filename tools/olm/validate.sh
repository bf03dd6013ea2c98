#!/bin/bash
# Runs the field's own validators: "bundle DIR" or "catalog DIR". Warnings are shown and explained in olm/README.md; errors fail.
set -euo pipefail
programs=$("$(dirname "$0")/build.sh")
case $1 in
  bundle)
    echo "== operator-sdk bundle validate $2"
    "$programs/operator-sdk" bundle validate "$2"
    echo "== operator-sdk bundle validate $2 --select-optional suite=operatorframework"
    "$programs/operator-sdk" bundle validate "$2" --select-optional suite=operatorframework --optional-values=k8s-version=1.35
    ;;
  catalog)
    echo "== opm validate $2"
    "$programs/opm" validate "$2"
    echo "No error."
    ;;
  *)
    echo "validate.sh knows bundle and catalog, not \"$1\"." >&2
    exit 2
    ;;
esac
