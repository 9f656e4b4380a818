//! What government documents ask of schools that work together (学区制、集团化办学、片区共同体), as settings.

use serde::{Deserialize, Serialize};

use super::Stage;
use super::settings::{DistrictSettings, Settings};

macro_rules! words {
    ($(#[$documentation:meta])* $name:ident { $($(#[$about:meta])* $word:ident = $slug:literal / $chinese:literal $(| $other:literal)*;)* }) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $slug)] $word,)*
        }

        impl $name {
            /// All of them, in the order of the documents.
            pub const ALL: &'static [$name] = &[$($name::$word,)*];

            /// The word used in files and settings.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $($name::$word => $slug,)* }
            }

            /// The word the documents use.
            #[must_use]
            pub const fn chinese(self) -> &'static str {
                match self { $($name::$word => $chinese,)* }
            }

            /// Other words for it that tables have.
            const fn others(self) -> &'static [&'static str] {
                match self { $($name::$word => &[$($other),*],)* }
            }

            /// What a word stands for: that of the documents, of files, or another that tables have.
            #[must_use]
            pub fn from_word(word: &str) -> Option<$name> {
                let word: String = word.trim().chars().map(|of| match of { '\u{ff08}' => '(', '\u{ff09}' => ')', of => of }).collect();
                $name::ALL.iter().copied().find(|one| {
                    word == one.chinese() || word.eq_ignore_ascii_case(one.slug()) || one.others().contains(&word.as_str())
                })
            }
        }
    };
}

words! {
    /// How the schools of a district or group are run together 办学模式.
    Mode {
        /// A group that partly merges: its lead has a plaque (Pubei).
        Merging = "merging" / "集团融合型" | "部分融合型" | "教育集团" | "集团融合" | "部分融合" | "教育集团(部分融合型)";
        /// Town schools that help country schools: who helps has no plaque of a lead (Pubei).
        Helping = "helping" / "城乡帮扶型" | "帮扶型" | "城乡帮扶";
        /// One management for all (Suzhou).
        OneManagement = "one-management" / "一体管理型";
        /// One school on several sites (Suzhou).
        SeveralSites = "several-sites" / "一体多区型";
        /// Town and country as one (Suzhou).
        TownAndCountry = "town-and-country" / "城乡一体型";
        /// Run on behalf of another (Suzhou).
        OnBehalf = "on-behalf" / "委托管理型";
        /// Schools that stay their own and work together (Suzhou).
        Alliance = "alliance" / "校际联盟型";
        /// Schools of successive stages (Suzhou).
        Successive = "successive" / "学段衔接型";
        /// One legal person, one leadership, several sites (Ankang).
        Integrated = "integrated" / "一体型" | "一体化" | "一体化型" | "一体办学型";
        /// The core school runs the member, which keeps its superior (Ankang).
        Trusteeship = "trusteeship" / "托管型" | "托管" | "委托管理";
        /// Members keep their own organisation (Ankang).
        Cooperative = "cooperative" / "协作型" | "协作";
        /// Schools that are founded with a strong one and by it (Liucheng).
        Founding = "founding" / "创建共建型" | "创建共建" | "创建-共建组";
    }
}

words! {
    /// What schools that work together are 种类: districts part the schools among them, groups lie over districts.
    DistrictKind {
        /// A district: every school is in one only.
        District = "district" / "学区" | "片区" | "片区共同体" | "学区共同体" | "共同体" | "学区(片区)";
        /// An education group: a school may be in several, and in none.
        Group = "group" / "教育集团" | "集团" | "教育集团(集团化办学)";
    }
}

words! {
    /// Who steers a district 治理方式 (Nanchang).
    Governance {
        /// A management committee.
        Committee = "committee" / "管委会" | "管理委员会" | "管委会制";
        /// A council.
        Council = "council" / "理事会" | "理事会制";
        /// Schools lead by turns, so that none leads for good.
        Rotating = "rotating" / "轮值牵头" | "轮值" | "轮流牵头" | "轮值制";
    }
}

