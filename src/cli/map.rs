//! `xuequ map`: a map of the schools, before anything is planned.

use serde_json::json;

use super::arguments::MapOptions;
use super::exit::{Exit, Failure, Outcome};
use super::input::Input;
use super::terminal::Terminal;
use crate::language::Message;
use crate::publish::{map, write_file};

pub(super) fn run(options: &MapOptions, terminal: &Terminal) -> Outcome {
    let input = Input::of(&options.input)?;
    let surveyed = input.read()?;
    surveyed.require_all_schools(terminal)?;
    if surveyed.county.schools.is_empty() {
        return Err(Failure { message: Message::new("error-no-input"), exit: Exit::InputUnusable });
    }
    let language = super::language_of_outputs(terminal, &input.settings);
    let svg = map::schools_map(&surveyed.county, &surveyed.ground, &input.settings, language);
    write_file(&options.out, svg.as_bytes(), options.overwrite)?;
    if terminal.json {
        let file = options.out.display().to_string();
        let schools = surveyed.county.schools.len();
        terminal.data_json(&json!({ "schema": "xuequ/map/1", "file": file, "schools": schools }));
    }
    let message = Message::new("map-written").count("schools", surveyed.county.schools.len());
    terminal.say(&message.text("file", options.out.display().to_string()));
    Ok(Exit::Done)
}
