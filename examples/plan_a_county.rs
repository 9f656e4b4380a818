//! Plans the primary catchments of the demo county and prints each school's load.
//!
//! `cargo run --release --example plan_a_county`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::Path;

use xuequ::catchment::{self, Parameters};
use xuequ::measure;
use xuequ::model::settings::Effort;
use xuequ::model::{Scheme, Stage};
use xuequ::read::{read, read_settings};
use xuequ::space::{Ground, SurveyOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo");
    let settings = read_settings(&folder.join("xuequ.toml"), "xuequ.toml")?;
    let reading = read(&settings, &folder)?;
    let (ground, _) = Ground::survey(&reading.county, SurveyOptions::default());

    let parameters = Parameters { effort: Some(Effort::Quick), ..Parameters::default() };
    let plan = catchment::plan(&reading.county, &ground, Stage::Primary, &settings, &parameters);

    let scheme = Scheme { catchments: vec![plan.catchments], ..Scheme::default() };
    let loads = measure::loads(&reading.county, &scheme, Stage::Primary);
    for (school, load) in reading.county.schools.iter().zip(loads) {
        if load.seats > 0 {
            println!("{} {} / {}", school.name, load.pupils, load.seats);
        }
    }
    println!("no scheme within the seats has less than {:.1} pupil-km", plan.bound.pupil_kilometres());
    Ok(())
}