words! {
    /// How far a group has come 状态.
    Status {
        /// Nobody has seen it yet.
        Draft = "draft" / "草案";
        /// It lies with whoever decides.
        Submitted = "submitted" / "报审";
        /// It is decided.
        Approved = "approved" / "审定";
        /// The public has been told.
        Published = "published" / "公示";
        /// It is carried out.
        CarriedOut = "carried-out" / "实施";
    }
}

words! {
    /// How the head of a district 学区长 comes by the office (Pubei).
    HeadBy {
        /// By election.
        Election = "election" / "推选";
        /// By turns.
        Turns = "turns" / "轮值";
        /// By appointment.
        Appointment = "appointment" / "指定";
    }
}

words! {
    /// To whom a school belongs 办学性质.
    Ownership {
        /// To the county or district.
        County = "county" / "县区属公办" | "公办" | "县属公办" | "区属公办" | "县区属" | "县属" | "区属" | "县区公办" | "区公办" | "县公办" | "教育部门" | "教育部门办" | "教育部门和集体办" | "县级教育部门" | "县级教育部门办" | "县级其他部门" | "县级其他部门办" | "其他部门" | "其他部门办" | "集体办" | "村集体办" | "乡镇办" | "地方企业" | "地方企业办" | "公立" | "public" | "公办县区属" | "公办(县区属)" | "公办(区属)" | "公办(县属)";
        /// To the city's bureau.
        Municipal = "municipal" / "市局属公办" | "市局属" | "市属公办" | "市属" | "地级教育部门" | "地级教育部门办" | "市级教育部门" | "市级教育部门办" | "地级其他部门" | "地级其他部门办" | "市直" | "市直公办" | "市直属" | "公办(市属)" | "公办(市局属)" | "公办(市直)";
        /// To a public institution of the province.
        Provincial = "provincial" / "省属事业单位办" | "省属" | "省属公办" | "省属事业单位" | "省级教育部门" | "省级教育部门办" | "省级其他部门" | "省级其他部门办" | "中央教育部门" | "中央其他部门" | "公办(省属)";
        /// It is private.
        Private = "private" / "民办" | "市管民办" | "区管民办" | "县管民办" | "民办(市管)" | "民办(区管)" | "民办(县管)" | "民办(市管/区管)" | "私立" | "民办学校" | "社会力量办" | "公民个人办" | "社会组织办" | "具有法人资格的中外合作办" | "中外合作办";
    }
}

words! {
    /// The level of a school 学段.
    Level {
        /// Kindergarten.
        Kindergarten = "kindergarten" / "幼儿园";
        /// Primary school, teaching points included.
        Primary = "primary" / "小学" | "完全小学" | "小学校";
        /// Junior middle school.
        Junior = "junior" / "初中" | "初级中学";
        /// Nine-year school.
        NineYear = "nine-year" / "九年一贯制" | "九年制" | "九年一贯制学校";
        /// Senior middle school.
        Senior = "senior" / "高中" | "高级中学" | "普通高中";
        /// Special school: compulsory in law, but of no stage that is grouped 特殊教育、专门学校.
        Special = "special" / "特殊教育" | "特殊教育学校" | "特教" | "特教学校" | "专门学校" | "专门教育";
    }
}

#[expect(clippy::derivable_impls, reason = "the words are declared by a macro")]
impl Default for DistrictKind {
    fn default() -> DistrictKind {
        DistrictKind::District
    }
}

impl Level {
    /// Whether it is one of the levels of compulsory school 义务教育 that are grouped and given catchments. Special schools are
    /// compulsory in law as well, but of none of them.
    #[must_use]
    pub const fn is_compulsory(self) -> bool {
        matches!(self, Level::Primary | Level::Junior | Level::NineYear)
    }
}

impl Ownership {
    /// Whether it is a public school.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Ownership::Private)
    }
}

