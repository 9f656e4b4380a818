use xuequ::model::*;
use xuequ::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let root = "../shared/data/afsap";
    let best: std::collections::HashMap<String, f64> = std::fs::read_to_string(format!("{root}/instances.csv"))
        .unwrap()
        .lines()
        .skip(1)
        .map(|l| {
            let c: Vec<&str> = l.split(',').collect();
            (c[0].to_string(), c[6].parse().unwrap())
        })
        .collect();
    let seeds: Vec<u64> = args[1].split(',').map(|s| s.parse().unwrap()).collect();
    let effort = match args[2].as_str() {
        "q" => settings::Effort::Quick,
        "s" => settings::Effort::Standard,
        _ => settings::Effort::Thorough,
    };
    let names: Vec<String> = if args.len() > 3 {
        args[3..].to_vec()
    } else {
        let mut v: Vec<String> = best.keys().cloned().collect();
        v.sort();
        v
    };
    let mut all = vec![];
    for name in names {
        let region = name.split('_').next().unwrap();
        let mut s = Settings::default();
        s.project.crs = Some("local".into());
        s.schools.file = settings::Files::One(format!("{region}/{name}/schools.csv"));
        s.blocks.file = settings::Files::One(format!("{region}/{name}/blocks.csv"));
        s.adjacency = Some(settings::LayerSettings {
            file: settings::Files::One(format!("{region}/adjacency.csv")),
            ..Default::default()
        });
        let r = read::read(&s, std::path::Path::new(root)).unwrap();
        if !r.can_be_planned() {
            for f in &r.findings {
                println!("{:?}", f);
            }
            panic!()
        }
        let (g, _) = space::Ground::survey(&r.county, Default::default());
        print!("{name:8}");
        for seed in &seeds {
            let t = std::time::Instant::now();
            let o = catchment::plan(
                &r.county,
                &g,
                Stage::All,
                &catchment::Parameters { seed: *seed, effort, ..Default::default() },
            );
            let el = t.elapsed().as_secs_f64();
            let mut cost = 0.0;
            let mut load = vec![0u64; r.county.schools.len()];
            for b in r.county.block_indices() {
                let s = o.catchments.school_of(b).unwrap();
                let p = r.county.block(b).pupils[Stage::All];
                cost += p as f64 * g.distances.metres(b, s) / 1000.0;
                load[s.get()] += p as u64;
            }
            let over: i64 = r
                .county
                .schools
                .iter()
                .zip(&load)
                .map(|(s, l)| (*l as i64 - s.seats[Stage::All].unwrap() as i64).max(0))
                .sum();
            let gap = 100.0 * (cost / best[&name] - 1.0);
            all.push(gap);
            print!(
                " gap {gap:7.3} over {over} lb {:6.3} {el:.2}s |",
                100.0 * (1.0 - o.bound.pupil_kilometres() / best[&name])
            );
        }
        println!();
    }
    println!(
        "mean {:.4} worst {:.4}",
        all.iter().sum::<f64>() / all.len() as f64,
        all.iter().cloned().fold(f64::MIN, f64::max)
    );
}
