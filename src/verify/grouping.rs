//! The folder of `xuequ group`, checked against the table of schools: who is where, sizes, and the sums.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::output::{Row, json, sha256, table};
use super::{Check, Kind, Verdict, VerifyError};
use crate::language::Message;
use crate::model::settings::Settings;
use crate::model::{County, School, Stage};

/// Sums are written to a tenth of a metre and a hundredth of a point; each of so many districts may add half of that.
const ROUNDED: f64 = 0.06;

/// The files of such a folder beside the manifest.
const FILES: [&str; 4] = ["annex.csv", "districts.csv", "grouping.json", "plaques.csv"];

/// A school of the table of districts.
struct Placed<'a> {
    school: &'a School,
    leads: bool,
    kind: String,
}

/// Checks the folder, whose manifest is known, against the county of its inputs.
pub(super) fn check(
    folder: &Path,
    manifest: &Value,
    settings: &Settings,
    inputs: Check,
    county: &County,
) -> Result<Verdict, VerifyError> {
    let mut faults: Vec<Message> = Vec::new();
    for file in FILES {
        let found = std::fs::read(folder.join(file)).ok().map(|bytes| sha256(&bytes));
        match manifest["outputs"][file].as_str() {
            Some(expected) if found.as_deref() == Some(expected) => {}
            Some(_) => faults.push(Message::new("verify-output-changed").text("file", file)),
            None => faults.push(Message::new("verify-output-unlisted").text("file", file)),
        }
    }
    let mut checks = vec![Check::new("files", Kind::Claim, faults), inputs];
    let rows = table(folder, "districts.csv")?;
    let claims = json(folder, "grouping.json")?;
    let (mut of_table, mut sizes, mut sums) = (Vec::new(), Vec::new(), Vec::new());
    let stages: Vec<Stage> = if settings.districts.across_stages { vec![Stage::All] } else { county.stages.clone() };
    for stage in stages {
        let claim = claims.as_array().into_iter().flatten().find(|claim| claim["stage"] == stage.slug());
        let districts = districts_of(stage, &rows, county, settings, &mut of_table);
        let [fewest, most] = settings.districts.schools;
        for (district, schools) in districts.iter().filter(|(_, schools)| !(fewest..=most).contains(&schools.len())) {
            let message = Message::new("verify-district-size").text("district", district);
            sizes.push(message.count("schools", schools.len()).count("fewest", fewest).count("most", most));
        }
        check_sums(stage, &districts, claim, settings, county, &mut sums);
    }
    checks.push(Check::new("districts", Kind::Claim, of_table));
    checks.push(Check::new("sizes", Kind::Rule, sizes));
    checks.push(Check::new("grouping-sums", Kind::Claim, sums));
    Ok(Verdict { checks })
}

/// Who is in each district of a stage; every school must be in one, under the name it has, and every district have one lead.
fn districts_of<'a>(
    stage: Stage,
    rows: &[Row],
    county: &'a County,
    settings: &Settings,
    faults: &mut Vec<Message>,
) -> BTreeMap<String, Vec<Placed<'a>>> {
    let by_id: BTreeMap<&str, &School> = county.schools.iter().map(|school| (school.id.as_str(), school)).collect();
    let mut districts: BTreeMap<String, Vec<Placed<'a>>> = BTreeMap::new();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (line, row) in rows {
        // A column that is missing is one of empty cells.
        let cell = |column: &str| row.get(column).map_or("", String::as_str);
        if !cell("kind").starts_with(stage.slug()) {
            continue;
        }
        let Some(school) = by_id.get(cell("school_id")) else {
            faults.push(Message::new("verify-row-school").count("row", *line).text("name", cell("school_id")));
            continue;
        };
        if school.name != cell("school_name") {
            let message = Message::new("verify-cell").count("row", *line).text("column", "school_name");
            faults.push(message.text("found", cell("school_name")).text("expected", &school.name));
        }
        *times.entry(school.id.as_str()).or_default() += 1;
        let placed = Placed { school, leads: cell("role") == "lead", kind: cell("kind").to_owned() };
        districts.entry(cell("district_id").to_owned()).or_default().push(placed);
    }
    let belongs = |school: &&School| settings.districts.across_stages || school.serves(stage);
    for school in county.schools.iter().filter(belongs) {
        let times = times.get(school.id.as_str()).copied().unwrap_or(0);
        if times != 1 {
            faults.push(Message::new("verify-school-districts").text("school", &school.name).count("times", times));
        }
    }
    for (district, schools) in &districts {
        let leads = schools.iter().filter(|placed| placed.leads).count();
        if leads != 1 {
            faults.push(Message::new("verify-district-leads").text("district", district).count("count", leads));
        }
    }
    districts
}

/// Reckons metres, plaques and, where strengths are given, points anew.
fn check_sums(
    stage: Stage,
    districts: &BTreeMap<String, Vec<Placed<'_>>>,
    claim: Option<&Value>,
    settings: &Settings,
    county: &County,
    faults: &mut Vec<Message>,
) {
    let belongs = |school: &&School| settings.districts.across_stages || school.serves(stage);
    let given: Vec<f64> = county.schools.iter().filter(belongs).filter_map(|school| school.strength).collect();
    let all_given = given.len() == county.schools.iter().filter(belongs).count();
    let mean = given.iter().sum::<f64>() / given.len().max(1) as f64;
    let (mut metres, mut points, mut plaques) = (0.0, 0.0, [0_usize; 2]);
    for schools in districts.values() {
        let Some(lead) = schools.iter().find(|placed| placed.leads) else { continue };
        for placed in schools {
            let way = placed.school.gate - lead.school.gate;
            metres += way.x.hypot(way.y);
            plaques[usize::from(!placed.leads || placed.kind.contains("helping"))] += 1;
        }
        let apart = schools.iter().filter_map(|placed| placed.school.strength).map(|strength| strength - mean);
        points += apart.sum::<f64>().abs();
    }
    let mut compare = |field: &str, found: &Value, expected: f64, within: f64| {
        if !found.as_f64().is_some_and(|found| (found - expected).abs() <= within) {
            let message = Message::new("verify-grouping-sum").text("field", field).text("found", found.to_string());
            faults.push(message.decimal("expected", expected, 2));
        }
    };
    let none = Value::Null;
    let claimed = |field: &str| claim.map_or(&none, |claim| &claim[field]);
    compare("to_lead_m", claimed("to_lead_m"), metres, ROUNDED);
    compare("plaques.lead", &claimed("plaques")["lead"], plaques[0] as f64, 0.0);
    compare("plaques.member", &claimed("plaques")["member"], plaques[1] as f64, 0.0);
    // Strengths that are computed from indicators are internal, and no table holds them.
    if all_given {
        compare("points_apart", claimed("points_apart"), points, ROUNDED);
        if let Some(weight) = settings.districts.metres_per_point {
            compare("sum_m", claimed("sum_m"), metres + weight * points, ROUNDED * (1.0 + weight));
        }
    }
}
