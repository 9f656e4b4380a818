### 学区、集团、片区:政策规则与附件

mode-merging = 集团融合型
mode-merging-about = 牵头校与成员校部分融合，由牵头校挂牌引领
mode-helping = 城乡帮扶型
mode-helping-about = 城镇学校帮扶乡村学校，帮扶校不挂牵头校牌
mode-one-management = 一体管理型
mode-one-management-about = 集团内人员、经费、教学统一管理
mode-several-sites = 一体多区型
mode-several-sites-about = 一所学校，多个校区
mode-town-and-country = 城乡一体型
mode-town-and-country-about = 城镇学校与乡村学校一体办学
mode-on-behalf = 委托管理型
mode-on-behalf-about = 牵头校受托管理新建学校等成员校
mode-alliance = 校际联盟型
mode-alliance-about = 各校保持独立，联合开展教研、课程和教师交流
mode-successive = 学段衔接型
mode-successive-about = 相邻学段的学校衔接培养
mode-integrated = 一体型
mode-integrated-about = 一个法人、一套班子、一校多址
mode-trusteeship = 托管型
mode-trusteeship-about = 不改变隶属关系，人事、经费、教学、考核由核心校统一管理（四统一）
mode-cooperative = 协作型
mode-cooperative-about = 成员校保留独立建制，开展教师交流轮岗和教研协作
mode-founding = 创建共建型
mode-founding-about = 创建校带共建校，按结对表共同建设

noun = 学区
noun-community = 片区
noun-group = 集团
noun-pairs = 共建组

district-name-community = { $lead }片区
district-name-group = { $lead }教育集团
district-name-pairs = { $lead }共建组

governance-committee = 管委会
governance-council = 理事会
governance-rotating = 轮值牵头
governance-committee-about = 设管理委员会，统筹各校工作
governance-council-about = 设理事会，由各校共同议事决策
governance-rotating-about = 各校轮流牵头，不设固定的牵头校

level-kindergarten = 幼儿园
level-primary = 小学
level-junior = 初中
level-nine-year = 九年一贯制
level-senior = 高中
level-special = 特殊教育
level-across = 跨学段
level-sum = 合计

approval-city = 市教育主管部门审批
approval-county-told-to-city = 核心校属地审批，报市教育主管部门备案
approval-county = 属地审批
approval-untold = 核心校为省属，文件没有规定，由联席会议确定

status-draft = 草案
status-submitted = 报审
status-approved = 审定
status-published = 公示
status-carried-out = 实施

word-yes = 是
word-no = 否
word-all = 全部
word-none = 缺
word-without-lead = 不设牵头校
word-advice = 柔性要求，不考核
word-untold = 未填交流人数
word-remote-pair = 远程结对

role-founds = 创建校
role-is-founded-with = 共建校

annex-county = 县区
annex-year = 年度
annex-governance = 治理方式
annex-approval = 审批
annex-status = 状态
annex-approved = 审批文号
annex-head = 学区长
annex-head-until = 任期至
annex-crosses-counties = 跨县区
annex-crosses-stages = 跨学段
annex-part-or-group = 种类
annex-remark = { $name }（{ $remark }）
kind-district = 学区
kind-group = 教育集团
role-base = 教研基地
word-lead-untold = 未写明
annex-crosses-levels = 跨层级

column-teachers = 专任教师
column-backbone-share = 骨干教师占比
column-young-share = 35 岁及以下占比
column-senior-share = 50 岁及以上占比
column-backbone-gap = 骨干占比校际最大差（百分点）
column-backbone-against-county = 骨干占比与所在县区之差（百分点）
column-last-year = 上年教育质量
column-this-year = 本年教育质量
column-gained = 增减
word-weighted-mean = 按学生数加权平均
column-km = 距离（公里，直线）
column-band = 距离档（公里）
column-compulsory = 义务教育学校
column-covered = 已加入
column-share = 覆盖率
column-level = 学段
column-memberships = 校次
column-groups = 学区数
column-groups-community = 片区数
column-groups-pairs = 共建组数
column-groups-group = 集团数
column-integrated = 一体型、托管型
column-integrated-share = 一体型、托管型占比
column-centre-groups = 其中中心城区
column-groups-so-far = 累计
column-least-coverage = 覆盖率最低的县区
column-lead = 创建校
column-partner = 共建校
column-rank = 实力名次
column-strength = 实力（分）
column-tier = 层次
column-is-core = 核心校
column-why-not = 未作核心校的原因
tier-strong = 优质
tier-middle = 一般
tier-weak = 薄弱
candidate-teaching-point = 教学点不作核心校
candidate-locked = 已锁定为{ $lead }的成员
candidate-weak = 薄弱学校
candidate-unrated = 实力没有数据，也未标为优质
candidate-not-strong = 实力不在前四分之一，也未标为优质
candidate-small = 学生数不足 { $least } 人（districts.lead_enrolment）
candidate-not-needed = 符合条件，本次未选为核心校
column-points-between = 实力差（分）
column-same-town = 同一乡镇
column-remote = 远程
column-eligible = 符合交流条件教师
column-needed = 应交流
column-transfer-from = 派出学校
column-transfer-to = 接收学校
column-transfer-count = 骨干教师（人）
column-spread-before = 骨干教师差异系数（现状）
column-spread-after = 交流后
column-standard-met = 达标项数
column-standard-known = 有数据项数
column-standard-short = 低于标准的指标
column-needed-backbone = 应交流骨干
column-exchanged = 已交流
column-exchanged-backbone = 已交流骨干
column-needed-both = 应交流 / 骨干
column-exchanged-both = 已交流 / 骨干
column-advice = 柔性
column-facility = 场馆
column-owners = 拥有的学校
column-farthest-km = 最远的学校距最近一处（公里）
column-superior = 主管部门
column-value = 实际 / 要求
column-ways = 到牵头校平均 / 最远（米）
column-ways-pairs = 到创建校平均 / 最远（米）
column-urban-rural = 城镇 / 乡村
column-opened = 建校
column-due = 期限
column-within-districts = 学区内校际（平均）
column-within-districts-community = 片区内校际（平均）
column-within-districts-pairs = 共建组内校际（平均）
column-within-districts-group = 集团内校际（平均）
column-begins-first = 首年片区
column-begins-later = 次年片区
column-status = 状态

