use geo::*;
use xuequ::space::Coverage;
use xuequ::space::outline;
use xuequ::space::topology::*;
fn main() {
    for f in std::env::args().skip(1) {
        let shapes = shapefile::read_shapes(&f).unwrap();
        let outs: Vec<MultiPolygon<f64>> = shapes
            .into_iter()
            .map(|s| match s {
                shapefile::Shape::Polygon(p) => outline::from_rings(
                    p.rings()
                        .iter()
                        .map(|r| LineString::new(r.points().iter().map(|p| Coord { x: p.x, y: p.y }).collect()))
                        .collect(),
                ),
                _ => panic!(),
            })
            .collect();
        let t = std::time::Instant::now();
        let inv: Vec<_> = outs.iter().filter_map(outline::fault).collect();
        println!("faults {inv:?} {:?}", t.elapsed());
        let o: Vec<Option<&MultiPolygon<f64>>> = outs.iter().map(Some).collect();
        let t = std::time::Instant::now();
        let (c, s) = Coverage::build(&o, Tolerance::default());
        println!(
            "{f}: {:?} arcs {} borders {} joined {} cut {} overlaps {} gaps {}",
            t.elapsed(),
            c.arcs().len(),
            c.borders().len(),
            s.joined_vertices,
            s.cut_edges,
            s.overlaps.len(),
            s.gaps.len()
        );
        println!(
            "big overlaps {:?}",
            s.overlaps.iter().filter(|o| o.area > 1.0).map(|o| (o.kept, o.ceded, o.area)).collect::<Vec<_>>()
        );
        println!("gaps {:?}", s.gaps.iter().filter(|o| o.area > 0.1).collect::<Vec<_>>());
        let t = std::time::Instant::now();
        let back = c.outlines();
        println!("dissolve {:?}", t.elapsed());
        let a: f64 = outs.iter().map(|o| o.unsigned_area()).sum();
        let b: f64 = back.iter().map(|o| o.unsigned_area()).sum();
        println!("area in {a} out {b} invalid out {}", back.iter().filter(|m| outline::fault(m).is_some()).count());
        for (i, m) in back.iter().enumerate() {
            if let Some(f) = outline::fault(m) {
                println!("{i} {f}");
            }
        }
        let whole = &c.dissolve(1, |_| Some(0))[0];
        println!(
            "whole parts {} holes {} area {}",
            whole.0.len(),
            whole.0.iter().map(|p| p.interiors().len()).sum::<usize>(),
            whole.unsigned_area()
        );
        // write geojson
        let fc = geojson::FeatureCollection::new(back.iter().enumerate().map(|(i, m)| geojson::Feature {
            geometry: Some(geojson::Geometry::new(geojson::GeometryValue::from(m))),
            properties: Some(serde_json::json!({"i":i}).as_object().unwrap().clone()),
            ..Default::default()
        }));
        std::fs::write(
            format!("/tmp/try/{}.geojson", std::path::Path::new(&f).file_stem().unwrap().to_str().unwrap()),
            fc.to_string(),
        )
        .unwrap();
    }
}
