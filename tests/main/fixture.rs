//! What the tests of planning share: chance from a seed, small counties in memory, folders, and the program run on them.

use std::path::{Path, PathBuf};
use std::process::Command;

use geo::{Coord, MultiPolygon, Polygon};
use xuequ::model::{
    Block, BlockIndex, Catchments, County, ExistingScheme, Marks, Origin, PerStage, Reference, School, SchoolIndex,
    Stage,
};
use xuequ::space::{Ground, SurveyOptions};

/// Numbers from a seed (`SplitMix64`), the same on every machine.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// From `low` up to `high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

/// A rectangle as an outline.
pub(crate) fn rectangle(low: Coord<f64>, high: Coord<f64>) -> MultiPolygon<f64> {
    MultiPolygon::new(vec![Polygon::new(
        vec![low, Coord { x: high.x, y: low.y }, high, Coord { x: low.x, y: high.y }, low].into(),
        Vec::new(),
    )])
}

/// A grid of square blocks in plain metres.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    pub(crate) side: f64,
}

impl Grid {
    pub(crate) const fn count(self) -> usize {
        self.columns * self.rows
    }

    /// The south-western corner of a cell.
    pub(crate) fn corner(self, cell: usize) -> Coord<f64> {
        Coord { x: (cell % self.columns) as f64 * self.side, y: (cell / self.columns) as f64 * self.side }
    }

    pub(crate) fn middle(self, cell: usize) -> Coord<f64> {
        self.corner(cell) + Coord { x: self.side / 2.0, y: self.side / 2.0 }
    }

    pub(crate) fn outline(self, cell: usize) -> MultiPolygon<f64> {
        let low = self.corner(cell);
        rectangle(low, low + Coord { x: self.side, y: self.side })
    }

    /// Cells that share a side.
    pub(crate) fn beside(self, cell: usize) -> Vec<usize> {
        let (column, row) = (cell % self.columns, cell / self.columns);
        let mut beside = Vec::new();
        if column > 0 {
            beside.push(cell - 1);
        }
        if column + 1 < self.columns {
            beside.push(cell + 1);
        }
        if row > 0 {
            beside.push(cell - self.columns);
        }
        if row + 1 < self.rows {
            beside.push(cell + self.columns);
        }
        beside
    }
}

/// A county of one stage in plain metres: a block a cell, and a school near the middle of each listed cell, with seats.
pub(crate) fn grid_county(grid: Grid, pupils: &[u32], schools: &[(usize, u32)]) -> County {
    let blocks = (0..grid.count()).map(|cell| {
        let mut of_stage = PerStage::default();
        of_stage[Stage::All] = pupils[cell];
        Block {
            id: format!("B{cell}").into(),
            name: format!("Block {cell}").into(),
            point: grid.middle(cell),
            pupils: of_stage,
            particulars: None,
            origin: Origin::default(),
        }
    });
    let schools = schools.iter().enumerate().map(|(position, (cell, seats))| {
        let mut of_stage = PerStage::default();
        of_stage[Stage::All] = Some(*seats);
        School {
            id: format!("S{position}"),
            name: format!("School {position}"),
            gate: grid.middle(*cell) + Coord { x: 7.0, y: -11.0 },
            seats: of_stage,
            shared_seats: None,
            least_pupils: PerStage::default(),
            enrolment: PerStage::default(),
            home: None,
            resources: [None; 7],
            management: None,
            quality: None,
            growth: None,
            strength: None,
            marks: Marks::default(),
            urban: None,
            town: None,
            standing: xuequ::model::Standing::default(),
            origin: Origin::default(),
        }
    });
    County {
        name: None,
        reference: Reference::Local,
        files: Vec::new(),
        stages: vec![Stage::All],
        schools: schools.collect(),
        pools: Vec::new(),
        blocks: blocks.collect(),
        outlines: (0..grid.count()).map(|cell| grid.outline(cell)).collect::<Vec<_>>().iter().map(Some).collect(),
        adjacency: None,
        existing: ExistingScheme::default(),
        locks: Vec::new(),
        barriers: Vec::new(),
        crossings: Vec::new(),
        roads: None,
        given_distances: None,
        areas: Vec::new(),
        proposals: Vec::new(),
        groups: Vec::new(),
        targets: Vec::new(),
    }
}

