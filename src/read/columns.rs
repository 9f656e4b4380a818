//! Which column plays which role: named by the settings, else recognised by name in Chinese or English.

use std::collections::BTreeMap;

use super::column_advice::{unknown_column, unknown_role};
use super::table::Table;
use crate::model::{Finding, FindingCode};

macro_rules! roles {
    ($($(#[$documentation:meta])* $name:ident = $slug:literal: [$($alias:literal),* $(,)?];)*) => {
        /// What a column is for. The slug is the key in the `columns` table of a layer's settings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $($(#[$documentation])* $name,)*
        }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Role] = &[$(Role::$name,)*];

            /// The key used in settings.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Role::$name => $slug,)* }
            }

            /// Names the role is recognised by, the most telling first, as [`plain`] leaves them.
            pub(super) const fn aliases(self) -> &'static [&'static str] {
                match self { $(Role::$name => &[$($alias),*],)* }
            }
        }
    };
}

roles! {
    /// Stable id of a school or block.
    Id = "id": ["id", "schoolid", "blockid", "schid", "学校标识码", "学校代码", "学校编号", "学校编码", "单位代码", "单位编码", "机构代码", "单元编号", "小区编号", "小区编码", "小区代码", "单元编码",
        "地块编号", "居住单元编号", "编号", "编码", "代码", "标识码", "blockofresidence", "geoid", "unitid", "code"];
    /// Name of a school, block, barrier, crossing or area.
    Name = "name": ["name", "学校名称", "学校全称", "学校名", "单位名称", "机构名称", "校名", "学校", "小区名称", "小区", "居住单元", "单元名称", "村名", "自然村", "街坊",
        "社区名称", "地块名称", "名称", "schoolname", "blockname", "school", "block", "行政区名称", "乡镇名称", "mc"];
    /// The site of a school that has several 一校多址.
    Campus = "campus": ["campus", "校区", "校区名称", "校区名", "校址"];
    /// Longitude in degrees.
    Longitude = "longitude": ["longitude", "lon", "lng", "long", "经度", "东经",
        "wgs84lon", "wgs84lng", "lonwgs84", "lngwgs84", "wgs84经度", "gcj02lon", "gcj02lng", "longcj02", "lnggcj02", "高德经度",
        "火星经度", "bd09lon", "bd09lng", "lonbd09", "lngbd09", "百度经度",
        "经度坐标", "位置经度", "学校经度", "小区经度", "中心经度", "经度wgs84", "经度gcj02", "经度bd09", "高德地图经度", "百度地图经度", "locationlng", "locationlon"];
    /// Latitude in degrees.
    Latitude = "latitude": ["latitude", "lat", "纬度", "北纬",
        "wgs84lat", "latwgs84", "wgs84纬度", "gcj02lat", "latgcj02", "高德纬度", "火星纬度", "bd09lat", "latbd09", "百度纬度",
        "纬度坐标", "位置纬度", "学校纬度", "小区纬度", "中心纬度", "纬度wgs84", "纬度gcj02", "纬度bd09", "高德地图纬度", "百度地图纬度", "locationlat"];
    /// Both coordinates or a shape in one cell.
    Place = "place": ["place", "坐标", "经纬度", "位置坐标", "地理坐标", "坐标位置", "经纬度坐标", "gps坐标", "高德坐标", "百度坐标", "火星坐标", "lonlat", "lnglat", "lonlng",
        "coordinates", "coordinate", "coords", "coord", "location", "位置", "wkt", "geom", "thegeom", "geometry", "geojson"];
    /// Easting, or the first planar coordinate.
    X = "x": ["x", "easting", "东坐标", "横坐标", "pointx", "xcoord", "投影x", "x坐标", "坐标x"];
    /// Northing, or the second planar coordinate.
    Y = "y": ["y", "northing", "北坐标", "纵坐标", "pointy", "ycoord", "投影y", "y坐标", "坐标y"];
    /// Stage of a school, of a row of the existing scheme, of a lock.
    Stage = "stage": ["stage", "学段", "办学类型", "学校办学类型", "办学层次", "办学学段", "学校学段", "学校类型", "学校类别", "类别", "type", "level", "schooltype"];
    /// Seats of a school that serves one stage.
    Capacity = "capacity": ["capacity", "seats", "学位", "学位数", "学位总数", "核定学位", "核定学位数", "学位个数", "总学位数", "总学位", "学位总量", "设计学位", "设计学位数", "可提供学位", "可提供学位数", "规模", "办学规模", "设计规模", "容量", "可容纳学生数", "places"];
    /// Seats for primary pupils.
    CapacityPrimary = "capacity_primary": ["capacityprimary", "seatsprimary", "小学学位", "小学学位数", "小学核定学位", "小学核定学位数", "小学学位总数", "小学部学位", "小学部学位数", "小学设计学位", "小学可提供学位", "primarycapacity", "primaryseats"];
    /// Seats for junior pupils.
    CapacityJunior = "capacity_junior": ["capacityjunior", "seatsjunior", "初中学位", "初中学位数", "初中核定学位", "初中核定学位数", "初中学位总数", "初中部学位", "初中部学位数", "初中设计学位", "初中可提供学位", "juniorcapacity", "juniorseats"];
    /// Seats of a nine-year school that pupils of either stage may fill.
    SharedSeats = "shared_seats": ["sharedseats", "共用学位", "共用学位数", "九年一贯学位", "九年一贯学位数", "两段共用学位"];
    /// The pool a school shares its catchment with, in the stages it serves.
    Pool = "pool": ["pool", "多校划片", "片区组", "划片组", "多校划片组"];
    /// The pool of a school among primary schools.
    PoolPrimary = "pool_primary": ["poolprimary", "小学多校划片", "小学片区组", "小学划片组"];
    /// The pool of a school among junior schools.
    PoolJunior = "pool_junior": ["pooljunior", "初中多校划片", "初中片区组", "初中划片组"];
    /// Pupils a school has today.
    Enrolment = "enrolment": ["enrolment", "在校生", "在校生数", "在校学生数", "在校人数", "在校学生", "在校学生人数", "在读学生数", "现有学生数", "在籍学生数", "studentsenrolled", "学生数", "学生人数", "学生总数", "在校学生总数", "在校生总数", "students", "pupils", "enrollment"];
    /// Primary pupils a school has today.
    EnrolmentPrimary = "enrolment_primary": ["enrolmentprimary", "小学在校生", "小学在校生数", "小学在校学生数", "小学在校人数", "小学在校学生", "小学部在校生数", "小学部在校学生数", "primaryenrolment", "小学生数", "小学学生数", "primaryenrollment"];
    /// Junior pupils a school has today.
    EnrolmentJunior = "enrolment_junior": ["enrolmentjunior", "初中在校生", "初中在校生数", "初中在校学生数", "初中在校人数", "初中在校学生", "初中部在校生数", "初中部在校学生数", "juniorenrolment", "初中生数", "初中学生数", "juniorenrollment"];
    /// The block a school stands in.
    HomeBlock = "home_block": ["homeblock", "所在小区", "所在居住单元", "所在地块"];
    /// Pupils of a block where there is one stage.
    Pupils = "pupils": ["pupils", "学生数", "适龄儿童数", "适龄儿童人数", "适龄人口", "学龄人口", "学龄儿童数", "适龄学生数", "适龄儿童", "儿童数", "生源数", "生源", "学生人数", "students", "children",
        "enrollment", "demand", "pop", "population", "人口"];
    /// Primary pupils of a block.
    PupilsPrimary = "pupils_primary": ["pupilsprimary", "小学生数", "小学学生数", "小学生", "小学适龄儿童", "小学适龄儿童数", "小学适龄人口", "小学学龄人口", "小学学生人数", "小学阶段学生数", "小学阶段适龄儿童数", "小学生人数", "小学生源", "primarypupils"];
    /// Junior pupils of a block.
    PupilsJunior = "pupils_junior": ["pupilsjunior", "初中生数", "初中学生数", "初中生", "初中适龄", "初中适龄人口", "初中适龄少年数", "初中学龄人口", "初中学生人数", "初中阶段学生数", "初中阶段适龄少年数", "初中生人数", "初中生源", "juniorpupils"];
    /// Town or street office.
    Town = "town": ["town", "乡镇街道", "乡镇", "街道", "镇街", "所属乡镇", "所属街道", "所在乡镇", "所在街道", "乡镇名称", "镇街道", "乡镇办", "街镇", "镇", "adname", "township", "镇办"];
    /// Community or village committee of a block.
    Community = "community": ["community", "社区", "居委会", "村委会", "社区村", "所属社区", "社区名称", "村社区", "所在社区", "行政村", "村"];
    /// Other names of a block, several in a cell.
    Aliases = "aliases": ["aliases", "alias", "别名", "小区别名", "又名", "曾用名", "俗称", "其他名称", "othernames"];
    /// The road a block stands on; of a layer of roads, their names.
    Road = "road": ["road", "roadname", "street", "streetname", "道路名称", "路名", "街路名", "道路", "街路", "所在道路", "所在道路名称", "门牌道路"];
    /// The numbers of its houses, with or without the road.
    HouseNumbers = "house_numbers": ["housenumbers", "housenumber", "门牌号", "门牌号段", "门牌", "门牌号码", "门牌范围", "号段", "门牌地址"];
    /// Longest way a block's pupils may be given, in metres.
    LongestDistance = "longest_distance_m": ["longestdistancem", "longestdistance", "maxdistancem", "最远距离", "距离上限"];
    /// Fewest pupils a school must be given where it serves one stage.
    LeastPupils = "least_pupils": ["leastpupils", "minpupils", "最少学生", "最少学生数", "学生数下限"];
    /// Fewest primary pupils.
    LeastPupilsPrimary = "least_pupils_primary": ["leastpupilsprimary", "小学最少学生", "小学最少学生数"];
    /// Fewest junior pupils.
    LeastPupilsJunior = "least_pupils_junior": ["leastpupilsjunior", "初中最少学生", "初中最少学生数"];
    /// Today's school of a block where there is one stage.
    Existing = "existing": ["existing", "现行学校", "现学校", "现就读学校", "划片学校", "existingschool", "currentschool",
        "school", "学校", "学校名称", "schoolname"];
    /// Today's primary school of a block.
    ExistingPrimary = "existing_primary": ["existingprimary", "现行小学", "现小学", "划片小学"];
    /// Today's junior school of a block.
    ExistingJunior = "existing_junior": ["existingjunior", "现行初中", "现初中", "划片初中"];
    /// Whether a school counts as strong.
    Strong = "strong": ["strong", "优质", "优质学校", "核心校候选", "是否优质", "是否优质学校", "优质校"];
    /// Whether a school belongs to the county itself, which makes it strong.
    CountyDirect = "county_direct": ["countydirect", "县直", "县直学校", "是否县直", "是否县直学校"];
    /// Whether a school is a good one of its town, which makes it strong.
    TownStrong = "town_strong": ["townstrong", "镇优质", "镇优质学校", "乡镇优质学校", "是否镇优质学校"];
    /// Whether a school leads a district.
    Lead = "lead": ["lead", "牵头", "牵头校", "核心校", "创建校", "是否核心校", "牵头学校", "是否牵头", "是否牵头校", "核心学校", "创建学校"];
    /// Strength as the bureau rates it.
    Strength = "strength": ["strength", "办学实力", "实力", "实力指数"];
    /// Whether a school counts as weak.
    Weak = "weak": ["weak", "薄弱", "薄弱学校", "是否薄弱", "是否薄弱学校", "薄弱校"];
    /// Whether a school stands in a town or city.
    Urban = "urban": ["urban", "城镇", "城乡", "城乡类别", "城乡分类代码", "城乡分类", "城乡属性"];
    /// Whether a school is new.
    New = "new": ["new", "新建", "新建学校", "新校", "是否新建", "是否新建学校", "新建校", "isnew"];
    /// Whether a school is a teaching point.
    TeachingPoint = "teaching_point": ["teachingpoint", "教学点", "是否教学点"];
    /// The county or district a school stands in.
    County = "county": ["county", "县区", "区县", "所属县区", "所在县区", "所属区县", "县市区", "district", "县", "县区名称", "行政区", "行政区划", "行政县区"];
    /// Whether a school stands in the centre of the city.
    Centre = "centre": ["centre", "center", "中心城区", "是否中心城区", "中心城区学校", "是否在中心城区"];
    /// The authority that proposes a catchment.
    Authority = "authority": ["authority", "提案单位", "主管部门", "主管单位", "编制单位", "管理单位"];
    /// The superior of a school.
    Superior = "superior": ["superior", "主管部门", "隶属", "隶属关系", "主管单位"];
    /// To whom a school belongs.
    Ownership = "ownership": ["ownership", "办学性质", "举办者类型", "性质", "举办者", "办学主体", "举办者性质"];
    /// Whether a school is the central one of its town.
    Central = "central": ["central", "中心校", "中心学校", "是否中心校"];
    /// Whether a school is founded with a lead.
    Partner = "partner": ["partner", "共建校", "是否共建校", "共建学校"];
    /// Why a school counts as weak.
    WeakBecause = "weak_because": ["weakbecause", "薄弱类别", "薄弱类型", "薄弱原因"];
    /// The year a school opened.
    Opened = "opened": ["opened", "建校年份", "开办年份", "建成年份", "openyear", "建校时间", "建校年", "建成时间", "开办时间", "办学年份", "启用年份", "投用年份"];
    /// The year a school closed.
    Closed = "closed": ["closed", "停办年份", "撤并年份", "停办撤并年份", "停办时间", "撤并时间", "撤销年份", "closeyear"];
    /// Classes of a school.
    Classes = "classes": ["classes", "班数", "班级数", "教学班", "班级总数", "教学班总数", "教学班数"];
    /// Places of a school that others may use.
    Facilities = "facilities": ["facilities", "场馆设施", "共享场馆", "设施", "场馆", "共享场馆设施"];
    /// Teachers who could change schools.
    EligibleTeachers = "eligible_teachers": ["eligibleteachers", "符合交流条件教师数", "符合交流条件教师", "应交流教师数", "符合条件教师", "符合条件教师数", "应交流教师"];
    /// Teachers who changed schools.
    ExchangedTeachers = "exchanged_teachers": ["exchangedteachers", "交流教师数", "交流教师", "已交流教师数", "交流人数", "实际交流教师数"];
    /// Backbone teachers among them.
    ExchangedBackbone = "exchanged_backbone": ["exchangedbackbone", "交流骨干教师数", "交流骨干教师", "交流骨干人数", "骨干教师交流人数"];
    /// Full-time teachers of a school.
    Teachers = "teachers": ["teachers", "专任教师数", "教师数", "专任教师", "教师总数", "教职工数", "教师人数", "专任教师人数"];
    /// Those up to 35 years of age.
    YoungTeachers = "young_teachers": ["youngteachers", "35岁及以下教师数", "青年教师数", "35岁以下教师数", "35岁及以下教师", "35岁以下教师"];
    /// Those from 50 years of age on.
    SeniorTeachers = "senior_teachers": ["seniorteachers", "50岁及以上教师数", "50岁以上教师数", "50岁及以上教师", "50岁以上教师"];
    /// Managers of a school.
    Managers = "managers": ["managers", "管理人员数", "管理人员"];
    /// Those of them it sent to members of its group.
    ManagersSent = "managers_sent": ["managerssent", "派出管理人员数", "派出管理人员", "外派管理人员数"];
    /// The share of pay that goes by performance.
    PerformanceShare = "performance_share": ["performanceshare", "绩效占比", "绩效比例", "绩效工资占比"];
    /// Years new teachers spend at the lead first.
    FirstPostYears = "first_post_years": ["firstpostyears", "首站培养年限", "首站培养年数", "首站培养"];
    /// The group a row is about.
    Group = "group": ["districtid", "groupid", "学区编号", "集团编号", "片区编号", "group", "学区", "集团", "片区", "教育集团",
        "学区名称", "集团名称", "片区名称", "共建组", "学区名", "教育集团名称", "片区名", "所属学区", "所在学区", "所属片区", "所在片区",
        "学区共同体", "片区共同体", "所属集团", "所在集团", "所属教育集团", "共同体", "共同体名称", "编组", "编组名称", "组名",
        "学区集团", "名称"];
    /// The education groups of a school, in a table with its district beside them.
    EducationGroup = "education_group": ["educationgroup", "教育集团", "集团", "教育集团名称", "集团名称", "所属集团", "所在集团",
        "所属教育集团", "集团编号"];
    /// What a school is in its education group, beside what it is in its district.
    EducationRole = "education_role": ["educationrole", "集团角色", "教育集团角色", "集团身份", "集团内角色"];
    /// Whether a row is of a district or of an education group.
    GroupKind = "group_kind": ["groupkind", "种类", "类别", "组织种类", "组织类别", "kind"];
    /// Whether a school is a base of teaching research.
    ResearchBase = "research_base": ["researchbase", "教研基地"];
    /// The name of that group.
    GroupName = "group_name": ["groupname", "name", "学区名称", "集团名称", "片区名称"];
    /// What a school is in its group.
    GroupRole = "role": ["role", "角色", "身份", "成员身份", "学校角色", "学区角色", "片区角色"];
    /// How a group is run.
    Mode = "mode": ["mode", "办学模式", "集团模式", "模式", "类型"];
    /// Who steers a group.
    Governance = "governance": ["governance", "治理方式", "治理", "治理模式"];
    /// How far a group has come.
    Status = "status": ["status", "状态", "进展"];
    /// The decision by which a group was approved.
    Approved = "approved": ["approved", "审批文号", "审批", "批准文号", "审定日期", "批准日期", "联席会议"];
    /// Why the territory of a group may fall apart.
    Waiver = "waiver": ["waiver", "飞地说明", "飞地豁免", "不连片说明"];
    /// The head of a group.
    Head = "head": ["head", "学区长", "集团长", "片区长", "理事长"];
    /// When the head took office.
    HeadSince = "head_since": ["headsince", "任职年月", "任职时间", "学区长任职年月"];
    /// How the head came by the office.
    HeadBy = "head_by": ["headby", "产生方式", "学区长产生方式"];
    /// The year a row is about, or in which a group begins.
    Year = "year": ["year", "年度", "组建年度", "组建年份", "年份", "年"];
    /// Management grade.
    Management = "management": ["management", "管理水平", "管理等级", "管理评价"];
    /// Education quality.
    Quality = "quality": ["quality", "教育质量", "质量评价", "教学质量"];
    /// Education quality a year before.
    QualityBefore = "quality_before": ["qualitybefore", "上年教育质量", "去年教育质量", "上学年教育质量"];
    /// Growth of education quality.
    Growth = "growth": ["growth", "增值", "增值评价", "教育质量增值", "valueadded"];
    /// Teachers above the required degree.
    QualifiedTeachers = "qualified_teachers": ["qualifiedteachers", "高于规定学历教师数", "高于规定学历教师"];
    /// Backbone teachers.
    BackboneTeachers = "backbone_teachers": ["backboneteachers", "县级以上骨干教师数", "骨干教师数", "骨干教师", "县级以上骨干教师", "骨干教师人数", "县级及以上骨干教师数"];
    /// Teachers of sport and arts.
    ArtsSportTeachers = "arts_sport_teachers": ["artssportteachers", "体育艺术专任教师数", "体艺专任教师数", "体艺教师数"];
    /// Teaching and auxiliary floor area.
    TeachingArea = "teaching_area": ["teachingarea", "教学及辅助用房面积", "教学用房面积"];
    /// Sports area.
    SportsArea = "sports_area": ["sportsarea", "体育运动场馆面积", "运动场馆面积"];
    /// Value of teaching equipment.
    EquipmentValue = "equipment_value": ["equipmentvalue", "教学仪器设备值", "教学仪器设备资产值", "仪器设备值"];
    /// Multimedia classrooms.
    MultimediaRooms = "multimedia_rooms": ["multimediarooms", "网络多媒体教室数", "多媒体教室数"];
    /// First block of a neighbour pair.
    BlockA = "block_a": ["blocka", "a", "from", "source", "单元甲", "小区甲", "起"];
    /// Second block of a neighbour pair.
    BlockB = "block_b": ["blockb", "b", "to", "target", "单元乙", "小区乙", "止"];
    /// Block of a row of the existing scheme.
    Block = "block": ["block", "blockid", "小区编号", "单元编号", "居住单元编号", "小区", "居住单元", "blockname", "小区名称",
        "单元名称", "村名", "编号"];
    /// School of a row of the existing scheme.
    School = "school": ["school", "schoolid", "学校编号", "学校标识码", "学校", "学校名称", "schoolname"];
    /// Metres of a given distance.
    Metres = "metres": ["metres", "meters", "distancem", "distance", "dist", "walkm", "距离", "步行距离", "路程", "米数"];
    /// Minutes of a given distance.
    Minutes = "minutes": ["minutes", "mins", "walkminutes", "步行时间", "步行分钟", "分钟", "分钟数"];
    /// Class of a road.
    Class = "class": ["highway", "fclass", "class", "roadclass", "道路等级", "道路类别", "道路类型", "等级", "类型"];
    /// Whether a road may be walked on.
    Foot = "foot": ["foot", "步行", "可步行", "行人"];
    /// Who may use a road.
    Access = "access": ["access", "通行"];
    /// Whether a road is for fast motor traffic only.
    Motorroad = "motorroad": ["motorroad", "汽车专用"];
    /// Kind of a barrier or lock.
    Kind = "kind": ["kind", "种类", "类型", "锁定类型", "type", "fclass"];
    /// What a lock holds: a block or a school.
    What = "what": ["what", "对象", "锁定对象", "共建校", "成员校"];
    /// What a lock holds it to: a school, or another block.
    Target = "to": ["to", "去向", "锁定到", "目标", "归属", "创建校", "牵头校", "核心校"];
    /// Why a lock was set.
    Reason = "reason": ["reason", "理由", "原因"];
    /// Who set a lock.
    Author = "author": ["author", "经办人", "提出人", "设定人", "决定人"];
    /// What a target counts.
    Indicator = "indicator": ["indicator", "指标", "指标名称"];
    /// How a value is held against its target.
    Comparison = "comparison": ["comparison", "比较", "operator", "比较方式", "运算符", "比较符", "关系", "符号"];
    /// What is to be reached.
    Goal = "target": ["target", "目标", "目标值", "goal"];
    /// What has been reached.
    Value = "value": ["value", "现值", "完成值", "实际值", "actual"];
    /// Who answers for a target.
    Owner = "owner": ["owner", "责任单位", "牵头单位"];
    /// The unit of a target.
    Unit = "unit": ["unit", "单位", "计量单位"];
    /// The item of the rubric.
    Item = "item": ["item", "项目", "考核项目", "评分项目"];
    /// What a group has in an item.
    Score = "score": ["score", "得分", "数值", "value", "points"];
}

