#!/bin/bash
# Shows on a copy of this tree what a new image of the agent changes. Arguments: the bpfman-nudge program, then the flags of its
# command "bundle" with which the bundle is made.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
nudge=$root/$1
flags=("${@:2}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tree" "$work/before"
tar -C "$root" --exclude=target --exclude=./.git -cf - . | tar -C "$work/tree" -xf -
cp -R "$root/olm" "$root/nudge-files" "$work/before/"
cd "$work/tree"
csv=olm/bundle/manifests/bpfman-operator.clusterserviceversion.yaml
index=olm/catalog/bpfman-operator/index.yaml

step() { echo; echo "== $*"; }
digest() { printf '%s' "$1" | sha256sum | cut -d' ' -f1; }
# What differs from before, without the diff's own lines.
changed() { diff -U0 -r "../before/$1" "$1" | grep -v '^--- \|^+++ \|^@@\|^diff ' || true; }

step "1. The agent was built; Konflux writes its digest into nudge-files/bpfman-agent.txt"
echo "quay.io/bpfman/bpfman-agent@sha256:$(digest 'the new agent')" > nudge-files/bpfman-agent.txt
changed nudge-files/bpfman-agent.txt

step "2. The bundle is old now, and the check says so"
if "$nudge" update-bundle --check --csv-file "$csv" --nudge-files nudge-files; then
  echo "The check found nothing, but the bundle is old." >&2
  exit 1
fi

step "3. The bundle follows: these lines change and no others"
"$nudge" update-bundle --csv-file "$csv" --nudge-files nudge-files
changed olm

step "4. The bundle was built; Konflux writes its digest, and the catalog follows"
echo "quay.io/bpfman/bpfman-operator-bundle@sha256:$(digest 'the new bundle')" > nudge-files/bpfman-operator-bundle.txt
"$nudge" update-catalog --index-file "$index" --bundle-dir olm/bundle --nudge-files nudge-files
changed "$index"

step "5. Nothing is left to do, and nothing is wrong"
"$nudge" update-bundle --check --csv-file "$csv" --nudge-files nudge-files
"$nudge" update-catalog --check --index-file "$index" --bundle-dir olm/bundle --nudge-files nudge-files
"$nudge" bundle --check "${flags[@]}" --output olm/bundle
"$nudge" validate
"$root/tools/olm/validate.sh" bundle olm/bundle
"$root/tools/olm/validate.sh" catalog olm/catalog

step "6. Why, and what a new digest of the agent builds"
"$nudge" explain nudge-files/bpfman-agent.txt

step "7. The whole graph"
"$nudge" graph -o mermaid