pub(crate) fn survey(county: &County) -> Ground {
    Ground::survey(county, SurveyOptions::default()).0
}

/// Pupil-metres by the straight line, computed here from the coordinates alone.
pub(crate) fn pupil_metres(county: &County, school_of: &[Option<SchoolIndex>]) -> f64 {
    county
        .blocks
        .iter()
        .zip(school_of)
        .map(|(block, school)| {
            let gate = county.school(school.expect("every block has a school")).gate;
            f64::from(block.pupils[Stage::All]) * (block.point.x - gate.x).hypot(block.point.y - gate.y)
        })
        .sum()
}

/// Blocks that cannot reach the cell their school stands in through cells of the same school.
pub(crate) fn detached(grid: Grid, homes: &[usize], school_of: &[Option<SchoolIndex>]) -> Vec<usize> {
    let mut reached = vec![false; grid.count()];
    for (school, home) in homes.iter().enumerate() {
        let own = Some(SchoolIndex::new(school));
        let mut queue: Vec<usize> = if school_of[*home] == own { vec![*home] } else { Vec::new() };
        while let Some(cell) = queue.pop() {
            if !std::mem::replace(&mut reached[cell], true) {
                queue.extend(grid.beside(cell).into_iter().filter(|next| school_of[*next] == own && !reached[*next]));
            }
        }
    }
    (0..grid.count()).filter(|cell| !reached[*cell]).collect()
}

/// Pupils above seats, summed over schools.
pub(crate) fn overload(county: &County, catchments: &Catchments) -> u64 {
    let mut load = vec![0_u64; county.schools.len()];
    for (position, block) in county.blocks.iter().enumerate() {
        if let Some(school) = catchments.school_of(BlockIndex::new(position)) {
            load[school.get()] += u64::from(block.pupils[catchments.stage]);
        }
    }
    let seats = |school: usize| u64::from(county.schools[school].seats[catchments.stage].unwrap_or(0));
    load.iter().enumerate().map(|(school, load)| load.saturating_sub(seats(school))).sum()
}

/// How a run of the program ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Run {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.output).unwrap_or_else(|fault| panic!("{fault}\n{}\n{}", self.output, self.errors))
    }

    /// Refuses a run that ended any other way than with a scheme that keeps the hard rules.
    #[track_caller]
    pub(crate) fn planned(&self) {
        assert!(matches!(self.code, Some(0 | 1)), "{:?}\n{}\n{}", self.code, self.output, self.errors);
    }
}

/// A folder of files, removed at the end.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).expect("a file can be written");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    pub(crate) fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    /// A table this program wrote, with its header; the byte-order mark must be there.
    pub(crate) fn table(&self, name: &str) -> Vec<Vec<String>> {
        let text = self.text(name);
        let body = text.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{name} has no byte-order mark"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(body.as_bytes());
        reader
            .records()
            .map(|record| record.expect("rows are of equal length").iter().map(str::to_owned).collect())
            .collect()
    }

    /// Runs the program in this folder, in English unless the arguments say otherwise.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xuequ"));
        command.current_dir(self.0.path()).args(arguments);
        if !arguments.contains(&"--lang") {
            command.args(["--lang", "en"]);
        }
        let output = command.output().expect("the program starts");
        Run {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).expect("output is UTF-8"),
            errors: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    /// Plans with the least work and refuses a scheme that breaks hard rules.
    #[track_caller]
    pub(crate) fn plan(&self, out: &str, arguments: &[&str]) {
        let whole = [&["plan", "-o", out, "--effort", "quick"], arguments].concat();
        self.run(&whole).planned();
    }
}

/// The text of a path for an argument.
pub(crate) fn argument(path: &Path) -> &str {
    path.to_str().expect("paths of the tests are text")
}