unit-counties = 个县区
unit-districts = 个学区
unit-districts-community = 个片区
unit-districts-pairs = 个共建组
unit-districts-group = 个集团
unit-teachers = 人
unit-indicators = 项
unit-locks = 处

factor-conditions = 办学条件
factor-teachers = 师资配置
factor-management = 管理水平
factor-quality = 教育质量
factor-spread = 学校分布（最大间距，公里）
factor-distance = 距离远近（到牵头校平均，公里）
factor-distance-pairs = 距离远近（到创建校平均，公里）

rule-centre-size = 中心城区核心校带的学校数在上下限之间
rule-centre-size-source = 中心城区每所核心校带 2 至 3 所（三年百集团方案）
rule-district-size-source-suzhou = 统筹成员学校数量（苏州市集团化办学推进会；上下限按 1436 校 ÷ 326 个集团推算）
rule-district-size-source-ankang = 每所核心校托管、领办 1 至 3 所（三年百集团方案）
rule-district-size-source-pubei = 规模适中（404 块牌 ÷ 22 个学区推算）
rule-district-size-source-liucheng = 创建校各带 1 至 2 所共建校（柳城政办〔2024〕18 号）
rule-weak-with-strong-source-nanchang = 缩小片区校际差距（南昌市片区共同体实施意见）
rule-weak-with-strong-source-liucheng = 强校带弱校（柳城政办〔2024〕18 号）
rule-weak-with-strong-source-suzhou = 优质学校带薄弱、新建学校（苏州市集团化办学推进会）
rule-weak-with-strong-source-ankang = 核心校须为优质学校（三年百集团方案）
rule-one-district-source-nanchang = 统筹县域内各级各类义务教育学校（南昌市片区共同体实施意见）
rule-district-locks = 牵头校、成员校按锁定表
rule-district-locks-pairs = 创建校、共建校按锁定表
rule-district-locks-source = 锁定表
rule-district-locks-source-liucheng = 结对名单（柳城政办〔2024〕18 号）与锁定表
rule-of-stage = 只编入本学段学校
rule-of-stage-source = 规则所定学段
rule-of-stage-source-liucheng = 只涉及初中学段（柳城政办〔2024〕18 号）
rule-within-county = 学区不跨县区
rule-within-county-community = 片区不跨县区
rule-within-county-source = 县域内设立片区（南昌市片区共同体实施意见）
rule-led = 学区有牵头校
rule-led-community = 片区有牵头校
rule-led-pairs = 共建组有创建校
rule-led-group = 集团有牵头校
rule-led-source = 学区由牵头校引领
rule-led-source-liucheng = 创建校带共建校（柳城政办〔2024〕18 号）
rule-led-source-suzhou = 优质学校牵头（苏州市集团化办学推进会）
rule-led-source-ankang = 核心校牵头（三年百集团方案）
rule-led-source-nanchang = 治理可采用管委会、理事会或轮值牵头（南昌市片区共同体实施意见）
rule-led-source-pubei = 以县直学校或镇优质学校为引领；城乡帮扶型可不设牵头校（浦北县学区制行动计划）
rule-lead-by-decision = 牵头校本身为优质学校，不是的记录指定理由
rule-lead-by-decision-pairs = 创建校本身为优质学校，不是的记录指定理由
rule-lead-by-decision-source-liucheng = 创建校为优质学校；由主管部门指定的逐一列出（柳城政办〔2024〕18 号）
rule-lead-by-decision-source = 牵头校从优质学校中遴选；由主管部门指定的逐一列出
mend-lead-by-decision = { $what }：换优质学校牵头；确定由该校牵头的，记录理由和决定人（名单的“理由”“决定人”列，或锁定表）
rule-class-size = 平均班额不超过标准（小学 45 人，其他 50 人）
rule-class-size-source = GB 50099—2011；56 人及以上为大班额
mend-class-size = 平均班额 { $size } 人，超过 { $standard } 人：增加 { $classes } 个班，或转出 { $pupils } 名学生，达到标准
mend-large-class = 大班额：平均班额 { $size } 人（标准 { $standard } 人）：增加 { $classes } 个班，或转出 { $pupils } 名学生，达到标准
rule-mode = 办学模式是规定的模式之一
rule-mode-source = 规则所列模式
rule-mode-source-liucheng = 创建校与共建校结对（柳城政办〔2024〕18 号）
rule-mode-source-suzhou = 六种模式（苏州市集团化办学推进会）
rule-mode-source-ankang = 一体型、托管型、协作型（三年百集团方案）
rule-mode-source-pubei = 集团融合型、城乡帮扶型（浦北县学区制行动计划）
rule-pilots = 试点县区首年各组建规定数量的片区，其他县区首年不组建
rule-pilots-source = 试点县区首年各组建 1 至 2 个片区
rule-new-in-group = 新建公办义务教育学校全部加入
rule-new-in-group-source = 新建学校全部纳入
rule-new-in-group-source-suzhou = 新建公办义务教育学校全部纳入集团（苏州市集团化办学推进会）
rule-new-in-group-source-ankang = 新建学校原则上全部纳入（三年百集团方案）
rule-weak-in-centre = 中心城区薄弱学校全部有优质核心校带
rule-weak-in-centre-source = 三年内中心城区薄弱学校全覆盖（三年百集团方案）
rule-central-school = 教学点与本乡镇中心校同在一个集团
rule-central-school-source = 中心校与同镇小规模学校一体化办学（三年百集团方案）
rule-coverage = 义务教育学校覆盖率达到要求
rule-coverage-source = 2024 年底覆盖率 98% 以上（苏州市集团化办学推进会；当时已达 99.73%）
rule-coverage-goal = 义务教育学校全覆盖
rule-coverage-goal-source = 2 至 3 年内全覆盖（苏州市集团化办学推进会）
rule-group-total-new = 新组建集团达到总数（原有集团不计入）
rule-group-total-new-source = 2022 年起三年共组建 100 个以上（三年百集团方案；原有 46 个是否计入，文中两可）
rule-group-total-all = 原有与新组建集团合计达到总数
rule-group-total-all-source = 2022 年起三年共组建 100 个以上（三年百集团方案；原有 46 个是否计入，文中两可）
rule-phase-groups = 分年组建数量
rule-phase-groups-source = 2022—2024 年分别组建 50、25、25 个（三年百集团方案）
rule-phase-coverage = 各县区分年覆盖率
rule-phase-coverage-source = 县区内覆盖率 2022—2024 年分别达到 50%、70%、80%（三年百集团方案）
rule-phase-centre = 中心城区首年集团数量与模式
rule-phase-centre-source = 2022 年中心城区 12 个以上，其中一体型、托管型占 60%（三年百集团方案）
rule-phase-integrated = 一体型、托管型占比
rule-phase-integrated-source = 每年一体型或托管型 30、15、15 个，即 60%（三年百集团方案）
rule-approved-first = 先经联席会议或主管部门审批，再实施
rule-approved-first-source = 组建方案审批后实施
rule-approved-first-source-ankang = 学区划分方案经联席会议同意后实施并公布；集团按隶属审批（三年百集团方案）
rule-approved-first-source-nanchang = 方案报市教育局审核后实施（南昌市片区共同体实施意见）
rule-head-in-office = 有学区长，任期未满
rule-head-in-office-source = 学区长名单与设置 policy.head_years
rule-head-in-office-source-pubei = 学区长 1 名，任期 3 年，推选、轮值或指定（浦北县学区制行动计划）
rule-exchange = 教师交流人数
rule-exchange-source = 同学段集团每年交流比例
rule-exchange-source-suzhou = 每年交流不低于符合条件教师的 20%（苏州市集团化办学推进会）
rule-exchange-source-ankang = 每年交流不低于符合条件教师的 10%（三年百集团方案附件评分表第 4 项）
rule-exchange-backbone = 交流教师中骨干教师的人数
rule-exchange-backbone-source = 骨干教师不低于交流人数的一定比例
rule-managers-sent = 核心校派出管理人员的比例
rule-managers-sent-source = 设置 policy.staff_advice
rule-managers-sent-source-ankang = 跨层级、跨区域的一体型、托管型，核心校派出管理人员不超过本校管理人员的 50%（三年百集团方案，建议性）
rule-performance-share = 绩效占比
rule-performance-share-source = 设置 policy.staff_advice
rule-performance-share-source-ankang = 绩效占比不低于 60%（三年百集团方案，建议性）
rule-first-post = 新教师在核心校首站培养的年限
rule-first-post-source = 设置 policy.staff_advice
rule-first-post-source-ankang = 新教师在核心校首站培养 1—2 年（三年百集团方案，建议性）
rule-school-standard = 学校七项资源配置指标达标
rule-school-standard-source = 七项中至少六项达标，余项不低于标准的 85%（教督〔2017〕6 号）
rule-school-spread = 校际差异系数达标
rule-school-spread-source = 各项差异系数小学不高于 0.50，初中不高于 0.45（教督〔2017〕6 号）

