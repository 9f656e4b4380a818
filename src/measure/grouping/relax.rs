//! What the leads there are can take at most, and the smallest ways out where that is too little.

use super::rules::Judged;
use crate::language::Message;
use crate::measure::Tier;
use crate::model::{School, SchoolIndex};

/// What the leads of a county, of the centre, or of all can take.
pub(super) struct Capacity {
    /// Schools that may lead, and those that do.
    pub(super) leads: usize,
    /// The most schools in a district, the lead included.
    pub(super) most: usize,
}

impl Capacity {
    /// The most schools that can be in a district.
    pub(super) fn takes(&self) -> usize {
        self.leads * self.most
    }
}

impl Judged<'_> {
    /// What the leads among the schools of a zone can take, by the bounds of the centre or by those of elsewhere.
    pub(super) fn capacity(&self, is_there: &dyn Fn(&School) -> bool, in_centre: bool) -> Capacity {
        let Judged { county, districts, settings, .. } = *self;
        let wishes = &settings.districts;
        let leads_now = |school: SchoolIndex| districts.districts.iter().any(|district| district.lead == Some(school));
        let own = county.schools_of(districts.stage).filter(|school| is_there(county.school(*school)));
        let [_, most] = settings.policy.sizes(wishes, in_centre);
        Capacity { leads: own.filter(|school| leads_now(*school) || self.may_lead(*school)).count(), most }
    }

    /// Whether the settings let a school lead, locks and marks of leads aside.
    pub(super) fn may_lead(&self, school: SchoolIndex) -> bool {
        let (marks, wishes) = (self.county.school(school).marks, &self.settings.districts);
        let is_strong = if wishes.marked_lead { marks.strong } else { self.strengths.is(school, Tier::Strong) };
        let pupils = self.strengths.of(school).map_or(0, |strength| strength.pupils);
        is_strong && !marks.teaching_point && pupils >= wishes.lead_enrolment
    }

    /// A remedy with what the leads can take, where that is less than the schools that have to be in a district, and what would
    /// have to give.
    pub(super) fn or_relax(
        &self,
        mend: Message,
        wanted: usize,
        capacity: &Capacity,
        is_there: &dyn Fn(&School) -> bool,
    ) -> Message {
        // Sites that go with a central school take nobody's place.
        let policy = &self.settings.policy;
        let follows = |school: &&School| policy.with_central_school && school.is_small_site(policy.small_school);
        let followers = self.county.schools.iter().filter(|school| is_there(school)).filter(follows).count();
        let wanted = wanted.saturating_sub(followers);
        let Some(short) = wanted.checked_sub(capacity.takes()).filter(|short| *short > 0) else { return mend };
        let more = short.div_ceil(capacity.most.max(1));
        let key = if capacity.leads == 0 { "relax-no-leads" } else { "relax-leads" };
        let relax = self.with_noun(key).count("leads", capacity.leads).count("most", capacity.most);
        let relax = relax.count("takes", capacity.takes()).count("more", more);
        let relax = relax.count("size", wanted.div_ceil(capacity.leads.max(1)));
        self.with_more(mend, relax, more, is_there)
    }

    /// A remedy with how many schools may lead, where that is less than the districts wanted.
    pub(super) fn or_fewer(
        &self,
        mend: Message,
        wanted: usize,
        capacity: &Capacity,
        is_there: &dyn Fn(&School) -> bool,
    ) -> Message {
        let Some(more) = wanted.checked_sub(capacity.leads).filter(|more| *more > 0) else { return mend };
        let relax = self.with_noun("relax-number").count("leads", capacity.leads).count("more", more);
        self.with_more(mend, relax, more, is_there)
    }

    /// A remedy and the ways out, with who could lead beside.
    fn with_more(&self, mend: Message, relax: Message, more: usize, is_there: &dyn Fn(&School) -> bool) -> Message {
        let relax = relax.sentence("names", self.next_leads(more, is_there));
        Message::new("mend-and-relax").sentence("mend", mend).sentence("relax", relax)
    }
}