words! {
    /// A document whose rules are known.
    Preset {
        /// 南昌市:义务教育片区学校优质均衡发展共同体.
        Nanchang = "nanchang" / "南昌";
        /// 柳城县:初中强校工程试点,柳城政办〔2024〕18号.
        Liucheng = "liucheng" / "柳城";
        /// 苏州市:集团化办学推进会,2024.
        Suzhou = "suzhou" / "苏州";
        /// 三年百集团:集团化办学方案,2022–2024.
        Ankang = "ankang" / "安康";
        /// 浦北县:学区制管理改革三年行动计划,2020–2022.
        Pubei = "pubei" / "浦北";
    }
}

/// What is to be there in a year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Phase {
    /// The year.
    pub year: u16,
    /// Groups newly formed in it.
    pub groups: usize,
    /// The share of compulsory schools of each county that are in a group by its end, 0–1.
    pub coverage: f64,
    /// Groups newly formed in it in the centre 中心城区.
    pub centre_groups: usize,
}

/// How many teachers change schools in a year 教师交流.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Exchange {
    /// Of the teachers who could.
    pub of_eligible: f64,
    /// Of those who do, the share of backbone teachers 骨干教师.
    pub backbone: f64,
    /// Whether it is only advised of groups of several levels 跨学段柔性.
    pub advised_across_levels: bool,
}

/// What is advised of the staff of groups 核心校派出、培养、绩效.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StaffAdvice {
    /// The largest share of its managers a lead sends to its members, 0–1.
    pub managers_sent: f64,
    /// Whether that is asked only of groups run as one or in trust that cross levels or counties.
    pub only_crossing: bool,
    /// The least share of pay that goes by performance, 0–1.
    pub performance: f64,
    /// Fewest and most years new teachers of members spend at the lead first.
    pub first_post_years: [f64; 2],
}

impl Default for StaffAdvice {
    fn default() -> StaffAdvice {
        StaffAdvice { managers_sent: 0.5, only_crossing: false, performance: 0.6, first_post_years: [1.0, 2.0] }
    }
}

/// The rules of a document, each by itself. What they say of size, number and leads stands in [`DistrictSettings`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own, and any may go with any other")]
pub struct PolicySettings {
    /// The document whose rules are the defaults of this section and of [`DistrictSettings`].
    pub preset: Option<Preset>,
    /// Whether no district crosses the line of a county 县域.
    pub within_county: bool,
    /// Whether schools are planned with those of their own level only, nine-year schools with primary schools.
    pub same_level: bool,
    /// Whether schools are grouped with those under authorities of their own level 层级 only: the province, the city, a county, a
    /// town.
    pub same_authority: bool,
    /// The only stage that is grouped; all where absent.
    pub stage: Option<Stage>,
    /// Whether every school is in a district.
    pub everyone: bool,
    /// Whether the schools of a district that serve a stage share one catchment 学校招生统一: pools of a plan whose groups are
    /// given.
    pub unified_admission: bool,
    /// Whether only leads and the schools locked to them, or marked as partners 共建校, are grouped 结对.
    pub pairs: bool,
    /// Metres beyond which a pair is remote 远程结对.
    pub remote_m: f64,
    /// Whether districts may do without a lead, leading by turns 轮值牵头.
    pub lead_optional: bool,
    /// Years for which a head 学区长 holds office, where the document says it.
    pub head_years: Option<u16>,
    /// Whether groups may be planned across counties where the document parts them by county for its years 跨区域.
    pub across_counties: bool,
    /// Who steers districts that have a lead.
    pub governance: Option<Governance>,
    /// The modes there are; the first is that of a group about which nothing else is known.
    pub modes: Vec<Mode>,
    /// Counties that begin 试点.
    pub pilot_counties: Vec<String>,
    /// Fewest and most districts of a county that begins.
    pub pilot_districts: [usize; 2],
    /// The year in which they begin, the others in the year after.
    pub start_year: Option<u16>,
    /// Fewest and most schools, the lead included, of groups led from the centre 中心城区.
    pub centre_schools: Option<[usize; 2]>,
    /// Whether the teaching points of a town are where its central school 中心校 is, beyond its bounds of size.
    pub with_central_school: bool,
    /// Fewest pupils of a primary school that is not a small one, which goes with the central school like a teaching point.
    pub small_school: Option<u32>,
    /// Whether every new public school is in a group.
    pub new_schools: bool,
    /// The year from which on schools that opened count as new, in a table that does not say which are; where absent and new
    /// schools are asked for, the first of `phases`.
    pub new_since: Option<u16>,
    /// Whether every weak school of the centre is in a group with a strong lead.
    pub weak_in_centre: bool,
    /// The share of compulsory schools that must be in a group, 0–1.
    pub coverage: Option<f64>,
    /// The share that should be.
    pub coverage_goal: Option<f64>,
    /// Groups there must be in all.
    pub groups: Option<usize>,
    /// Groups there were before.
    pub groups_before: usize,
    /// Whether those count.
    pub count_before: bool,
    /// What is to be there year by year.
    pub phases: Vec<Phase>,
    /// The share of each year's groups that are run as one or in trust 一体型、托管型, 0–1.
    pub integrated_share: Option<f64>,
    /// How many teachers change schools.
    pub exchange: Option<Exchange>,
    /// What is advised of managers who are sent, of pay and of first posts.
    pub staff_advice: Option<StaffAdvice>,
    /// Whether schools and their spread are judged by the national standard of balanced compulsory education 优质均衡.
    pub national_standard: bool,
}

