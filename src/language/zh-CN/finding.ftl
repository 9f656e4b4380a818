### 检查发现的问题

finding-severity = 级别
finding-code = 代码
finding-where = 位置
finding-name = 名称
finding-what = 问题
finding-remedy = 处理办法
finding-line = [{ $code }] { $what } → { $remedy }
finding-line-at = { $place } [{ $code }] { $what } → { $remedy }

finding-encoding-guessed = 文字编码按内容识别为 { $encoding },例:{ $sample }
finding-encoding-guessed-remedy = 如文字不对,用 --encoding 指定
finding-encoding-broken = 部分文字不能按 { $encoding } 解读,例:{ $sample }
finding-encoding-broken-remedy = 用 --encoding 指定正确编码,或重新导出文件
finding-column-recognised = 按列名识别:{ $columns }
finding-column-recognised-remedy = 如有误,在设置的 columns 中指定
finding-column-missing = 缺少列 { $role }({ $wanted });现有列:{ $columns }
finding-column-missing-remedy = 补上该列,或用 columns 设置、--column 指明是哪一列
finding-column-unknown = 设置中的列“{ $column }”不存在;现有:{ $columns }
finding-column-unknown-remedy = { $nearest ->
    [""] 请核对列名
   *[other] 是否指“{ $nearest }”?
}
finding-row-length = 本行有 { $cells } 格,表头有 { $columns } 列
finding-row-length-remedy = 检查该行的逗号和引号
finding-crs-unknown = 不知道坐标系,坐标如 { $example }
finding-crs-unknown-remedy = 用 --crs 或设置 crs 指明{ $likely ->
    [""] {""}
   *[other] ;从数值看可能是 { $likely }
};若只是平面米,写 local
finding-crs-guessed = 坐标系未注明,按数值范围当作 { $crs }
finding-crs-guessed-remedy = 如有误,用 --crs 指明
finding-crs-unsupported = 坐标系“{ $crs }”无法使用:{ $detail }
finding-crs-unsupported-remedy = 改用 EPSG 代码(如 EPSG:4490、EPSG:4545)或 local;高德、百度坐标须先转换
finding-crs-converted = 坐标由 { $from } 换算到 { $to }
finding-crs-converted-remedy = 无须处理
finding-crs-datum-shift = { $crs } 的基准与 WGS84 不同,转换参数未公开;未作基准转换,位置可能偏差数十至上百米
finding-crs-datum-shift-remedy = 如需更准,先用当地参数转换到 CGCS2000
finding-crs-mixed = 本图层用平面米(local),而 { $other } 用地理坐标,不能混用
finding-crs-mixed-remedy = 给所有图层注明同一类坐标系
finding-place-missing = 没有坐标
finding-place-missing-remedy = 补上经纬度或平面坐标
finding-place-impossible = 坐标 { $example } 不可能
finding-place-impossible-remedy = 检查该行坐标和坐标系
finding-place-swapped = 经度、纬度似乎颠倒了{ $example ->
    [""] {""}
   *[other] :{ $example }
}
finding-place-swapped-remedy = 交换两列,或在 columns 中对调 longitude 和 latitude
finding-shape-wrong-kind = 图形是 { $found },应为 { $wanted }
finding-shape-wrong-kind-remedy = 更换图层或删除该要素
finding-number-unreadable = { $column } 列的“{ $cell }”不是可用的数
finding-number-unreadable-remedy = 改为数字
finding-pupils-from-population = 学生数取自“{ $column }”列;从列名看可能是总人口
finding-pupils-from-population-remedy = 如确是学生数可不管;否则用 --column blocks.pupils=列名 指定
finding-pupils-fractional = 学生数“{ $cell }”不是整数
finding-pupils-fractional-remedy = 改为整数,或设置 fractional_pupils = "round"
finding-pupils-rounded = { $count } 处学生数按设置四舍五入为整数
finding-pupils-rounded-remedy = 无须处理;合计可能略有出入
finding-pupils-missing = { $column } 列没有学生数
finding-pupils-missing-remedy = 补上;没有学生请填 0
finding-pupils-none = 所有居住单元都没有学生
finding-pupils-none-remedy = 检查学生数列
finding-pupils-zero = { $count } 个居住单元没有学生,仍划入招生地段
finding-pupils-zero-remedy = 无须处理
finding-id-duplicate = 编号“{ $id }”重复,另见第 { $rows } 行
finding-id-duplicate-remedy = 让编号唯一,或删去重复行
finding-id-missing = 没有编号
finding-id-missing-remedy = 补上编号
finding-id-from-name = 没有编号列,以{ $source ->
    [name] 名称
   *[row] 行号
}作编号
finding-id-from-name-remedy = 建议增加稳定的编号列
finding-feature-id-repeated = 要素 id 有重复,不能作编号
finding-feature-id-repeated-remedy = 增加编号列
finding-name-duplicate = 学校重名,另见第 { $rows } 行
finding-name-duplicate-remedy = 确认是否同一所学校;按名称引用时请改用编号
finding-schools-none = 没有学校
finding-schools-none-remedy = 用 --schools 给出学校表
finding-blocks-none = 没有居住单元
finding-blocks-none-remedy = 用 --blocks 给出居住单元表
finding-stage-unknown = 学段“{ $cell }”不认识
finding-stage-unknown-remedy = 写小学、初中或九年一贯制
finding-stage-pupils-unclear = 学校分小学和初中,而居住单元只有一列学生数
finding-stage-pupils-unclear-remedy = 给出小学生数和初中生数两列,或只给一个学段的学校
finding-stage-without-school = { $stage }有 { $pupils } 名学生,却没有学校
finding-stage-without-school-remedy = 补上该学段的学校,或去掉该列
finding-seats-missing = 没有{ $stage }学位数
finding-seats-missing-remedy = 补上学位数;也可设 seats_from_existing 按现行方案估计
finding-seats-zero = { $stage }学位数为 0
finding-seats-zero-remedy = 改正学位数;若不招该学段学生,请删去该校或改学段
finding-seats-from-existing = { $count } 所学校的{ $stage }学位按现行学生数的 { $times } 倍估计
finding-seats-from-existing-remedy = 正式方案请用核定学位
finding-seats-from-existing-none = 现行方案中没有{ $stage }学生,按规则没有学位,不参与划分
finding-seats-from-existing-none-remedy = 如应招生,请给出学位数
finding-seats-short = { $stage }学位不足:{ $pupils } 名学生,{ $seats } 个学位,缺 { $short } 个
finding-seats-short-remedy = 增加学位;仍会写出超员最少的方案并注明
finding-block-too-large = { $stage }学生 { $pupils } 人,多于任何学校的学位(最多 { $seats } 个)
finding-block-too-large-remedy = 拆分该居住单元或增加学位
finding-schools-same-place = 与“{ $other }”在同一位置
finding-schools-same-place-remedy = 确认坐标
finding-school-outside = 校门不在任何居住单元内,最近的“{ $block }”相距 { $metres } 米,以其为所在单元
finding-school-outside-remedy = 确认坐标,或用 home_block 指定所在单元
finding-schools-same-block = 与“{ $other }”同在“{ $block }”内;以“{ $instead }”为其所在单元
finding-schools-same-block-remedy = 细分该居住单元,或用 home_block 指定
finding-home-unknown = 所在单元“{ $block }”不在居住单元表中
finding-home-unknown-remedy = 改正 home_block
finding-home-twice = 所在单元“{ $block }”已属于“{ $other }”
finding-home-twice-remedy = 每个学段一个单元只能有一所学校
finding-outline-missing = 没有边界也没有点位
finding-outline-missing-remedy = 补上图形
finding-outline-mixed = { $with } 个居住单元有边界,{ $without } 个只有点位,不能混用
finding-outline-mixed-remedy = 全部给出边界,或全部只给点位
finding-outline-multipart = 边界由 { $parts } 块组成,仍作一个整体
finding-outline-multipart-remedy = 无须处理
finding-outline-invalid = 边界自相交或自相触:{ $detail }
finding-outline-invalid-remedy = 已按交点拆开使用;建议在 GIS 中修正
finding-outline-empty = 边界没有面积
finding-outline-empty-remedy = 修正图形
finding-outline-overlap = “{ $ceded }”与“{ $kept }”重叠 { $area } 平方米,归较小的“{ $kept }”
finding-outline-overlap-remedy = 在 GIS 中修正边界
finding-outline-gap = 县域内有 { $area } 平方米不属于任何居住单元
finding-outline-gap-remedy = 若是水面等可不管,否则补上居住单元
finding-outline-sliver = { $overlaps } 处细小重叠、{ $gaps } 处缝隙在边界中合拢,共 { $area } 平方米
finding-outline-sliver-remedy = 无须处理;输入文件未改动
finding-outline-snapped = { $joined } 个顶点并到 1 厘米内的邻点,{ $cut } 处边线在邻接点断开,使相邻边界重合
finding-outline-snapped-remedy = 无须处理;输入文件未改动
finding-outline-from-point = { $count } 个居住单元只有点位,边界用泰森多边形代替,仅供示意和推算相邻
finding-outline-from-point-remedy = 如有边界图层请提供
finding-point-from-columns = 点位取自 { $columns } 列,而不是由边界推算
finding-point-from-columns-remedy = 无须处理
finding-adjacency-unknown = 相邻表中的“{ $block }”不在居住单元表中
finding-adjacency-unknown-remedy = 改正编号
finding-adjacency-differs = 相邻表与边界不一致:{ $apart } 对列为相邻而边界不接,{ $left_out } 对边界相接而未列出;以相邻表为准
finding-adjacency-differs-remedy = 如非有意,请核对相邻表
finding-block-island = 与其他居住单元不相连,到不了学校;与最近的“{ $other }”(相距 { $metres } 米)视为相邻
finding-block-island-remedy = 如应经桥、渡相连,请用相邻表指明
finding-existing-school-unknown = 现行方案中的学校“{ $name }”不在学校表中,涉及 { $count } 个居住单元{ $suggestion ->
    [""] {""}
   *[other] ;是否指“{ $suggestion }”?
}
finding-existing-school-unknown-remedy = 改正校名,或在设置 schools.aliases 中写明
finding-existing-block-unknown = 现行方案中的居住单元“{ $name }”不在居住单元表中{ $suggestion ->
    [""] {""}
   *[other] ;是否指“{ $suggestion }”?
}
finding-existing-block-unknown-remedy = 改正编号或名称
finding-existing-incomplete = 现行方案({ $stage })没有 { $count } 个居住单元
finding-existing-incomplete-remedy = 这些单元不计入变动
finding-lock-unknown = 锁定表中的“{ $name }”找不到{ $suggestion ->
    [""] {""}
   *[other] ;是否指“{ $suggestion }”?
}
finding-lock-unknown-remedy = 改正名称
finding-lock-conflict = 不能既归“{ $first }”又归“{ $second }”
finding-lock-conflict-remedy = 删去其中一条锁定
finding-lock-overfull = 锁定到本校的{ $stage }学生有 { $pupils } 人,学位只有 { $seats } 个
finding-lock-overfull-remedy = 减少锁定或增加学位
finding-barrier-without-crossing = 没有通道:两侧往来按加 5 公里计
finding-barrier-without-crossing-remedy = 在通道图层中补上桥或地道
finding-crossing-off-barrier = 不在任何阻隔上(60 米内)
finding-crossing-off-barrier-remedy = 检查坐标
finding-strength-missing = 没有办学实力数据,不组建{ $stage }学区
finding-strength-missing-remedy = 补上七项资源指标、管理水平、教育质量,或标明优质、薄弱学校
finding-strength-incomplete = { $stage }办学实力数据只有 { $share }%,不评定
finding-strength-incomplete-remedy = 补全指标
finding-enrolment-missing = { $count } 所学校没有{ $stage }在校生数,以学位数代替
finding-enrolment-missing-remedy = 补上在校生数
