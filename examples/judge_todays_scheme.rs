//! Judges a scheme nobody computed: today's assignment of the demo county, with the measures a computed one gets.
//!
//! `cargo run --release --example judge_todays_scheme`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::Path;

use xuequ::language::Language;
use xuequ::measure::evaluate;
use xuequ::model::{Catchments, Scheme, Stage};
use xuequ::read::{read, read_settings};
use xuequ::space::{Ground, SurveyOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo");
    let settings = read_settings(&folder.join("xuequ.toml"), "xuequ.toml")?;
    let county = read(&settings, &folder)?.county;
    let (ground, _) = Ground::survey(&county, SurveyOptions::default());

    let school_of = county.existing.school_of[Stage::Primary].clone().ok_or("the county states no existing scheme")?;
    let catchments = Catchments { stage: Stage::Primary, school_of };
    let scheme = Scheme { catchments: vec![catchments], ..Scheme::default() };
    let evaluation = evaluate(&county, &ground, &scheme, &[], &settings, Language::English);

    let stage = &evaluation.stages[0];
    println!("{:.1} pupil-km, {} pupils too many, {} blocks detached", stage.pupil_km, stage.overload, stage.detached);
    for rule in evaluation.rules.iter().filter(|rule| rule.hard) {
        println!("{}: {} breaches", rule.text, rule.breaches.len());
    }
    Ok(())
}
