//! `xuequ group`: schools grouped without catchments, and the rules of policies as they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::command::{folder, names_in, read, read_json, write, xuequ};
use crate::fixture::Chance;

/// A county of 404 schools like Pubei: a county seat and 16 towns, each with a central school and village schools around
/// it. `qualified` schools, one in each town and the rest in the seat, may lead.
fn county_of_404(qualified: usize) -> String {
    let mut chance = Chance::new(404);
    let mut rows = String::from("学校编码,学校名称,x,y,学段,在校生数,城乡,镇优质学校,办学实力\n");
    let towns: Vec<[f64; 2]> = (0..17)
        .map(|town| match town {
            0 => [30_000.0, 30_000.0],
            _ => [chance.between(0.0, 60_000.0), chance.between(0.0, 60_000.0)],
        })
        .collect();
    for school in 0..404 {
        let town = school % 17;
        let rank = school / 17;
        let urban = town == 0 || rank < 2;
        let spread = if urban { 900.0 } else { 6_000.0 };
        let [x, y] = towns[town].map(|at| at + chance.between(-spread, spread));
        let leads = if rank == 0 { town < qualified } else { town == 0 && 16 + rank < qualified };
        let stage = if rank % 5 == 1 { "初中" } else { "小学" };
        let pupils = if urban { 400 + chance.below(1_200) } else { 60 + chance.below(400) };
        let strength = if urban { 55.0 } else { 35.0 } + chance.below(3_000) as f64 / 100.0;
        let (place, marked) = (if urban { "城镇" } else { "乡村" }, if leads { "是" } else { "否" });
        let named = format!("{school:03},{place}第{school}学校,{x:.0},{y:.0}");
        writeln!(rows, "{named},{stage},{pupils},{place},{marked},{strength}").expect("text takes a line");
    }
    rows
}

fn pubei(schools: &str, language: &str) -> (tempfile::TempDir, crate::command::Run) {
    let place = folder();
    write(place.path(), "schools.csv", schools);
    let run = xuequ(
        place.path(),
        &["group", "--schools", "schools.csv", "--crs", "local", "--preset", "pubei", "-o", "out", "--lang", language],
    );
    (place, run)
}

/// The rows of a table without its header.
fn rows(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let text = read(folder, name);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn rule<'a>(grouping: &'a serde_json::Value, id: &str) -> &'a serde_json::Value {
    let rules = grouping["rules"].as_array().expect("rules");
    rules.iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("{id} in {rules:#?}"))
}

