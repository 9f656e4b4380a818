//! Settings: what `xuequ.toml` may say. Reading the file is the business of [`crate::read`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use super::policy::{Exchange, Phase, PolicySettings, Preset, StaffAdvice};
pub use super::publishing::{PaperSize, PublishSettings, SheetFormat, WordForm};
use super::{Block, County, School, SchoolIndex, Stage};

/// All settings of a project. Every field has a default, so that plain tables are enough to plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The project as a whole.
    pub project: ProjectSettings,
    /// The layer of schools.
    pub schools: SchoolSettings,
    /// The layer of blocks.
    pub blocks: BlockSettings,
    /// The table of neighbour pairs.
    pub adjacency: Option<LayerSettings>,
    /// Today's assignment.
    pub existing: Option<LayerSettings>,
    /// Locks.
    pub locks: Option<LayerSettings>,
    /// Rivers, railways, trunk roads.
    pub barriers: Option<LayerSettings>,
    /// Bridges and underpasses.
    pub crossings: Option<LayerSettings>,
    /// Roads people walk on.
    pub roads: Option<LayerSettings>,
    /// The table of given distances.
    pub distances: Option<DistanceSettings>,
    /// Administrative areas.
    pub areas: Option<LayerSettings>,
    /// Catchments as several authorities propose them.
    pub proposals: Option<LayerSettings>,
    /// Groups of schools as they are.
    pub groups: Option<LayerSettings>,
    /// Targets of the document, with what has been reached, which the report of a grouping tells 指标达成.
    pub targets: Option<LayerSettings>,
    /// How catchments are planned.
    pub catchments: CatchmentSettings,
    /// How districts are grouped.
    pub districts: DistrictSettings,
    /// What a government's document asks of them.
    pub policy: PolicySettings,
    /// How strength is computed.
    pub strength: StrengthSettings,
    /// What the measures compare with.
    pub measure: MeasureSettings,
    /// What stands on the map.
    pub map: MapSettings,
    /// Who publishes, when, on what ground.
    pub publish: PublishSettings,
    /// Which outputs are written.
    pub outputs: OutputSettings,
}

/// The project as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectSettings {
    /// The county's name.
    pub name: Option<String>,
    /// The school year 学年 the scheme is for.
    pub year: Option<String>,
    /// The seed of every random choice.
    pub seed: Option<u64>,
    /// `zh-CN` or `en`.
    pub language: Option<String>,
    /// The coordinate system of layers that do not carry one: `EPSG:4490`, `local`, a PROJ definition.
    pub crs: Option<String>,
    /// Who makes the scheme 编制人: kept in the manifest, and never in what is for the public.
    pub author: Option<String>,
}

impl ProjectSettings {
    /// The year in which the school year of the project begins: the first four digits of how it is called.
    #[must_use]
    pub fn school_year(&self) -> Option<u16> {
        let name = self.year.as_deref()?;
        let digits = name.split(|character: char| !character.is_ascii_digit()).find(|digits| digits.len() == 4)?;
        digits.parse().ok()
    }
}

/// One file or several of the same kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Files {
    /// A single file.
    One(String),
    /// Several files, read one after the other as if they were one.
    Several(Vec<String>),
}

impl Default for Files {
    fn default() -> Files {
        Files::Several(Vec::new())
    }
}

impl Files {
    /// The file names in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Files::One(name) => std::slice::from_ref(name),
            Files::Several(names) => names,
        }
    }
}

/// Where a layer is and how to read it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LayerSettings {
    /// The file or files, relative to the settings file.
    pub file: Files,
    /// Its coordinate system, where the file does not carry one.
    pub crs: Option<String>,
    /// Its text encoding, where it is neither stated in the file nor recognised.
    pub encoding: Option<String>,
    /// Column names by role (`id`, `name`, `pupils_primary` …), where they are not recognised.
    pub columns: BTreeMap<String, String>,
}

/// The layer of schools.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SchoolSettings {
    /// The file or files, relative to the settings file.
    pub file: Files,
    /// Its coordinate system, where the file does not carry one.
    pub crs: Option<String>,
    /// Its text encoding, where it is neither stated in the file nor recognised.
    pub encoding: Option<String>,
    /// Column names by role, where they are not recognised.
    pub columns: BTreeMap<String, String>,
    /// Seats as this multiple of today's pupils by the existing scheme, for schools that give no seats.
    pub seats_from_existing: Option<f64>,
    /// Other spellings of school names: spelling = the name in the layer of schools.
    pub aliases: BTreeMap<String, String>,
}

