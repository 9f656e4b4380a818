//! Why a lock on a school and its lead does not hold, and what mends it.

use crate::language::{Language, Message};
use crate::model::settings::Settings;
use crate::model::{County, Level, LockKind, SchoolIndex, Stage};

/// What mends a lock of `school` to `lead`, which are one school where it is locked to lead: it may ask for what cannot be,
/// because of another lock or of how schools are parted before they are grouped.
pub(crate) fn mend_of_lock(
    county: &County,
    settings: &Settings,
    language: Language,
    stage: Stage,
    [school, lead]: [SchoolIndex; 2],
) -> Message {
    let policy = &settings.policy;
    let name = |of: SchoolIndex| county.school(of).name.as_str();
    let is_of_stage = |of: SchoolIndex| county.school(of).serves(stage);
    if !is_of_stage(school) || !is_of_stage(lead) {
        return Message::new("mend-lock-stage").sentence("stage", stage.message());
    }
    if let Some((own, other)) = contradiction(county, school, lead) {
        let row = |lock: usize| county.locks[lock].origin.row.to_string();
        let told = |lock: usize| match county.locks[lock].kind {
            LockKind::MemberOf { member, lead } => {
                Message::new("lock-as-member").text("school", name(member)).text("lead", name(lead))
            }
            _ => Message::new("lock-as-lead").text("school", name(school)),
        };
        return Message::new("mend-lock-contradiction")
            .text("first_row", row(own))
            .sentence("first", told(own))
            .text("second_row", row(other))
            .sentence("second", told(other));
    }
    let standing = |of: SchoolIndex| &county.school(of).standing;
    let counties = [school, lead].map(|of| standing(of).county.as_deref().unwrap_or_default());
    let levels = [school, lead].map(|of| standing(of).level == Some(Level::Junior));
    let authorities = [school, lead].map(|of| standing(of).authority());
    let by_years = !policy.phases.is_empty() && !policy.across_counties;
    let differ = Message::new("mend-lock-apart").text("lead", name(lead));
    if (policy.within_county || by_years) && counties[0] != counties[1] {
        let key = if policy.within_county { "mend-lock-across" } else { "mend-lock-across-counties" };
        return Message::new(key).text("lead", name(lead)).text("first", counties[0]).text("second", counties[1]);
    }
    if policy.same_level && levels[0] != levels[1] {
        return differ.sentence("why", Message::new("lock-apart-stages"));
    }
    if policy.same_authority && authorities[0] != authorities[1] {
        return differ.sentence("why", Message::new("lock-apart-authorities"));
    }
    if policy.centre_schools.is_some() && standing(school).centre != standing(lead).centre {
        return differ.sentence("why", Message::new("lock-apart-centre"));
    }
    let key = language.key_with("mend-lock-lead", policy.noun());
    Message::new(key).text("lead", name(lead)).text("noun", language.noun(policy.noun()))
}

/// The lock itself and another that cannot hold beside it, by their positions: of a school that is to lead and to be a member,
/// to be a member of two, or of one that is a member itself.
fn contradiction(county: &County, school: SchoolIndex, lead: SchoolIndex) -> Option<(usize, usize)> {
    let locks = || county.locks.iter().enumerate();
    let own = locks().find(|(_, lock)| lock.kind.with_lead() == Some((school, lead)))?.0;
    let is_contrary = |kind: LockKind| match kind {
        LockKind::MemberOf { member, lead: of } if school == lead => member == school && of != school,
        LockKind::MemberOf { member, lead: of } => {
            (member == school && of != lead) || of == school || (member == lead && of != lead)
        }
        LockKind::Lead { school: of } => of == school && school != lead,
        _ => false,
    };
    let other = locks().find(|(position, lock)| *position != own && is_contrary(lock.kind))?.0;
    Some((own, other))
}