#[test]
fn pubei_makes_19_and_3_districts_of_404_plaques() {
    let (place, run) = pubei(&county_of_404(40), "zh-CN");
    assert!([0, 1].contains(&run.code), "{run:#?}");
    let annex = rows(place.path(), "out/annex.csv");
    let kinds = |kind: &str| annex.iter().filter(|row| row[1] == kind).count();
    assert_eq!((annex.len(), kinds("集团融合型"), kinds("城乡帮扶型")), (22, 19, 3));
    assert!(read(place.path(), "out/annex.csv").starts_with("\u{feff}学区名称,类型,牵头校,成员校,挂牌\r\n"));
    let plaques = rows(place.path(), "out/plaques.csv");
    assert_eq!(plaques.len(), 404);
    assert_eq!(plaques.iter().map(|row| &row[0]).collect::<BTreeSet<_>>().len(), 404);
    assert_eq!(plaques.iter().filter(|row| row[2] == "牵头校").count(), 19);
    assert_eq!(plaques.iter().filter(|row| row[2] == "帮扶校").count(), 3);
    assert_eq!(annex.iter().map(|row| row[4].parse::<usize>().expect("a count")).sum::<usize>(), 404);

    let grouping = read_json(place.path(), "out/evaluation.json");
    assert_eq!(grouping["stages"][0]["plaques"], serde_json::json!({ "lead": 19, "member": 385 }));
    for id in ["one-district", "district-size", "district-count", "district-kinds", "marked-lead"] {
        assert_eq!(rule(&grouping, id)["verdict"], "kept", "{id}");
    }
    // The six factors of every district; those nobody gave are null, not zero.
    for district in grouping["stages"][0]["districts"].as_array().expect("districts") {
        assert!(district["diameter_m"].as_f64().expect("metres") > 0.0);
        assert!(district["mean_to_lead_m"].as_f64().expect("metres") > 0.0);
        assert_eq!(district["factors"], serde_json::json!([null, null, null, null]));
        assert!(district["mean_strength"].is_number());
        let of_place = |field: &str| district[field].as_u64().expect("a count");
        assert_eq!(of_place("urban_schools") + of_place("rural_schools"), of_place("schools"));
    }
    // The second opinion agrees, and finds out who says otherwise.
    let verify = || xuequ(place.path(), &["verify", "out", "--project", "."]);
    assert_eq!(verify().code, 0);
    let table = read(place.path(), "out/districts.csv");
    let member = table.lines().position(|row| row.contains(",成员校,")).expect("a member");
    let lines: Vec<&str> = table.lines().collect();
    let without = [&lines[..member], &lines[member + 1..]].concat().join("\r\n");
    write(place.path(), "out/districts.csv", without);
    let run = verify();
    assert_eq!(run.code, 1, "{run:#?}");
    for part in ["districts.csv", "0 times", "plaques.member", "to_lead_m"] {
        assert!(run.stdout.contains(part), "{part}: {run:#?}");
    }
    write(place.path(), "out/districts.csv", &table);
    write(place.path(), "schools.csv", county_of_404(40).replace("001,", "00l,"));
    assert_eq!(verify().code, 1);
    // Who helps in the three stands in a town.
    for helping in annex.iter().filter(|row| row[1] == "城乡帮扶型") {
        assert!(helping[2].starts_with("城镇"), "{helping:?}");
    }
    // Leads are only schools that are marked, however strong others are.
    let marked: BTreeSet<String> = county_of_404(40)
        .lines()
        .filter(|row| row.contains(",是,"))
        .map(|row| row.split(',').nth(1).expect("a name").to_owned())
        .collect();
    assert!(annex.iter().all(|row| marked.contains(row[2].trim_end_matches("（帮扶校）"))));
    assert_eq!(
        names_in(&place.path().join("out")),
        [
            "annex.csv",
            "arcs.csv",
            "detours.csv",
            "distances.csv",
            "districts.csv",
            "evaluation.json",
            "group-lines.geojson",
            "grouping-bound-all.json",
            "groups.geojson",
            "manifest.json",
            "map.svg",
            "plaques.csv",
            "report.md",
            "rules.csv",
            "ways.csv"
        ]
    );
}

#[test]
fn pubei_with_15_leads_says_which_rule_cannot_hold_and_what_would_help() {
    let (place, run) = pubei(&county_of_404(15), "en");
    let run = run.ends(4).says(&["as many districts as wanted"]);
    let grouping = read_json(place.path(), "out/evaluation.json");
    let count = rule(&grouping, "district-count");
    assert_eq!((count["value"].as_f64(), count["limit"].as_f64()), (Some(18.0), Some(22.0)));
    let mend = count["breaches"][0]["mend"].as_str().expect("a remedy");
    for part in ["15 schools may lead", "3 districts without a lead", "make 18 districts", "let 4 more schools lead"] {
        assert!(mend.contains(part), "{part}: {mend}");
        assert!(run.stderr.contains(part), "{part}: {run:#?}");
    }
    // Four names, the strongest of those who do not lead.
    let strengths: BTreeMap<String, f64> = county_of_404(15)
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            (cells[1].to_owned(), cells[8].parse().expect("a number"))
        })
        .collect();
    let named: Vec<f64> =
        strengths.iter().filter(|(name, _)| mend.contains(name.as_str())).map(|(_, strength)| *strength).collect();
    assert!(named.len() >= 4, "{mend}");
    // The scheme is written all the same, and no school is lost.
    assert_eq!(rows(place.path(), "out/plaques.csv").len(), 404);
}