mend-managers-sent = 管理人员 { $managers } 人，派出 { $sent } 人，占 { $share }%；至多派出 { $most } 人
mend-managers-sent-elsewhere = 管理人员 { $managers } 人，派出 { $sent } 人，占 { $share }%；至多派出 { $most } 人（文件的上限针对跨层级、跨区域的一体型、托管型，对该集团仅供参考；设置 only_crossing = true 则不判定）
mend-performance-share = 绩效占比 { $share }%，应不低于 { $least }%
mend-first-post = 首站培养 { $years } 年，应为 { $fewest } 至 { $most } 年
mend-short-of = { $indicator } { $value }（标准 { $least }）
mend-school-standard = 低于标准：{ $short }
mend-school-spread = { $stage }“{ $indicator }”的差异系数 { $value }，高于 { $most }；靠教师交流和资源配置缩小，编组不改变它
rule-same-level = 不跨学段编组
rule-same-level-source = 同学段编组；跨学段的应为学段衔接型
rule-same-authority = 不跨层级编组
rule-same-authority-source = 设置 policy.same_authority（方案允许跨层级，可以单独不许）
mend-same-authority = 成员分属{ $levels }，按主管层级拆分
authority-province = 省属
authority-city = 市直
authority-county = 县区属
authority-town = 镇属

untold-urban = 学校表没有城乡类别：请填“城乡类别”列
untold-weak = 学校表没有薄弱标记，也没有可算实力的数据：请填“薄弱类别”列，或提供办学实力
untold-strength = 学校表没有这些学校的办学实力，也没有优质标记
untold-classes = 学校表没有班数：请填“班数”列
untold-new = 学校表没有“新建”列：请填写
untold-new-since = 学校表没有“新建”列，也没有“建校年份”列，不知哪些是新建学校；填建校年份的，{ $year } 年及以后建校的按新建学校计
untold-centre = 学校表没有“中心城区”列：请填写
untold-centre-weak = 学校表没有“中心城区”列，也没有薄弱标记和可算实力的数据：请填写
untold-central = 有教学点或小规模学校，但学校表没有标明中心校：请填“中心校”列
untold-exchange = 没有填符合交流条件教师数和已交流教师数：请填“符合交流条件教师数”“交流教师数”列
untold-exchange-backbone = 没有交流骨干教师数，或没有交流教师：请填“交流骨干教师数”列
untold-exchange-advice = 都是跨学段集团，教师交流只作柔性要求，不判定
untold-managers-sent = 没有填核心校的管理人员数和派出管理人员数（文件只作建议）
untold-performance = 没有填绩效占比（文件只作建议）
untold-first-post = 没有填首站培养年限（文件只作建议）
untold-indicators = 学校表没有七项资源配置指标
untold-head = 没有学区长名单：在分组名单的“学区长”“任职年月”列填写

