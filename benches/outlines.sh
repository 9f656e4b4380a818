#!/bin/sh
# How a large layer of outlines is read and joined: a made-up county as GeoJSON, checked by the program, beside a plain scan that
# only parses every number of the file, both in one run. Prints a Markdown table.
#
#   GENERATOR=gen_county.py PYTHON=python3 benches/outlines.sh [WORK] [BLOCKS] [SCHOOLS]
#
# The generator needs numpy and scipy; the scan is compiled with rustc. Times are of the clock, and CPU seconds; memory is the
# largest resident set. The base is the program on a county of four blocks.
set -eu
work=${1:-/tmp/xuequ-outlines}
blocks=${2:-1000000}
schools=${3:-5000}
python=${PYTHON:-python3}
xuequ=${XUEQU:-target/release/xuequ}
county=$work/county_$blocks
mkdir -p "$work/base"
[ -e "$county/blocks.geojson" ] ||
    "$python" "$GENERATOR" "$county" "$blocks" "$schools" --seed 1 --geojson >"$work/generated.log"

cat >"$work/scan.rs" <<'SCAN'
//! Parses every number of a file, one byte after the other, and adds them up.
fn main() {
    let text = std::fs::read(std::env::args().nth(1).expect("a file")).expect("it can be read");
    let (mut sum, mut count, mut at) = (0.0_f64, 0_u64, 0);
    while at < text.len() {
        if text[at].is_ascii_digit() || text[at] == b'-' {
            let start = at;
            while at < text.len() && matches!(text[at], b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') {
                at += 1;
            }
            if let Ok(number) = std::str::from_utf8(&text[start..at]).expect("ASCII").parse::<f64>() {
                (sum, count) = (sum + number, count + 1);
            }
        } else {
            at += 1;
        }
    }
    println!("{count} numbers, {sum}");
}
SCAN
[ -e "$work/scan" ] || rustc -O -o "$work/scan" "$work/scan.rs"

cat >"$work/base/blocks.csv" <<'BLOCKS'
block_id,x,y,pupils
A,0,0,1
B,100,0,1
C,0,100,1
D,100,100,1
BLOCKS
printf 'school_id,x,y,capacity\nS,50,50,9\n' >"$work/base/schools.csv"

# Clock seconds, CPU seconds and megabytes of a command that may end with findings.
measured() {
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/log" 2>&1 || true
    tail -n 1 "$work/time" | awk '{ printf "%.2f %.2f %.0f\n", $1, $2 + $3, $4 / 1024 }'
}

base=$(measured "$xuequ" check --schools "$work/base/schools.csv" --blocks "$work/base/blocks.csv" --crs local | cut -d' ' -f3)
size=$(wc -c <"$county/blocks.geojson" | awk '{ printf "%.0f", $1 / 1048576 }')
echo "file $size MB, base $base MB"
echo
echo "| run | scan s | scan CPU s | check s | check CPU s | MB | s / scan | (MB - base) / file |"
echo "|---|---|---|---|---|---|---|---|"
for run in 1 2 3; do
    scan=$(measured "$work/scan" "$county/blocks.geojson")
    check=$(measured "$xuequ" check --schools "$county/schools.csv" --blocks "$county/blocks.geojson" --crs local)
    echo "$run $scan $check $base $size" | awk '{
        printf "| %d | %s | %s | %s | %s | %s | %.2f | %.2f |\n", $1, $2, $3, $5, $6, $7, $5 / $2, ($7 - $8) / $9 }'
done
