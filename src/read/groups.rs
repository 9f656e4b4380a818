//! The table of districts and groups as they are, or as somebody proposes them: a row for each school of each of them, or a row
//! for each school with its district and its groups beside each other.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Columns, Role};
use super::group_words::{Base, Place, base_in, is_kind_or_mode, kind_in_heading, kind_of, place};
use super::layer::Layer;
use super::names::Names;
use super::schools::SchoolRow;
use super::value;
use crate::model::settings::PolicySettings;
use crate::model::{
    District, DistrictKind, Finding, FindingCode, Governance, HeadBy, Mode, Record, SchoolIndex, Status,
};

/// Columns of the table.
pub(super) const ROLES: &[Role] = &[
    Role::Group,
    Role::EducationGroup,
    Role::School,
    Role::GroupRole,
    Role::EducationRole,
    Role::GroupKind,
    Role::Mode,
    Role::Governance,
    Role::Year,
    Role::GroupName,
    Role::ResearchBase,
    Role::Status,
    Role::Approved,
    Role::Waiver,
    Role::Head,
    Role::HeadSince,
    Role::HeadBy,
    Role::Reason,
    Role::Author,
];

/// Groups named in a finding before the rest is only counted.
const NAMED: usize = 5;

/// A district or group with what is known of its kind.
struct Told {
    district: District,
    /// What a column says it is.
    kind: Option<DistrictKind>,
    /// What the heading of the column of its name says.
    heading: Option<DistrictKind>,
}

/// One school in one district or group, as a row says it.
struct Membership {
    kind: Option<DistrictKind>,
    key: String,
    place: Place,
    mode: Option<Mode>,
    /// Whether what else the row says of a district or group is about this one.
    takes_rest: bool,
}

/// The positions of all sites of a school, by its id and by its name, where the table of schools tells sites apart.
pub(super) type Sites = BTreeMap<String, Vec<usize>>;

/// The sites of schools that have several.
pub(super) fn sites(schools: &[SchoolRow]) -> Sites {
    let mut sites = Sites::new();
    for (position, row) in schools.iter().enumerate() {
        let Some((id, name)) = &row.school.standing.site_of else { continue };
        for called in BTreeSet::from([id, name]) {
            sites.entry(called.clone()).or_default().push(position);
        }
    }
    sites
}

