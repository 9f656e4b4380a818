//! Rules on what an office keeps of its groups: approved before they are carried out, and heads in office.

use super::crossing::approval;
use super::head_until;
use super::rules::Judged;
use crate::language::Message;
use crate::measure::rule::{Breach, RuleReport};
use crate::model::{District, Status};

impl Judged<'_> {
    /// The rules of records, where any group has one.
    pub(super) fn of_records(&self) -> Vec<RuleReport> {
        self.approved_first().into_iter().chain(self.head_in_office()).collect()
    }

    /// No group is said to be carried out that nobody has approved 联席会议、审批. Nothing where no group has a status or an
    /// approval.
    fn approved_first(&self) -> Option<RuleReport> {
        let districts = &self.all.districts;
        let is_told = districts.iter().any(|of| of.record.status.is_some() || of.record.approved.is_some());
        let carried_out: Vec<&District> =
            districts.iter().filter(|of| of.record.status == Some(Status::CarriedOut)).collect();
        let breaches: Vec<Breach> = carried_out
            .iter()
            .filter(|district| district.record.approved.is_none())
            .map(|district| {
                let mend = match approval(self.county, district) {
                    Some(of) => Message::new("mend-approved-first")
                        .sentence("route", Message::new(format!("approval-{}", of.slug()))),
                    None => Message::new("mend-approved-first-untold"),
                };
                Breach {
                    id: district.id.clone(),
                    name: district.name.clone(),
                    by: 1.0,
                    mend: mend.in_language(self.language),
                }
            })
            .collect();
        let (all, approved) = (carried_out.len() as f64, (carried_out.len() - breaches.len()) as f64);
        is_told.then(|| self.report("approved-first", true, approved, all, "districts", breaches))
    }

    /// Every group has a head 学区长 whose term is not over when the school year of the project begins. Nothing where no group
    /// names one and the document does not ask for it.
    fn head_in_office(&self) -> Option<RuleReport> {
        let districts = &self.districts.districts;
        let begins = self.settings.project.school_year().map(|year| (year, 9));
        let breach = |district: &District| {
            let until = head_until(district, &self.settings.policy);
            let mend = match (&district.record.head, until.zip(begins)) {
                (None, _) => Message::new("mend-head"),
                (Some(head), Some((until, begins))) if until <= begins => Message::new("mend-head-term")
                    .text("head", head)
                    .text("until", format!("{}-{:02}", until.0, until.1)),
                _ => return None,
            };
            let mend = mend.in_language(self.language);
            Some(Breach { id: district.id.clone(), name: district.name.clone(), by: 1.0, mend })
        };
        let breaches: Vec<Breach> = districts.iter().filter_map(breach).collect();
        let (all, there) = (districts.len() as f64, (districts.len() - breaches.len()) as f64);
        let is_told = districts.iter().any(|district| district.record.head.is_some());
        let is_asked = self.settings.policy.head_years.is_some();
        let untold = || self.untold("head-in-office", false, "districts", &Message::new("untold-head"));
        match (is_told, is_asked) {
            (true, _) => Some(self.report("head-in-office", false, there, all, "districts", breaches)),
            (false, true) => Some(untold()),
            (false, false) => None,
        }
    }
}