#[test]
fn threads_and_repetition_change_no_group() {
    let place = folder();
    write(place.path(), "schools.csv", county_of_404(40));
    let outputs: Vec<String> = ["1", "2", "2"]
        .iter()
        .map(|threads| {
            let options = ["group", "--schools", "schools.csv", "--crs", "local", "--members", "2-12", "-o", "out"];
            let more = ["--overwrite", "--threads", threads];
            xuequ(place.path(), &[&options[..], &more[..]].concat());
            read(place.path(), "out/districts.csv")
        })
        .collect();
    assert!(outputs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn what_cannot_be_grouped_is_refused_in_plain_words() {
    let place = folder();
    write(place.path(), "schools.csv", "school_id,x,y\nA,0,0\nB,100,0\n");
    let options = ["group", "--schools", "schools.csv", "--crs", "local", "-o", "out"];
    xuequ(place.path(), &options).ends(3).says(&["no school can lead"]);
    assert!(!place.path().join("out").exists());
    for members in ["3-1", "many", "1-"] {
        xuequ(place.path(), &[&options[..], &["--members", members]].concat()).ends(2);
    }
    xuequ(place.path(), &[&options[..], &["--preset", "pudong"]].concat()).ends(2);
    write(place.path(), "strong.csv", "school_id,x,y,strength,lead\nA,0,0,140,1\nB,100,0,50,0\n");
    let options = ["group", "--schools", "strong.csv", "--crs", "local", "-o", "out", "--members", "1-3"];
    // A strength that is none is refused, not left out.
    xuequ(place.path(), &options).ends(3).says(&["strong.csv", "140"]);
    assert!(!place.path().join("out").exists());
    // A mark alone makes a lead: no strength is needed, and who is marked counts as strong.
    write(place.path(), "strong.csv", "school_id,x,y,lead,weak\nA,0,0,1,0\nB,100,0,0,1\n");
    xuequ(place.path(), &options).ends(0);
    let districts = rows(place.path(), "out/districts.csv");
    assert_eq!(
        districts.iter().map(|row| (row[3].as_str(), row[5].as_str())).collect::<Vec<_>>(),
        [("A", "lead"), ("B", "member")]
    );
    // A table that has lost a column is a fault that is named.
    write(place.path(), "out/districts.csv", "district_id,school_id\nA01,A\nA01,B\n");
    let run = xuequ(place.path(), &["verify", "out", "--project", "."]).ends(1);
    assert!(run.stdout.contains("0 times"), "{run:#?}");
}

/// A plan tells kinds apart as well, and its districts stand up to the second opinion.
#[test]
fn a_plan_with_kinds_of_districts_is_verified() {
    let place = folder();
    let mut schools = String::from("school_id,x,y,capacity,lead,strength,urban\n");
    let (mut blocks, mut adjacency) = (String::from("block_id,x,y,pupils\n"), String::from("block_a,block_b\n"));
    for position in 0..8 {
        let x = 500 * position;
        writeln!(blocks, "B{position},{x},0,10").expect("a line");
        if position > 0 {
            writeln!(adjacency, "B{},B{position}", position - 1).expect("a line");
        }
        if position % 2 == 0 {
            let (lead, urban) = (u8::from(position % 4 == 0), if position < 2 { "城镇" } else { "乡村" });
            writeln!(schools, "S{position},{x},5,25,{lead},{},{urban}", 80 - 5 * position).expect("a line");
        }
    }
    write(place.path(), "schools.csv", schools);
    write(place.path(), "blocks.csv", blocks);
    write(place.path(), "adjacency.csv", adjacency);
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\nfile = \"blocks.csv\"\n\
                    [adjacency]\nfile = \"adjacency.csv\"\n[districts]\nschools = [2, 2]\nhelping = 1\n";
    write(place.path(), "xuequ.toml", settings);
    let run = xuequ(place.path(), &["plan", ".", "-o", "out", "--tables-only"]);
    assert!([0, 1].contains(&run.code), "{run:#?}");
    let districts = rows(place.path(), "out/districts.csv");
    let kinds: BTreeSet<(&str, &str)> = districts.iter().map(|row| (row[3].as_str(), row[2].as_str())).collect();
    // The one that a town school leads helps.
    assert!(kinds.contains(&("S0", "all-helping-district")) && kinds.contains(&("S4", "all-merging-district")));
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
    let table = read(place.path(), "out/districts.csv");
    write(place.path(), "out/districts.csv", table.replacen("helping", "failing", 1));
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(1);
}

/// Schools with strengths and marked leads on a plane: what is proved is said, proved again, and found out where it is altered.
#[test]
fn the_bound_of_a_grouping_is_proved_again() {
    let place = folder();
    let mut chance = Chance::new(20);
    let mut schools = String::from("school_id,x,y,strength,lead\n");
    for school in 0..48 {
        let [x, y] = [0, 1].map(|_| chance.between(0.0, 30_000.0));
        let (lead, strength) = (u8::from(school < 12), 30 + chance.below(60));
        writeln!(schools, "S{school},{x:.0},{y:.0},{strength},{lead}").expect("a line");
    }
    write(place.path(), "schools.csv", schools);
    let options = ["group", "--schools", "schools.csv", "--crs", "local", "--members", "1-4", "-o", "out"];
    for more in [&["--metres-per-point", "200"][..], &[][..]] {
        let run = xuequ(place.path(), &[&options[..], more, &["--overwrite"]].concat());
        assert!(run.stderr.contains("above the best"), "{run:#?}");
        let bound = read_json(place.path(), "out/evaluation.json")["stages"][0]["bound"].clone();
        let gap = bound["gap_percent"].as_f64().expect("sizes are kept");
        assert!((0.0..3.0).contains(&gap), "{bound:#}");
        let verify = || xuequ(place.path(), &["verify", "out", "--project", "."]);
        assert_eq!(verify().code, 0, "{:#?}", verify());
        // A proof that claims more proves nothing, and neither does one of other numbers.
        let file = "out/grouping-bound-all.json";
        let proof = read_json(place.path(), file);
        let lead = proof["parts"][0]["leads"].as_object().expect("leads").keys().next().expect("a lead").clone();
        let altered = |alter: &dyn Fn(&mut serde_json::Value)| {
            let mut altered = proof.clone();
            alter(&mut altered);
            write(place.path(), file, serde_json::to_string(&altered).expect("plain data"));
            let run = verify();
            write(place.path(), file, serde_json::to_string(&proof).expect("plain data"));
            run.stdout.contains("[FALSE] the bound holds")
        };
        assert!(
            altered(&|proof| proof["millimetres"] = (proof["millimetres"].as_i64().expect("whole") + 1_000).into())
        );
        // What turn and charge alone prove is not claimed beside; whoever claims ever so much more is found out.
        let least = |proof: &mut serde_json::Value| proof["parts"][0]["leads"][&lead]["least_mm"].take().as_i64();
        assert!(altered(&|proof| {
            let raised = least(proof).map_or(1_000_000_000, |least| least + 50_000);
            proof["parts"][0]["leads"][&lead]["least_mm"] = raised.into();
        }));
        assert!(altered(&|proof| proof["parts"][0]["schools"]["S40"]["tilt_mm"] = 7.into()));
        assert!(altered(&|proof| proof["parts"][0]["size"] = serde_json::json!([1, 9])));
        assert!(!altered(&|_| {}));
    }
}

/// P1, P3: with 19 qualified leads 19 districts are led and in three town helps country; that is true, can be read again as it is,
/// and the helpers are of town, lead nothing and hang up a member's plaque.
#[test]
fn helping_districts_without_a_lead_are_led_by_who_helps() {
    let (place, run) = pubei(&county_of_404(19), "zh-CN");
    run.ends(0);
    let grouping = read_json(place.path(), "out/evaluation.json");
    assert_eq!(grouping["stages"][0]["plaques"], serde_json::json!({ "lead": 19, "member": 385 }));
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
    let districts = grouping["stages"][0]["districts"].as_array().expect("districts");
    let schools = read(place.path(), "schools.csv");
    let is_of_town = |id: &str| schools.lines().any(|row| row.starts_with(&format!("{id},")) && row.contains(",城镇,"));
    let is_marked = |id: &str| schools.lines().any(|row| row.starts_with(&format!("{id},")) && row.contains(",是,"));
    let helping: Vec<&serde_json::Value> = districts.iter().filter(|of| of["mode"] == "helping").collect();
    assert_eq!(helping.len(), 3);
    for district in &helping {
        let lead = district["lead_id"].as_str().expect("who helps");
        assert!(is_of_town(lead), "{district:#?}");
        let name = schools.lines().find(|row| row.starts_with(&format!("{lead},"))).expect("a school");
        let name = name.split(',').nth(1).expect("a name");
        assert_eq!(district["name"], format!("{name}学区"));
    }
    assert_eq!(helping.iter().filter(|of| !is_marked(of["lead_id"].as_str().expect("an id"))).count(), 3);
    // Each school that is helped has the nearest that helps, alike in all tables.
    let ways = rows(&place.path().join("out"), "ways.csv");
    for arc in rows(&place.path().join("out"), "arcs.csv") {
        let way = ways.iter().find(|way| way[0] == arc[1]).unwrap_or_else(|| panic!("{arc:?}"));
        assert_eq!((&way[2], &way[3]), (&arc[0], &arc[2]));
    }
    // What was written is judged alike when it is read again.
    write(place.path(), "groups.csv", read(place.path(), "out/districts.csv"));
    let again = ["group", "--schools", "schools.csv", "--groups", "groups.csv", "--crs", "local", "--preset", "pubei"];
    xuequ(place.path(), &[&again[..], &["-o", "again", "--lang", "zh-CN"]].concat()).ends(0);
    let again = read_json(place.path(), "again/evaluation.json");
    assert_eq!(again["rules"], grouping["rules"]);
    assert_eq!(again["stages"][0]["to_lead_m"], grouping["stages"][0]["to_lead_m"]);
}

/// P5, DIS-15: where nobody may lead, or sizes cannot hold, the answer says which rule and the smallest ways out.
#[test]
fn what_cannot_be_says_by_how_much() {
    let (place, run) = pubei(&county_of_404(0), "zh-CN");
    run.ends(4);
    let count = rule(&read_json(place.path(), "out/evaluation.json"), "district-count").clone();
    let mend = count["breaches"][0]["mend"].as_str().expect("a remedy").to_owned();
    assert!(mend.contains("要 22 个学区") && mend.contains("认定 19 所"), "{mend}");
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(4);
    let bounded = |bounds: &str, count: &str| {
        let place = folder();
        write(place.path(), "schools.csv", county_of_404(40));
        let settings = format!(
            "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[policy]\npreset = \"pubei\"\n\
             [districts]\nschools = {bounds}\n{count}"
        );
        write(place.path(), "xuequ.toml", settings);
        xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]).ends(4);
        let size = rule(&read_json(place.path(), "out/evaluation.json"), "district-size").clone();
        size["breaches"][0]["mend"].as_str().expect("a remedy").to_owned()
    };
    // 404 schools: 22 × 15 = 330 and ⌈404 / 15⌉ = 27; 22 × 25 = 550 and ⌊404 / 25⌋ = 16.
    let mend = bounded("[8, 15]", "");
    assert!(["至多 15 所", "330", "404", "上限放到 19 所", "27 个"].iter().all(|part| mend.contains(part)), "{mend}");
    let mend = bounded("[25, 30]", "");
    assert!(["至少 25 所", "550", "404", "下限降到 18 所", "16 个"].iter().all(|part| mend.contains(part)), "{mend}");
}

