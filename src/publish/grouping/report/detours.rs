//! The part of the report on schools whose lead is not the nearest.

use super::Report;
use crate::measure::GroupingMeasures;
use crate::publish::grouping::detours::{HEADS, Rows};

/// Schools listed in the report; all are in the table beside it.
const LISTED: usize = 20;

/// A way round that is worth a line in the report, in metres.
const LONG_M: f64 = 1000.0;

impl Report<'_> {
    pub(super) fn detours(&mut self, measures: &GroupingMeasures) {
        let detours = &measures.detours;
        if detours.is_empty() {
            return;
        }
        self.title("###", "grouping-detours");
        let long = detours.iter().filter(|detour| detour.to_lead_m - detour.nearest_m >= LONG_M).count();
        let note = self.with_noun("grouping-detours-note").count("count", detours.len()).count("long", long);
        self.paragraph(&note);
        let written = Rows::of(self.publication);
        let rows: Vec<Vec<String>> = detours[..long.min(LISTED)]
            .iter()
            .map(|detour| {
                let district = measures.districts.iter().find(|district| district.district_id == detour.district_id);
                written.cells(detour, district).to_vec()
            })
            .collect();
        if !rows.is_empty() {
            self.paper.table(&HEADS, &rows);
        }
    }
}
