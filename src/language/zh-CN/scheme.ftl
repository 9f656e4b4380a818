### 方案:结果、理由、规则、复核

plan-stage = { $stage }：{ $blocks } 个居住单元、{ $schools } 所学校、{ $pupils } 名学生；平均距离 { $mean } 米，{ $within }% 在 { $radius } 米以内
plan-gap =     总里程 { $value } 人·公里，下界 { $bound }，差距不超过 { $gap }%
plan-gap-lines =     总里程 { $value } 人·公里，下界 { $bound }：守学区界线的代价 { $price }%，其余差距不超过 { $gap }%
plan-value =     总里程 { $value } 人·公里
plan-seats-short =     学位不足：超员 { $overload } 人（{ $pupils } 名学生，{ $seats } 个学位）
plan-overloaded =     学校超员 { $overload } 人，虽然共有 { $seats } 个学位、{ $pupils } 名学生
plan-least-overload = 没有找到不超员的方案。写出的是已找到的超员最少的方案，并标明不可行
plan-detached =     { $detached } 个居住单元与学校不连片，{ $unassigned } 个没有学校
plan-cut = {"    "}原因：{ $text }
plan-relaxation = {"      "}可以解决：{ $text }
plan-districts =     { $districts } 个学区
lines-of-scheme = 没有现行方案，学区界线取自本方案的招生地段，不增加路程。
lines-price = 招生地段不出学区的代价：{ $pupils } 名学生平均距离由 { $free } 米增至 { $mean } 米，每人多 { $price } 米，合计多 { $kilometres } 人·公里。
lines-moved = 其中 { $blocks } 个居住单元、{ $pupils } 名学生与不设界线时学校不同，平均每人多 { $price } 米。
plan-no-districts =     未组建学区
plan-warnings = 输入数据有 { $count } 处需注意，见报告或 xuequ check
plan-rule-broken = 未守规则（{ $stage }）：{ $rule }（{ $count } 处）
plan-written = 成果已写入 { $folder }
group-stage = { $stage }：{ $schools } 所学校{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学校（幼儿园、其他学段）
}编成 { $districts } 个学区；成员校到牵头校平均 { $mean } 米
group-stage-community = { $stage }：{ $schools } 所学校{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学校（幼儿园、其他学段）
}编成 { $districts } 个片区；成员校到牵头校平均 { $mean } 米
group-stage-pairs = { $stage }：{ $schools } 所学校{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学段的学校
}，结成 { $districts } 个共建组；共建校到创建校平均 { $mean } 米
group-stage-group = { $stage }：{ $schools } 所学校{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学校（幼儿园、其他学段）
}编成 { $districts } 个集团；成员校到牵头校平均 { $mean } 米
group-stage-both = { $stage }：{ $schools } 所学校编入 { $districts } 个学区、{ $groups } 个教育集团；成员校到牵头校平均 { $mean } 米
group-none-pairs = { $stage }：没有写明谁与谁结对；请在锁定表写明共建校及其创建校，或在学校表“共建校”列标出共建校、“牵头校”列标出创建校
group-none-small = { $stage }：有优质学校，但学生都不足 { $least } 人，不能牵头；请核对在校生数，或调低设置 districts.lead_enrolment
group-none = { $stage }：没有学校可以牵头；请在 lead（牵头校）列标出牵头校，或标出优质学校，或提供办学实力数据
group-gap = {"  "}目标值（路程按权重，加规模、强弱、城乡的折算）{ $value } 公里，牵头校不变时的下界 { $bound }，差距不超过 { $gap }%
group-gap-solver = {"  "}求解器 { $solver } 给出的下界 { $bound }，差距不超过 { $gap }%
group-remedy = {"  "}{ $names }：{ $mend }
group-more = {"  "}另有 { $count } 处，见 { $file }
group-rule-missed = 尽量做到而未做到（{ $stage }）：{ $rule }（{ $count }）

stop-time-limit = 到达时限
stop-interrupted = 被用户中断

