#!/bin/sh
# Sums up all Surefire and Failsafe reports of the tree. With --strict a skipped test, or a tier whose tests left no report, is a failure.
# TIERS limits which ones must have left a report. Last line: "N passed, N failed, N skipped".
set -u
strict=no
[ "${1:-}" = --strict ] && strict=yes
reports=$(find shared services tools -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/failsafe-reports/TEST-*.xml' | sort)
if [ -z "$reports" ]; then
  echo "no test left a report" >&2
  exit 1
fi

attribute() { # file name
  grep -m1 '<testsuite ' "$1" >/dev/null && tr '\n' ' ' <"$1" | sed -n "s/.*<testsuite [^>]*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p"
}

total=0 bad=0 skipped=0
for report in $reports; do
  tests=$(attribute "$report" tests)
  wrong=$(($(attribute "$report" failures) + $(attribute "$report" errors)))
  skips=$(attribute "$report" skipped)
  total=$((total + tests)) bad=$((bad + wrong)) skipped=$((skipped + skips))
  [ "$skips" -eq 0 ] || grep -B1 '<skipped' "$report" | sed -n 's/.*<testcase name="\([^"]*\)" classname="\([^"]*\)".*/SKIPPED \2.\1/p'
done

status=0
for tier in ${TIERS:-kernel cluster kube go vm}; do
  for source in $(grep -rl --include='*IT.java' "@Tag(\"$tier\")" shared services tools 2>/dev/null); do
    class=$(basename "$source" .java)
    if ! printf '%s\n' "$reports" | grep -q "[.]$class[.]xml$"; then
      echo "tier $tier: $class did not run"
      [ $strict = no ] || status=1
    fi
  done
done

# Tests of program types print these lines; a type that worked on no kernel is a failure with --strict.
grep -ho 'matrix kernel=[^ ]* type=[^ ]* result=[a-z-]*' $reports | awk '
  {sub(/kernel=/, "", $2); sub(/type=/, "", $3); sub(/result=/, "", $4); sub(/-/, " ", $4)}
  !($2 in kernels) {kernels[$2]; column[++columns] = $2}
  {result[$3, $2] = $4; if ($4 == "passed") works[$3]}
  END {
    if (!columns) exit
    printf "program type"
    for (c = 1; c <= columns; c++) printf "  Linux %-18s", column[c]
    print ""
    rows = split("xdp tc tcx tracepoint kprobe kretprobe uprobe uretprobe fentry fexit lsm", row)
    for (r = 1; r <= rows; r++) {
      printf "%-12s", row[r]
      for (c = 1; c <= columns; c++) printf "  %-24s", ((row[r], column[c]) in result) ? result[row[r], column[c]] : "not run"
      print ""
      if (!(row[r] in works)) missing = 1
    }
    exit missing
  }' || [ $strict = no ] || status=1
[ $strict = no ] || [ "$skipped" -eq 0 ] || status=1
[ "$bad" -eq 0 ] || status=1
echo "$((total - bad - skipped)) passed, $bad failed, $skipped skipped"
exit $status