mend-same-level = 成员分属不同学段，按学段拆分
mend-same-level-or-successive = 成员分属不同学段：按学段拆分，或把办学模式定为学段衔接型
mend-lead-by-decision-reason = { $what }；指定理由：{ $reason }
mend-lead-by-decision-author = { $what }；指定理由：{ $reason }（{ $author }）
lead-not-strong = 实力不在前四分之一，也未标为优质
lead-strength-unknown = 实力没有数据，无法判定是否优质
mend-lock-stage = 只编{ $stage }学校：该锁定涉及其他学段的学校，无法执行；删去该锁定
mend-lock-across = 锁定到{ $lead }，但两校分属{ $first }和{ $second }，不得跨县区：解除锁定
mend-lock-across-counties = 锁定到{ $lead }，但两校分属{ $first }和{ $second }，分年组建按县区分开编组：解除锁定；确需跨县区的，设置 policy.across_counties = true
mend-lock-contradiction = 锁定表第 { $first_row } 行（{ $first }）与第 { $second_row } 行（{ $second }）矛盾：只保留一条
lock-as-lead = { $school }牵头
lock-as-member = { $school }归{ $lead }
mend-lock-apart = 锁定到{ $lead }，但{ $why }：解除锁定，或改这项设置
lock-apart-stages = 两校学段不同，按学段分开编组（policy.same_level = true；允许跨学段则改为 false）
lock-apart-authorities = 两校主管层级不同，按层级分开编组（policy.same_authority = true）
lock-apart-centre = 两校一所在中心城区、一所不在，中心城区单独编组（policy.centre_schools）

mend-of-stage = 该校不属本学段，移出该{ $noun }
mend-within-county = 分属{ $counties }，按县区拆分
mend-county-untold = 在学校表“县区”列注明所在县区
mend-led = 确定牵头校
mend-led-helping = 城乡帮扶型没有帮扶校：在“角色”列注明一所或几所帮扶校
mend-led-or-by-turns = 确定牵头校，或注明轮值牵头
mend-mode = 注明办学模式，可用：{ $modes }
mend-pilot-county = 学校表中没有该县区（表中有：{ $names }）：改县区名，或改设置 policy.pilot_counties
mend-pilot-county-none = 学校表没有写明县区：请填“县区”列
rule-pilot-counties = 试点县区在学校表中
rule-pilot-counties-source = 试点县区名单
mend-centre-untold = 学校表没有标明中心城区的学校，请填“中心城区”列
mend-pilots = 首年有 { $count } 个片区，应为 { $fewest } 至 { $most } 个
mend-pilot-elsewhere = 不在试点县区，改在次年组建

mend-new-in-group-full = 各集团都已满：再认定一所核心校（{ $leads }），或放宽学校数上限
mend-weak-in-centre = 把该校划入有优质核心校的集团
mend-weak-in-centre-full = 有优质核心校的集团都已满：再认定一所优质核心校（{ $leads }），或放宽学校数上限（policy.centre_schools、districts.schools）
mend-weak-in-centre-none = 没有优质核心校的集团：先认定一所优质核心校（{ $leads }）
mend-and-relax = { $mend }。原因与办法：{ $relax }
relax-leads = 符合条件的牵头校只有 { $leads } 所，每所连本校至多 { $most } 所，最多编入 { $takes } 所学校。最小的放宽办法：再认定 { $more } 所牵头校（{ $names }），或每个{ $noun }放宽到 { $size } 所学校
relax-no-leads = 没有符合条件的牵头校。先认定 { $more } 所（{ $names }）
relax-number = 符合条件的牵头校只有 { $leads } 所。最小的放宽办法：再认定 { $more } 所牵头校（{ $names }），或减少要组建的数量
mend-weak-in-centre-late = 所在的{ $group } { $year } 年才组建，晚于期限 { $last } 年：提前组建，或划入已组建的集团
mend-central-school = 与{ $school }划入同一集团
mend-coverage = 把该校划入一个{ $noun }
mend-coverage-leads = { $districts } 所牵头校每所最多带到 { $most } 所（含本校），已满。最小的放宽办法：再认定 { $more } 所牵头校（{ $leads }）；或每个集团放宽到 { $size } 所
mend-group-total = 再组建 { $more } 个（{ $leads }）；原有 { $before } 个
mend-leads-by-strength = 可考虑的按实力为 { $names }
mend-leads-by-pupils = 实力未知，可考虑的按优质标记和学生数为 { $names }
mend-leads-none = 没有其他学校可以牵头
mend-phase-groups = 该年组建 { $there } 个，应有 { $wanted } 个
mend-phase-coverage = { $year } 年覆盖率 { $share }%，低于 { $wanted }%，还差 { $schools } 所学校
mend-phase-centre = 该年中心城区组建 { $there } 个，应有 { $wanted } 个
mend-phase-integrated = 一体型、托管型 { $integrated } 个，占 { $groups } 个的 { $share }%，低于 { $wanted }%，还差 { $short } 个
mend-approved-first = 先完成审批（{ $route }），把文号或日期填入“审批文号”列，再标为实施
mend-approved-first-untold = 先完成审批，把文号或日期填入“审批文号”列，再标为实施；填写学校的县区和主管部门后可知由谁审批
mend-head = 确定学区长
mend-head-term = { $head }的任期到 { $until } 已满：换届或续任
mend-exchange = 交流 { $there } 人，应有 { $needed } 人

policy-all-groups = 全部集团
basis-nanchang = 依据：《关于建设义务教育片区学校优质均衡发展共同体的实施意见》（南昌市）。原则：位置相近、规模适度、紧密合作、提质增效。
basis-liucheng = 依据：《“初中强校工程”试点（2024—2026）》，柳城政办〔2024〕18 号。
basis-suzhou = 依据：苏州市集团化办学推进会（2024 年 3 月 27 日）。
basis-ankang = 依据：集团化办学“三年百集团”方案（2022—2024）及附件。
basis-pubei = 依据：《学区制管理改革示范区三年行动计划（2020—2022）》（浦北县）。原则：城乡统筹、强弱搭配、相对就近。
grouping-whole-plan-approval = 总体方案由联席会议审定；各集团按核心校隶属和是否跨县区分别审批，见表中“审批”列。
milestones-nanchang =
    2023 年 4 月 17 日前：试点县区方案报市教育局审核
    2023 年上半年：试点县区组建片区，周期三年
    2023 年 12 月底前：其他县区方案报市教育局审核
    2024 年上半年起：其他县区组建片区
