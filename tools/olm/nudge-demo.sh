#!/bin/bash
# Shows on a copy of this tree what a new image of the agent changes. The argument is the bpfman-nudge program.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
nudge=$root/$1
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
for part in olm nudge-files .tekton k8s; do
  cp -R "$root/$part" "$copy/"
done
cp -R "$copy/olm" "$copy/nudge-files" "$(mkdir -p "$copy/before" && echo "$copy/before")/"
cd "$copy"
csv=olm/bundle/manifests/bpfman-operator.clusterserviceversion.yaml
index=olm/catalog/bpfman-operator/index.yaml

step() { echo; echo "== $*"; }
digest() { printf '%s' "$1" | sha256sum | cut -d' ' -f1; }
changed() { diff -U0 -r before/olm olm | grep '^[+-][^+-]' || true; }

step "1. The agent was built; Konflux writes its digest into nudge-files/bpfman-agent.txt"
echo "quay.io/bpfman/bpfman-agent@sha256:$(digest 'the new agent')" > nudge-files/bpfman-agent.txt
diff -U0 before/nudge-files/bpfman-agent.txt nudge-files/bpfman-agent.txt | tail -2 || true

step "2. The bundle is old now, and the check says so"
if "$nudge" update-bundle --check --csv-file "$csv" --nudge-files nudge-files; then
  echo "The check found nothing, but the bundle is old." >&2
  exit 1
fi

step "3. The bundle follows: these lines change and no others"
"$nudge" update-bundle --csv-file "$csv" --nudge-files nudge-files
changed

step "4. The bundle was built; Konflux writes its digest, and the catalog follows"
echo "quay.io/bpfman/bpfman-operator-bundle@sha256:$(digest 'the new bundle')" > nudge-files/bpfman-operator-bundle.txt
"$nudge" update-catalog --index-file "$index" --bundle-dir olm/bundle --nudge-files nudge-files
diff -U0 before/$index $index | grep '^[+-][^+-]' || true

step "5. Nothing is left to do, and nothing is wrong"
"$nudge" update-bundle --check --csv-file "$csv" --nudge-files nudge-files
"$nudge" update-catalog --check --index-file "$index" --bundle-dir olm/bundle --nudge-files nudge-files
"$nudge" validate
"$root/tools/olm/validate.sh" bundle olm/bundle
"$root/tools/olm/validate.sh" catalog olm/catalog

step "6. What a new digest of the agent builds"
"$nudge" explain nudge-files/bpfman-agent.txt
"$nudge" graph --file nudge-files/bpfman-agent.txt
"$nudge" graph
