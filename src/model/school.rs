//! Schools (学校) and what is known of their strength.

use geo::Coord;

use super::{BlockIndex, Level, Mode, Origin, Ownership, PerStage, Stage};

/// One of the seven resource indicators of the balanced-development review (优质均衡, 教督〔2017〕6号).
///
/// The order is the official one; a school's table holds totals, and the measures divide by pupils.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Indicator {
    /// Teachers with a degree above the required one, 高于规定学历教师数.
    QualifiedTeachers,
    /// Backbone teachers of county level and above, 县级以上骨干教师数.
    BackboneTeachers,
    /// Full-time teachers of sport and arts, 体育、艺术专任教师数.
    ArtsSportTeachers,
    /// Teaching and auxiliary floor area in m², 教学及辅助用房面积.
    TeachingArea,
    /// Sports area in m², 体育运动场馆面积.
    SportsArea,
    /// Value of teaching equipment in yuan, 教学仪器设备值.
    EquipmentValue,
    /// Multimedia classrooms on the network, 网络多媒体教室数.
    MultimediaRooms,
}

impl Indicator {
    /// All seven, in the official order.
    pub const ALL: [Indicator; 7] = [
        Indicator::QualifiedTeachers,
        Indicator::BackboneTeachers,
        Indicator::ArtsSportTeachers,
        Indicator::TeachingArea,
        Indicator::SportsArea,
        Indicator::EquipmentValue,
        Indicator::MultimediaRooms,
    ];

    /// The name used in files and settings.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Indicator::QualifiedTeachers => "qualified_teachers",
            Indicator::BackboneTeachers => "backbone_teachers",
            Indicator::ArtsSportTeachers => "arts_sport_teachers",
            Indicator::TeachingArea => "teaching_area",
            Indicator::SportsArea => "sports_area",
            Indicator::EquipmentValue => "equipment_value",
            Indicator::MultimediaRooms => "multimedia_rooms",
        }
    }
}

/// What the bureau says of a school in so many words; explicit marks win over computed tiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a yes/no column of its own, and any may go with any other")]
pub struct Marks {
    /// May lead a district whatever its index says (优质、县直、核心候选).
    pub strong: bool,
    /// Needs a strong lead (薄弱: 老旧小区配套、城郊、城中村 …).
    pub weak: bool,
    /// Leads a district, by the bureau's decision (牵头校/核心校/创建校), and counts as strong.
    pub lead: bool,
    /// Newly opened; needs a strong lead.
    pub new: bool,
    /// A teaching point 教学点: too small for per-pupil figures to mean anything, never a lead.
    pub teaching_point: bool,
}

/// Teachers, who of them may change schools, and who did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Teachers who could, 符合交流条件的教师.
    pub eligible: Option<u32>,
    /// Those who did in the year, 交流教师.
    pub exchanged: Option<u32>,
    /// Backbone teachers among these, 交流骨干教师.
    pub exchanged_backbone: Option<u32>,
    /// All full-time teachers 专任教师.
    pub teachers: Option<u32>,
    /// Those up to 35 years of age.
    pub young: Option<u32>,
    /// Those from 50 years of age on.
    pub senior: Option<u32>,
    /// Managers 管理人员.
    pub managers: Option<u32>,
    /// Those of them it has sent to members of its group.
    pub managers_sent: Option<u32>,
}

/// Which marks the table has a column for: where it has none, that nobody is marked says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Whether it is new, by a column of its own or by the year it opened.
    pub new: bool,
    /// Whether it is weak.
    pub weak: bool,
    /// Whether it stands in the centre.
    pub centre: bool,
}

