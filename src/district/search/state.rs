//! Who is where while members move, and the sums of districts by which a move is weighed in constant time.

use super::field::{Field, Sums};

/// A unit, the district it leaves and the one it comes to, and what its ways cost there.
pub(super) type Shift = (usize, usize, usize, i64);

pub(super) struct State<'a> {
    pub(super) field: &'a Field<'a>,
    pub(super) district_of: Vec<u32>,
    /// What the ways of each unit cost where it is.
    pub(super) way: Vec<i64>,
    /// The units of each district, and where each unit stands among them.
    pub(super) members: Vec<Vec<u32>>,
    pub(super) position: Vec<u32>,
    pub(super) sums: Vec<Sums>,
    /// The tilts of all districts together, signs dropped.
    pub(super) tilt: i64,
    /// Into how many parts the territory of each district falls, where that matters.
    pub(super) parts: Vec<i64>,
    /// What a school too many or too few costs at present.
    pub(super) beyond: i64,
}

impl<'a> State<'a> {
    /// Starts with every unit at its nearest lead.
    pub(super) fn new(field: &'a Field<'a>) -> State<'a> {
        let districts = field.lead_at.len();
        let units = field.units.len();
        let mut state = State {
            field,
            members: vec![Vec::new(); districts],
            position: vec![0; units],
            district_of: vec![0; units],
            way: vec![0; units],
            sums: field.fixed_sums.clone(),
            tilt: 0,
            parts: vec![0; districts],
            beyond: field.beyond[1],
        };
        for unit in 0..units {
            let (district, way) = field.nearest(unit)[0];
            state.put(unit, district as usize, way);
        }
        state.tilt = state.sums.iter().map(|sums| sums.tilt.abs()).sum();
        state.count_parts();
        state
    }

    pub(super) fn count_parts(&mut self) {
        if self.field.task.contiguous {
            self.parts = (0..self.sums.len()).map(|district| self.parts_of(district)).collect();
        }
    }

    pub(super) fn cost(&self) -> i64 {
        let wholes: i64 = self.sums.iter().map(|sums| self.field.whole(*sums, self.field.beyond[1])).sum();
        let parts: i64 = self.parts.iter().map(|parts| (parts - 1).max(0)).sum();
        self.way.iter().sum::<i64>() + wholes + self.field.tilted(self.tilt) + self.field.part * parts
    }

    fn put(&mut self, unit: usize, district: usize, way: i64) {
        self.district_of[unit] = district as u32;
        self.way[unit] = way;
        self.position[unit] = self.members[district].len() as u32;
        self.members[district].push(unit as u32);
        self.sums[district] = self.sums[district].and(1, self.field.units[unit].sums);
    }

    pub(super) fn shift(&mut self, (unit, from, to, way): Shift) {
        let position = self.position[unit] as usize;
        self.members[from].swap_remove(position);
        if let Some(moved) = self.members[from].get(position) {
            self.position[*moved as usize] = position as u32;
        }
        let tilt = |state: &State<'_>| state.sums[from].tilt.abs() + state.sums[to].tilt.abs();
        let before = tilt(self);
        self.sums[from] = self.sums[from].and(-1, self.field.units[unit].sums);
        self.put(unit, to, way);
        self.tilt += tilt(self) - before;
    }

    /// What some shifts change in the cost, territories aside.
    pub(super) fn change(&self, shifts: &[Shift]) -> i64 {
        let field = self.field;
        let mut change = 0;
        // Every district gives as often as it takes but for the ends, so that there are at most four.
        let mut touched = [(usize::MAX, Sums::default()); 4];
        let mut count = 0;
        for (unit, from, to, way) in shifts {
            change += way - self.way[*unit];
            for (district, sign) in [(*from, -1), (*to, 1)] {
                let known = touched[..count].iter().position(|(known, _)| *known == district);
                let at = known.unwrap_or(count);
                count += usize::from(known.is_none());
                touched[at].0 = district;
                touched[at].1 = touched[at].1.and(sign, field.units[*unit].sums);
            }
        }
        let mut tilt = self.tilt;
        for (district, more) in &touched[..count] {
            let before = self.sums[*district];
            let after = before.and(1, *more);
            tilt += after.tilt.abs() - before.tilt.abs();
            change += field.whole(after, self.beyond) - field.whole(before, self.beyond);
        }
        change + field.tilted(tilt) - field.tilted(self.tilt)
    }

    /// Carries out shifts and gives what they change in the parts of territories, with the parts before.
    pub(super) fn carry_out(&mut self, shifts: &[Shift]) -> (i64, Vec<(usize, i64)>) {
        for shift in shifts {
            self.shift(*shift);
        }
        if !self.field.task.contiguous {
            return (0, Vec::new());
        }
        let mut touched: Vec<usize> = shifts.iter().flat_map(|(_, from, to, _)| [*from, *to]).collect();
        touched.sort_unstable();
        touched.dedup();
        let before: Vec<(usize, i64)> = touched.iter().map(|district| (*district, self.parts[*district])).collect();
        let mut change = 0;
        for district in touched {
            let parts = self.parts_of(district);
            change += (parts - 1).max(0) - (self.parts[district] - 1).max(0);
            self.parts[district] = parts;
        }
        (change * self.field.part, before)
    }

    /// Into how many parts the catchments of a district fall.
    fn parts_of(&self, district: usize) -> i64 {
        let field = self.field;
        let own = (0..field.fixed.len()).filter(|school| field.fixed[*school] == Some(district));
        let moving = self.members[district].iter().flat_map(|unit| &field.pools[*unit as usize]);
        let mut left: Vec<usize> = own.chain(moving.copied()).collect();
        let mut parts = 0;
        while let Some(start) = left.pop() {
            parts += 1;
            let mut queue = vec![start];
            while let Some(school) = queue.pop() {
                left.retain(|other| {
                    let touches = field.task.beside[school].binary_search(other).is_ok();
                    if touches {
                        queue.push(*other);
                    }
                    !touches
                });
            }
        }
        parts
    }
}