/// Reads all of them, in the order in which they are named first. What one is as a whole (its name, mode, governance and year)
/// may stand in any of its rows.
///
/// Whether one is a district or a group is said by a column of kinds, by the columns its names stand in where there are two, by
/// the headings of several files where they differ, else by the document; without one by the heading. Where nothing but the
/// names tells them apart, those called 集团 are groups if every school of theirs has a district beside.
pub(super) fn read(
    layers: &[Layer],
    schools: &Names<'_>,
    sites: &Sites,
    policy: &PolicySettings,
    findings: &mut Vec<Finding>,
) -> Vec<District> {
    let mut groups: Vec<Told> = Vec::new();
    let mut known: BTreeMap<(Option<DistrictKind>, String), usize> = BTreeMap::new();
    for layer in layers {
        if let Some(missing) = [Role::Group, Role::School].into_iter().find(|role| !layer.columns.has(*role)) {
            findings.push(Columns::missing(&layer.table, &[missing]));
            continue;
        }
        if layer.rows().next().is_none() {
            findings.push(layer.table.file_finding(FindingCode::GroupsEmpty));
        }
        let sheet = Sheet::of(layer, policy);
        // A column that could tell kinds and has no word for one is about something else.
        if sheet.kinds != Some(Role::GroupKind)
            && let Some(name) = layer.column_name(Role::GroupKind)
        {
            findings.push(layer.table.file_finding(FindingCode::ColumnUnused).list("columns", [name], ", "));
        }
        for row in layer.rows() {
            let Some(name) = layer.text(row, Role::School) else {
                if let Some(group) = layer.text(row, Role::Group) {
                    let finding = layer.table.finding(FindingCode::GroupRowEmpty, row).text("missing", "school");
                    findings.push(finding.about(group));
                }
                continue;
            };
            let memberships = sheet.memberships(row, findings);
            if memberships.is_empty() {
                let finding = layer.table.finding(FindingCode::GroupRowEmpty, row).text("missing", "group");
                findings.push(finding.about(name));
                continue;
            }
            let found = schools.find(&name).map(|school| vec![school]);
            let Some(found) = found.or_else(|| sites.get(&name).cloned()) else {
                if !schools.excuses(&name) {
                    let finding = layer.table.finding(FindingCode::GroupSchoolUnknown, row).about(name.clone());
                    findings.push(schools.hint(finding.text("name", name.clone()), &name));
                }
                continue;
            };
            let governance = layer.word(
                row,
                Role::Governance,
                Governance::from_word,
                Governance::ALL,
                Governance::chinese,
                findings,
            );
            let year = layer.year(row, findings);
            let record = record(layer, row, findings);
            for membership in memberships {
                let position = place_of(&mut groups, &mut known, &sheet, row, &membership);
                let group = &mut groups[position].district;
                let mut differ = vec![take(&mut group.mode, membership.mode)];
                if membership.takes_rest {
                    differ.extend([take(&mut group.governance, governance), take(&mut group.year, year)]);
                    differ.extend(take_record(&mut group.record, &record, membership.place.leads));
                }
                if differ.contains(&true) {
                    let finding = layer.table.finding(FindingCode::GroupConflict, row).about(name.clone());
                    findings.push(finding.text("group", group.name.clone()));
                }
                // Of a school with several sites the first has its role, and the others are beside it.
                let places = std::iter::once(membership.place).chain(std::iter::repeat(Place::default()));
                let mut joined = found.iter().zip(places);
                if !joined.all(|(school, place)| join(group, SchoolIndex::new(*school), place)) {
                    let finding = layer.table.finding(FindingCode::GroupTwice, row).about(name.clone());
                    findings.push(finding.text("group", group.name.clone()));
                }
            }
        }
    }
    for group in &mut groups {
        // Of several schools that help, the first stands for all where none leads.
        let district = &mut group.district;
        if district.lead.is_none() && !district.helpers.is_empty() {
            let first = district.helpers.remove(0);
            district.members.retain(|school| *school != first);
            district.lead = Some(first);
        }
    }
    settle_kinds(&mut groups, policy, layers, findings);
    groups.into_iter().map(|group| group.district).collect()
}

/// A table with what its columns mean together.
struct Sheet<'a> {
    layer: &'a Layer,
    policy: &'a PolicySettings,
    /// The column that tells kinds, where one does: one of its own, or that of modes where words for kinds stand in it.
    kinds: Option<Role>,
    /// What the heading of the column of names says.
    heading: Option<DistrictKind>,
    /// Whether schools have districts and groups beside each other.
    has_both: bool,
    /// Whether that column calls some districts by a word for districts.
    tells_districts: bool,
    /// The column of names, where it is not that of ids.
    names: Option<Role>,
}