milestones-liucheng =
    2024—2026 年：试点三年
    每年：督导一轮；责任督学每月到校一次
milestones-suzhou =
    2024 年底：覆盖率 98% 以上
    2 至 3 年内：全覆盖
    每年：教师交流
milestones-ankang =
    2022 年 4 月：时限，文件未写明应完成的事项
    2022 年 5 月：时限，文件未写明应完成的事项
    2022 年 7 月：时限，文件未写明应完成的事项
    2022 年 8 月：学区划分方案经联席会议同意后实施，并向社会公布
    2022 年 12 月：时限，文件未写明应完成的事项
    2023 年 12 月：时限，文件未写明应完成的事项
    每季度：联席会议
    每年 8 月 31 日、9 月 30 日、10 月 31 日前：自评、区评、市评
milestones-later = 以上是文件原文的日期。文件首年为 { $written } 年，本次设为 { $asked } 年：各项相应推后 { $years } 年，具体日期另定。
milestones-earlier = 以上是文件原文的日期。文件首年为 { $written } 年，本次设为 { $asked } 年：各项相应提前 { $years } 年，具体日期另定。
milestones-pubei =
    2020 年 3—5 月：调研
    2020 年 6 月—2021 年 8 月：实施
    2021 年 8—9 月：总结
    2021 年 10 月—2022 年 12 月：推进
policy-due-pilot = 2023 年 4 月 17 日前报审
policy-due-later = 2023 年 12 月底前报审

grouping-title = { $county }学区划分方案
grouping-verdict = { $must ->
    [0] 必须遵守的规则{ $untold ->
        [0] 全部做到
       *[other] 能判定的全部做到，有 { $untold } 条无法判定
    }
   *[other] 必须遵守的规则有 { $must } 条未做到{ $untold ->
        [0] {""}
       *[other] 、{ $untold } 条无法判定
    }
}{ $should ->
    [0] ，尽量做到的规则{ $open ->
        [0] 全部做到
       *[other] 能判定的全部做到，有 { $open } 条无法判定
    }。
   *[other] ，尽量做到的规则有 { $should } 条未做到{ $open ->
        [0] {""}
       *[other] 、{ $open } 条无法判定
    }。
}逐条结论见“规则”。
grouping-summary = { $schools } 所学校中 { $grouped } 所{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学校（幼儿园、其他学段）
}编入 { $districts } 个学区。挂牌：牵头校 { $lead } 块、成员校 { $member } 块。成员校到牵头校平均 { $mean } 米（直线，校门到校门）。
grouping-summary-community = { $schools } 所学校中 { $grouped } 所{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学校（幼儿园、其他学段）
}编入 { $districts } 个片区，牵头校 { $lead } 所、成员校 { $member } 校次。成员校到牵头校平均 { $mean } 米（直线，校门到校门）。
grouping-summary-pairs = { $schools } 所学校中 { $grouped } 所{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学段的学校
}结对，共 { $districts } 个共建组：创建校 { $lead } 所，共建校 { $member } 所。共建校到创建校平均 { $mean } 米（直线，校门到校门）。
grouping-summary-group = { $schools } 所学校中 { $grouped } 所{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学校（幼儿园、其他学段）
}编入 { $districts } 个集团，牵头校 { $lead } 所、成员校 { $member } 校次。成员校到牵头校平均 { $mean } 米（直线，校门到校门）。
grouping-summary-both = { $schools } 所学校中 { $grouped } 所编入学区或教育集团，共 { $districts } 个。挂牌按学区计：牵头校 { $lead } 块、成员校 { $member } 块。成员校到牵头校平均 { $mean } 米（直线，校门到校门）。
grouping-covered = 义务教育学校 { $schools } 所，已加入 { $covered } 所，覆盖率 { $share }；学生 { $pupils } 人，覆盖 { $pupil_share }。
grouping-kinds = 其中学区 { $districts } 个，学校在且只在一个；教育集团 { $groups } 个，覆盖在学区之上，一所学校可以加入几个。
grouping-in-several = 加入几个集团的 { $count } 所学校（允许，牵头校的成员数合并计算）：{ $schools }{ $more ->
    [0] 。
   *[other] ，以及另外 { $more } 所。
}
grouping-arcs = 帮扶关系
grouping-arcs-note = 每所被帮扶校由同一学区内最近的帮扶校帮扶；实力差是帮扶校减被帮扶校。名单另有安排的，以名单为准。
grouping-outside = 未加入的 { $count } 所学校：{ $names }{ $more ->
    [0] 。
   *[other] ，以及另外 { $more } 所。
}
grouping-factors = 划分依据：六项因素
grouping-weights = 实力由前四项加权：办学条件 { $conditions }、师资配置 { $teachers }、管理水平 { $management }、教育质量 { $quality }；后两项是几何量。各项为{ $noun }内学校的平均，0 至 1。{ $missing ->
    [0] {""}
   *[other] “—”是学校表没有填的因素，实力由填了的因素按权重折算。
}
grouping-pairs = 结对
grouping-years = 分年推进
grouping-coverage = 各县区覆盖率
grouping-levels = 分学段汇总
grouping-mean-size = 平均每个学区有 { $schools } 校次、{ $pupils } 名学生。
grouping-mean-size-community = 平均每个片区有 { $schools } 校次、{ $pupils } 名学生。
grouping-mean-size-group = 平均每个集团有 { $schools } 校次、{ $pupils } 名学生。
grouping-exchange = 教师交流
grouping-exchange-rule = 每年应交流符合条件教师的 { $eligible }%，其中骨干教师占 { $backbone }%（结论按已交流人数判定）；人数向上取整。{ $advice ->
    [0] {""}
   *[other] 跨学段的只作柔性要求。
}
grouping-transfers = 骨干教师交流建议
grouping-transfers-note = 按应交流骨干人数，逐人在集团内由每百名学生骨干教师较多的学校派往较少的学校，每一步都取差距缩小最多的一步；不再缩小即止。只作测算，不是调动决定。
grouping-standard = 学校资源配置达标情况
grouping-standard-note = 七项指标中至少六项达标，余项不低于标准的 85%（教督〔2017〕6 号）；教学点不计。能判定的 { $judged } 校次中 { $met } 校次达标，{ $unknown } 校次资料不全；逐校见 standard.csv。
grouping-new-schools = 新建学校
grouping-spread = 校际差异系数
grouping-spread-note = 按学生数加权（教督〔2017〕6 号）。各指标和“……前”一列是学校之间的差距，“……后”一列是把每个{ $noun }当作一所学校时的差距。编组只改变{ $noun }之间的差距，不改变学校之间的差距：后者要靠教师和资源的流动。数值越小越均衡。逐个{ $noun }的七项差异系数见 spreads.csv。
grouping-milestones = 时间安排
grouping-modes = 办学模式说明
grouping-mode = { $mode }：{ $about }。
grouping-method-given = { $noun }按所给名单，没有重新编组；规则逐条判定。“xuequ verify” 复核名单、学校数、县区界线、覆盖率、分年数量和锁定，其余规则的结论以本报告为准。
grouping-method = 牵头校从可以牵头的学校中选，使各校到最近牵头校的路程之和最小；成员校按就近、规模、强弱分配，退火搜索。相同输入、设置和种子得到相同结果。规则由另一段程序判定；“xuequ verify” 复核学校数、县区界线、覆盖率、分年数量和锁定，其余规则的结论以本报告为准。

