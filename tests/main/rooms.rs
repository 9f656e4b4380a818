//! Imports point up the list of rooms, and every room is where the lists say it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms from top to bottom.
const ROOMS: [&str; 12] = [
    "language",
    "model",
    "space",
    "read",
    "measure",
    "catchment",
    "district",
    "explain",
    "publish",
    "verify",
    "demo",
    "cli",
];

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file of the program by its path below `src`.
pub(crate) fn sources() -> BTreeMap<String, String> {
    let root = home().join("src");
    let mut sources = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry of it").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).expect("a path below src").to_string_lossy().replace('\\', "/");
                sources.insert(name, std::fs::read_to_string(&path).expect("a source file"));
            }
        }
    }
    assert!(sources.len() > 50, "the sources were found");
    sources
}

/// A source without its comments.
fn code(source: &str) -> String {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The first names after `crate::`, those of a braced list too.
fn imports(source: &str) -> BTreeSet<String> {
    let code = code(source);
    let name = |text: &str| -> String {
        text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
    };
    let mut found = BTreeSet::new();
    for (_, after) in code.match_indices("crate::").map(|(at, word)| (at, &code[at + word.len()..])) {
        let Some(list) = after.strip_prefix('{') else {
            found.insert(name(after));
            continue;
        };
        let mut depth = 0_usize;
        let mut wants_name = true;
        for (at, character) in list.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => wants_name = true,
                _ if wants_name && character.is_alphabetic() => {
                    found.insert(name(&list[at..]));
                    wants_name = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn room_of(file: &str) -> Option<&str> {
    file.split_once('/').map(|(room, _)| room)
}

#[test]
fn imports_are_found_in_each_form_they_are_written_in() {
    let source = "use crate::model::County;\n// use crate::cli;\nuse crate::{space::{Ground, Way}, read};\n\
                  fn f() { crate::measure::evaluate(); }";
    let expected = ["measure", "model", "read", "space"].map(str::to_owned);
    assert_eq!(imports(source), BTreeSet::from(expected));
}

#[test]
fn a_room_imports_only_rooms_above_it() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut seen = 0;
    for (file, source) in sources() {
        let Some(room) = room_of(&file) else { continue };
        let own = place(room).unwrap_or_else(|| panic!("{file} is in no known room"));
        for import in imports(&source) {
            let other = place(&import).unwrap_or_else(|| panic!("{file} imports {import}, which is no room"));
            assert!(other <= own, "{file} imports {import}, which lies below {room}");
            seen += 1;
        }
    }
    assert!(seen > 100, "imports were found");
}

/// The second opinion would be worth nothing if it shared code with what it judges.
#[test]
fn verify_shares_no_code_with_what_it_checks() {
    for (file, source) in sources().iter().filter(|(file, _)| file.starts_with("verify/")) {
        for import in imports(source) {
            assert!(["language", "model", "read", "verify"].contains(&import.as_str()), "{file} imports {import}");
        }
    }
}

#[test]
fn the_binary_only_calls_the_command_line() {
    let main = code(&sources()["main.rs"]);
    let used: Vec<&str> = main.match_indices("xuequ::").map(|(at, word)| &main[at + word.len()..]).collect();
    assert!(!used.is_empty());
    assert!(used.iter().all(|used| used.starts_with("cli::")), "{main}");
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    for file in sources().keys() {
        for part in file.trim_end_matches(".rs").split('/') {
            let empty = ["util", "utils", "helper", "helpers", "common", "manager", "types", "misc"];
            assert!(!empty.contains(&part), "{file}");
        }
    }
}

#[test]
fn every_room_is_listed_where_readers_look_for_it() {
    let sources = sources();
    let folders: BTreeSet<&str> = sources.keys().filter_map(|file| room_of(file)).collect();
    assert_eq!(folders, BTreeSet::from(ROOMS));
    let library = &sources["lib.rs"];
    let mut before = 0;
    for room in ROOMS {
        assert!(library.contains(&format!("pub mod {room};")), "lib.rs declares {room}");
        let at = library.find(&format!("//! | [`{room}`]")).unwrap_or_else(|| panic!("lib.rs lists {room}"));
        assert!(at > before, "lib.rs lists {room} in its place");
        before = at;
    }
    // The document may not be written yet.
    if let Ok(architecture) = std::fs::read_to_string(home().join("ARCHITECTURE.md")) {
        for room in ROOMS {
            assert!(architecture.contains(&format!("`{room}")), "ARCHITECTURE.md lists {room}");
        }
    }
}