impl Sheet<'_> {
    fn of<'a>(layer: &'a Layer, policy: &'a PolicySettings) -> Sheet<'a> {
        let heading = layer.column_name(Role::Group).and_then(kind_in_heading);
        let is_district_word = |cell: &str| kind_of(cell) == Some(DistrictKind::District);
        // The words 教育集团 is one for a mode as well, where the document has that mode.
        let has_modes = policy.modes.contains(&Mode::Merging);
        let tells_kinds = |role: &Role| {
            let cells = || layer.rows().map(|row| layer.cell(row, *role)).filter(|cell| !value::is_missing(cell));
            let is_group_word = |cell: &str| kind_of(cell) == Some(DistrictKind::Group) && !has_modes;
            cells().any(|cell| is_district_word(cell) || is_group_word(cell))
        };
        let beside = layer.columns.has(Role::EducationGroup);
        let has_both = beside && heading != Some(DistrictKind::Group);
        let names = match (layer.columns.has(Role::GroupName), beside && !has_both) {
            (true, _) => Some(Role::GroupName),
            (false, true) => Some(Role::EducationGroup),
            (false, false) => None,
        };
        let any_word = |role: &Role| layer.rows().any(|row| is_kind_or_mode(layer.cell(row, *role)));
        let kinds = Some(Role::GroupKind).filter(any_word).or(Some(Role::Mode).filter(tells_kinds));
        let tells_districts = kinds.is_some_and(|role| layer.rows().any(|row| is_district_word(layer.cell(row, role))));
        Sheet { layer, policy, kinds, heading, has_both, tells_districts, names }
    }

    /// The districts and groups a row puts its school into.
    fn memberships(&self, row: usize, findings: &mut Vec<Finding>) -> Vec<Membership> {
        let layer = self.layer;
        let mut place = place(layer, row, Role::GroupRole, findings);
        let base = layer.filled(row, Role::ResearchBase).and_then(base_in);
        place.base = place.base.or(base);
        let (kind, told) = self.kind(row, findings);
        let mode = told.or_else(|| match self.kinds {
            Some(Role::Mode) => None,
            _ => layer.word(row, Role::Mode, Mode::from_word, &self.modes(), Mode::chinese, findings),
        });
        let own = layer.text(row, Role::Group);
        if !self.has_both {
            return own.into_iter().map(|key| Membership { kind, key, place, mode, takes_rest: true }).collect();
        }
        // A core school is one of its group; all other words are about the district, where the group has no column for them.
        let in_group = if layer.columns.has(Role::EducationRole) {
            self::place(layer, row, Role::EducationRole, findings)
        } else {
            Place { leads: place.is_core, ..Place::default() }
        };
        let in_district = if layer.columns.has(Role::EducationRole) {
            place
        } else {
            Place { leads: place.leads && !place.is_core, ..place }
        };
        let is_of_districts = |mode: &Mode| matches!(mode, Mode::Merging | Mode::Helping | Mode::Founding);
        let of_document = self.policy.kind().unwrap_or_default();
        let district = own.into_iter().map(|key| Membership {
            kind: Some(DistrictKind::District),
            key,
            place: in_district,
            mode: mode.filter(is_of_districts),
            takes_rest: of_document == DistrictKind::District,
        });
        let cell = layer.cell(row, Role::EducationGroup);
        let names = cell.split(['、', ';', '；', '|']).map(str::trim).filter(|name| !value::is_missing(name));
        let groups = names.map(|name| Membership {
            kind: Some(DistrictKind::Group),
            key: name.to_owned(),
            place: in_group,
            mode: mode.filter(|mode| !is_of_districts(mode)),
            takes_rest: of_document == DistrictKind::Group,
        });
        district.chain(groups).collect()
    }

    /// What a row says its district or group is, and the mode, where the word is one of a mode.
    fn kind(&self, row: usize, findings: &mut Vec<Finding>) -> (Option<DistrictKind>, Option<Mode>) {
        let Some((role, cell)) = self.kinds.and_then(|role| Some((role, self.layer.filled(row, role)?))) else {
            return (None, None);
        };
        let has_modes = self.policy.modes.contains(&Mode::Merging);
        match (kind_of(cell), Mode::from_word(cell)) {
            // 教育集团 is a mode of districts in one document, where the column does not tell districts from groups.
            (Some(DistrictKind::Group), Some(mode)) if has_modes && !self.tells_districts => (None, Some(mode)),
            (Some(kind), _) => (Some(kind), None),
            (None, Some(mode)) => (None, Some(mode)),
            (None, None) => {
                let kinds = DistrictKind::ALL.iter().map(|kind| kind.chinese());
                let modes = self.modes();
                let known: Vec<&str> = match role {
                    Role::Mode => kinds.chain(modes.iter().map(|mode| mode.chinese())).collect(),
                    _ => ["学区", "片区"].into_iter().chain(kinds.skip(1)).collect(),
                };
                let finding = self.layer.table.finding(FindingCode::WordUnknown, row).text("cell", cell);
                let finding = finding.text("column", self.layer.column_name(role).unwrap_or(role.slug()));
                findings.push(self.layer.about_row(finding.list("known", known, "、"), row));
                (None, None)
            }
        }
    }

    /// The modes to be offered: those of the document, all without one.
    fn modes(&self) -> Vec<Mode> {
        let modes = &self.policy.modes;
        Mode::ALL.iter().copied().filter(|mode| modes.is_empty() || modes.contains(mode)).collect()
    }
}

