//! Pools (多校划片): schools that share a catchment and its seats.

use super::{County, Origin, School, SchoolIndex, Stage};

/// Schools of one stage that share a catchment 多校划片: its pupils are spread over them by lot 随机派位, in proportion to
/// their seats. A school in no pool has a catchment of its own 单校划片.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Its name, unique in its stage; stable, so it serves as id as well.
    pub name: String,
    /// The stage.
    pub stage: Stage,
    /// Its schools, two or more, in input order; none is in another pool of the stage, and none shares its seats between
    /// stages.
    pub schools: Vec<SchoolIndex>,
    /// Where its first school was read.
    pub origin: Origin,
}

/// Catchments and who holds them. A catchment goes by its *holder*: the school itself, or the first school of its pool in
/// input order. Assignments name holders only.
impl County {
    /// The pool `school` belongs to in `stage`; `None` where it has a catchment of its own.
    #[must_use]
    pub fn pool_of(&self, stage: Stage, school: SchoolIndex) -> Option<&Pool> {
        self.pools.iter().find(|pool| pool.stage == stage && pool.schools.contains(&school))
    }

    /// The school the catchment of `school` in `stage` goes by.
    #[must_use]
    pub fn holder(&self, stage: Stage, school: SchoolIndex) -> SchoolIndex {
        self.pool_of(stage, school).map_or(school, |pool| pool.schools[0])
    }

    /// The holders of the catchments of `stage`, in input order: one for each catchment.
    pub fn holders(&self, stage: Stage) -> impl Iterator<Item = SchoolIndex> + '_ {
        self.schools_of(stage).filter(move |school| self.holder(stage, *school) == *school)
    }

    /// The schools of the catchment `school` belongs to in `stage`, in input order.
    #[must_use]
    pub fn sharing(&self, stage: Stage, school: SchoolIndex) -> Vec<SchoolIndex> {
        self.pool_of(stage, school).map_or_else(|| vec![school], |pool| pool.schools.clone())
    }

    /// The seats of the catchment `school` belongs to in `stage`, over all its schools.
    #[must_use]
    pub fn seats_of(&self, stage: Stage, school: SchoolIndex) -> u64 {
        self.sharing(stage, school).into_iter().map(|of| u64::from(self.school(of).seats[stage].unwrap_or(0))).sum()
    }

    /// The schools of the catchment `school` belongs to in `stage`, each with its part in the draw of lots: its seats, or
    /// one each where none has any.
    pub fn lots(&self, stage: Stage, school: SchoolIndex) -> impl Iterator<Item = (SchoolIndex, u64)> + '_ {
        let without_seats = self.seats_of(stage, school) == 0;
        self.sharing(stage, school).into_iter().map(move |of| {
            let seats = u64::from(self.school(of).seats[stage].unwrap_or(0));
            (of, if without_seats { 1 } else { seats })
        })
    }

    /// The ids of the schools of the catchment `school` belongs to in `stage`, joined by `;`: how tables and layers call it.
    #[must_use]
    pub fn catchment_id(&self, stage: Stage, school: SchoolIndex) -> String {
        let ids: Vec<&str> = self.sharing(stage, school).into_iter().map(|of| self.school(of).id.as_str()).collect();
        ids.join(";")
    }

    /// The names of the schools of the catchment `school` belongs to in `stage`, joined by ` / `.
    #[must_use]
    pub fn catchment_name(&self, stage: Stage, school: SchoolIndex) -> String {
        let names: Vec<&str> =
            self.sharing(stage, school).into_iter().map(|of| self.school(of).name.as_str()).collect();
        names.join(" / ")
    }

    /// The seats of some stages together; those a school shares between them count once.
    #[must_use]
    pub fn seats_together(&self, stages: &[Stage]) -> u64 {
        let of_school = |school: &School| -> u64 {
            let seats = stages.iter().filter_map(|stage| school.seats[*stage]).map(u64::from);
            match school.shared_seats {
                Some(_) => seats.max().unwrap_or(0),
                None => seats.sum(),
            }
        };
        self.schools.iter().map(of_school).sum()
    }

    /// The stages to plan in groups: together where a school shares its seats between them, else each for itself.
    #[must_use]
    pub fn stages_together(&self) -> Vec<Vec<Stage>> {
        let share = self.schools.iter().any(|school| {
            school.shared_seats.is_some() && self.stages.iter().filter(|stage| school.serves(**stage)).count() > 1
        });
        if share { vec![self.stages.clone()] } else { self.stages.iter().map(|stage| vec![*stage]).collect() }
    }
}