impl Role {
    /// The role of a settings key.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.slug() == slug)
    }
}

/// The columns of a table by role.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    positions: BTreeMap<Role, usize>,
}

/// The column somebody means by a word: its name, or another word for what it holds (`superior` for 主管部门), whatever blanks and
/// case.
#[must_use]
pub fn column_called(table: &Table, word: &str) -> Option<usize> {
    let named = |name: &str| table.columns.iter().position(|column| plain(column) == plain(name));
    let is_meant = |role: &&Role| role.slug() == word || role.aliases().iter().any(|alias| plain(alias) == plain(word));
    let mut others = Role::ALL.iter().filter(is_meant).flat_map(|role| role.aliases());
    named(word).or_else(|| others.find_map(|alias| named(alias)))
}

impl Columns {
    /// Finds the columns for `roles` in `table`: by `named` first, else by name. Reports what was recognised, what a
    /// setting names in vain, and columns that could as well have been taken. A column serves one role; roles earlier in the list choose first.
    pub(super) fn find(
        table: &Table,
        named: &BTreeMap<String, String>,
        roles: &[Role],
        findings: &mut Vec<Finding>,
    ) -> Columns {
        let mut columns = Columns::default();
        for (slug, name) in named {
            let Some(role) = Role::from_slug(slug).filter(|role| roles.contains(role)) else {
                findings.push(unknown_role(table, slug, roles));
                continue;
            };
            let exactly = table.columns.iter().position(|column| column == name);
            match exactly.or_else(|| table.columns.iter().position(|column| plain(column) == plain(name))) {
                Some(position) => {
                    columns.positions.insert(role, position);
                    let is_rival = |other: &str| {
                        if exactly.is_some() { other == name } else { plain(other) == plain(name) }
                    };
                    findings.extend(repeated(table, role, position, is_rival));
                }
                None => findings.push(unknown_column(table, name)),
            }
        }
        let names: Vec<String> = table.columns.iter().map(|name| plain(name)).collect();
        let mut recognised: Vec<String> = Vec::new();
        for role in roles {
            if columns.positions.contains_key(role) {
                continue;
            }
            let free = |position: &usize| !columns.positions.values().any(|taken| taken == position);
            let found = role.aliases().iter().find_map(|alias| {
                (0..names.len()).filter(|position| names[*position] == *alias).find(|position| free(position))
            });
            if let Some(position) = found {
                columns.positions.insert(*role, position);
                recognised.push(format!("{} = {}", role.slug(), table.columns[position]));
                findings.extend(repeated(table, *role, position, |other| plain(other) == names[position]));
            }
        }
        if !recognised.is_empty() {
            findings.push(table.file_finding(FindingCode::ColumnRecognised).list("columns", recognised, ", "));
        }
        // What a school or a group is told by its columns: one under a name nobody knows would be missed in silence.
        let unused: Vec<&str> = columns.unused(table).filter(|name| !name.trim().is_empty()).collect();
        if (roles.contains(&Role::Enrolment) || roles.contains(&Role::GroupRole)) && !unused.is_empty() {
            findings.push(table.file_finding(FindingCode::ColumnUnused).list("columns", unused, ", "));
        }
        columns
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.positions.contains_key(&role)
    }