reason-home = 学校所在单元
reason-locked = 锁定
reason-locked-why = 锁定：{ $why }
reason-nearest = 最近的学校
reason-only-within = 最远距离 { $metres } 米之内没有别的学校
reason-forbidden = 不得归较近的{ $school }（{ $metres } 米）
reason-beyond-line = 更近的{ $school }（{ $metres } 米）属别的学区
reason-together = 须与“{ $block }”同校
reason-kept-apart = 不得与“{ $block }”同校，而后者归较近的{ $school }（{ $metres } 米）
reason-as-today = 维持现行学校；较近的{ $school }（{ $metres } 米）近得不多
reason-with-community = 与本社区在一起；较近的{ $school }（{ $metres } 米）近得不多
reason-weighed = 顾及边界齐整或学位均衡，未归较近的{ $school }（{ $metres } 米）
reason-full = 更近的{ $school }（{ $metres } 米）学位只余 { $left } 个，不够
reason-apart = 更近的{ $school }（{ $metres } 米）的招生地段与本单元不相接
reason-bridge = 若划给更近的{ $school }（{ $metres } 米），本地段会断开
reason-unforced = 更近的{ $school }（{ $metres } 米）可以接收，但方案未如此安排
reason-unassigned = 没有学校

rule-hard = 必须
rule-soft = 尽量
verdict-kept = 做到
verdict-broken = 未全做到
verdict-unknown = 无法判定
rule-untold = { $rule }（{ $stage }）：无法判定。{ $why }。
group-rule-untold = 无法判定（{ $stage }）：{ $rule }。{ $why }。
rule-assigned = 每个居住单元整体划给一所学校
rule-assigned-source = 教育部 2014 年小升初意见：单校划片
rule-seats = 每所学校的学生数不超过学位数
rule-seats-source = 核定学位（GB 50099—2011 班额）
rule-contiguous = 每个招生地段连成一片并包含学校
rule-contiguous-source = 划片通例：不插花、不留洞
rule-locks = 锁定的居住单元归指定学校
rule-locks-source = 锁定表
rule-locks-of-schools = 学校按锁定表牵头，或由指定的学校牵头
rule-locks-of-both = 锁定的居住单元归指定学校，锁定的学校按锁定表牵头或由指定的学校牵头
rule-together = 应同校的居住单元同归一所学校
rule-together-source = 锁定表
rule-apart = 不得同校的居住单元归不同学校
rule-apart-source = 锁定表
rule-forbidden = 居住单元不归不得去的学校
rule-forbidden-source = 锁定表
rule-longest-distance = 学生到校不超过最远距离
rule-longest-distance-source = 居住单元或设置的 longest_distance_m
rule-least-use = 每所学校不少于最少学生数
rule-least-use-source = 学校的 least_pupils 或设置 catchments.least_seat_use
rule-district-lines = 居住单元划给本学区的学校
rule-district-lines-source = 设置 catchments.within_districts
rule-locked-reached = 招生地段连到锁定给它的居住单元
rule-locked-reached-source = 划片通例：不插花
rule-community = 社区整体划给一所学校
rule-community-source = 划片通例：不拆分社区
rule-radius = 学生在学校服务半径以内
rule-radius-source = 居住区规划设计规范（2002）：小学 500 米、初中 1000 米
rule-seat-band = 学位使用率在适宜区间
rule-seat-band-source = 设置 measure.seat_use
rule-district-size = 学区学校数在上下限之间
rule-district-size-community = 片区学校数在上下限之间
rule-district-size-pairs = 共建组学校数在上下限之间
rule-district-size-group = 集团学校数在上下限之间
rule-district-size-source = 规模适度（设置 districts.schools）
rule-weak-with-strong = 薄弱学校、新建学校有优质牵头校
rule-weak-with-strong-pairs = 薄弱学校、新建学校有优质创建校
rule-weak-with-strong-source = 强弱搭配
rule-weak-with-strong-source-pubei = 强弱搭配（浦北县学区制行动计划）
rule-one-district = 每所学校在且只在一个学区
rule-one-district-community = 每所学校在且只在一个片区
rule-one-district-group = 每所学校都加入集团
rule-one-district-most = 每所学校至多在一个学区
rule-one-district-most-community = 每所学校至多在一个片区
rule-one-district-most-pairs = 每所学校至多在一个共建组
rule-one-district-source = 学区互不重叠
rule-one-district-source-pubei = 学区是不重不漏的划分（浦北县学区制行动计划）
rule-one-district-source-liucheng = 结对名单中每所学校结对一次（柳城政办〔2024〕18 号）
rule-one-district-source-suzhou = 义务教育学校加入集团（苏州市集团化办学推进会）
rule-one-district-source-ankang = 义务教育学校加入集团（三年百集团方案）
rule-district-count = 学区数量符合要求
rule-district-count-source = 文件所定学区数量
rule-district-kinds = 城乡帮扶型学区数量符合要求
rule-district-kinds-source = 文件所定类型数量
rule-marked-lead = 由县直学校或镇优质学校牵头
rule-marked-lead-source = 优质学校牵头
rule-marked-lead-source-pubei = 以县直学校或镇优质学校为引领（浦北县学区制行动计划）
rule-town-with-country = 每个学区既有城镇学校又有乡村学校
rule-town-with-country-source = 城乡统筹
rule-town-with-country-source-pubei = 城乡统筹（浦北县学区制行动计划）
annex-name = 学区名称
annex-name-community = 片区名称
annex-name-group = 集团名称
annex-name-pairs = 共建组
annex-kind = 类型
annex-lead = 牵头校
annex-lead-pairs = 创建校
annex-members = 成员校
annex-members-pairs = 共建校
annex-plaques = 挂牌
annex-helps = { $school }（帮扶校）
annex-between = 、
plaques-school = 学校
plaques-role = 角色
plaques-count = 块数
role-leads = 牵头校
role-member = 成员校
role-helps = 帮扶校
role-is-helped = 被帮扶校
rule-district-in-one-part = 学区地域连成一片
rule-district-in-one-part-source = 就近通例：学区不分片