/// What documents on schools that work together ask of a school, beside its strength.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own, and any may go with any other")]
pub struct Standing {
    /// Its level, where the table says or its stages tell.
    pub level: Option<Level>,
    /// Which marks its table has a column for.
    pub told: Told,
    /// The county or district 县区 it stands in, whoever its superior is.
    pub county: Option<String>,
    /// Whether it stands in the centre of the city 中心城区.
    pub centre: bool,
    /// Its superior 主管部门.
    pub superior: Option<String>,
    /// To whom it belongs.
    pub ownership: Option<Ownership>,
    /// The id and the name of the school it is a site of 一校多址, where the table tells its sites apart.
    pub site_of: Option<(String, String)>,
    /// Whether another site stands for its whole school.
    pub stood_for: bool,
    /// Whether it is the central school 中心校 of its town.
    pub central: bool,
    /// Whether it is founded with a lead 共建校.
    pub partner: bool,
    /// Why it counts as weak 薄弱类别, in the table's words.
    pub weak_because: Option<String>,
    /// The mode of the group it leads.
    pub mode: Option<Mode>,
    /// The year it opened.
    pub opened: Option<u16>,
    /// Classes it has 班数.
    pub classes: Option<u32>,
    /// Places others may use: laboratories, libraries, halls 场馆设施.
    pub facilities: Vec<String>,
    /// Teachers, and who of them changes schools.
    pub staff: Staff,
    /// The share of pay that goes by performance 绩效占比, 0–1.
    pub performance_share: Option<f64>,
    /// Years its new teachers spend at the lead of its group first 首站培养.
    pub first_post_years: Option<f64>,
    /// Education quality a year before, on the scale of [`School::quality`] 上年教育质量.
    pub quality_before: Option<f64>,
}

/// The level 层级 of the authority a school is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Authority {
    /// The province 省属.
    Province,
    /// The city 市直.
    City,
    /// A county or district 县区属.
    County,
    /// A town 镇.
    Town,
}

impl Authority {
    /// The word in keys of the language files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Authority::Province => "province",
            Authority::City => "city",
            Authority::County => "county",
            Authority::Town => "town",
        }
    }
}

impl Standing {
    /// The level of the authority it is under: by whom it belongs to, else by the name of its superior.
    #[must_use]
    pub fn authority(&self) -> Option<Authority> {
        self.authority_by_ownership().or_else(|| self.authority_by_superior())
    }

    /// Whom it belongs to and whom it is under, where the two contradict each other.
    #[must_use]
    pub fn contradiction(&self) -> Option<(Authority, Authority)> {
        let both = self.authority_by_ownership().zip(self.authority_by_superior());
        // A school of the county may be run through its town.
        both.filter(|(owner, superior)| owner != superior && *superior != Authority::Town)
    }

    fn authority_by_ownership(&self) -> Option<Authority> {
        match self.ownership? {
            Ownership::Provincial => Some(Authority::Province),
            Ownership::Municipal => Some(Authority::City),
            Ownership::County => Some(Authority::County),
            Ownership::Private => None,
        }
    }

    /// By the place a bureau is named after: 市教体局 and 安康市教育局 are a city's, 市中区教育局 is not, nor is that of a county which
    /// is called a city.
    fn authority_by_superior(&self) -> Option<Authority> {
        let superior = self.superior.as_deref()?;
        let place = superior.split('教').next().unwrap_or_default();
        let ends = |words: &[char]| place.ends_with(words);
        if self.county.as_deref() == Some(place) || ends(&['县', '区', '旗']) {
            Some(Authority::County)
        } else if ends(&['市']) {
            Some(Authority::City)
        } else if place.contains('省') {
            Some(Authority::Province)
        } else if ends(&['镇', '乡'])
            || ["镇人民政府", "乡人民政府", "街道办事处"].iter().any(|word| place.ends_with(word))
        {
            Some(Authority::Town)
        } else {
            None
        }
    }
}

