#!/bin/sh
# How long a workbook of 50,000 rows takes to be read and checked. Prints a line.
#
#   benches/workbook.sh [WORK] [ROWS]
set -eu
work=${1:-/tmp/xuequ-workbook}
rows=${2:-50000}
xuequ=${XUEQU:-target/release/xuequ}
mkdir -p "$work"
awk -v rows="$rows" 'BEGIN {
    print "编号,名称,x,y,小学生数"
    for (i = 1; i <= rows; i++) printf "B%d,小区%d,%d,%d,%d\n", i, i, 500000 + i % 250 * 100, 3000000 + int(i / 250) * 100, i % 30
}' >"$work/blocks.csv"
printf 'school_id,x,y,capacity\nS,510000,3010000,900000\n' >"$work/schools.csv"
"$xuequ" export "$work/blocks.csv" --format xlsx --out "$work/out" --overwrite --quiet >"$work/log" 2>&1
/usr/bin/time -f '%e %U %S %M' -o "$work/time" "$xuequ" check --schools "$work/schools.csv" \
    --blocks "$work/out/blocks.xlsx" --crs local >"$work/log" 2>&1
awk -v rows="$rows" '{ printf "%d rows: %.2f s of the clock, %.2f s of the processor, %.0f MB\n", rows, $1, $2 + $3, $4 / 1024 }' "$work/time"
