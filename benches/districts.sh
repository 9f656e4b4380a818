#!/bin/sh
# How schools are grouped under fixed leads: made-up schools of four sizes, grouped and scored by a program of its own.
# Prints a Markdown table.
#
#   GENERATOR=gen_schools.py SCORER=score_districts.py PYTHON=python3 benches/districts.sh [WORK] [SIZES]
#
# The generator needs numpy. SIZES are some of b60 b400 b4k b30k. Times are of the clock, and CPU seconds.
set -eu
work=${1:-/tmp/xuequ-districts}
sizes=${2:-"b60 b400 b4k b30k"}
python=${PYTHON:-python3}
xuequ=${XUEQU:-target/release/xuequ}
mkdir -p "$work"
echo "| schools | sum | metres | points | broken sizes | bound | gap % | seconds | CPU s | MB |"
echo "|---|---|---|---|---|---|---|---|---|---|"
for size in $sizes; do
    case $size in
    b60) shape="60 20 1 3" ;; b400) shape="400 24 3 20" ;; b4k) shape="4000 1300 1 3" ;; *) shape="30000 9800 1 3" ;;
    esac
    for seed in ${SEEDS:-1 2 3}; do
        schools=$work/${size}_$seed
        [ -e "$schools/bounds.csv" ] || "$python" "$GENERATOR" "$schools" $shape --seed "$seed" >"$work/generated.log"
        members=$(tail -n 1 "$schools/bounds.csv" | tr , -)
        /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$xuequ" group --schools "$schools/schools.csv" --crs local \
            --members "$members" --metres-per-point 300 --overwrite -q -o "$schools.out" || true
        score=$("$python" "$SCORER" "$schools/schools.csv" "$schools/bounds.csv" "$schools.out/districts.csv" || true)
        tail -n 1 "$work/time" | "$python" -c "
import json, sys
score = json.loads('''$score''')
bound = json.load(open('$schools.out/evaluation.json'))['stages'][0]['bound']
proved, gap = (f\"{bound['lower_bound_m']:.0f}\", f\"{bound['gap_percent']:.2f}\") if bound else ('', '')
clock, user, system, kilobytes = map(float, sys.stdin.read().split())
print(f\"| $size $seed | {score['objective']:.0f} | {score['metres']:.0f} | {score['imbalance_points']:.1f} | \"
      f\"{score['size_violations'] + score['lead_violations'] + score['not_in_one_district']} | {proved} | {gap} | {clock:.2f} | \"
      f\"{user + system:.2f} | {kilobytes / 1024:.0f} |\")"
    done
done