    pub(super) fn position(&self, role: Role) -> Option<usize> {
        self.positions.get(&role).copied()
    }

    /// The text of the cell for `role`; empty where there is no such column.
    pub(super) fn cell<'a>(&self, table: &'a Table, row: usize, role: Role) -> &'a str {
        self.position(role).map_or("", |column| table.cell(row, column))
    }

    /// The columns that serve no role.
    pub(super) fn unused<'a>(&self, table: &'a Table) -> impl Iterator<Item = &'a str> {
        // Ids of features are taken where there is no column of ids; nobody wrote them for a column.
        let taken: Vec<usize> = self.positions.values().copied().chain(table.feature_id_column).collect();
        table
            .columns
            .iter()
            .enumerate()
            .filter(move |(column, _)| !taken.contains(column))
            .map(|(_, name)| name.as_str())
    }

    /// The columns that serve no role, though by their names they could as well have served that of one that does: its
    /// role, the name that was taken and the other.
    pub(super) fn alternatives<'a>(&self, table: &'a Table) -> Vec<(Role, &'a str, &'a str)> {
        let mut found = Vec::new();
        for other in self.unused(table) {
            let could_be = |role: &&Role| role.aliases().contains(&plain(other).as_str());
            if let Some(role) = self.positions.keys().find(could_be) {
                found.push((*role, table.columns[self.positions[role]].as_str(), other));
            }
        }
        found
    }
}