impl Default for PolicySettings {
    fn default() -> PolicySettings {
        PolicySettings {
            preset: None,
            within_county: false,
            same_level: false,
            same_authority: false,
            stage: None,
            everyone: true,
            unified_admission: false,
            pairs: false,
            remote_m: 20_000.0,
            lead_optional: false,
            head_years: None,
            across_counties: false,
            governance: None,
            modes: Vec::new(),
            pilot_counties: Vec::new(),
            pilot_districts: [1, 2],
            start_year: None,
            centre_schools: None,
            with_central_school: false,
            small_school: None,
            new_schools: false,
            new_since: None,
            weak_in_centre: false,
            coverage: None,
            coverage_goal: None,
            groups: None,
            groups_before: 0,
            count_before: false,
            phases: Vec::new(),
            integrated_share: None,
            exchange: None,
            staff_advice: None,
            national_standard: false,
        }
    }
}

impl PolicySettings {
    /// What the document calls its districts, where it is not 学区: the ending of the keys of sentences that say so, with what it
    /// calls their leads, where it is not 牵头校, behind it.
    #[must_use]
    pub const fn noun(&self) -> Option<&'static str> {
        match self.preset {
            Some(Preset::Nanchang) => Some("community"),
            Some(Preset::Suzhou) => Some("group"),
            Some(Preset::Ankang) => Some("group-core"),
            Some(Preset::Liucheng) => Some("pairs"),
            Some(Preset::Pubei) | None => None,
        }
    }

    /// Whether schools of several counties are never grouped together: by the rule, or as coverage counts by county and year.
    #[must_use]
    pub const fn keeps_counties(&self) -> bool {
        self.within_county || (!self.phases.is_empty() && !self.across_counties)
    }

    /// What the document makes: districts, or groups that lie over them; none without a document.
    #[must_use]
    pub const fn kind(&self) -> Option<DistrictKind> {
        match self.preset {
            Some(Preset::Suzhou | Preset::Ankang) => Some(DistrictKind::Group),
            Some(Preset::Nanchang | Preset::Liucheng | Preset::Pubei) => Some(DistrictKind::District),
            None => None,
        }
    }

    /// Whether a group is run as one or in trust.
    #[must_use]
    pub const fn is_integrated(mode: Mode) -> bool {
        matches!(mode, Mode::Integrated | Mode::Trusteeship)
    }

    /// The year from which on schools count as new by the year they opened, where that is asked.
    #[must_use]
    pub fn counts_as_new_from(&self) -> Option<u16> {
        let first = || self.phases.first().map(|phase| phase.year).filter(|_| self.new_schools);
        self.new_since.or_else(first)
    }

    /// The bounds of size of a district: those of the centre where it is led from there.
    #[must_use]
    pub fn sizes(&self, districts: &DistrictSettings, in_centre: bool) -> [usize; 2] {
        self.centre_schools.filter(|_| in_centre).unwrap_or(districts.schools)
    }
}

