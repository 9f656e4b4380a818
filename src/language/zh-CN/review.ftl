### 年度考核:指标跟踪与集团评分

clause-of-year = （{ $value } 年）
clause-of-owner = ；责任单位：{ $value }

standing-met = 达成
standing-not-met = 未达成
standing-no-value = 未填

targets-indicator = 指标
targets-comparison = 比较
targets-target = 目标
targets-value = 现值
targets-year = 年度
targets-owner = 责任单位
targets-unit = 单位
targets-standing = 结果
targets-short-by = 差额
targets-change = 变化
targets-change-from = 对比年度
targets-line = [{ $standing }] { $indicator }{ $year }：现值 { $value }，目标 { $target }{ $gap }{ $change }{ $owner }
clause-gap-below = ，差 { $value }
clause-gap-above = ，超出 { $value }
clause-gap-beside = ，相差 { $value }
targets-changed = ；较 { $year } 年 { $change }
targets-summary = { $count } 项指标：达成 { $met } 项，未达成 { $missed } 项，未填 { $empty } 项
targets-none-of-year = { $file }：表中没有 { $year } 年度的行，也没有未写年度的行

grade-excellent = 优秀
grade-good = 良好
grade-qualified = 合格
grade-unqualified = 不合格

section-institutions = 制度
section-staff = 队伍
section-teaching = 教学
section-qualities = 素养
section-innovation = 创新
section-influence = 影响

rubric-item = 第 { $number } 项（{ $section }）
rubric-publicity = 宣传加分
rubric-veto = 重大责任事件
rubric-takes-points = {" "}0 至 { $maximum } 分
rubric-takes-percent = {" "}0 至 100 的百分数；不超过 1 的须带百分号，如 0.5%，以免与比例混淆
rubric-takes-grade = 等级：优秀、良好、合格或不合格
rubric-takes-times = 次数（整数）
rubric-takes-flag = 是或否

score-group = 集团
score-year = 年度
score-bonus = 宣传加分
score-total = 总分
score-grade = 等级
score-veto = 重大责任事件
score-missing = 缺项
score-advice = 建议
score-yes = 是
score-no = 否
score-ungraded = 未定级
score-line = { $group }{ $year }：{ $grade }；总分 { $total }，其中宣传加分 { $bonus }
score-veto-decides = 发生重大责任事件：不论得分，直接不合格
score-items-missing = 缺项：{ $items }
score-reorganise = 优化组合
score-reorganise-why = 连续两年不合格：建议优化组合
score-day = { $month } 月 { $day } 日
score-deadline-group = 集团自评：{ $day }前
score-deadline-district = 区级评价：{ $day }前
score-deadline-city = 市级评价：{ $day }前
score-summary = 共 { $count } 份考核：不合格 { $unqualified } 份，未定级 { $ungraded } 份
