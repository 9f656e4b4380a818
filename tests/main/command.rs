//! The program run as people run it, and the projects it is run on.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// The standard output.
    pub(crate) stdout: String,
    /// The standard error.
    pub(crate) stderr: String,
}

impl Run {
    /// Reads what a process left. No run may ever panic, or show a sentence with a hole where a value is due.
    pub(crate) fn of(output: Output) -> Run {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        let run = Run {
            code: output.status.code().expect("the program ends by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        };
        for text in [&run.stdout, &run.stderr] {
            assert!(!text.contains("panicked at"), "{run:#?}");
            assert!(!text.contains("{$") && !text.contains("{ $"), "{run:#?}");
        }
        run
    }

    /// The same run, with this exit code.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Run {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The same run, where the standard error has a line with all of `parts`.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Run {
        assert!(has_line(&self.stderr, parts), "no line with {parts:?} in {self:#?}");
        self
    }

    /// The standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|fault| panic!("{fault}: {self:#?}"))
    }
}

/// Whether some line of `text` has all of `parts`.
pub(crate) fn has_line(text: &str, parts: &[&str]) -> bool {
    text.lines().any(|line| parts.iter().all(|part| line.contains(part)))
}

/// The program, to be run in `folder` on a machine set to English.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xuequ"));
    command.current_dir(folder).env_remove("LANGUAGE").env_remove("COLUMNS");
    command.env("LC_ALL", "en_GB.UTF-8").env("LANG", "en_GB.UTF-8");
    command
}

/// Runs the program in `folder`.
pub(crate) fn xuequ(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(program(folder).args(arguments).output().expect("the program starts"))
}

/// A folder that goes away with its value.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A folder that stays as long as the test process, and is cleared away by a later one.
pub(crate) fn lasting_folder(prefix: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for entry in std::fs::read_dir(home).expect("cargo makes this folder").flatten() {
        let changed = entry.metadata().and_then(|metadata| metadata.modified());
        let age = changed.ok().and_then(|changed| SystemTime::now().duration_since(changed).ok());
        let is_ours = entry.file_name().to_string_lossy().starts_with(prefix);
        if is_ours && age.is_some_and(|age| age > Duration::from_secs(3600)) {
            // Another test process may be clearing it away as well.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    tempfile::Builder::new().prefix(prefix).tempdir_in(home).expect("a folder in the target folder").keep()
}

/// The demo project with its plan in `out`, searched with the quick effort: made once, and never to be written to.
pub(crate) fn demo() -> &'static Path {
    static DEMO: OnceLock<PathBuf> = OnceLock::new();
    DEMO.get_or_init(|| {
        let home = lasting_folder("demo-");
        for (name, bytes) in xuequ::demo::county(1) {
            write(&home, name, bytes);
        }
        xuequ(&home, &["plan", ".", "-o", "out", "--effort", "quick", "--threads", "2"]).ends(0);
        home
    })
}

/// Writes a file.
pub(crate) fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).unwrap_or_else(|fault| panic!("{name}: {fault}"));
}

/// Reads a text file.
pub(crate) fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// Reads a JSON file.
pub(crate) fn read_json(folder: &Path, name: &str) -> serde_json::Value {
    serde_json::from_str(&read(folder, name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a new folder");
    for entry in std::fs::read_dir(from).expect("a folder to copy") {
        let entry = entry.expect("an entry of it");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file to copy");
        }
    }
}

/// The names in a folder in order, the hidden ones too.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder to list")
        .map(|entry| entry.expect("an entry of it").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Whether a file name ends so, as `svg`.
pub(crate) fn has_ending(file: &str, ending: &str) -> bool {
    Path::new(file).extension().is_some_and(|own| own == ending)
}

/// The files in a folder and the folders below it in order, each with its path from there.
pub(crate) fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for name in names_in(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            files.extend(files_below(&path).into_iter().map(|file| format!("{name}/{file}")));
        } else {
            files.push(name);
        }
    }
    files
}

/// A county on a grid of six by six blocks a hundred metres apart, given as plain tables.
///
/// `B00` is the block in the lower left corner, `B05` the one in the lower right. Schools stand in `B11`, `B14` and `B43`.
pub(crate) struct Grid {
    /// Seats of each school.
    pub(crate) seats: [u32; 3],
    /// Pupils of every block.
    pub(crate) pupils: u32,
}

impl Default for Grid {
    fn default() -> Grid {
        Grid { seats: [80, 80, 80], pupils: 5 }
    }
}

/// The options that name the tables of a [`Grid`].
pub(crate) const GRID: [&str; 8] =
    ["--schools", "schools.csv", "--blocks", "blocks.csv", "--adjacency", "adjacency.csv", "--crs", "local"];

impl Grid {
    /// The table of schools.
    pub(crate) fn schools(&self) -> String {
        let [first, second, third] = self.seats;
        format!(
            "school_id,x,y,capacity,home_block\n\
             S1,150,150,{first},B11\nS2,450,150,{second},B14\nS3,350,450,{third},B43\n"
        )
    }

    /// The table of blocks.
    pub(crate) fn blocks(&self) -> String {
        let pupils = self.pupils;
        let rows =
            cells().map(|(row, column)| format!("B{row}{column},{},{},{pupils}\n", 50 + 100 * column, 50 + 100 * row));
        std::iter::once("block_id,x,y,pupils\n".to_owned()).chain(rows).collect()
    }

    /// The table of neighbour pairs.
    pub(crate) fn adjacency() -> String {
        let pairs = cells().flat_map(|(row, column)| {
            let east = (column < 5).then(|| format!("B{row}{column},B{row}{}\n", column + 1));
            let north = (row < 5).then(|| format!("B{row}{column},B{}{column}\n", row + 1));
            east.into_iter().chain(north)
        });
        std::iter::once("block_a,block_b\n".to_owned()).chain(pairs).collect()
    }

    /// Writes the tables into a new folder.
    pub(crate) fn written(&self) -> TempDir {
        let folder = folder();
        write(folder.path(), "schools.csv", self.schools());
        write(folder.path(), "blocks.csv", self.blocks());
        write(folder.path(), "adjacency.csv", Grid::adjacency());
        folder
    }
}

fn cells() -> impl Iterator<Item = (usize, usize)> {
    (0..6).flat_map(|row| (0..6).map(move |column| (row, column)))
}

/// `command` with the tables of a [`Grid`], and more options.
pub(crate) fn on_grid<'a>(command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    std::iter::once(command).chain(GRID).chain(more.iter().copied()).collect()
}