impl SchoolSettings {
    /// The part every layer has.
    #[must_use]
    pub fn layer(&self) -> LayerSettings {
        LayerSettings {
            file: self.file.clone(),
            crs: self.crs.clone(),
            encoding: self.encoding.clone(),
            columns: self.columns.clone(),
        }
    }
}

/// What to do with pupils that are not whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FractionalPupils {
    /// Refuse them, naming the rows.
    #[default]
    Refuse,
    /// Round half up, and say so.
    Round,
}

/// The layer of blocks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BlockSettings {
    /// The file or files, relative to the settings file.
    pub file: Files,
    /// Its coordinate system, where the file does not carry one.
    pub crs: Option<String>,
    /// Its text encoding, where it is neither stated in the file nor recognised.
    pub encoding: Option<String>,
    /// Column names by role, where they are not recognised.
    pub columns: BTreeMap<String, String>,
    /// What to do with pupils that are not whole numbers.
    pub fractional_pupils: FractionalPupils,
}

impl BlockSettings {
    /// The part every layer has.
    #[must_use]
    pub fn layer(&self) -> LayerSettings {
        LayerSettings {
            file: self.file.clone(),
            crs: self.crs.clone(),
            encoding: self.encoding.clone(),
            columns: self.columns.clone(),
        }
    }
}

/// How distances are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DistanceMethod {
    /// The straight line from block point to gate.
    Straight,
    /// The straight line, but round by the crossings where it would cut a barrier.
    Barrier,
    /// Along the roads people may walk on.
    Road,
    /// As a table gives it.
    Given,
}

/// The unit of given distances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DistanceUnit {
    /// Metres.
    Metres,
    /// Minutes on foot.
    Minutes,
}

/// The table of given distances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DistanceSettings {
    /// The file or files, relative to the settings file.
    pub file: Files,
    /// Its text encoding, where it is neither stated in the file nor recognised.
    pub encoding: Option<String>,
    /// Column names by role, where they are not recognised.
    pub columns: BTreeMap<String, String>,
    /// The unit; by the name of the column where absent, else metres.
    pub unit: Option<DistanceUnit>,
    /// Metres walked in a minute: what minutes are turned into metres by.
    pub walking_speed_m_per_min: f64,
}

impl Default for DistanceSettings {
    fn default() -> DistanceSettings {
        DistanceSettings {
            file: Files::default(),
            encoding: None,
            columns: BTreeMap::new(),
            unit: None,
            walking_speed_m_per_min: 80.0,
        }
    }
}

impl DistanceSettings {
    /// The part every layer has.
    #[must_use]
    pub fn layer(&self) -> LayerSettings {
        LayerSettings {
            file: self.file.clone(),
            crs: None,
            encoding: self.encoding.clone(),
            columns: self.columns.clone(),
        }
    }
}

/// How much work the search does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// A first look: about a tenth of the standard work.
    Quick,
    /// The default.
    #[default]
    Standard,
    /// About ten times the standard work.
    Thorough,
}

/// How catchments are planned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CatchmentSettings {
    /// How distances are measured; `given` where a table of them is given, else `road` where roads are, else `barrier`
    /// where barriers are, else `straight`.
    pub distance: Option<DistanceMethod>,
    /// How much work the search does; absent: the standard, or what a time limit allows.
    pub effort: Option<Effort>,
    /// Seconds after which the search stops early.
    pub time_limit: Option<f64>,
    /// The longest way any pupil may be given, in metres, for blocks that give none of their own.
    pub longest_distance_m: Option<f64>,
    /// Fewest pupils of a school as a share of its seats, for schools that give no number of their own.
    pub least_seat_use: Option<f64>,
    /// Metres that every pupil moved away from the existing scheme counts as.
    pub change: f64,
    /// Metres that every pupil parted from its community counts as.
    pub community: f64,
    /// Pupil-metres that every metre of border between catchments counts as.
    pub compactness: f64,
    /// Metres that every pupil outside the band of seat use counts as; the band is [`MeasureSettings::seat_use`].
    pub balance: f64,
    /// Whether blocks only go to schools of their district.
    pub within_districts: bool,
}

