#!/usr/bin/env bash
# How far below the best published value the printed bound lies, for the 30 county instances of AFSAP (../shared/data/afsap),
# under two time limits, and whether `xuequ verify` proves it again.
# Usage: benches/bounds.sh [seconds ...]   (5 and 60 where none are given). Needs the release build; prints a Markdown table.
set -euo pipefail
cd "$(dirname "$0")/.."
data=../shared/data/afsap
[ -d "$data" ] || { echo "no $data: nothing to measure" >&2; exit 1; }
limits=("$@")
[ $# -gt 0 ] || limits=(5 60)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
TIMEFORMAT='%U %R'

head="| instance | published pupil-km |"
rule="|---|---|"
for limit in "${limits[@]}"; do
    head+=" below it in $limit s | proof | CPU s | verified, s |"
    rule+="---|---|---|---|"
done
printf '%s\n%s\n' "$head" "$rule"
tail -n +2 "$data/instances.csv" | while IFS=, read -r name family _ _ _ _ published _; do
    row="| $name | $published |"
    for limit in "${limits[@]}"; do
        { time target/release/xuequ plan --quiet --json --crs local --time-limit "$limit" \
            --schools "$data/$family/$name/schools.csv" --blocks "$data/$family/$name/blocks.csv" \
            --adjacency "$data/$family/adjacency.csv" -o "$out/plan" --overwrite >"$out/plan.json" || [ $? -eq 6 ]; } 2>"$out/time"
        bound=$(sed -n 's/.*"lower_bound_pupil_km": *\([0-9.]*\).*/\1/p' "$out/plan.json")
        proof=$(sed -n 's/^  "form": "\(.*\)",/\1/p' "$out/plan/bound-all.json")
        cpu=$(tail -1 "$out/time" | cut -d' ' -f1)
        # The paths of inputs in the manifest are those given above, relative to here.
        { time target/release/xuequ verify "$out/plan" --json >"$out/verify.json" || true; } 2>"$out/time"
        grep -q '"claims_hold": *true' "$out/verify.json" && verified=$(tail -1 "$out/time" | cut -d' ' -f2) || verified=no
        row+=$(awk "BEGIN { printf \" %.4f %% | %s | %.1f | %s |\", 100 * ($published - $bound) / $published, \"$proof\", $cpu, \"$verified\" }")
    done
    echo "$row"
    echo "$row" >>"$out/$family"
done
echo
for family in "$out"/gy "$out"/gy2 "$out"/zy; do
    [ -f "$family" ] || continue
    awk -F'|' -v name="$(basename "$family")" -v limits="${limits[*]}" '{
        for (k = 0; 4 + 4 * k < NF; k++) { gap = $(4 + 4 * k) + 0; sum[k] += gap; if (gap > worst[k]) worst[k] = gap }
    } END {
        count = split(limits, limit, " ")
        for (k = 0; k < count; k++) printf "%s, %s s: mean %.4f %%, worst %.4f %%\n", name, limit[k + 1], sum[k] / NR, worst[k]
    }' "$family"
done