grouping-method-pairs = 创建校、共建校按锁定表和学校表的标记；没有锁定的共建校按就近、规模、强弱配给创建校。相同输入、设置和种子得到相同结果。规则由另一段程序判定；“xuequ verify” 复核学校数和锁定，其余规则的结论以本报告为准。
grouping-method-years = 分年先满足中心城区和各县区覆盖率，再先组建薄弱学校多的。
grouping-method-pilots = 试点县区首年组建有牵头校、薄弱学校多、相距近的片区，其余在次年。
grouping-following = 学校数写作“2 + 1”的，加号后是随中心校的教学点和小规模学校，不计入规模上下限。

grouping-bound = 编组的目标值合计 { $total } 公里：到牵头校路程共 { $ways } 公里（不含随中心校的学校），按权重 { $weight } 计 { $near } 公里，过远的路程加计 { $far } 公里，规模偏离折算 { $size } 公里，强弱不均折算 { $pair } 公里，城乡未搭配折算 { $mix } 公里。牵头校不变、学校数和锁定都守住时，任何编法都不会低于 { $bound } 公里（{ $file } 为证，“xuequ verify” 另行复核），本方案至多高出 { $gap }%。
grouping-bound-pairs = 编组的目标值合计 { $total } 公里：到创建校路程共 { $ways } 公里，按权重 { $weight } 计 { $near } 公里，过远的路程加计 { $far } 公里，规模偏离折算 { $size } 公里，强弱不均折算 { $pair } 公里，城乡未搭配折算 { $mix } 公里。创建校不变、学校数和锁定都守住时，任何编法都不会低于 { $bound } 公里（{ $file } 为证，“xuequ verify” 另行复核），本方案至多高出 { $gap }%。
grouping-bound-solver = 求解器 { $solver } 给出的下界为 { $bound } 公里，本方案至多高出 { $gap }%。求解器不附可供复核的证明。

frontier-title = 可选方案：到牵头校的距离与{ $noun }间差距（{ $stage }）
frontier-point = 方案
frontier-near = 到牵头校平均（米）
frontier-size = 规模差异
frontier-equity = 学区间实力差异系数
frontier-equity-community = 片区间实力差异系数
frontier-equity-group = 集团间实力差异系数
frontier-equity-pairs = 共建组间实力差异系数
frontier-weak = 无优质牵头校的薄弱学校
frontier-change = 换牵头校的学校
frontier-weights = 权重（近 / 规模 / 强弱）
frontier-most = 不平衡上限
frontier-knee = 折中点
frontier-picked = 采用
frontier-legend-knee = 折中点
frontier-legend-picked = 写出的方案
frontier-legend-size = 规模：深均匀，浅不均匀

grouping-frontier = 可选方案
grouping-frontier-note = 各目标分别列出，不合成一个分数；表中没有一个方案在各目标上都不如另一个。规模差异是各{ $noun }学校数与平均之比减一的平方和；折中点是各目标离各自最好值（按本表最好为 0、最差为 1）合起来最近的方案。用 --pick 选用其他方案。

map-title-groups = { $county }学校编组图（{ $stage }）
map-subtitle-groups = { $districts } 个学区，{ $schools } 所学校{ $outside ->
    [0] {""}
   *[other] ，另有 { $outside } 所未编入
}
map-subtitle-groups-community = { $districts } 个片区，{ $schools } 所学校{ $outside ->
    [0] {""}
   *[other] ，另有 { $outside } 所未编入
}
map-subtitle-groups-group = { $districts } 个集团，{ $schools } 所学校{ $outside ->
    [0] {""}
   *[other] ，另有 { $outside } 所未编入
}
map-subtitle-groups-pairs = { $districts } 个共建组，{ $schools } 所学校{ $outside ->
    [0] {""}
   *[other] ，另有 { $outside } 所未结对
}
map-internal = 内部资料
legend-lead-pairs = 创建校
legend-lead-helping = 牵头校（城乡帮扶型为帮扶校）
legend-member = 成员校
legend-member-pairs = 共建校
legend-member-helping = 成员校（城乡帮扶型为被帮扶校）
legend-outside = 未编入的学校
legend-group-line = 成员校与牵头校
legend-group-over = 教育集团（覆盖在学区之上）
legend-group-line-pairs = 共建校与创建校
legend-remote-line = 远程结对
legend-group-hue = 同一学区颜色相同，相邻的颜色不同
legend-group-hue-community = 同一片区颜色相同，相邻的颜色不同
legend-group-hue-group = 同一集团颜色相同，相邻的颜色不同
legend-group-hue-pairs = 同一共建组颜色相同，相邻的颜色不同

