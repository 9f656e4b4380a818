//! How districts are run, who steers them, and in which year they begin, by the rules of documents.

use std::collections::BTreeMap;

use crate::measure::{Strengths, Tier, common_level, strengths};
use crate::model::settings::{Phase, PolicySettings, Settings};
use crate::model::{County, District, Districts, Governance, Mode, SchoolIndex, Stage};

/// Tells modes, governance and years, as far as the settings know of them.
///
/// Years are given greedily: in each, groups of the centre as many as are wanted, then in each county the largest groups
/// until enough of its schools are covered, then those with most weak schools until there are enough. The largest first is
/// the fewest groups a county can be covered with. The last year takes the rest. Deterministic. Cost: O(districts²).
pub(super) fn tell(
    county: &County,
    stage: Stage,
    strengths: &Strengths,
    settings: &Settings,
    districts: &mut [District],
) {
    let policy = &settings.policy;
    for district in districts.iter_mut() {
        district.mode = mode(county, stage, strengths, policy, district).or_else(|| policy.modes.first().copied());
        let is_by_turns = policy.lead_optional && district.lead.is_none();
        district.governance = if is_by_turns { Some(Governance::Rotating) } else { policy.governance };
    }
    if let Some(helping) = settings.districts.helping {
        tell_helping(county, districts, helping);
        for district in districts.iter_mut().filter(|of| of.mode == Some(Mode::Helping) && of.lead.is_none()) {
            tell_helpers(county, strengths, district);
        }
    }
    let needy =
        |district: &District| district.schools().filter(|(school, _)| strengths.is_in_need(county, *school)).count();
    let needy: Vec<usize> = districts.iter().map(needy).collect();
    if !policy.phases.is_empty() {
        tell_years(county, stage, policy, districts, &needy);
        tell_integrated(county, policy, districts, &needy);
    } else if !policy.pilot_counties.is_empty() {
        tell_pilots(county, policy, districts, &needy);
    } else {
        for district in districts.iter_mut() {
            district.year = policy.start_year;
        }
    }
}

/// Tells the modes of what is given without one, where the document has one for what it is; where nothing speaks for a mode there
/// is none, but where there is only one. What the document is not about keeps none.
pub fn tell_modes(county: &County, settings: &Settings, districts: &mut Districts) {
    let strengths = strengths(county, districts.stage, &settings.strength);
    let policy = &settings.policy;
    let is_of_document = |district: &District| policy.kind().is_none_or(|kind| kind == district.kind);
    let without = |district: &&mut District| district.mode.is_none() && is_of_document(district);
    for district in districts.districts.iter_mut().filter(without) {
        let found = mode(county, districts.stage, &strengths, policy, district);
        district.mode = found.or_else(|| policy.modes.first().copied().filter(|_| policy.modes.len() == 1));
    }
}

/// The mode of a group: what its lead's row says, else by the first thing that is so of it, as the documents have it: Suzhou's
/// 优质+新建 (委托管理), 优质+农村 (联盟, as one where the country school is weak), 优质+薄弱, schools of successive stages;
/// Ankang's central school with the small sites of its town. None where nothing speaks for one.
fn mode(
    county: &County,
    stage: Stage,
    strengths: &Strengths,
    policy: &PolicySettings,
    district: &District,
) -> Option<Mode> {
    let told = district.lead.and_then(|lead| county.school(lead).standing.mode);
    if let Some(told) = told.filter(|told| policy.modes.contains(told)) {
        return Some(told);
    }
    let schools: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
    let any = |is: &dyn Fn(SchoolIndex) -> bool| district.members.iter().any(|member| is(*member));
    let is_new = |school: SchoolIndex| county.school(school).marks.new;
    let is_weak = |school: SchoolIndex| strengths.is(school, Tier::Weak);
    let lead_name = district.lead.map_or("", |lead| county.school(lead).name.as_str());
    let is_campus = |school: SchoolIndex| is_campus_of(lead_name, &county.school(school).name);
    let is_site_of_town = |school: SchoolIndex| county.school(school).is_small_site(policy.small_school);
    let has_central = schools.iter().any(|school| county.school(*school).standing.central);
    let in_country = |school: SchoolIndex| county.school(school).urban == Some(false);
    let is_across = stage == Stage::All && common_level(county, district).is_none();
    let by_what_is_so = [
        (Mode::Successive, is_across),
        (Mode::SeveralSites, any(&is_campus)),
        (Mode::Integrated, has_central && any(&is_site_of_town)),
        (Mode::OnBehalf, any(&is_new)),
        (Mode::Trusteeship, any(&|school| is_new(school) || is_weak(school))),
        (Mode::TownAndCountry, any(&|school| in_country(school) && is_weak(school))),
        (Mode::OneManagement, any(&is_weak)),
        (Mode::Alliance, any(&in_country)),
    ];
    let is_so = |(mode, is_so): &(Mode, bool)| *is_so && policy.modes.contains(mode);
    by_what_is_so.into_iter().find(is_so).map(|(mode, _)| mode)
}