mend-unassigned = 划给相邻的学校
mend-seats = 增加 { $pupils } 个学位，或转出 { $pupils } 名学生
mend-contiguous = 划给相邻的{ $school }
mend-contiguous-link = 用相邻表指明与地段的连接
mend-lock = 划给{ $school }，或解除锁定
mend-lock-lead = 由{ $lead }牵头所在{ $noun }，或解除锁定
mend-together = 与“{ $other }”同划给{ $school }，或解除同校
mend-apart = 划给{ $school }（“{ $other }”所在）以外的学校，或予以允许
mend-forbidden = 划给{ $school }以外的学校，或予以允许
mend-longest-distance = 划给较近的学校，或放宽最远距离
mend-least-use = 增加 { $pupils } 名学生
mend-district-lines = 划给本学区的学校，或把该单元锁定给现在的学校
mend-locked-reached = 把其间的居住单元一并锁定，或解除锁定
mend-community = 分属：{ $parts }
mend-radius = 在附近增设学校或教学点，或安排校车、寄宿
mend-band = 约 { $pupils } 名学生或学位的出入

mend-weak-with-strong = 换优质学校牵头，或划入有优质牵头校的{ $noun }
mend-one-district = 把该校划入一个{ $noun }
mend-one-district-only = 该校同时在{ $names }：只保留一个；其中是教育集团的，在名单“种类”列写“教育集团”，集团可以与学区并存
mend-district-count = 要 { $wanted } 个{ $noun }，符合条件的牵头校只有 { $led } 所{ $unled ->
    [0] {""}
   *[other] ，另有 { $unled } 个帮扶型{ $noun }不设牵头校
}。最小的放宽办法：只划 { $made } 个{ $noun }{ $size ->
    [0] {""}
   *[other] ，并把每个{ $noun }的上限放到 { $size } 所
}；或再认定 { $more } 所牵头校（{ $leads }）
mend-district-count-sizes = { $schools } 所学校、每个{ $noun }至少 { $fewest } 所，最多划 { $possible } 个，不能划 { $wanted } 个。最小的放宽办法：只划 { $possible } 个{ $noun }{ $relaxed ->
    [0] {""}
   *[other] ，或把下限降到 { $relaxed } 所
}
mend-district-count-more = 标为牵头校的学校多于所要的 { $wanted } 个{ $noun }：取消 { $more } 所的标记
mend-district-kinds = 确定 { $wanted } 个城乡帮扶型{ $noun }
mend-marked-lead = 把该校标为优质学校，或改由其他学校牵头
mend-country-schools = 为该{ $noun }划入乡村学校
mend-town-schools = 为该{ $noun }划入城镇学校
mend-district-parts = 分成 { $count } 片：{ $parts }。把分离部分的学校划入相邻学区，或在 districts.waivers 说明理由
waived-parts = 分成 { $count } 片：{ $parts }。理由：{ $why }
territory-part = { $names }（{ $blocks } 个单元、{ $pupils } 人）
territory-part-bare = { $names }等 { $blocks } 个没有学校的单元（{ $pupils } 人）
territory-between = ；