/// The position of the district or group of a membership, which is added where it is new. One name may be that of a district
/// and of a group; a row that does not say is about whichever was named first.
fn place_of(
    groups: &mut Vec<Told>,
    known: &mut BTreeMap<(Option<DistrictKind>, String), usize>,
    sheet: &Sheet<'_>,
    row: usize,
    membership: &Membership,
) -> usize {
    let key = |kind: Option<DistrictKind>| (kind, membership.key.clone());
    let any = [None, Some(DistrictKind::District), Some(DistrictKind::Group)];
    let found = match membership.kind {
        None => any.into_iter().find_map(|kind| known.get(&key(kind))),
        kind => known.get(&key(kind)).or_else(|| known.get(&key(None))),
    };
    if let Some(position) = found.copied() {
        let kind = &mut groups[position].kind;
        *kind = kind.or(membership.kind);
        known.insert(key(membership.kind), position);
        return position;
    }
    let name = sheet.names.filter(|_| !sheet.has_both).and_then(|role| sheet.layer.text(row, role));
    let name = name.unwrap_or_else(|| membership.key.clone());
    // An id is one district's, also where a group has the same name.
    let is_taken = groups.iter().any(|group| group.district.id == membership.key);
    let id = if is_taken {
        format!("{}（{}）", membership.key, kind_word(membership.kind))
    } else {
        membership.key.clone()
    };
    known.insert(key(membership.kind), groups.len());
    let heading = sheet.heading.filter(|_| !sheet.has_both);
    groups.push(Told { district: District { id, name, ..District::default() }, kind: membership.kind, heading });
    groups.len() - 1
}

const fn kind_word(kind: Option<DistrictKind>) -> &'static str {
    match kind {
        Some(DistrictKind::Group) => DistrictKind::Group.chinese(),
        _ => DistrictKind::District.chinese(),
    }
}

/// Puts a school into a district or group. A school may be said to be a base beside what else it is; `false` where it stands
/// there twice, or is a second lead.
fn join(group: &mut District, school: SchoolIndex, place: Place) -> bool {
    if let Some(Base { stage }) = place.base {
        if group.bases.iter().all(|known| *known != (school, stage)) {
            group.bases.push((school, stage));
        }
        if group.schools().any(|(known, _)| known == school) && !place.leads && !place.helps {
            return true;
        }
    }
    if group.schools().any(|(known, _)| known == school) {
        // What was only a base so far may lead by a row of its own.
        let was_base = group.bases.iter().any(|(base, _)| *base == school) && place.base.is_none();
        if was_base && place.leads && group.lead.is_none() {
            group.members.retain(|member| *member != school);
            group.lead = Some(school);
        }
        return was_base && (!place.leads || group.lead == Some(school));
    }
    if place.leads {
        let is_first = group.lead.is_none();
        if is_first {
            group.lead = Some(school);
        }
        return is_first;
    }
    group.members.push(school);
    if place.helps {
        group.helpers.push(school);
    }
    true
}

/// Tells which are districts and which are groups.
fn settle_kinds(groups: &mut [Told], policy: &PolicySettings, layers: &[Layer], findings: &mut Vec<Finding>) {
    let headings: BTreeSet<DistrictKind> = groups.iter().filter_map(|group| group.heading).collect();
    let is_told = groups.iter().any(|group| group.kind.is_some());
    // One heading over all is how the table of the document is called at that place; two say what is what.
    let by_heading = policy.kind().is_none() || headings.len() > 1 || is_told;
    for group in groups.iter_mut() {
        let heading = group.heading.filter(|_| by_heading);
        group.district.kind = group.kind.or(heading).or(policy.kind()).unwrap_or_default();
    }
    let Some(layer) = layers.first() else { return };
    let by_name = kinds_by_name(groups);
    if !by_name.is_empty() {
        for position in &by_name {
            groups[*position].district.kind = DistrictKind::Group;
        }
        let names = by_name.iter().map(|position| groups[*position].district.name.clone());
        let finding = layer.table.file_finding(FindingCode::GroupKindByName);
        findings.push(finding.count("count", by_name.len()).list("groups", names.take(NAMED), "、"));
    }
    let of_kind = |kind: DistrictKind| groups.iter().filter(move |group| group.district.kind == kind);
    let counts = [DistrictKind::District, DistrictKind::Group].map(|kind| of_kind(kind).count());
    if counts.contains(&0) {
        return;
    }
    let finding = layer.table.file_finding(FindingCode::GroupKinds);
    findings.push(finding.count("districts", counts[0]).count("groups", counts[1]));
    let without: Vec<String> = of_kind(DistrictKind::Group)
        .filter(|group| group.district.lead.is_none() && policy.kind() != Some(DistrictKind::Group))
        .map(|group| group.district.name.clone())
        .collect();
    if !without.is_empty() {
        let finding = layer.table.file_finding(FindingCode::GroupCoreUntold).count("count", without.len());
        findings.push(finding.list("groups", without.into_iter().take(NAMED), "、"));
    }
}

