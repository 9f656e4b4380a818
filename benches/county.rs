//! How long the heart takes on made-up counties, as ratios of one run: each part against the size of its input, the
//! index against looking at everything, two threads against one.
//!
//! `cargo bench`

use std::fmt::Write;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use geo::{Coord, MultiPolygon, polygon};
use xuequ::catchment::{self, Parameters};
use xuequ::language::Language;
use xuequ::model::settings::Effort;
use xuequ::model::{Outlines, Scheme, Settings, Stage};
use xuequ::read::{read, read_settings};
use xuequ::space::index::PlaceIndex;
use xuequ::space::topology::Tolerance;
use xuequ::space::{Coverage, Ground, SurveyOptions};
use xuequ::{explain, measure};

/// A square of blocks of 100 m whose inner corners are pushed aside, so that no two borders are alike.
fn outlines(side: usize) -> Vec<MultiPolygon<f64>> {
    let corner = |column: usize, row: usize| {
        let push = |factor: usize| ((column * 7 + row * 13) * factor % 29) as f64 - 14.0;
        Coord { x: 100.0 * column as f64 + push(3), y: 100.0 * row as f64 + push(5) }
    };
    (0..side * side)
        .map(|block| {
            let (column, row) = (block % side, block / side);
            let [a, b] = [corner(column, row), corner(column + 1, row)];
            let [c, d] = [corner(column + 1, row + 1), corner(column, row + 1)];
            MultiPolygon::from(polygon![a, b, c, d])
        })
        .collect()
}

fn topology(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("topology");
    group.sample_size(10);
    for side in [30, 60, 120] {
        let outlines = outlines(side);
        let borrowed: Outlines = outlines.iter().map(Some).collect();
        group.bench_with_input(BenchmarkId::new("build", side * side), &borrowed, |bencher, borrowed| {
            bencher.iter(|| Coverage::build(black_box(borrowed), Tolerance::default()));
        });
        let (coverage, _) = Coverage::build(&borrowed, Tolerance::default());
        group.bench_with_input(BenchmarkId::new("dissolve", side * side), &coverage, |bencher, coverage| {
            bencher.iter(|| coverage.dissolve(16, |block| Some(block % 16)));
        });
    }
    group.finish();
}

fn nearest(criterion: &mut Criterion) {
    let places: Vec<Coord<f64>> = (0..400_u32)
        .map(|place| Coord { x: f64::from(place * 7919 % 10_007), y: f64::from(place * 104_729 % 9_973) })
        .collect();
    let index = PlaceIndex::new(places.iter().copied());
    let here = Coord { x: 5_000.0, y: 5_000.0 };
    let mut group = criterion.benchmark_group("eight nearest of 400 schools");
    group.bench_function("index", |bencher| bencher.iter(|| index.nearest(black_box(here), 8)));
    group.bench_function("all", |bencher| {
        bencher.iter(|| {
            let mut away: Vec<(f64, usize)> = places
                .iter()
                .enumerate()
                .map(|(place, other)| ((other.x - here.x).powi(2) + (other.y - here.y).powi(2), place))
                .collect();
            away.sort_unstable_by(|first, second| first.0.total_cmp(&second.0));
            away.truncate(8);
            black_box(away)
        });
    });
    group.finish();
}

fn catchments(criterion: &mut Criterion) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo");
    let settings: Settings = read_settings(&folder.join("xuequ.toml"), "xuequ.toml").expect("the demo county is there");
    let county = read(&settings, &folder).expect("the demo county can be read").county;
    let (ground, _) = Ground::survey(&county, SurveyOptions::default());
    let parameters = Parameters { effort: Some(Effort::Quick), ..Parameters::default() };
    let mut group = criterion.benchmark_group("catchments of the demo county");
    group.sample_size(10);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        group.bench_function(BenchmarkId::new("threads", threads), |bencher| {
            bencher.iter(|| {
                pool.install(|| catchment::plan(&county, &ground, Stage::Primary, &Settings::default(), &parameters))
            });
        });
    }
    group.finish();
}

/// A folder with a county of points 100 m apart, `side` times `side`, with uneven pupils and a school for every hundred blocks.
fn points(side: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for a made-up county");
    let pupils = |column: usize, row: usize| (column * 31 + row * 17 + column * row) % 23;
    let (mut blocks, mut schools, mut adjacency) = (
        String::from("block_id,x,y,pupils\n"),
        String::from("school_id,x,y,capacity\n"),
        String::from("block_a,block_b\n"),
    );
    for row in 0..side {
        for column in 0..side {
            let block = row * side + column;
            let _ = writeln!(blocks, "{block},{},{},{}", 100 * column, 100 * row, pupils(column, row));
            if column + 1 < side {
                let _ = writeln!(adjacency, "{block},{}", block + 1);
            }
            if row + 1 < side {
                let _ = writeln!(adjacency, "{block},{}", block + side);
            }
        }
    }
    let sum: usize = (0..side * side).map(|block| pupils(block % side, block / side)).sum();
    let count = (side / 10).pow(2);
    for school in 0..count {
        let (column, row) = (school % (side / 10), school / (side / 10));
        // Pushed aside, so that the nearest school is not the best for all.
        let [x, y] = [column * 1000 + school * 37 % 900, row * 1000 + school * 53 % 900];
        let _ = writeln!(schools, "{school},{x},{y},{}", sum * 21 / 20 / count + 1);
    }
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\nfile = \"blocks.csv\"\n\
        [adjacency]\nfile = \"adjacency.csv\"\n";
    for (name, text) in [
        ("blocks.csv", blocks.as_str()),
        ("schools.csv", &schools),
        ("adjacency.csv", &adjacency),
        ("xuequ.toml", settings),
    ] {
        std::fs::write(folder.path().join(name), text).expect("a made-up county can be written");
    }
    folder
}

/// Every stage of a plan on its way from files to reasons, on counties four times as large each time.
fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stages");
    group.sample_size(10);
    for side in [50, 100, 200] {
        let folder = points(side);
        let settings = read_settings(&folder.path().join("xuequ.toml"), "xuequ.toml").expect("settings");
        let reading = || read(&settings, folder.path()).expect("the county can be read").county;
        let county = reading();
        let options = || SurveyOptions { points_stay_points: true, ..SurveyOptions::default() };
        let (ground, _) = Ground::survey(&county, options());
        let parameters = Parameters { effort: Some(Effort::Quick), ..Parameters::default() };
        let planning = || catchment::plan(&county, &ground, Stage::All, &settings, &parameters);
        let scheme = Scheme { catchments: vec![planning().catchments], ..Scheme::default() };
        let count = side * side;
        group.bench_function(BenchmarkId::new("read", count), |bencher| bencher.iter(reading));
        group.bench_function(BenchmarkId::new("survey", count), |bencher| {
            bencher.iter(|| Ground::survey(black_box(&county), options()));
        });
        group.bench_function(BenchmarkId::new("plan", count), |bencher| bencher.iter(planning));
        group.bench_function(BenchmarkId::new("measure", count), |bencher| {
            bencher.iter(|| measure::evaluate(&county, &ground, black_box(&scheme), &[], &settings, Language::English));
        });
        group.bench_function(BenchmarkId::new("reasons", count), |bencher| {
            bencher.iter(|| explain::reasons(&county, &ground, &scheme, black_box(&scheme.catchments[0]), &settings));
        });
    }
    group.finish();
}

criterion_group!(benches, topology, nearest, catchments, stages);
criterion_main!(benches);