verify-files = 成果文件齐全并与清单一致
verify-inputs = 输入文件未变
verify-neighbours = 相邻关系属实且无遗漏
verify-rows = 划分表的名称、学生数、距离、锁定与输入一致
verify-complete = 每个居住单元在每个学段恰好一次
verify-seats = 学位不超
verify-contiguity = 招生地段连片
verify-locks = 锁定得到遵守
verify-terms = 同校与不同校、不得去的学校、最远距离、最少学生数得到遵守
verify-districts = 学区表自洽并与其他文件一致
verify-grouping-rules = 必须遵守的规则均做到
verify-frontier = 可选方案 { $point } 不成立：被另一方案全面胜过，或与写出的方案不符
verify-district-counties = 学区 { $district } 跨县区：{ $counties }
verify-grouping-sums = evaluation.json 的数字与学区表一致
verify-sums = evaluation.json 的数字和结论与划分表一致
verify-bound = 下界成立
verify-layers = 图层的属性和图形与各表及输入一致
verify-mark-good = [通过]
verify-mark-bad = [不符]
verify-mark-rule = [违规]
verify-good-grouping = 核验通过：文件属实，能复核的规则均做到
verify-grouping-broken = 文件属实，但有必须遵守的规则未做到
verify-grouping-rule = 规则 { $rule } 的结论与表中数字不符
verify-rule-broken = { $rule }（{ $count } 处）
verify-good = 核验通过：文件属实，学位、连片、锁定均符合
verify-rules-broken = 文件属实，但方案没有守住全部硬规则
verify-bad = 复核不通过：文件与事实不符
verify-output-changed = { $file } 与清单中的指纹不符
verify-output-unlisted = { $file } 是本次规划必有的成果文件，清单却没有列出
verify-manifest-field = manifest.json 中的 { $field } 不可能是 { $found }
verify-input-changed = { $file } 已变动或缺失
verify-input-unlisted = { $file } 是输入文件，清单却没有列出
verify-unknown-block = 相邻表中的“{ $block }”不在输入中
verify-link-missing = 输入中的相邻“{ $first }”–“{ $second }”未列出
verify-link-false = “{ $first }”与“{ $second }”的相邻得不到证实
verify-link-twice = 相邻“{ $first }”–“{ $second }”列了两次，或是同一单元
verify-border-missing = “{ $first }”与“{ $second }”有公共边界，却没有列为相邻
verify-row-stage = 第 { $row } 行：学段“{ $name }”不在规划之列
verify-row-block = 第 { $row } 行：没有居住单元“{ $name }”
verify-row-school = 第 { $row } 行：没有学校“{ $name }”
verify-cell = 第 { $row } 行 { $column }：写的是“{ $found }”，应为“{ $expected }”
verify-cell-empty = 第 { $row } 行 { $column }：空
verify-block-times = “{ $block }”（{ $stage }）出现 { $times } 次
verify-block-without = “{ $block }”（{ $stage }）没有可用的学校
verify-overfull-shared = { $school }两个学段共 { $pupils } 人，共用学位 { $seats } 个
verify-shared-seats = evaluation.json 的 shared_seats 写的是 { $found }，实为 { $expected }
verify-overfull = { $school }（{ $stage }）：{ $pupils } 名学生，{ $seats } 个学位
verify-detached = “{ $block }”（{ $stage }）到不了学校
verify-together = “{ $block }”与“{ $other }”应同校（{ $stage }）
verify-apart = “{ $block }”与“{ $other }”不得同校（{ $stage }）
verify-district-lines = “{ $block }”划给了别的学区的学校（{ $stage }）
verify-forbidden = “{ $block }”不得归{ $school }（{ $stage }）
verify-longest = “{ $block }”到校 { $metres } 米（{ $stage }），最远可 { $limit } 米
verify-least = “{ $school }”有学生 { $pupils } 人（{ $stage }），最少应有 { $least } 人
verify-lock = “{ $block }”应归{ $school }
verify-lock-lead = “{ $school }”应在{ $lead }牵头的学区，现在 { $district }
verify-school-districts = { $school }在学区表中出现 { $times } 次
verify-district-leads = 学区 { $district } 有 { $count } 所牵头校
verify-district-size = 学区 { $district } 有 { $schools } 所学校，应为 { $fewest } 至 { $most } 所
verify-grouping-sum = evaluation.json 中 { $field } 是 { $found }，按表格应为 { $expected }
verify-district-count = { $file } 中{ $stage }有 { $found } 个学区，学区表中有 { $expected } 个
verify-district-differs = 学区 { $district }：{ $file } 中的名称或牵头校与学区表不同
verify-stage-missing = 没有{ $stage }的评价
verify-distances = 关于距离：{ $figure } 写作 { $found }，应为 { $expected }
verify-figure = { $stage }的 { $figure } 写的是 { $found }，应为 { $expected }
verify-rule = { $stage }的规则 { $rule } 写的是 { $found }，应为{ $expected }（{ $count }）
verify-rules-summary = hard_rules_kept 写的是 { $found }，与各条规则不符
verify-bound-without-proof = { $stage }的下界 { $bound } 缺少 { $file }，或 bounds 中没有它的条目
verify-bound-entry = bounds 中{ $stage }一条（file、covers）与 { $file } 所说不符
verify-bound-certificate = { $stage }的 { $file } 什么也证明不了：内容缺失、与输入对不上，或用了不允许的依据
verify-bound-too-high = { $stage }的下界 { $bound } 过高，{ $file } 只能证明 { $proved }
verify-bound-undercut = { $stage }的方案 { $value } 低于下界 { $bound }
verify-bound-gap = { $stage }的差距 { $gap }% 与下界不符
verify-bound-differs = { $stage }的下界 { $bound } 在其证明中是 { $other }
verify-layer-count = 图层 { $layer } 有 { $found } 个要素，应为 { $expected } 个
verify-layer-feature = 图层 { $layer } 中没有要素 { $feature }
verify-layer-property = 图层 { $layer } 的 { $feature } 的 { $property } 写的是 { $found }，应为 { $expected }
verify-layer-ring = 图层 { $layer } 的要素 { $feature } 边界不闭合
verify-layer-ground = 图层 { $layer } 的 { $feature } 不是其各部分之并
verify-layer-place = 图层 { $layer } 的 { $feature } 不在输入所说的位置
verify-shortage-numbers = 学位缺口（{ $stage }）原因 { $number }：居住单元、学校或数目与输入不符
verify-shortage-reach = 学位缺口（{ $stage }）原因 { $number }：所列居住单元还能到达未列出的学校
verify-shortage-sum = 学位缺口（{ $stage }）：各原因合计证明 { $expected } 名学生没有学位，与所写不符
verify-shortage-twice = 学位缺口（{ $stage }）原因 { $number }：居住单元或学校已列在另一原因中
rule-strong-in-pools = 优质学校分散到各片（多校划片），任何一片不比别的片多两所以上
rule-strong-in-pools-source = 教育部多校划片做法：热点学校分散划入各片区
mend-strong-in-pools = 把其中一所优质学校与优质学校较少的片对调