/// A school site with its gate, its seats and the data of its strength.
#[derive(Clone, Debug)]
pub struct School {
    /// Stable id; always text.
    pub id: String,
    /// Full name.
    pub name: String,
    /// The gate, in working metres; distances end here.
    pub gate: Coord<f64>,
    /// Seats 学位 per stage; `None` where the school does not serve the stage. A nine-year school serves two. Where seats
    /// are shared between its stages, all of them: what each stage could fill if the other left them free.
    pub seats: PerStage<Option<u32>>,
    /// The seats of a nine-year school that pupils of either stage may fill; `None` where each stage has its own.
    pub shared_seats: Option<u32>,
    /// Fewest pupils it must be given per stage; the setting holds where there is none.
    pub least_pupils: PerStage<Option<u32>>,
    /// Pupils enrolled today per stage, where known.
    pub enrolment: PerStage<Option<u32>>,
    /// The block the school stands in, where the input names it; else it is found from the gate.
    pub home: Option<BlockIndex>,
    /// Totals of the seven indicators over all its pupils, in [`Indicator::ALL`] order, where known.
    pub resources: [Option<f64>; 7],
    /// Management grade as a share of the best, 0–1 (管理水平).
    pub management: Option<f64>,
    /// Education quality on the bureau's own scale (教育质量); compared between schools only.
    pub quality: Option<f64>,
    /// Growth on the bureau's own scale (增值评价); compared between schools only.
    pub growth: Option<f64>,
    /// Strength on the bureau's own scale, 0–100 (办学实力); where it is given, no index is computed.
    pub strength: Option<f64>,
    /// Explicit marks.
    pub marks: Marks,
    /// Whether it stands in a town or city (城镇) rather than in the country (乡村), where that is known.
    pub urban: Option<bool>,
    /// The town it belongs to.
    pub town: Option<String>,
    /// What documents on schools that work together ask of it.
    pub standing: Standing,
    /// Where it was read.
    pub origin: Origin,
}

impl School {
    /// The total of a resource, where the table tells it.
    #[must_use]
    pub const fn resource(&self, indicator: Indicator) -> Option<f64> {
        self.resources[indicator as usize]
    }

    /// Whether school is compulsory there.
    #[must_use]
    pub fn is_compulsory(&self) -> bool {
        !self.standing.stood_for && self.standing.level.is_none_or(Level::is_compulsory)
    }

    /// Whether it is a new public school, which documents ask to be in a group.
    #[must_use]
    pub fn is_new_public(&self) -> bool {
        self.marks.new && self.is_compulsory() && self.standing.ownership.is_none_or(Ownership::is_public)
    }

    /// Pupils it has in all stages: those enrolled, else its seats. A number that no stage can be told of is held by
    /// [`Stage::All`], and is that of all.
    #[must_use]
    pub fn pupils(&self) -> u32 {
        let of_stage = |stage: &Stage| self.enrolment[*stage].or(self.seats[*stage]);
        self.enrolment[Stage::All].unwrap_or_else(|| Stage::EACH.iter().filter_map(of_stage).sum())
    }

    /// Whether it belongs to the central school of its town, where there is one: a teaching point, or a primary school with
    /// fewer pupils than `small`, as far as the table tells them.
    #[must_use]
    pub fn is_small_site(&self, small: Option<u32>) -> bool {
        let enrolled = Stage::EACH.iter().filter_map(|stage| self.enrolment[*stage]).reduce(|sum, more| sum + more);
        let is_small = enrolled.zip(small).is_some_and(|(pupils, small)| pupils < small);
        let is_primary = self.standing.level.is_none_or(|level| level == Level::Primary);
        let is_its_own = self.standing.central || self.marks.lead || self.marks.strong;
        self.marks.teaching_point || (is_small && is_primary && !is_its_own)
    }

    /// Whether the school takes pupils of `stage`.
    #[must_use]
    pub fn serves(&self, stage: Stage) -> bool {
        self.seats[stage].is_some()
    }

    /// Whether it is a nine-year school 九年一贯制.
    #[must_use]
    pub fn is_nine_year(&self) -> bool {
        self.serves(Stage::Primary) && self.serves(Stage::Junior)
    }
}