impl CatchmentSettings {
    /// The longest way the pupils of `block` may be given, in metres: its own, else that of the settings.
    #[must_use]
    pub fn longest_m(&self, block: &Block) -> Option<f64> {
        block.longest_m().or(self.longest_distance_m)
    }

    /// The fewest pupils `school` must be given in `stage`: its own number, else the share of its seats, rounded up;
    /// zero where neither is given. The share does not speak of seats that are shared between stages.
    #[must_use]
    pub fn least_pupils(&self, school: &School, stage: Stage) -> u64 {
        let least_seat_use = self.least_seat_use.filter(|_| school.shared_seats.is_none());
        let share = |seats: u32| least_seat_use.map(|share| (share * f64::from(seats) - ROUNDING).ceil() as u64);
        let own = school.least_pupils[stage].map(u64::from);
        school.seats[stage].and_then(|seats| own.or_else(|| share(seats))).unwrap_or(0)
    }

    /// The fewest pupils the catchment of `school` must be given in `stage`: of a pool the sum over its schools.
    #[must_use]
    pub fn least_pupils_of(&self, county: &County, stage: Stage, school: SchoolIndex) -> u64 {
        county.sharing(stage, school).into_iter().map(|of| self.least_pupils(county.school(of), stage)).sum()
    }
}

impl MeasureSettings {
    /// The fewest and the most pupils with which so many seats are used within the band.
    #[must_use]
    pub fn band_in_pupils(&self, seats: u64) -> (u64, u64) {
        let [low, high] = self.seat_use.map(|share| share * seats as f64);
        ((low - ROUNDING).ceil() as u64, (high + ROUNDING).floor() as u64)
    }
}

/// A share of seats this near to a whole number of pupils is that number.
const ROUNDING: f64 = 1e-6;

/// How districts are grouped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DistrictSettings {
    /// Weight of nearness 位置相近.
    pub near: f64,
    /// Weight of right size 规模适度.
    pub size: f64,
    /// Weight of pairing strong with weak 强弱搭配.
    pub pair: f64,
    /// Metres that a point of strength counts by which the schools of a district are above or below the mean together, each
    /// school once. Where it is set, the sum is metres to the lead and these, and the three weights do not count.
    pub metres_per_point: Option<f64>,
    /// Fewest and most schools in a district, the lead included.
    pub schools: [usize; 2],
    /// Number of districts per stage; chosen from the bounds where absent.
    pub count: Option<usize>,
    /// Districts of the kind in which town schools help country schools 城乡帮扶型; the others merge in part 集团融合型. Absent:
    /// kinds are not told apart.
    pub helping: Option<usize>,
    /// Fewest and most pupils in a district, where that is bounded 规模适度.
    pub pupils: Option<[u32; 2]>,
    /// Whether only schools marked as strong may lead (县直学校、镇优质学校), however strong others are.
    pub marked_lead: bool,
    /// Weight of mixing town and country schools 城乡统筹 in every district.
    pub mix: f64,
    /// How many metres each metre of a way to the lead counts on top by which it is longer than that to the
    /// nearest lead and a typical way 相对就近.
    pub far: f64,
    /// Whether schools of all stages are grouped together.
    pub across_stages: bool,
    /// Fewest pupils a lead must have.
    pub lead_enrolment: u32,
    /// Whether districts must be contiguous where that can be.
    pub contiguous: bool,
    /// Districts whose territory may fall apart, by id or name or by that of the lead, each with the reason 飞地说明.
    pub waivers: BTreeMap<String, String>,
}

impl Default for DistrictSettings {
    fn default() -> DistrictSettings {
        DistrictSettings {
            near: 0.40,
            size: 0.25,
            pair: 0.35,
            metres_per_point: None,
            schools: [3, 8],
            count: None,
            helping: None,
            pupils: None,
            marked_lead: false,
            mix: 0.0,
            far: 4.0,
            across_stages: false,
            lead_enrolment: 200,
            contiguous: true,
            waivers: BTreeMap::new(),
        }
    }
}