/// Groups by their names alone: called 集团 where others are called 学区, 片区 or 共同体, each of their schools in one of those, and
/// no school in two of those.
fn kinds_by_name(groups: &[Told]) -> Vec<usize> {
    let open: Vec<usize> = (0..groups.len())
        .filter(|position| groups[*position].kind.is_none())
        .filter(|position| groups[*position].district.kind == DistrictKind::District)
        .collect();
    if open.len() < groups.len() {
        return Vec::new();
    }
    let is_group = |position: &usize| kind_in_heading(&groups[*position].district.name) == Some(DistrictKind::Group);
    let (named, others): (Vec<usize>, Vec<usize>) = open.into_iter().partition(is_group);
    let schools = |position: &usize| groups[*position].district.schools().map(|(school, _)| school);
    let in_district: Vec<SchoolIndex> = others.iter().flat_map(schools).collect();
    let districts: BTreeSet<SchoolIndex> = in_district.iter().copied().collect();
    let are_over = named.iter().flat_map(schools).all(|school| districts.contains(&school));
    let are_called =
        others.iter().all(|position| kind_in_heading(&groups[*position].district.name) == Some(DistrictKind::District));
    let lie_over = are_over && are_called && !others.is_empty() && districts.len() == in_district.len();
    if lie_over { named } else { Vec::new() }
}

/// Takes what a row says of its group as a whole, where no row before did; whether it says something else than they.
fn take<Value: PartialEq + Clone>(known: &mut Option<Value>, said: Option<Value>) -> bool {
    let differs = said.is_some() && known.is_some() && *known != said;
    if known.is_none() {
        *known = said;
    }
    differs
}

/// Takes what else a row says; why a school leads, and who decided it, stands in the row of the lead.
fn take_record(known: &mut Record, said: &Record, leads: bool) -> [bool; 8] {
    let of_lead = |text: &Option<String>| text.clone().filter(|_| leads);
    [
        take(&mut known.status, said.status),
        take(&mut known.approved, said.approved.clone()),
        take(&mut known.waiver, said.waiver.clone()),
        take(&mut known.head, said.head.clone()),
        take(&mut known.head_since, said.head_since),
        take(&mut known.head_by, said.head_by),
        take(&mut known.reason, of_lead(&said.reason)),
        take(&mut known.author, of_lead(&said.author)),
    ]
}

/// What a row says of its group beside who is in it.
fn record(layer: &Layer, row: usize, findings: &mut Vec<Finding>) -> Record {
    Record {
        status: layer.word(row, Role::Status, Status::from_word, Status::ALL, Status::chinese, findings),
        approved: layer.name_on_one_line(row, Role::Approved),
        waiver: layer.name_on_one_line(row, Role::Waiver),
        head: layer.name_on_one_line(row, Role::Head),
        head_since: layer.month(row, Role::HeadSince, findings),
        head_by: layer.word(row, Role::HeadBy, HeadBy::from_word, HeadBy::ALL, HeadBy::chinese, findings),
        reason: layer.name_on_one_line(row, Role::Reason),
        author: layer.name_on_one_line(row, Role::Author),
    }
}
