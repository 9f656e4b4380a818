#!/usr/bin/env bash
# Plans the 30 county instances of AFSAP (../shared/data/afsap) and compares each with its best published value.
# Usage: benches/quality.sh [extra arguments of `xuequ plan`]. Needs the release build; prints a Markdown table.
set -euo pipefail
cd "$(dirname "$0")/.."
data=../shared/data/afsap
[ -d "$data" ] || { echo "no $data: nothing to measure" >&2; exit 1; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

echo "| instance | published pupil-km | found | above published | proven gap | overload + detached + unassigned | seconds |"
echo "|---|---|---|---|---|---|---|"
tail -n +2 "$data/instances.csv" | while IFS=, read -r name family _ _ _ _ published _; do
    begin=$EPOCHREALTIME
    target/release/xuequ plan --quiet --json --crs local \
        --schools "$data/$family/$name/schools.csv" --blocks "$data/$family/$name/blocks.csv" \
        --adjacency "$data/$family/adjacency.csv" -o "$out/$name" "$@" >"$out/$name.json" || [ $? -lt 2 ] || [ $? -eq 6 ]
    seconds=$(awk "BEGIN { print $EPOCHREALTIME - $begin }")
    figures=$(sed -n 's/.*"pupil_km": *\([0-9.]*\).*/\1/p; s/.*"gap_percent": *\([0-9.]*\).*/\1/p
        s/.*"overload": *\([0-9]*\).*/\1/p; s/.*"detached": *\([0-9]*\).*/\1/p; s/.*"unassigned": *\([0-9]*\).*/\1/p' "$out/$name.json" | tr '\n' ' ')
    echo "$name $published $seconds $figures"
done | tee "$out/all" | awk '{
    above = 100 * ($4 / $2 - 1)
    printf "| %s | %s | %s | %+.4f %% | %s %% | %d | %.1f |\n", $1, $2, $4, above, $5, $6 + $7 + $8, $3
}'
awk '{ above = 100 * ($4 / $2 - 1); sum += above; if (above > worst) worst = above; broken += $6 + $7 + $8; time += $3 }
    END { printf "\nmean %+.4f %%, worst %+.4f %%, %d hard rules broken, %.1f s an instance\n", sum / NR, worst, broken, time / NR }' "$out/all"