/// How strength is computed: the weights of the four factors of the Pubei plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StrengthSettings {
    /// School conditions 办学条件: area, sports area, equipment, multimedia rooms.
    pub conditions: f64,
    /// Teachers 师资配置: qualified, backbone, arts and sport.
    pub teachers: f64,
    /// Management 管理水平.
    pub management: f64,
    /// Education quality 教育质量.
    pub quality: f64,
    /// The part of growth 增值 in the index, 0–1; the rest is the four factors. Schools whose growth is not known are rated by
    /// these alone.
    pub growth: f64,
}

impl Default for StrengthSettings {
    fn default() -> StrengthSettings {
        StrengthSettings { conditions: 0.25, teachers: 0.30, management: 0.15, quality: 0.30, growth: 0.0 }
    }
}

/// What the measures compare with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MeasureSettings {
    /// Service radius of primary schools in metres.
    pub radius_primary_m: f64,
    /// Service radius of junior schools in metres.
    pub radius_junior_m: f64,
    /// Service radius where tables know no stages.
    pub radius_all_m: f64,
    /// The band of seat use that is neither empty nor tight.
    pub seat_use: [f64; 2],
}

impl Default for MeasureSettings {
    fn default() -> MeasureSettings {
        MeasureSettings {
            radius_primary_m: 500.0,
            radius_junior_m: 1000.0,
            radius_all_m: 1000.0,
            seat_use: [0.70, 1.00],
        }
    }
}

/// What stands on the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MapSettings {
    /// The title; made from the county's name and the year where absent.
    pub title: Option<String>,
    /// Where the data come from.
    pub source: Option<String>,
    /// The date of the data or of the map, as it should be printed.
    pub date: Option<String>,
    /// Who made the map.
    pub maker: Option<String>,
}

/// Which outputs are written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutputSettings {
    /// Only the tables, the evaluation and the manifest: no layers, maps, charts and report. Blocks that are points stay
    /// points where their neighbours are given, since nothing draws their cells.
    pub tables_only: bool,
}

/// A setting whose value makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SenselessSetting {
    /// The section it stands in.
    pub section: &'static str,
    /// Its key.
    pub key: &'static str,
    /// What the value would have to be: a key of the language files.
    pub needs: &'static str,
}

/// The largest weight: in metres, further than any child goes to school.
pub const MOST_WEIGHT: f64 = 1e6;

impl Settings {
    /// The settings of a part of the schools that is planned by itself, where the document's numbers are about all `schools`: of
    /// each number the part from `before` to `until` of them, so that the parts add up.
    #[must_use]
    pub fn with_numbers_of(&self, [before, until]: [usize; 2], schools: usize) -> Settings {
        let part = |number: usize| number * until / schools.max(1) - number * before / schools.max(1);
        let mut own = self.clone();
        own.districts.count = own.districts.count.map(part);
        own.districts.helping = own.districts.helping.map(part);
        own.policy.groups = own.policy.groups.map(part);
        own.policy.groups_before = part(own.policy.groups_before);
        own.policy.pilot_districts = own.policy.pilot_districts.map(part);
        for phase in &mut own.policy.phases {
            (phase.groups, phase.centre_groups) = (part(phase.groups), part(phase.centre_groups));
        }
        own
    }