/// Reports that the column at `position` was taken for `role` though another one, which says something else, has a name
/// as good: to take either would be a guess.
fn repeated(table: &Table, role: Role, position: usize, is_rival: impl Fn(&str) -> bool) -> Option<Finding> {
    let differs = |other: usize| (0..table.row_count()).any(|row| table.cell(row, other) != table.cell(row, position));
    let rivals: Vec<&str> = (0..table.columns.len())
        .filter(|other| *other != position && is_rival(&table.columns[*other]) && differs(*other))
        .map(|other| table.columns[other].as_str())
        .collect();
    if rivals.is_empty() {
        return None;
    }
    let names = std::iter::once(table.columns[position].as_str()).chain(rivals);
    Some(table.file_finding(FindingCode::ColumnRepeated).text("role", role.slug()).list("columns", names, ", "))
}

/// A column name without what people vary: case, blanks, line breaks, underscores, brackets and what stands in them,
/// full-width and Traditional forms.
pub(super) fn plain(name: &str) -> String {
    let mut depth = 0_u32;
    let mut result = String::with_capacity(name.len());
    for character in name.chars().map(half_width).map(simplified) {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 || character.is_whitespace() => {}
            '_' | '-' | '、' | '/' | '.' | ':' => {}
            other => result.extend(other.to_lowercase()),
        }
    }
    result
}