/// Whether a school's name is that of another with the name of a campus behind it: 实验小学 and 实验小学东校区, not 第一小学 and
/// 第一小学附属学校.
fn is_campus_of(lead: &str, name: &str) -> bool {
    let Some(rest) = name.strip_prefix(lead).filter(|rest| !lead.is_empty() && !rest.is_empty()) else { return false };
    let is_apart = rest.starts_with(['(', '\u{ff08}', '·', '-', '—']);
    is_apart || ["校区", "分校", "校部", "部"].iter().any(|ending| rest.ends_with(ending))
}

/// Tells so many districts to be of the helping kind, the others to merge: those without a lead, then those in which a town
/// school leads and the largest share of members stands in the country; of equals, those whose members are farthest from the lead.
fn tell_helping(county: &County, districts: &mut [District], helping: usize) {
    let merit = |district: &District| {
        let in_country = |school: &&SchoolIndex| county.school(**school).urban == Some(false);
        let members = district.members.len().max(1) as f64;
        let share = district.members.iter().filter(in_country).count() as f64 / members;
        let metres = mean_way(county, district);
        let in_town = district.lead.is_some_and(|lead| county.school(lead).urban == Some(true));
        ((district.lead.is_none(), in_town), share, metres)
    };
    let merits: Vec<((bool, bool), f64, f64)> = districts.iter().map(merit).collect();
    let mut order: Vec<usize> = (0..districts.len()).collect();
    order.sort_by(|first, second| {
        let ((town, share, metres), (towns, shares, away)) = (merits[*first], merits[*second]);
        towns.cmp(&town).then(shares.total_cmp(&share)).then(away.total_cmp(&metres)).then(first.cmp(second))
    });
    for (rank, position) in order.into_iter().enumerate() {
        districts[position].mode = Some(if rank < helping { Mode::Helping } else { Mode::Merging });
    }
}

/// Tells who helps in a district without a lead: its town schools that are not weak; where that is nobody, or everybody, its
/// strong schools, else the strongest there are, else the one in the middle. The first of them, who stood in for a lead, else the
/// one to whom the ways of all are shortest, stands for all.
fn tell_helpers(county: &County, strengths: &Strengths, district: &mut District) {
    let index = |school: SchoolIndex| strengths.of(school).and_then(|strength| strength.index);
    let helps = |school: SchoolIndex| county.school(school).urban == Some(true) && !strengths.is(school, Tier::Weak);
    let all = district.members.clone();
    let only = |wanted: &dyn Fn(SchoolIndex) -> bool| -> Vec<SchoolIndex> {
        all.iter().copied().filter(|school| wanted(*school)).collect()
    };
    let best = all.iter().copied().filter_map(index).reduce(f64::max);
    let candidates = [
        only(&helps),
        only(&|school| strengths.is(school, Tier::Strong)),
        only(&|school| index(school).is_some() && index(school) == best),
        district.middle(county).into_iter().collect(),
    ];
    let mut told = candidates.into_iter().filter(|told| !told.is_empty() && told.len() < all.len());
    let mut helpers = told.next().unwrap_or_default();
    let ways = |to: SchoolIndex| all.iter().map(|school| county.metres_apart(*school, to)).sum::<f64>();
    let stood_in = district.helpers.first().copied().filter(|school| helpers.contains(school));
    let first = stood_in.or_else(|| helpers.iter().copied().min_by(|one, other| ways(*one).total_cmp(&ways(*other))));
    helpers.retain(|school| Some(*school) != first);
    district.members.retain(|school| Some(*school) != first);
    (district.lead, district.helpers) = (first, helpers);
}