grouping-table = `{ $file }`：{ $about }
grouping-tables = 附表
attached-annex = 附件，含名称、类型、牵头校、成员校和挂牌数
attached-annex-pairs = 附件，含名称、类型、创建校、共建校和学校数
attached-plaques = 逐校的挂牌
attached-districts = 逐校的归属和角色，可改后用 --groups 再判定
attached-ways = 逐校到牵头校的公里数和距离档
attached-ways-pairs = 逐校到创建校的公里数和距离档
attached-coverage = 各县区分年的覆盖率
attached-uncovered = 没有加入的义务教育学校
attached-levels = 分学段的数量、校次和学生数
attached-years = 分年的数量
attached-pairs = 结对表
attached-arcs = 帮扶校与被帮扶校
attached-candidates = 核心校遴选：各校实力排名，是否核心校及原因
attached-exchange = 教师交流的应有人数和已有人数
attached-transfers = 骨干教师交流建议
attached-standard = 逐校的国家标准达标情况
attached-spreads = 全部、各县区和逐个编组的七项差异系数
attached-facilities = 场馆设施由谁拥有，最远的学校有多远
attached-superiors = 按主管部门列出的学校及其角色
attached-staff = 师资结构，与所在县区比较
attached-yearly = 今年与上年的教育质量，逐校和按学生数平均
attached-frontier = 可选方案