/// DIS-15: where locks hold those that could lead, it is the locks that have to give.
#[test]
fn locks_that_hold_leads_are_named_as_the_cause() {
    let place = folder();
    let schools = county_of_404(40);
    let ids: Vec<&str> = schools.lines().skip(1).map(|row| row.split(',').next().expect("an id")).collect();
    let mut locks = String::from("kind,what,to\n");
    for id in &ids[1..] {
        writeln!(locks, "member,{id},{}", ids[0]).expect("a line");
    }
    write(place.path(), "schools.csv", &schools);
    write(place.path(), "locks.csv", locks);
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[locks]\nfile = \"locks.csv\"\n\
                    [policy]\npreset = \"pubei\"\n";
    write(place.path(), "xuequ.toml", settings);
    xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]).ends(4);
    let count = rule(&read_json(place.path(), "out/evaluation.json"), "district-count").clone();
    let mend = count["breaches"][0]["mend"].as_str().expect("a remedy");
    assert!(mend.contains("39 所符合条件的学校已锁定") && mend.contains("解除其中 21 所"), "{mend}");
}

/// DIS-02: bounds in pupils are kept where they can be, else named; verify counts again.
#[test]
fn districts_keep_bounds_of_pupils() {
    let mut schools = String::from("id,name,x,y,stage,enrolment,lead,strength\n");
    for school in 0..24 {
        // Large schools stand in the west: by schools alone a district there has 6,000 pupils and one in the east 1,200.
        let (pupils, lead) = (if school < 12 { 1_000 } else { 200 }, u8::from(school % 6 == 0));
        writeln!(schools, "S{school:02},校{school},{},0,小学,{pupils},{lead},60", 500 * school).expect("a line");
    }
    let grouped = |bounds: &str| {
        let place = folder();
        write(place.path(), "schools.csv", &schools);
        let settings = format!(
            "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[districts]\nschools = [3, 12]\n{bounds}\n"
        );
        write(place.path(), "xuequ.toml", settings);
        let run = xuequ(place.path(), &["group", ".", "-o", "out"]);
        let grouping = read_json(place.path(), "out/evaluation.json");
        let districts = grouping["stages"][0]["districts"].as_array().expect("districts").clone();
        let pupils: Vec<u64> = districts.iter().map(|of| of["pupils"].as_u64().expect("pupils")).collect();
        (place, run, grouping, pupils)
    };
    let (.., free) = grouped("");
    assert!(free.iter().any(|pupils| *pupils > 5_000), "{free:?}");
    let (place, run, grouping, bounded) = grouped("pupils = [2000, 5000]");
    run.ends(0);
    assert!(bounded.iter().all(|pupils| (2_000..=5_000).contains(pupils)), "{bounded:?}");
    assert_eq!(rule(&grouping, "district-pupils")["verdict"], "kept");
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
    let (place, run, grouping, _) = grouped("pupils = [4000, 5000]");
    run.ends(4);
    assert_eq!(rule(&grouping, "district-pupils")["verdict"], "broken");
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(4);
}
