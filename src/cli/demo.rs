//! `xuequ demo`: a fictional county written out as a finished project, and planned.

use super::arguments::{DemoOptions, GroupOptions, InputOptions, MakingOptions};
use super::exit::Outcome;
use super::group;
use super::input::Input;
use super::plan::{Asked, plan, say_json, say_stages};
use super::terminal::Terminal;
use crate::demo;
use crate::language::Message;
use crate::model::settings::Preset;
use crate::publish::{OutputFolder, write_file};
use crate::read;
use crate::read::Meter;

/// The seed of the demo county that stands in `data/demo`.
const SEED: u64 = 1;

pub(super) fn run(options: &DemoOptions, terminal: &Terminal) -> Outcome {
    let out = options.folder.join("out");
    let seed = options.seed.unwrap_or(SEED);
    if let Some(preset) = options.preset {
        return grouped(options, preset, seed, terminal);
    }
    let files = demo::county(seed);
    for (name, bytes) in &files {
        write_file(&options.folder.join(name), bytes, options.overwrite)?;
    }
    let project = options.folder.display().to_string();
    terminal.say(&Message::new("demo-written").text("folder", &project));
    let settings_file = options.folder.join(super::input::SETTINGS_FILE);
    let settings = read::read_settings(&settings_file, &settings_file.display().to_string())?;
    let input = Input { settings, folder: options.folder.clone(), meter: Meter::default() };
    let folder = OutputFolder::begin(&out, options.overwrite)?;
    let asked = Asked { districts: true, ..Asked::default() };
    let planned = plan(&input, folder, asked, terminal)?;
    say_json(&planned, terminal);
    say_stages(&planned, terminal);
    terminal.say(&Message::new("plan-written").text("folder", out.display().to_string()));
    let map = out.join("map.svg").display().to_string();
    let report = out.join("report.md").display().to_string();
    terminal.say(&Message::new("demo-next").text("map", map).text("report", report).text("folder", project));
    Ok(planned.exit)
}

/// The table of schools of a document, written out as a project and grouped by its rules.
fn grouped(options: &DemoOptions, preset: Preset, seed: u64, terminal: &Terminal) -> Outcome {
    for (name, bytes) in demo::variant(preset, seed) {
        write_file(&options.folder.join(name), &bytes, options.overwrite)?;
    }
    terminal.say(&Message::new("demo-written").text("folder", options.folder.display().to_string()));
    let input = InputOptions { project: Some(options.folder.clone()), ..InputOptions::default() };
    let out = options.folder.join("out");
    let making = MakingOptions { out, overwrite: options.overwrite, ..MakingOptions::default() };
    group::run(&GroupOptions { input, making, ..GroupOptions::default() }, terminal)
}
