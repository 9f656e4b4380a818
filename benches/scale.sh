#!/bin/sh
# How large counties are planned: made-up counties of four sizes, planned, verified and scored by a program of its own,
# beside OR-Tools' SimpleMinCostFlow for the relaxation alone, all in one run. Prints a Markdown table.
#
#   GENERATOR=gen_county.py SCORER=score_catchments.py PYTHON=python3 benches/scale.sh [WORK] [SIZES]
#
# The Python needs numpy, scipy and ortools. SIZES are some of S M L XL. Times are CPU seconds, user and system.
set -eu
work=${1:-/tmp/xuequ-scale}
sizes=${2:-"S M L XL"}
python=${PYTHON:-python3}
xuequ=${XUEQU:-target/release/xuequ}
mkdir -p "$work"

# The CPU seconds and megabytes of a command, in the file named first.
measured() {
    record=$1
    shift
    /usr/bin/time -f '%U %S %M' -o "$record" "$@" >"$record.log" 2>&1 || true
    awk 'END { printf "%.2f %.0f\n", $1 + $2, $3 / 1024 }' "$record" >"$record.sum"
}

cat >"$work/relaxation.py" <<'PEER'
import csv, sys
import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.spatial import cKDTree
folder, nearest = sys.argv[1], 16
blocks = np.loadtxt(folder + "/blocks.csv", delimiter=",", skiprows=1)
schools = list(csv.DictReader(open(folder + "/schools.csv")))
gates = np.array([[float(s["x"]), float(s["y"])] for s in schools])
seats = np.array([int(s["capacity"]) for s in schools])
pupils = blocks[:, 3].astype(np.int64)
with_pupils = np.nonzero(pupils)[0]
nearest = min(nearest, len(schools))
metres, which = cKDTree(gates).query(blocks[with_pupils, 1:3], nearest)
count = len(with_pupils)
flow = min_cost_flow.SimpleMinCostFlow()
flow.add_arcs_with_capacity_and_unit_cost(np.repeat(np.arange(count), nearest), count + which.ravel(),
    np.repeat(pupils[with_pupils], nearest), np.round(metres.ravel()).astype(np.int64))
sink = count + len(schools)
flow.add_arcs_with_capacity_and_unit_cost(np.arange(count, sink), np.full(len(schools), sink), seats,
    np.zeros(len(schools), dtype=np.int64))
flow.set_nodes_supplies(np.arange(count), pupils[with_pupils])
flow.set_node_supply(sink, -int(pupils.sum()))
assert flow.solve() == flow.OPTIMAL
print(flow.optimal_cost())
PEER

echo "| county | gap % | overload | detached | plan CPU s | MB | verify CPU s | OR-Tools CPU s |"
echo "|---|---|---|---|---|---|---|---|"
for size in $sizes; do
    case $size in
    S) count="2000 20" ;; M) count="20000 100" ;; L) count="200000 1000" ;; *) count="1000000 5000" ;;
    esac
    for seed in ${SEEDS:-1 2 3}; do
        for ratio in ${RATIOS:-1.05 1.10}; do
            county=$work/${size}_${seed}_$ratio
            [ -e "$county/adjacency.csv" ] ||
                "$python" "$GENERATOR" "$county" $count --seed "$seed" --ratio "$ratio" >"$work/generated.log"
            out=$county.out
            measured "$county.plan" "$xuequ" plan --schools "$county/schools.csv" --blocks "$county/blocks.csv" \
                --adjacency "$county/adjacency.csv" --crs local --tables-only --effort quick --overwrite -q -o "$out"
            measured "$county.verify" "$xuequ" verify "$out"
            measured "$county.peer" "$python" "$work/relaxation.py" "$county"
            bound=$("$python" -c "import json; print(json.load(open('$out/evaluation.json'))['stages'][0]['lower_bound_pupil_km'])")
            score=$("$python" "$SCORER" "$county/blocks.csv" "$county/schools.csv" "$county/adjacency.csv" \
                "$out/assignment.csv" --best "$bound" || true)
            echo "$score" | "$python" -c "
import json, sys
score = json.load(sys.stdin)
plan, verify, peer = (open('$county.' + name + '.sum').read().split() for name in ('plan', 'verify', 'peer'))
open('$work/times', 'a').write('$size ' + plan[0] + '\n')
print(f\"| $size $seed $ratio | {score['gap_percent']:.4f} | {score['overload']:.0f} | {score['detached']} | {plan[0]} | {plan[1]} | {verify[0]} | {peer[0]} |\")"
        done
    done
done

case "$sizes" in *L*)
    county=$(ls -d "$work"/L_*_*[0-9] | head -n 1)
    for threads in 1 2; do
        start=$(date +%s.%N)
        "$xuequ" plan --schools "$county/schools.csv" --blocks "$county/blocks.csv" --adjacency "$county/adjacency.csv" \
            --crs local --tables-only --effort quick --overwrite -q --threads $threads -o "$work/threads-$threads" || true
        echo "threads $threads: $(echo "$(date +%s.%N) - $start" | bc) s of the clock"
    done
    cmp "$work/threads-1/assignment.csv" "$work/threads-2/assignment.csv" && echo "same bytes"
    ;;
esac
"$python" - "$work/times" <<'EXPONENT'
import math, sys
times = {}
for line in open(sys.argv[1]):
    size, seconds = line.split()
    times.setdefault(size, []).append(float(seconds))
mean = {size: sum(values) / len(values) for size, values in times.items()}
if "S" in mean and "XL" in mean:
    print(f"cost grows with blocks to the power {math.log(mean['XL'] / mean['S']) / math.log(500):.2f}, S to XL")
EXPONENT
rm -f "$work/times"
