//! The blocks schools stand in.

use std::cell::OnceCell;

use geo::{Coord, Distance, Euclidean, Point};

use super::compass::direction;
use super::distance::straight;
use super::ground::Survey;
use super::index::{OutlineIndex, PlaceIndex};
use crate::model::{Block, BlockIndex, FindingCode, Outlines, PerStage, SchoolIndex, Stage};

/// Where blocks are points, a school is far from all of them when the nearest is more than this many metres away …
const FAR_METRES: f64 = 5_000.0;

/// … and more than so many times as far as blocks usually are from one another.
const FAR_TIMES: f64 = 10.0;

impl Survey<'_> {
    /// Finds the block each school stands in. Where two schools of a stage stand in one, the school nearest to the
    /// block's point has it and the others take the nearest block that is free.
    pub(super) fn homes(
        &mut self,
        outlines: &Outlines,
        cells_around_points: bool,
    ) -> PerStage<Vec<Option<BlockIndex>>> {
        let county = self.county;
        let mut homes: PerStage<Vec<Option<BlockIndex>>> = PerStage::default();
        if county.blocks.is_empty() {
            return homes;
        }
        let index = OnceCell::new();
        let at = |place: Coord<f64>| index.get_or_init(|| OutlineIndex::new(outlines)).at(place);
        // Most counties say where their schools stand, or the gates lie in outlines.
        let index_of_points = OnceCell::new();
        let points = || index_of_points.get_or_init(|| PlaceIndex::new(county.blocks.iter().map(|block| block.point)));
        let mut stands_in: Vec<BlockIndex> = Vec::with_capacity(county.schools.len());
        for (position, school) in county.schools.iter().enumerate() {
            let inside = school.home.or_else(|| at(school.gate).map(BlockIndex::new));
            let nearest = || {
                let (block, to_point) =
                    *points().nearest(school.gate, 1).first().expect("a county with blocks has a nearest one");
                if !cells_around_points {
                    let gate = Point::from(school.gate);
                    let metres = outlines.get(block).map_or(to_point, |outline| Euclidean.distance(&gate, &outline));
                    self.report_outside(position, block, metres, "outlines");
                }
                BlockIndex::new(block)
            };
            stands_in.push(inside.unwrap_or_else(nearest));
        }
        if cells_around_points {
            self.report_far_schools(&stands_in, &points);
        }
        for stage in county.stages.iter().copied() {
            homes[stage] = self.homes_of_stage(stage, &stands_in, &points);
        }
        homes
    }

    /// Reports schools so far from every block that the one or the others are hardly where they should be. Cells around
    /// points reach as far as they need to, so they do not tell.
    fn report_far_schools<'p>(&mut self, stands_in: &[BlockIndex], points: &dyn Fn() -> &'p PlaceIndex) {
        let county = self.county;
        let far: Vec<(usize, usize, f64)> = county
            .schools
            .iter()
            .enumerate()
            // The nearest block is no farther than its own.
            .filter(|(at, school)| straight(school.gate, county.block(stands_in[*at]).point) > FAR_METRES)
            .filter_map(|(position, school)| {
                let (block, metres) = *points().nearest(school.gate, 1).first()?;
                (metres > FAR_METRES).then_some((position, block, metres))
            })
            .collect();
        if far.is_empty() {
            return;
        }
        let apart = |block: &Block| points().nearest(block.point, 2).get(1).map(|(_, metres)| *metres);
        let mut distances: Vec<f64> = county.blocks.iter().filter_map(apart).collect();
        distances.sort_by(f64::total_cmp);
        let usual = distances.get(distances.len() / 2).copied().unwrap_or_default();
        for (position, block, metres) in far.into_iter().filter(|(.., metres)| *metres > FAR_TIMES * usual) {
            self.report_outside(position, block, metres, "points");
        }
    }

    /// Reports a school outside; `from` is what `metres` are measured from: `outlines` of blocks, or their `points`.
    fn report_outside(&mut self, school: usize, block: usize, metres: f64, from: &str) {
        let finding = self
            .school_finding(FindingCode::SchoolOutside, school)
            .text("block", self.county.blocks[block].name.clone())
            .text("from", from)
            .sentence("direction", direction(self.county.blocks[block].point, self.county.schools[school].gate))
            .decimal("metres", metres, 0);
        self.findings.push(finding);
    }

    fn homes_of_stage<'p>(
        &mut self,
        stage: Stage,
        stands_in: &[BlockIndex],
        points: &dyn Fn() -> &'p PlaceIndex,
    ) -> Vec<Option<BlockIndex>> {
        let county = self.county;
        let mut homes: Vec<Option<BlockIndex>> = vec![None; county.schools.len()];
        let mut taken: Vec<Option<SchoolIndex>> = vec![None; county.blocks.len()];
        // Stated homes first, then the nearest to the block's point.
        let mut order: Vec<SchoolIndex> = county.schools_of(stage).collect();
        let away = |school: SchoolIndex| {
            let (gate, point) = (county.school(school).gate, county.block(stands_in[school.get()]).point);
            straight(gate, point)
        };
        order.sort_by(|first, second| {
            let stated = |school: &SchoolIndex| county.school(*school).home.is_none();
            stated(first).cmp(&stated(second)).then(away(*first).total_cmp(&away(*second))).then(first.cmp(second))
        });
        for school in order {
            let wanted = stands_in[school.get()];
            let mut home = wanted;
            if let Some(other) = taken[wanted.get()] {
                let gate = county.school(school).gate;
                let mut reach = 8;
                let free = loop {
                    let near = points().nearest(gate, reach);
                    let free = near.iter().map(|(block, _)| *block).find(|block| taken[*block].is_none());
                    if free.is_some() || near.len() < reach {
                        break free;
                    }
                    reach *= 2;
                };
                let finding = self
                    .school_finding(FindingCode::SchoolsSameBlock, school.get())
                    .text("other", county.school(other).name.clone())
                    .text("block", county.block(wanted).name.clone())
                    .text("instead", free.map_or_else(String::new, |block| county.blocks[block].name.to_string()));
                self.findings.push(finding);
                let Some(free) = free else { continue };
                home = BlockIndex::new(free);
            }
            taken[home.get()] = Some(school);
            homes[school.get()] = Some(home);
        }
        homes
    }
}