grouping-detours = 未随最近牵头校编入的成员校
grouping-detours-note = 有 { $count } 所成员校未编入最近牵头校所在的{ $noun }，其中 { $long } 所因此多出 1 公里以上。“原因”指其他学校不动、只把该校移入时会怎样。全部名单见 detours.csv。
column-nearest-lead = 最近的牵头校
column-nearest-km = 到最近牵头校（公里）
column-detour-reason = 未编入的原因
detour-locked = 已锁定
detour-full = 该{ $noun }已有 { $most } 所学校，达到上限
detour-fewest = 本{ $noun }将不足 { $fewest } 所学校
detour-mixture = 本{ $noun }将没有城镇学校或没有乡村学校
detour-strength = 强弱搭配：移入后两个{ $noun }与全县均值平均相差 { $after } 分（现为 { $before } 分）
detour-size = 规模适度：两个{ $noun }的学校数将更不均衡
detour-whole = 与其他学校的编排互相牵连
attached-detours = 未随最近牵头校编入的成员校及原因
rule-exchange-backbone-source-suzhou = 骨干教师不低于交流人数的 20%（苏州市集团化办学推进会）
rule-exchange-backbone-source-ankang = 骨干教师不低于交流人数的 20%（三年百集团方案附件评分表第 4 项）
rule-class-size-source-pubei = GB 50099—2011；56 人及以上为大班额，要求化解（浦北县学区制行动计划）
rule-lead-by-decision-source-ankang = 核心校从优质学校中遴选；由主管部门指定的逐一列出（三年百集团方案）
rule-lead-by-decision-source-suzhou = 优质学校牵头；由主管部门指定的逐一列出（苏州市集团化办学推进会）
rule-lead-by-decision-source-pubei = 以县直学校或镇优质学校为引领；由主管部门指定的逐一列出（浦北县学区制行动计划）
rule-same-level-source-suzhou = 同学段组建，跨学段的为学段衔接型（苏州市集团化办学推进会）
rule-pilots-source-nanchang = 五个县区各试点 1 至 2 个片区（南昌市片区共同体实施意见）
rule-pilot-counties-source-nanchang = 试点县区名单（南昌市片区共同体实施意见）
unit-years = 年
unit-percentage-points = 个百分点
grouping-title-community = { $county }片区组建方案
grouping-title-group = { $county }集团组建方案
grouping-title-pairs = { $county }结对方案
grouping-appendix = 附：计算说明
word-superior-untold = 未注明
column-measured = 实际
column-limit = 要求
column-unit = 单位
column-measured-of = 实际与要求所指
column-untold = 无法判定的原因
column-rule-id = 规则编号
column-breaker = 未做到者
column-amount = 差多少
column-mend = 怎么办
unit-share = 比例
unit-coefficient = 系数
attached-rules = 逐条规则的依据、结论、实际与要求
attached-breaches = 未做到的逐处名单和办法
attached-plaques-community = 逐校的归属和角色
attached-plaques-group = 逐校的归属和角色
attached-plaques-pairs = 逐校的归属和角色
attached-annex-community = 附件，含名称、牵头校、成员校和学校数
attached-annex-group = 附件，含名称、类型、牵头校、成员校和学校数
annex-plaques-community = 学校数
annex-plaques-group = 学校数
annex-plaques-pairs = 学校数
plaques-count-community = 个数
plaques-count-group = 个数
plaques-count-pairs = 个数
column-before-community = 片区组建前：校际（七项平均）
column-before-group = 集团组建前：校际（七项平均）
column-before-pairs = 结对前：校际（七项平均）
rule-district-locks-group-core = 核心校、成员校按锁定表
rule-led-group-core = 集团有核心校
rule-lead-by-decision-group-core = 指定的核心校本身为优质学校
mend-led-group-core = 确定核心校
mend-coverage-leads-group-core = { $districts } 所核心校每所最多带到 { $most } 所（含本校），已满。最小的放宽办法：再认定 { $more } 所核心校（{ $leads }）；或每个集团放宽到 { $size } 所
grouping-summary-group-core = { $schools } 所学校中 { $grouped } 所{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学校（幼儿园、其他学段）
}编入 { $districts } 个集团，核心校 { $lead } 所、成员校 { $member } 校次。成员校到核心校平均 { $mean } 米（直线，校门到校门）。
grouping-method-group-core = 核心校从可以牵头的学校中选，使各校到最近核心校的路程之和最小；成员校按就近、规模、强弱分配，退火搜索。相同输入、设置和种子得到相同结果。规则由另一段程序判定；“xuequ verify” 复核学校数、县区界线、覆盖率、分年数量和锁定，其余规则的结论以本报告为准。
grouping-bound-group-core = 编组的目标值合计 { $total } 公里：到核心校路程共 { $ways } 公里（不含随中心校的学校），按权重 { $weight } 计 { $near } 公里，过远的路程加计 { $far } 公里，规模偏离折算 { $size } 公里，强弱不均折算 { $pair } 公里，城乡未搭配折算 { $mix } 公里。核心校不变、学校数和锁定都守住时，任何编法都不会低于 { $bound } 公里（{ $file } 为证，“xuequ verify” 另行复核），本方案至多高出 { $gap }%。
column-ways-group-core = 到核心校平均 / 最远（米）
frontier-near-group-core = 到核心校平均（米）
frontier-weak-group-core = 无优质核心校的薄弱学校
frontier-change-group-core = 换核心校的学校
legend-group-line-group-core = 成员校与核心校
attached-annex-group-core = 附件，含名称、类型、核心校、成员校和学校数
attached-ways-group-core = 逐校到核心校的公里数和距离档
mend-exchange-backbone = 交流骨干教师 { $there } 人，应有 { $needed } 人
grouping-with-share = { $count }（{ $share }）
untold-managers-crossing = 没有跨层级、跨区域的一体型、托管型集团，不判定（设置 policy.staff_advice 的 only_crossing）
grouping-targets = 指标达成
attached-targets = 指标达成
column-school-from = 从
column-school-to = 到
column-straight-metres = 直线距离（米）
attached-distances = 各校之间的直线距离（校门到校门）
relax-leads-group-core = 符合条件的核心校只有 { $leads } 所，每所连本校至多 { $most } 所，最多编入 { $takes } 所学校。最小的放宽办法：再认定 { $more } 所核心校（{ $names }），或每个{ $noun }放宽到 { $size } 所学校
relax-no-leads-group-core = 没有符合条件的核心校。先认定 { $more } 所（{ $names }）
relax-number-group-core = 符合条件的核心校只有 { $leads } 所。最小的放宽办法：再认定 { $more } 所核心校（{ $names }），或减少要组建的数量
mend-lead-by-decision-group-core = { $what }：改由优质学校任核心校；确定由该校担任的，记录理由和决定人（名单的“理由”“决定人”列，或锁定表）
word-incomplete = 资料不全
untold-some-indicators = 七项指标中没有{ $names }的数据，其余各项不超标
untold-standard = 各校七项指标的数据不全，不能判定
grouping-with-asked = { $there }；要求 { $asked }
column-not-integrated = 其他类型集团
rule-within-county-group = 集团不跨县区
rule-within-county-pairs = 共建组不跨县区
factor-distance-group-core = 距离远近（到核心校平均，公里）
grouping-detours-pairs = 未随最近创建校编入的共建校
grouping-detours-group-core = 未随最近核心校编入的成员校
grouping-detours-note-pairs = 有 { $count } 所共建校未编入最近创建校所在的{ $noun }，其中 { $long } 所因此多出 1 公里以上。“原因”指其他学校不动、只把该校移入时会怎样。全部名单见 detours.csv。
grouping-detours-note-group-core = 有 { $count } 所成员校未编入最近核心校所在的{ $noun }，其中 { $long } 所因此多出 1 公里以上。“原因”指其他学校不动、只把该校移入时会怎样。全部名单见 detours.csv。
column-nearest-lead-pairs = 最近的创建校
column-nearest-lead-group-core = 最近的核心校
column-nearest-km-pairs = 到最近创建校（公里）
column-nearest-km-group-core = 到最近核心校（公里）
attached-detours-pairs = 未随最近创建校编入的共建校及原因
attached-detours-group-core = 未随最近核心校编入的成员校及原因
frontier-title-pairs = 可选方案：到创建校的距离与{ $noun }间差距（{ $stage }）
frontier-title-group-core = 可选方案：到核心校的距离与{ $noun }间差距（{ $stage }）
frontier-near-pairs = 到创建校平均（米）
frontier-weak-pairs = 无优质创建校的薄弱学校
frontier-change-pairs = 换创建校的学校
word-without-lead-pairs = 不设创建校
word-without-lead-group-core = 不设核心校
relax-leads-pairs = 符合条件的创建校只有 { $leads } 所，每所连本校至多 { $most } 所，最多编入 { $takes } 所学校。最小的放宽办法：再认定 { $more } 所创建校（{ $names }），或每个{ $noun }放宽到 { $size } 所学校
relax-no-leads-pairs = 没有符合条件的创建校。先认定 { $more } 所（{ $names }）
relax-number-pairs = 符合条件的创建校只有 { $leads } 所。最小的放宽办法：再认定 { $more } 所创建校（{ $names }），或减少要组建的数量
mend-lead-by-decision-pairs = { $what }：换优质学校作创建校；确定由该校牵头的，记录理由和决定人（名单的“理由”“决定人”列，或锁定表）
grouping-in-several-group-core = 加入几个集团的 { $count } 所学校（允许，核心校的成员数合并计算）：{ $schools }{ $more ->
    [0] 。
   *[other] ，以及另外 { $more } 所。
}
mend-led-or-by-turns-group-core = 确定核心校，或注明轮值牵头
mend-led-pairs = 确定创建校
map-title-groups-pairs = { $county }学校结对图（{ $stage }）
map-title-groups-community = { $county }片区组建图（{ $stage }）
map-title-groups-group = { $county }集团组建图（{ $stage }）
legend-outside-pairs = 未结对的学校
legend-outside-group = 未加入集团的学校
legend-outside-community = 未编入片区的学校
attached-spreads-community = 全部、各县区和逐个片区的七项差异系数
attached-spreads-group = 全部、各县区和逐个集团的七项差异系数
attached-spreads-pairs = 全部、各县区和逐个共建组的七项差异系数
rule-central-school-outside = { $rule }（{ $count } 所教学点、小规模学校未加入集团）
detour-strength-own-county = 强弱搭配：移入后两个{ $noun }与本县区均值平均相差 { $after } 分（现为 { $before } 分）
detour-strength-city = 强弱搭配：移入后两个{ $noun }与全市均值平均相差 { $after } 分（现为 { $before } 分）
grouping-watched = 师资、质量与场馆
grouping-watched-note = 逐个{ $noun }：骨干教师占专任教师的比例，成员之间教育质量的最大差距及其与上年相比的增减（负数为差距缩小），成员到最近实验室的最远直线距离。逐校见 staff.csv、yearly.csv 和 facilities.csv。
column-quality-gap = 教育质量校际最大差
column-quality-gap-change = 比上年
column-laboratory-km = 最远的学校距最近实验室（公里）