/// Straight metres from the members to the middle on average.
fn mean_way(county: &County, district: &District) -> f64 {
    let Some(middle) = district.middle(county) else { return 0.0 };
    let way = |school: &SchoolIndex| county.metres_apart(*school, middle);
    district.members.iter().map(way).sum::<f64>() / district.members.len().max(1) as f64
}

/// The counties that begin do so with their best districts: led, with most weak and new schools, near; all others a year later.
fn tell_pilots(county: &County, policy: &PolicySettings, districts: &mut [District], needy: &[usize]) {
    let of_county = |district: &District| {
        let (first, _) = district.schools().next()?;
        county.school(first).standing.county.clone()
    };
    for district in districts.iter_mut() {
        district.year = policy.start_year.map(|year| year + 1);
    }
    for name in policy.pilot_counties.iter().filter_map(|name| county.county_called(name)) {
        let mut own: Vec<usize> =
            (0..districts.len()).filter(|district| of_county(&districts[*district]).as_deref() == Some(name)).collect();
        own.sort_by(|first, second| {
            let merit = |district: usize| (districts[district].lead.is_some(), needy[district]);
            let way = |district: usize| mean_way(county, &districts[district]);
            merit(*second).cmp(&merit(*first)).then(way(*first).total_cmp(&way(*second))).then(first.cmp(second))
        });
        for district in own.into_iter().take(policy.pilot_districts[1]) {
            districts[district].year = policy.start_year;
        }
    }
}

/// Gives every district its year.
fn tell_years(county: &County, stage: Stage, policy: &PolicySettings, districts: &mut [District], needy: &[usize]) {
    let name_of = |school: SchoolIndex| county.school(school).standing.county.as_deref();
    let mut schools_of: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for school in county.schools_of(stage).filter(|school| county.school(*school).is_compulsory()) {
        *schools_of.entry(name_of(school)).or_default() += 1;
    }
    let covers: Vec<BTreeMap<Option<&str>, usize>> = districts
        .iter()
        .map(|district| {
            let mut covers = BTreeMap::new();
            for (school, _) in district.schools().filter(|(school, _)| county.school(*school).is_compulsory()) {
                *covers.entry(name_of(school)).or_default() += 1;
            }
            covers
        })
        .collect();
    let in_centre =
        |district: &District| district.middle(county).is_some_and(|school| county.school(school).standing.centre);
    let mut covered: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for (number, phase) in policy.phases.iter().enumerate() {
        let Phase { year, groups, coverage, centre_groups } = *phase;
        let is_last = number + 1 == policy.phases.len();
        let mut begun = 0;
        let mut begin = |district: usize, districts: &mut [District], covered: &mut BTreeMap<_, usize>| {
            districts[district].year = Some(year);
            for (name, count) in &covers[district] {
                *covered.entry(*name).or_default() += count;
            }
            begun += 1;
            begun
        };
        let free = |districts: &[District]| -> Vec<usize> {
            (0..districts.len()).filter(|district| districts[*district].year.is_none()).collect()
        };
        let mut of_centre: Vec<usize> =
            free(districts).into_iter().filter(|district| in_centre(&districts[*district])).collect();
        of_centre
            .sort_by_key(|district| (std::cmp::Reverse((needy[*district], districts[*district].len())), *district));
        let mut count = 0;
        for district in of_centre.into_iter().take(centre_groups) {
            count = begin(district, districts, &mut covered);
        }
        for (name, schools) in &schools_of {
            while (covered.get(name).copied().unwrap_or(0) as f64) < coverage * *schools as f64 - 1e-9 {
                let reach = |district: &usize| covers[*district].get(name).copied().unwrap_or(0);
                let candidates = free(districts).into_iter().filter(|district| reach(district) > 0);
                let largest =
                    candidates.max_by_key(|district| (reach(district), needy[*district], std::cmp::Reverse(*district)));
                let Some(largest) = largest else { break };
                count = begin(largest, districts, &mut covered);
            }
        }
        let mut left = free(districts);
        left.sort_by_key(|district| (std::cmp::Reverse((needy[*district], districts[*district].len())), *district));
        let more = if is_last { left.len() } else { groups.saturating_sub(count) };
        for district in left.into_iter().take(more) {
            begin(district, districts, &mut covered);
        }
    }
    let has_to_stay = |districts: &[District], district: usize, until: u16| {
        let begins = |of: &District, year: u16| of.year.is_some_and(|own| own <= year);
        let Some(own) = districts[district].year else { return true };
        policy.phases.iter().filter(|phase| own <= phase.year && phase.year < until).any(|phase| {
            let of_year = |of: &&District| of.year == Some(phase.year);
            let is_needed = phase.year == own
                && (districts.iter().filter(of_year).count() <= phase.groups
                    || in_centre(&districts[district])
                        && districts.iter().filter(of_year).filter(|of| in_centre(of)).count() <= phase.centre_groups);
            is_needed
                || covers[district].iter().any(|(name, count)| {
                    let all = (0..districts.len()).filter(|of| begins(&districts[*of], phase.year));
                    let reached: usize = all.filter_map(|of| covers[of].get(name)).sum();
                    let schools = schools_of.get(name).copied().unwrap_or(0);
                    ((reached - count) as f64) < phase.coverage * schools as f64 - 1e-9
                })
        })
    };
    // What begins earlier than it has to fills later years that lack groups.
    for phase in &policy.phases {
        while districts.iter().filter(|district| district.year == Some(phase.year)).count() < phase.groups {
            let earlier = (0..districts.len()).filter(|of| districts[*of].year.is_some_and(|own| own < phase.year));
            let free = earlier.filter(|district| !has_to_stay(districts, *district, phase.year));
            let Some(least) = free.min_by_key(|district| (needy[*district], *district)) else { break };
            districts[least].year = Some(phase.year);
        }
    }
}