# 学位为何不足。
list-more = { $names }等（另有 { $more } 个）
shortage-proved = 任何方案都不能让每名学生在可到达的学校有学位：至少 { $least } 名学生没有。本方案超员 { $found } 人。
shortage-not-proved = 若居住单元可以拆分，每名学生都能有学位；但居住单元不拆分，招生范围须连片。已找到的最少超员为 { $found } 人，是否还能更少未经证明。
cut-seats = { $count } 个居住单元（{ $blocks }）共 { $pupils } 名学生，只能到达 { $schoolCount } 所学校（{ $schools }），共 { $seats } 个学位：缺 { $short } 个。
cut-unreached = { $count } 个居住单元（{ $blocks }）共 { $pupils } 名学生，没有任何学校可以到达。
cut-block = 居住单元{ $blocks }有 { $pupils } 名学生，可到达的学校中学位最多的也只有 { $seats } 个（{ $schools }）：只要不拆分，就缺 { $short } 个。
relax-seats = 增加 { $seats } 个学位：{ $schools }
relax-longest = 把最远距离放宽到 { $metres } 米：{ $blocks }
relax-locks = 解除 { $locks } 处锁定：{ $blocks }
relax-forbidden = 解除 { $locks } 处禁止：{ $blocks }
relax-contiguous = 为 { $blocks } 指明通往其他学校的连接（桥、渡口、通道），或锁定到那些学校
rule-source-setting = 设置 { $key }
report-none-wrong = 不符 { $value } { $unit } / 0
mend-district-too-small = 现有 { $schools } 所学校，少于 { $fewest } 所：再划入 { $by } 所，或放宽下限（设置 districts.schools）
mend-district-too-large = 现有 { $schools } 所学校，多于 { $most } 所：划出 { $by } 所，或放宽上限（设置 districts.schools）
rule-district-size-source-nanchang = 规模适度（南昌市片区共同体实施意见）
rule-district-in-one-part-source-nanchang = 位置相近（南昌市片区共同体实施意见）
rule-district-in-one-part-source-pubei = 相对就近（浦北县学区制行动计划）
rule-district-in-one-part-source-suzhou = 统筹空间布局（苏州市集团化办学推进会）
rule-district-count-source-pubei = 划分 22 个学区（浦北县学区制行动计划）
rule-district-kinds-source-pubei = 集团融合型 19 个、城乡帮扶型 3 个（浦北县学区制行动计划）
group-rules-untold = 尽量做到的规则有 { $count } 条无法判定（缺数据），见 report.md
rule-weak-with-strong-group-core = 薄弱学校、新建学校有优质核心校
annex-lead-group-core = 核心校
role-leads-group-core = 核心校
mend-weak-with-strong-group-core = 换优质学校牵头，或划入有优质核心校的{ $noun }
mend-district-count-group-core = 要 { $wanted } 个{ $noun }，符合条件的核心校只有 { $led } 所{ $unled ->
    [0] {""}
   *[other] ，另有 { $unled } 个帮扶型{ $noun }不设核心校
}。最小的放宽办法：只划 { $made } 个{ $noun }；或再认定 { $more } 所核心校（{ $leads }）
mend-district-count-more-group-core = 标为核心校的学校多于所要的 { $wanted } 个{ $noun }：取消 { $more } 所的标记
group-stage-group-core = { $stage }：{ $schools } 所学校{ $others ->
    [0] {""}
   *[other] 和 { $others } 所其他学校（幼儿园、其他学段）
}编成 { $districts } 个集团；成员校到核心校平均 { $mean } 米
verify-grouping-tables = 各附表与学区表和输入一致
verify-grouping-figure = evaluation.json 中 { $field } 是 { $found }，按学区表和输入应为 { $expected }
verify-table-rows = { $file } 有 { $found } 行，应有 { $expected } 行
verify-table-cell = { $file } 第 { $row } 行第 { $column } 列：写的是“{ $found }”，应为“{ $expected }”
verify-seed = manifest.json 的 seed 是 { $found }，而其中的设置是 { $expected }
verify-parent = manifest.json 所记上一版方案 { $file } 与输入不符
verify-district-rules = 学区须守住的规则均做到
group-none-marked = { $stage }：没有标为优质的学校，而设置 districts.marked_lead 只许标为优质的学校牵头
mend-district-count-none = 要 { $wanted } 个{ $noun }，没有符合条件的牵头校。最小的放宽办法：认定 { $more } 所牵头校（{ $leads }）
mend-district-size-room = { $districts } 个{ $noun }每个至多 { $most } 所，共容纳 { $takes } 所，现有 { $schools } 所。最小的放宽办法：上限放到 { $relaxed } 所，或划 { $other } 个{ $noun }
mend-district-size-short = { $districts } 个{ $noun }每个至少 { $fewest } 所，共要 { $takes } 所，现有 { $schools } 所。最小的放宽办法：下限降到 { $relaxed } 所，或划 { $other } 个{ $noun }
rule-district-pupils = 学区学生数在上下限之间
rule-district-pupils-community = 片区学生数在上下限之间
rule-district-pupils-group = 集团学生数在上下限之间
rule-district-pupils-pairs = 共建组学生数在上下限之间
rule-district-pupils-source = 设置 districts.pupils
mend-district-few-pupils = 现有学生 { $pupils } 人，少于 { $fewest } 人：再划入约 { $by } 人的学校，或放宽下限（设置 districts.pupils）
mend-district-many-pupils = 现有学生 { $pupils } 人，多于 { $most } 人：划出约 { $by } 人的学校，或放宽上限（设置 districts.pupils）
verify-district-pupils = 学区 { $district } 有学生 { $pupils } 人，不在 districts.pupils 的上下限之间
mend-district-kinds-few = 共有 { $there } 个{ $noun }，不能有 { $wanted } 个城乡帮扶型：设置 districts.helping 至多 { $there }
plan-pools-need-groups = 学区内统一招生（policy.unified_admission）按已定的学区名单划片，本次学区由程序新编，各校仍分别划片：学区定下后，以 districts.csv 作学区名单（--groups）再规划一次
plan-districts-community =     { $districts } 个片区
plan-districts-group =     { $districts } 个集团
plan-districts-pairs =     { $districts } 个共建组
plan-no-districts-community =     未组建片区
plan-no-districts-group =     未组建集团
plan-no-districts-pairs =     未组建共建组
rule-town-with-country-community = 每个片区既有城镇学校又有乡村学校
rule-town-with-country-group = 每个集团既有城镇学校又有乡村学校
rule-town-with-country-pairs = 每个共建组既有城镇学校又有乡村学校
rule-district-in-one-part-community = 片区地域连成一片
rule-district-in-one-part-group = 集团地域连成一片
rule-district-in-one-part-pairs = 共建组地域连成一片
rule-district-count-community = 片区数量符合要求
rule-district-count-group = 集团数量符合要求
rule-district-count-pairs = 共建组数量符合要求
rule-one-district-most-group = 每所学校至多在一个集团
mend-district-parts-community = 分成 { $count } 片：{ $parts }。把分离部分的学校划入相邻片区，或在 districts.waivers 说明理由
mend-district-parts-group = 分成 { $count } 片：{ $parts }。把分离部分的学校划入相邻集团，或在 districts.waivers 说明理由
mend-district-parts-pairs = 分成 { $count } 片：{ $parts }。把分离部分的学校划入相邻共建组，或在 districts.waivers 说明理由
rule-district-lines-community = 居住单元划给本片区的学校
rule-district-lines-group = 居住单元划给本集团的学校
rule-district-lines-pairs = 居住单元划给本共建组的学校
mend-district-lines-community = 划给本片区的学校，或把该单元锁定给现在的学校
mend-district-lines-group = 划给本集团的学校，或把该单元锁定给现在的学校
mend-district-lines-pairs = 划给本共建组的学校，或把该单元锁定给现在的学校
group-none-group-core = { $stage }：没有学校可以牵头；请在 lead（核心校）列标出核心校，或标出优质学校，或提供办学实力数据
group-gap-pairs = {"  "}目标值（路程按权重，加规模、强弱、城乡的折算）{ $value } 公里，创建校不变时的下界 { $bound }，差距不超过 { $gap }%
group-gap-group-core = {"  "}目标值（路程按权重，加规模、强弱、城乡的折算）{ $value } 公里，核心校不变时的下界 { $bound }，差距不超过 { $gap }%
role-leads-pairs = 创建校
role-member-pairs = 共建校
mend-weak-with-strong-pairs = 换优质学校作创建校，或划入有优质创建校的{ $noun }
mend-district-count-pairs = 要 { $wanted } 个{ $noun }，符合条件的创建校只有 { $led } 所{ $unled ->
    [0] {""}
   *[other] ，另有 { $unled } 个帮扶型{ $noun }不设创建校
}。最小的放宽办法：只划 { $made } 个{ $noun }{ $size ->
    [0] {""}
   *[other] ，并把每个{ $noun }的上限放到 { $size } 所
}；或再认定 { $more } 所创建校（{ $leads }）
mend-district-count-more-pairs = 标为创建校的学校多于所要的 { $wanted } 个{ $noun }：取消 { $more } 所的标记
rule-marked-lead-pairs = 由县直学校或镇优质学校作创建校
rule-marked-lead-group-core = 由县直学校或镇优质学校任核心校
mend-lock-lead-group-core = 由{ $lead }任所在{ $noun }的核心校，或解除锁定
mend-lock-lead-pairs = 由{ $lead }任所在{ $noun }的创建校，或解除锁定
mend-district-count-none-group-core = 要 { $wanted } 个{ $noun }，没有符合条件的核心校。最小的放宽办法：认定 { $more } 所核心校（{ $leads }）
verify-table-head = { $file } 的表头“{ $found }”不是该表的列
mend-district-count-locks = 要 { $wanted } 个{ $noun }，只有 { $led } 所牵头校，另有 { $held } 所符合条件的学校已锁定为其他学校的成员。最小的放宽办法：解除其中 { $more } 所的锁定；或只划 { $made } 个{ $noun }
mend-district-count-locks-group-core = 要 { $wanted } 个{ $noun }，只有 { $led } 所核心校，另有 { $held } 所符合条件的学校已锁定为其他学校的成员。最小的放宽办法：解除其中 { $more } 所的锁定；或只划 { $made } 个{ $noun }