/// The half-width form of a full-width letter, digit or mark.
pub(super) fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        '\u{2212}' => '-',
        other => other,
    }
}

/// The Simplified form of the Traditional characters that stand in names of columns and stages.
pub(super) fn simplified(character: char) -> char {
    const TRADITIONAL: &str = "編號學稱經緯數區類別鄉鎮級齡兒總設計劃規現單標識碼縣黨團實際關係長處圖東橫縱";
    const SIMPLIFIED: &str = "编号学称经纬数区类别乡镇级龄儿总设计划规现单标识码县党团实际关系长处图东横纵";
    if character.is_ascii() {
        return character;
    }
    let position = TRADITIONAL.chars().position(|traditional| traditional == character);
    position.and_then(|position| SIMPLIFIED.chars().nth(position)).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(columns: &[&str], roles: &[Role]) -> Vec<Option<usize>> {
        let table = Table::new("t.csv", columns.iter().map(|name| (*name).to_owned()).collect(), 2);
        let found = Columns::find(&table, &BTreeMap::new(), roles, &mut Vec::new());
        roles.iter().map(|role| found.position(*role)).collect()
    }

    #[test]
    fn chinese_and_english_headers_are_recognised() {
        let roles = [Role::Id, Role::Name, Role::Longitude, Role::Latitude, Role::Stage, Role::Capacity];
        let expected = [0, 1, 2, 3, 4, 5].map(Some);
        assert_eq!(find(&["学校标识码", "学校名称", "经度", "纬度", "学段", "学位(个)"], &roles), expected);
        assert_eq!(find(&["School ID", "NAME", "lon", "lat", "stage", "Capacity"], &roles), expected);
        assert_eq!(find(&["編號", "學校名稱", "經度", "緯度", "學段", "學位"], &roles), expected);
        assert_eq!(find(&["ＩＤ", "校名", "经度（°）", "纬度", "学校类型", "核定学位"], &roles), expected);
    }

    #[test]
    fn a_column_serves_one_role() {
        assert_eq!(find(&["block", "school"], &[Role::Block, Role::School, Role::Name]), [Some(0), Some(1), None]);
    }

    #[test]
    fn aliases_are_written_plainly() {
        for role in Role::ALL {
            for alias in role.aliases() {
                assert_eq!(plain(alias), *alias, "{role:?}");
            }
        }
    }

    #[test]
    fn a_setting_that_names_no_column_is_reported_with_the_nearest() {
        let table = Table::new("t.csv", vec!["学校名称".to_owned(), "学位数".to_owned()], 2);
        let named = BTreeMap::from([("capacity".to_owned(), "学位教".to_owned())]);
        let mut findings = Vec::new();
        Columns::find(&table, &named, &[Role::Capacity], &mut findings);
        assert_eq!(findings[0].code, FindingCode::ColumnUnknown);
        assert!(findings[0].remedy(crate::language::Language::English).contains("学位数"));
    }
}