    /// The settings whose values make no sense: weights and limits below zero or no numbers, bounds in the wrong
    /// order.
    #[must_use]
    pub fn senseless(&self) -> Vec<SenselessSetting> {
        let is_limit = |value: Option<f64>| value.is_none_or(|value| value.is_finite() && value > 0.0);
        // A weight beyond this would make sums of costs overflow.
        let is_weight = |value: f64| (0.0..=MOST_WEIGHT).contains(&value);
        let ordered = |low: f64, high: f64| is_weight(low) && is_weight(high) && low <= high;
        let is_share = |value: f64| (0.0..=1.0).contains(&value);
        let (catchments, districts) = (&self.catchments, &self.districts);
        let (strength, measures) = (&self.strength, &self.measure);
        let [fewest, most] = districts.schools;
        let policy = &self.policy;
        let [first, last] = policy.pilot_districts;
        let in_order = |bounds: Option<[usize; 2]>| bounds.is_none_or(|[least, most]| 1 <= least && least <= most);
        let are_shares = |shares: &[f64]| shares.iter().copied().all(is_share);
        let exchange = policy.exchange.unwrap_or_default();
        let advice = policy.staff_advice.unwrap_or_default();
        let of_phases: Vec<f64> = policy.phases.iter().map(|phase| phase.coverage).collect();
        let years_ascend = policy.phases.windows(2).all(|pair| pair[0].year < pair[1].year);
        let speed = self.distances.as_ref().map(|distances| distances.walking_speed_m_per_min);
        let checks = [
            ("schools", "seats_from_existing", "needs-above-zero", is_limit(self.schools.seats_from_existing)),
            ("distances", "walking_speed_m_per_min", "needs-above-zero", is_limit(speed)),
            ("catchments", "time_limit", "needs-above-zero", is_limit(catchments.time_limit)),
            ("catchments", "longest_distance_m", "needs-above-zero", is_limit(catchments.longest_distance_m)),
            ("catchments", "least_seat_use", "needs-share", catchments.least_seat_use.is_none_or(is_share)),
            ("catchments", "change", "needs-not-negative", is_weight(catchments.change)),
            ("catchments", "community", "needs-not-negative", is_weight(catchments.community)),
            ("catchments", "compactness", "needs-not-negative", is_weight(catchments.compactness)),
            ("catchments", "balance", "needs-not-negative", is_weight(catchments.balance)),
            ("districts", "near", "needs-not-negative", is_weight(districts.near)),
            ("districts", "size", "needs-not-negative", is_weight(districts.size)),
            ("districts", "pair", "needs-not-negative", is_weight(districts.pair)),
            ("districts", "mix", "needs-not-negative", is_weight(districts.mix)),
            ("districts", "far", "needs-not-negative", is_weight(districts.far)),
            ("districts", "metres_per_point", "needs-not-negative", districts.metres_per_point.is_none_or(is_weight)),
            ("districts", "schools", "needs-order-of-counts", 1 <= fewest && fewest <= most),
            (
                "districts",
                "pupils",
                "needs-order-of-counts",
                districts.pupils.is_none_or(|[least, most]| least <= most),
            ),
            ("districts", "count", "needs-above-zero", districts.count != Some(0)),
            ("policy", "remote_m", "needs-above-zero", is_limit(Some(policy.remote_m))),
            ("policy", "pilot_districts", "needs-order-of-counts", 1 <= first && first <= last),
            ("policy", "centre_schools", "needs-order-of-counts", in_order(policy.centre_schools)),
            ("policy", "coverage", "needs-share", policy.coverage.is_none_or(is_share)),
            ("policy", "coverage_goal", "needs-share", policy.coverage_goal.is_none_or(is_share)),
            ("policy", "phases", "needs-share", are_shares(&of_phases)),
            ("policy", "phases", "needs-ascending-years", years_ascend),
            ("policy", "integrated_share", "needs-share", policy.integrated_share.is_none_or(is_share)),
            ("policy", "head_years", "needs-above-zero", policy.head_years != Some(0)),
            ("policy", "exchange", "needs-share", are_shares(&[exchange.of_eligible, exchange.backbone])),
            ("policy", "staff_advice", "needs-share", are_shares(&[advice.managers_sent, advice.performance])),
            ("policy", "staff_advice", "needs-order", ordered(advice.first_post_years[0], advice.first_post_years[1])),
            ("strength", "conditions", "needs-not-negative", is_weight(strength.conditions)),
            ("strength", "teachers", "needs-not-negative", is_weight(strength.teachers)),
            ("strength", "management", "needs-not-negative", is_weight(strength.management)),
            ("strength", "quality", "needs-not-negative", is_weight(strength.quality)),
            ("strength", "growth", "needs-share", is_share(strength.growth)),
            ("measure", "radius_primary_m", "needs-above-zero", is_limit(Some(measures.radius_primary_m))),
            ("measure", "radius_junior_m", "needs-above-zero", is_limit(Some(measures.radius_junior_m))),
            ("measure", "radius_all_m", "needs-above-zero", is_limit(Some(measures.radius_all_m))),
            ("measure", "seat_use", "needs-order", ordered(measures.seat_use[0], measures.seat_use[1])),
        ];
        let broken = checks.into_iter().filter(|(.., makes_sense)| !makes_sense);
        broken.map(|(section, key, needs, _)| SenselessSetting { section, key, needs }).collect()
    }
}