/// How many groups years lack.
pub(super) fn lacking(policy: &PolicySettings, districts: &[District]) -> usize {
    let of_year = |phase: &Phase| districts.iter().filter(|district| district.year == Some(phase.year)).count();
    policy.phases.iter().map(|phase| phase.groups.saturating_sub(of_year(phase))).sum()
}

/// Where too few groups of a year are run as one or in trust, those with most weak and new schools are put in trust. Where more are
/// in trust than it takes, which no row asked for, those with fewest work together 协作型, as the plan has it for the rest.
fn tell_integrated(county: &County, policy: &PolicySettings, districts: &mut [District], needy: &[usize]) {
    let Some(share) = policy.integrated_share.filter(|_| policy.modes.contains(&Mode::Trusteeship)) else { return };
    for phase in &policy.phases {
        let of_year: Vec<usize> =
            (0..districts.len()).filter(|district| districts[*district].year == Some(phase.year)).collect();
        let wanted = (share * of_year.len() as f64 - 1e-9).ceil() as usize;
        let is_integrated = |district: &District| district.mode.is_some_and(PolicySettings::is_integrated);
        let (are, mut others): (Vec<usize>, Vec<usize>) =
            of_year.into_iter().partition(|district| is_integrated(&districts[*district]));
        others.sort_by_key(|district| (std::cmp::Reverse(needy[*district]), *district));
        for district in others.into_iter().take(wanted.saturating_sub(are.len())) {
            districts[district].mode = Some(Mode::Trusteeship);
        }
        if !policy.modes.contains(&Mode::Cooperative) {
            continue;
        }
        let is_told = |lead: SchoolIndex| county.school(lead).standing.mode.is_some();
        // In the centre the plan asks for its share once more.
        let in_centre =
            |district: &District| district.middle(county).is_some_and(|school| county.school(school).standing.centre);
        let may_change = |district: &District| {
            district.mode == Some(Mode::Trusteeship) && !district.lead.is_some_and(is_told) && !in_centre(district)
        };
        let beyond = are.len().saturating_sub(wanted);
        let mut in_trust: Vec<usize> = are.into_iter().filter(|district| may_change(&districts[*district])).collect();
        in_trust.sort_by_key(|district| (needy[*district], *district));
        for district in in_trust.into_iter().take(beyond) {
            districts[district].mode = Some(Mode::Cooperative);
        }
    }
}