impl Preset {
    /// Puts the document's rules into the settings, in place of what the sections `districts` and `policy` say.
    ///
    /// Numbers the documents give are given here as they stand there. What they leave open is chosen: for Nanchang
    /// 3 to 8 schools; for Suzhou 3 to 6, about its mean of 1,436 schools in 326 groups; for Pubei 8 to 30, since
    /// 404 schools are to be in 22 districts; leads of Liucheng have one or two partners, as its list shows. Schools of Suzhou are
    /// new that opened in the three years to its meeting of March 2024.
    pub fn put_into(self, settings: &mut Settings) {
        // 重点评价发展性和增值性: the share is chosen.
        settings.strength.growth = if self == Preset::Liucheng { 0.3 } else { settings.strength.growth };
        let base = PolicySettings { preset: Some(self), ..PolicySettings::default() };
        let plain = DistrictSettings { contiguous: false, across_stages: true, ..DistrictSettings::default() };
        (settings.districts, settings.policy) = match self {
            Preset::Nanchang => (
                DistrictSettings { schools: [3, 8], ..plain },
                PolicySettings {
                    within_county: true,
                    lead_optional: true,
                    governance: Some(Governance::Committee),
                    pilot_counties: ["东湖区", "西湖区", "青山湖区", "湾里管理局", "红谷滩区"].map(String::from).into(),
                    start_year: Some(2023),
                    national_standard: true,
                    ..base
                },
            ),
            Preset::Liucheng => (
                DistrictSettings { schools: [2, 3], across_stages: false, lead_enrolment: 0, far: 0.0, ..plain },
                PolicySettings {
                    stage: Some(Stage::Junior),
                    everyone: false,
                    pairs: true,
                    modes: vec![Mode::Founding],
                    start_year: Some(2024),
                    ..base
                },
            ),
            Preset::Suzhou => (
                DistrictSettings { schools: [3, 6], ..plain },
                PolicySettings {
                    same_level: true,
                    modes: vec![
                        Mode::Alliance,
                        Mode::OneManagement,
                        Mode::SeveralSites,
                        Mode::TownAndCountry,
                        Mode::OnBehalf,
                        Mode::Successive,
                    ],
                    everyone: false,
                    new_schools: true,
                    new_since: Some(2021),
                    coverage: Some(0.98),
                    coverage_goal: Some(1.0),
                    exchange: Some(Exchange { of_eligible: 0.20, backbone: 0.20, advised_across_levels: true }),
                    ..base
                },
            ),
            Preset::Ankang => (
                DistrictSettings { schools: [2, 4], ..plain },
                PolicySettings {
                    modes: vec![Mode::Cooperative, Mode::Integrated, Mode::Trusteeship],
                    everyone: false,
                    centre_schools: Some([3, 4]),
                    with_central_school: true,
                    small_school: Some(100),
                    new_schools: true,
                    weak_in_centre: true,
                    groups: Some(100),
                    groups_before: 46,
                    phases: [(2022, 50, 0.50, 12), (2023, 25, 0.70, 0), (2024, 25, 0.80, 0)]
                        .map(|(year, groups, coverage, centre_groups)| Phase { year, groups, coverage, centre_groups })
                        .into(),
                    integrated_share: Some(0.60),
                    exchange: Some(Exchange { of_eligible: 0.10, backbone: 0.20, advised_across_levels: false }),
                    staff_advice: Some(StaffAdvice::default()),
                    ..base
                },
            ),
            Preset::Pubei => (
                DistrictSettings {
                    schools: [8, 30],
                    count: Some(22),
                    helping: Some(3),
                    marked_lead: true,
                    // 相对就近: of three principles one, so that strength is no reason for the other end of the county.
                    far: 10.0,
                    mix: 1.0,
                    ..plain
                },
                PolicySettings {
                    modes: vec![Mode::Merging, Mode::Helping],
                    unified_admission: true,
                    head_years: Some(3),
                    ..base
                },
            ),
        };
    }
}
