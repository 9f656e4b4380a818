### 检查发现的问题

finding-more = ……另有 { $count } 条，xuequ check --json 可列出全部
clause-did-you-mean = ；是否指“{ $value }”?
clause-likely-system = ；从数值看可能是 { $value }
clause-example = ：{ $value }
clause-header = （只有表头：{ $value }）
clause-candidates = ；可能是 { $value }
clause-seats-from-existing = ；也可按现行方案的学生数推算学位：--seats-from-existing { $value }
clause-several = ：有几个同名，请改写编号（{ $value } 等）
clause-other-names = ，该处名称为{ $value }
findings-title = 检查结果
findings-title-of = 检查结果：{ $county }
findings-overview = 问题所在位置
findings-unlisted = 只列在表格中的问题
findings-codes = 全部编号
findings-search = 搜索：名称、文件、字词
findings-capped = 共 { $count } 条，本页只列前 { $shown } 条；全部见 findings.csv
findings-row = 第 { $row } 行
findings-files = 同一文件夹中：findings.csv 列出全部问题，可用 Excel 打开；findings.geojson 是问题所在位置的图层，可用 QGIS 等打开。三处序号一致。输入文件未作任何改动。
finding-line = [{ $code }] { $what } → { $remedy }
finding-line-at = { $place } [{ $code }] { $what } → { $remedy }

finding-encoding-guessed = 文字编码按内容识别为 { $encoding }，例：{ $sample }
finding-encoding-guessed-remedy = 如文字不对，用 --encoding 指定
finding-encoding-doubtful = 文字编码未注明，按内容可能是 { $encoding }，也可能是别的编码；按前者读出的样例：{ $sample }
finding-encoding-doubtful-remedy = 文字不对时用 --encoding 指定（gbk、big5、shift_jis、euc-jp、windows-1252 等）；最好另存为 UTF-8
finding-encoding-unsupported = 文件注明的编码是代码页 { $stated }，本程序不支持；按 { $encoding } 读出的样例：{ $sample }
finding-encoding-unsupported-remedy = 请另存为 UTF-8
finding-encoding-contradicted = 文件注明编码为 { $stated }，但内容与之不符，已按 { $encoding } 读取，例：{ $sample }
finding-encoding-contradicted-remedy = 如文字正确，请更正 .cpg 文件；如不正确，用 --encoding 指定
finding-encoding-broken = 部分文字不是 { $encoding }，第一处在第 { $row } 行：{ $text }
finding-encoding-broken-remedy = 用 --encoding 指定正确编码，或重新导出文件
finding-text-cut = 有 { $count } 处文字在字符中间被截断，残字已略去；第一处（行、列）：{ $place }，“{ $text }”
finding-text-cut-remedy = 字段长度不够；请加长字段重新导出，或导出为 CSV
finding-text-marks = { $count } 个单元格带有表格软件的文本标记（="…" 或 '），已去掉
finding-text-marks-remedy = 无须处理
finding-column-unread = 以下列存放备注、图片之类，或没有内容，未读取：{ $columns }
finding-column-unread-remedy = 如需其中的列，请导出为文本
finding-rows-deleted = 有 { $count } 行标记为已删除，未读入，这是第一处；其后的行号不计这些行
finding-rows-deleted-remedy = 如这些行仍有效，请重新导出；否则无须处理
finding-rows-uncounted = 文件声明有 { $said } 行，实际有 { $held } 行
finding-rows-uncounted-remedy = 文件被截断或未写完，请重新复制或导出
finding-format-differs = 文件名看是 { $named }，内容是 { $found }；已按 { $found } 读取
finding-format-differs-remedy = 无须处理；改正文件名可免此提示
finding-part-chosen = 读取了“{ $part }”；另有 { $others }
finding-part-chosen-remedy = 若要读另一个，写在文件名后：{ $base }#名称
finding-title-above = 表头在本行；其上方是：{ $titles }
finding-title-above-remedy = 表头无误则无须处理
finding-rows-below = 末尾 { $rows } 行当作合计或备注，未读取，第一行：{ $example }
finding-rows-below-remedy = 若这些行不是学校或小区，无须处理
finding-cells-merged = 跨行合并单元格中的文字已填入另外 { $cells } 格
finding-cells-merged-remedy = 无须处理；合并单元格中的数字只留在第一行
finding-cell-error = “{ $column }”列有 { $cells } 个公式出错，首个为 { $cell }；这些单元格按空白读取
finding-cell-error-remedy = 改正公式，或直接填数
finding-digits-lost = “{ $column }”列有 { $cells } 个数超出电子表格能保留的位数，首个为 { $cell }
finding-digits-lost-remedy = 第十五位以后的数字已丢失；请将该列设为文本后重新填写
finding-column-nested = 含有子列的列未读取：{ $columns }
finding-column-nested-remedy = 若不需要这些列，无须处理
finding-shapes-left-out = 该图层的图形未写入表格
finding-shapes-left-out-remedy = 要保留图形，请写为 shapefile、geopackage、flatgeobuf 或 geoparquet
finding-crs-not-written = 坐标系无人说明，写出时也未注明
finding-crs-not-written-remedy = 若只是平面米，无须处理；否则在输入中注明
finding-text-shortened = 有 { $cells } 处文字超过该格式的长度，首处在“{ $column }”列；该处已截断，全文在 { $to }
finding-text-shortened-remedy = 写为 geopackage、flatgeobuf 或 geoparquet，文字不限长
finding-column-recognised = 按列名识别：{ $columns }
finding-column-recognised-remedy = 如有误，用设置的 columns 或 --column 指定
finding-column-unused = 未使用的列：{ $columns }
finding-column-unused-remedy = 其中有要用的，用设置的 columns 或 --column 指定它是什么
finding-column-missing = 缺少列 { $role }（{ $wanted }）；现有列：{ $columns }
finding-column-missing-remedy = 补上该列，或用 columns 设置、--column 指明是哪一列{ $candidates }{ $otherwise }
finding-column-unknown = 设置中的列“{ $column }”不存在；现有：{ $columns }
finding-column-unknown-remedy = 请核对列名{ $nearest }
finding-role-unknown = 这个图层的列没有“{ $role }”这种用途
finding-role-unknown-remedy = 请改正 columns 设置或 --column 中列名前面的用途{ $nearest }
finding-column-repeated = 有几列都可作 { $role }，而内容不同：{ $columns }
finding-column-repeated-remedy = 只留一列或改名，也可用 columns 设置、--column 指明是哪一列
finding-row-length = 本行有 { $cells } 格，表头有 { $columns } 列
finding-row-length-remedy = 检查该行的逗号和引号
finding-crs-unknown = 不知道坐标系，坐标如 { $example }
finding-crs-unknown-remedy = 用 --crs 或设置 crs 指明{ $likely }；若只是平面米，写 local
finding-crs-guessed = 坐标系未注明，按数值范围当作 { $crs }
finding-crs-guessed-remedy = 如有误，用 --crs 指明
finding-crs-unsupported = 坐标系“{ $crs }”无法使用：{ $detail }
finding-crs-unsupported-remedy = 改用 EPSG 代码（如 EPSG:4490、EPSG:4545）或 local；高德、腾讯坐标写 GCJ-02，百度坐标写 BD-09
crs-fault-local = 这是局部坐标系，没有说明在地球上的位置；如各图层都用它，请写 local
crs-fault-google = 这是地图软件的旧代号，应写 EPSG:3857
crs-fault-unknown = 没有这个代号或名称的坐标系，也不是坐标系的定义
crs-fault-engine = 其定义无法计算（{ $detail }）
finding-crs-converted = 坐标由 { $from } 换算到 { $to }
finding-crs-converted-remedy = 无须处理
finding-crs-datum-shift = { $crs } 的基准与 WGS84、CGCS2000 不同，转换参数未公开；没有参数，位置会偏差数十至上百米
finding-crs-datum-shift-remedy = 先转换到 CGCS2000，或写上当地的三参数或七参数：crs = "{ $said } +towgs84=dx,dy,dz,rx,ry,rz,s"；写 +towgs84=0,0,0 则保留偏差
finding-crs-misfit = 坐标如 { $example }，不是所注明的坐标系 { $crs } 的坐标
finding-crs-misfit-remedy = 在该图层的设置中用 crs 写明正确的坐标系{ $likely }
finding-axes-swapped = 北坐标似乎写在东坐标前面：{ $crs } 下的 { $example }
finding-axes-swapped-remedy = 在坐标系后加 +axis=neu，即 crs = "{ $crs } +axis=neu"；或在 columns 中对调 x 和 y
finding-axes-exchanged = 已按坐标系的说明，把坐标读作北坐标（纬度）在前
finding-axes-exchanged-remedy = 无须处理
finding-crs-mixed = 本图层用平面米（local），而 { $other } 用地理坐标，不能混用
finding-crs-mixed-remedy = 给所有图层注明同一类坐标系
finding-place-missing = 没有坐标
finding-place-missing-remedy = 补上经纬度或平面坐标
finding-place-unreadable = “{ $column }”列的“{ $cell }”不是坐标
finding-place-unreadable-remedy = 请写“经度，纬度”（如 109.55,22.27）或 WKT（如 POINT (109.55 22.27)），或将经度、纬度分两列填写
finding-place-impossible = 坐标 { $example } 不可能
finding-place-impossible-remedy = 检查该行坐标和坐标系
finding-place-swapped = 经度、纬度似乎颠倒了{ $example }
finding-place-swapped-remedy = 对调两个数；若各行都如此，在 columns 中对调 longitude 和 latitude，或在 crs 后加 +axis=neu
finding-place-repeated = { $which ->
    [all] 全部
   *[some] 有
} { $count } { $kind ->
    [schools] 所学校
   *[blocks] 个居住单元
}坐标完全相同：本行和{ $others }等
finding-place-repeated-remedy = 地址解析程序查不到地址时常给出同一个点；请查出实际位置
finding-place-coarse = 经纬度至多 { $decimals } 位小数，位置可能偏差 { $metres } 米
finding-place-coarse-remedy = 重新导出，保留五至六位小数
finding-shape-wrong-kind = 图形是 { $found }，应为 { $wanted }
finding-shape-wrong-kind-remedy = 更换图层或删除该要素；闭合的线可用 `check --fix` 转为面
finding-shape-from-collection = { $count } 行是图形集合，已取其中可用的图形
finding-shape-from-collection-remedy = 无须处理；如地图上有缺漏请核对
finding-shape-heights = { $count } 行的高程或度量值（Z、M）未采用
finding-shape-heights-remedy = 无须处理
finding-number-unreadable = { $column } 列的“{ $cell }”不是可用的数
finding-number-unreadable-remedy = 改为数字
finding-number-negative = { $column } 列的“{ $cell }”是负数
finding-number-negative-remedy = 改为实际数，最小为 0
finding-number-large = { $column } 列的“{ $cell }”过大，不会是人数或学位数
finding-number-large-remedy = 请改正；可能误填了别的列的数
finding-formula-uncalculated = 有 { $count } 个公式没有计算结果，第一个在第 { $place } 行
finding-formula-uncalculated-remedy = 用 Excel 或 WPS 打开并保存一次，公式即会计算
finding-place-far = 坐标 { $example } 与多数行所在的地方相距 { $kilometres } 千米
finding-place-far-remedy = 检查该行：正负号、数字、小数点，或坐标系不同
finding-place-zero = 坐标是 0, 0：查询地址时没有找到这个地方
finding-place-zero-remedy = 重新查询该地点，把坐标填入本行
finding-attributes-missing = 这个 Shapefile 没有同名的属性表（.dbf），图形既无名称也无数字
finding-attributes-missing-remedy = 把同名的 .dbf 放在一起；如已丢失，请重新导出该图层
finding-pupils-from-population = 学生数取自“{ $column }”列；从列名看可能是总人口
finding-pupils-from-population-remedy = 如确是学生数可不管；否则用 --column blocks.pupils=列名 指定
finding-pupils-fractional = 学生数“{ $cell }”不是整数
finding-pupils-fractional-remedy = 改为整数，或设置 fractional_pupils = "round"
finding-address-unread = 有 { $count } 处门牌未能识别，第一处为“{ $value }”
finding-address-unread-remedy = 请写作“雁城路1-70号（双号）；中山路5号”；否则招生范围只写小区名，不写门牌号段
finding-pupils-rounded = { $count } 处学生数按设置四舍五入为整数
finding-pupils-rounded-remedy = 无须处理；合计可能略有出入
finding-pupils-missing = { $column } 列没有学生数
finding-pupils-missing-remedy = 补上；没有学生请填 0
finding-pupils-none = 所有居住单元都没有学生
finding-pupils-none-remedy = 检查学生数列
finding-pupils-zero = { $count } 个居住单元没有学生，仍划入招生地段
finding-pupils-zero-remedy = 无须处理
finding-pupils-enrolment = 各居住单元{ $stage }学生合计 { $pupils } 人，是各校{ $stage }在校生 { $enrolled } 人的 { $percent }%
finding-pupils-enrolment-remedy = 核对两列的口径：是否只计一个年级、计的是总人口，或不是同一年
finding-community-by-town = 有 { $count } 个社区名称见于多个乡镇（{ $names }）；不同乡镇的按不同社区计
finding-community-by-town-remedy = 如确是同一社区，把它的居住单元写成同一乡镇
finding-community-apart = 社区“{ $community }”的单元分在 { $parts } 处：此处 { $count } 个，在“{ $other }”的{ $direction }方向，相距 { $metres } 米
finding-community-apart-remedy = 核对社区名称和单元位置；都无误则不必处理
finding-town-near = 乡镇“{ $town }”（{ $count } 所学校）不见于居住单元和行政区划，写法相近的有“{ $other }”
finding-town-near-remedy = 各文件写成同一名称；确是两个乡镇则不必处理
finding-id-duplicate = 编号“{ $id }”重复，另有 { $count } 处：第 { $rows } 行{ $names }
finding-id-duplicate-remedy = 让编号唯一，或删去重复行
finding-id-alike = 编号“{ $id }”看上去与第 { $row } 行的“{ $other }”相同，实际不同：含有全角字符或看不见的字符
finding-id-alike-remedy = 如是同一个，请改为一致并删去重复行；如不是，请改用能区分的编号
finding-id-missing = 没有编号
finding-id-missing-remedy = 补上编号
finding-id-from-name = 没有编号列，以{ $source ->
    [name] 名称
   *[row] 行号
}作编号
finding-id-from-name-remedy = 建议增加稳定的编号列
finding-feature-id-repeated = 要素 id 有重复，不能作编号
finding-feature-id-repeated-remedy = 增加编号列
finding-name-duplicate = 学校重名，另有 { $count } 处：第 { $rows } 行
finding-name-duplicate-remedy = 确认是否同一所学校；按名称引用时请改用编号
finding-schools-none = { $why ->
    [empty] 文件中没有数据行{ $header }，所以没有学校
   *[missing] 没有学校
}
finding-schools-none-remedy = { $why ->
    [empty] 请重新导出含数据的文件，或用 --schools 指定另一个文件
   *[missing] 用 --schools 给出学校表
}
finding-blocks-none = { $why ->
    [empty] 文件中没有数据行{ $header }，所以没有居住单元
   *[missing] 没有居住单元
}
finding-blocks-none-remedy = { $why ->
    [empty] 请重新导出含数据的文件，或用 --blocks 指定另一个文件
   *[missing] 用 --blocks 给出居住单元表
}
finding-school-not-compulsory = “{ $cell }”不是义务教育学段：该校不参与划片，只在检查现有集团时计入
finding-sites-apart = 学校 { $id } 有几个校区：{ $sites }；各校区分别计学位、划片，编号为“{ $id }-校区”
finding-sites-apart-remedy = 无需处理
finding-school-not-compulsory-remedy = 无需处理
finding-school-special = “{ $cell }”：特殊教育学校、专门学校属义务教育，但不按小学、初中编组和划片，不计入覆盖率；可列入现有集团名单
finding-school-special-remedy = 无需处理
finding-school-closed = 该校 { $year } 年停办（撤并），不参与
finding-school-closed-remedy = 仍在办学的，删去该年份
finding-schools-new-by-year = 学校表没有“新建”列：{ $year } 年及以后建校的 { $count } 所学校按新建学校计（设置 policy.new_since）
finding-schools-new-by-year-remedy = 口径不同的，加“新建”列逐校填写，或改设置 policy.new_since
finding-word-unknown = “{ $cell }”不是“{ $column }”列可用的词
finding-word-unknown-remedy = 改为：{ $known }
finding-group-school-unknown = 没有学校“{ $name }”{ $suggestion }
finding-group-school-unknown-remedy = 改成学校表中的名称或编号
finding-group-conflict = 学区“{ $group }”各行的模式、治理方式或年度不一致
finding-group-conflict-remedy = 各行写成一致
finding-group-row-empty = 没有写明{ $missing ->
    [group] 属于哪个学区（集团）
   *[other] 是哪所学校
}，这一行不计
finding-group-row-empty-remedy = 填上，或删去这一行
finding-group-twice = 学区（集团）“{ $group }”有两所牵头校，或同一所学校出现两次
finding-group-kinds = 名单中有学区 { $districts } 个、教育集团 { $groups } 个：学区互不重叠，每校一个；集团覆盖在学区之上，一校可以加入几个。划片和飞地检查只用学区
finding-group-kinds-remedy = 分错的，在“种类”列逐行写明学区、片区或教育集团
finding-group-kind-by-name = 名单没有“种类”列，按名称把 { $count } 个认作教育集团：{ $groups }
finding-group-kind-by-name-remedy = 不是教育集团的，加“种类”列写明学区或教育集团
finding-group-core-untold = { $count } 个教育集团没有写明核心校：{ $groups }
finding-group-core-untold-remedy = 在“角色”列写核心校；学区和集团同在一行的，写在“集团角色”列
finding-mode-of-other-document = 学校表中的办学模式“{ $mode }”不是本文件的模式，未采用
finding-mode-of-other-document-remedy = 改为：{ $known }；留空则按学校情况确定
finding-superior-contradicts = 主管部门“{ $superior }”与办学性质“{ $ownership }”不一致；这样的学校共 { $count } 所，审批去向和层级按办学性质判定
finding-superior-contradicts-remedy = 核对主管部门和办学性质，改正其中一项
finding-group-twice-remedy = 每个学区一所牵头校，每所学校一行
finding-stage-unknown = 学段“{ $cell }”不认识
finding-stage-unknown-remedy = 可写：小学、教学点、初中、九年一贯制、十二年一贯制、完全中学、高中、中等职业学校、幼儿园、特殊教育、专门学校
finding-stage-doubtful = 从校名看，有 { $count } 所是高中（此为第一所）；类型只写“中学”，已按初中处理
finding-stage-doubtful-remedy = 只办高中的，请在学段列写“高中”；有初中部的，写“完全中学”
finding-stage-pupils-unclear = 学校分小学和初中，而居住单元只有一列学生数
finding-stage-pupils-unclear-remedy = 给出小学生数和初中生数两列，或只给一个学段的学校
finding-stage-without-school = { $stage }有 { $pupils } 名学生，却没有学校
finding-stage-without-school-remedy = 补上该学段的学校，或去掉该列
finding-seats-missing = 没有{ $stage }学位数
finding-seats-missing-remedy = 补上学位数，两个学段共用的填 shared_seats（共用学位）；也可设 seats_from_existing 按现行方案估计
finding-seats-zero = { $stage }学位数为 0
finding-seats-zero-remedy = 改正学位数；若不招该学段学生，请删去该校或改学段
finding-shared-seats-beside = 学校既有共用学位，又另有 { $seats } 个学位（{ $stage }）
finding-shared-seats-beside-remedy = 两个学段共用学位的只填 shared_seats（共用学位），否则只填各学段学位
finding-shared-seats-one-stage = 本次规划的学段中，学校只设{ $stage }，{ $seats } 个共用学位全部计入该学段
finding-shared-seats-one-stage-remedy = 如其中部分供其他学段使用，改填该学段的学位数
finding-pool-shared-seats = 学校在多校划片“{ $pool }”（{ $stage }）中，但其学位由两个学段共用
finding-pool-shared-seats-remedy = 分学段填写学位，或让学校退出该片
finding-pool-single = 多校划片“{ $pool }”只有这一所学校（{ $stage }），按单校划片处理
finding-pool-single-remedy = 同一片的各校应写相同名称；单校划片的留空{ $nearest }
finding-pool-unserved = 学校不设{ $stage }，却列入该学段的多校划片“{ $pool }”
finding-pool-unserved-remedy = 改正学校的学段，或将该格留空
finding-seats-from-existing = { $count } 所学校的{ $stage }学位按现行学生数的 { $times } 倍估计
finding-seats-from-existing-remedy = 正式方案请用核定学位
finding-seats-from-existing-none = 现行方案中没有{ $stage }学生，按规则没有学位，不参与划分
finding-seats-from-existing-none-remedy = 如应招生，请给出学位数
finding-seats-short = { $stage }学位不足：{ $pupils } 名学生，{ $seats } 个学位，缺 { $short } 个
finding-seats-short-remedy = 增加学位；仍会写出超员最少的方案并注明
finding-seats-short-together = 各学段共有学生 { $pupils } 人，而共用学位合计只有 { $seats } 个，少 { $short } 个
finding-seats-short-together-remedy = 增加学位；仍写出所找到的超员最少的方案并注明
finding-seats-short-apart = 本单元等 { $count } 个单元与其他单元都不相连：{ $stage }学生 { $pupils } 人，这里的学位 { $seats } 个，缺 { $short } 个，而全县学位够用
finding-seats-short-apart-remedy = 如有桥、路或渡口通往别处，请用相邻表指明：先规划一次，取输出中的 adjacency.csv，加上这一对，再用 --adjacency 给出
finding-seats-classes = { $classes } 个班有 { $seats } 个学位，每班 { $each } 个
finding-seats-classes-remedy = 核对两列：学位按人计，班数按班计，都是全部年级
finding-block-too-large = { $stage }学生 { $pupils } 人，多于任何学校的学位（最多 { $seats } 个）
finding-block-too-large-remedy = 拆分该居住单元或增加学位
finding-schools-same-place = 与“{ $other }”在同一位置
finding-schools-same-place-remedy = 确认坐标
finding-layers-shifted = 学校整体位于所在地块的{ $direction }方 { $distance } 处，{ $count } 所中有 { $outside } 所落在地块之外；{ $cause }
finding-layers-shifted-remedy = 如属实，在该图层的设置中用 crs 写明；程序未移动任何坐标
finding-layers-apart = 学校位于地块的{ $direction }方 { $distance } 处，{ $count } 所中有 { $outside } 所落在地块之外；{ $cause }
finding-layers-apart-remedy = 确认两个文件都属于本县，并写明各图层正确的 crs
shift-schools = 学校坐标疑似 { $system }
shift-blocks = 地块坐标疑似 { $system }
shift-both = 学校坐标疑似 { $system }，地块坐标疑似 { $other }
shift-meridian = 两者相差 { $degrees }° 经度，疑似用了不同的投影带
shift-exchanged = 其中一个图层的经度、纬度疑似颠倒
shift-unknown = 没有常见原因可以解释
direction-north = 北
direction-northeast = 东北
direction-east = 东
direction-southeast = 东南
direction-south = 南
direction-southwest = 西南
direction-west = 西
direction-northwest = 西北
finding-school-outside = { $from ->
    [points] 校门离所有居住单元都很远，在最近的“{ $block }”的{ $direction }方向 { $metres } 米
   *[outlines] 校门不在任何居住单元内，以点位最近的“{ $block }”为所在单元（校门在其{ $direction }方向，相距 { $metres } 米）
}
finding-school-outside-remedy = { $from ->
    [points] 确认学校和居住单元的坐标
   *[outlines] 确认坐标，或用 home_block 指定所在单元
}
finding-school-outside-areas = 校门在行政区划以外，在其{ $direction }方向 { $metres } 米
finding-school-outside-areas-remedy = 检查坐标；确在区划以外则不必处理
finding-block-outside-areas = 单元在行政区划以外，在其{ $direction }方向 { $metres } 米
finding-block-outside-areas-remedy = 检查坐标；确在区划以外则不必处理
finding-areas-elsewhere = { $all } { $kind ->
    [schools] 所学校
   *[blocks] 个居住单元
}中有 { $count } 个在行政区划以外；本条在其{ $direction }方向 { $metres } 米
finding-areas-elsewhere-remedy = 检查两个图层的坐标系，以及行政区划是否为本县、是否覆盖全县
finding-schools-same-block = 与“{ $other }”同在“{ $block }”内；以“{ $instead }”为其所在单元
finding-schools-same-block-remedy = 细分该居住单元，或用 home_block 指定
finding-home-unknown = 所在单元“{ $block }”不在居住单元表中{ $suggestion }
finding-home-unknown-remedy = 改正 home_block
finding-home-twice = 所在单元“{ $block }”已属于“{ $other }”
finding-home-twice-remedy = 每个学段一个单元只能有一所学校
fault-not-finite = 有坐标不是数
fault-too-few-points = 有一圈不足三个不同的点
fault-spike = 有尖刺：边线伸出后沿原线折回
fault-self-crossing = 边线自相交，如蝴蝶结
fault-self-overlap = 边线有一段自身重合
fault-self-touch = 边线在一点自相触
fault-repeated-ring = 同一圈出现两次
fault-rings-cross = 洞与另一圈相交
fault-rings-overlap = 洞与另一圈有一段重合
fault-hole-outside = 洞在外圈之外
fault-hole-nested = 洞在另一个洞之内
fault-ground-cut = 洞与外圈或洞相触，把地面割断
fault-parts-overlap = 各部分互相重叠
fault-parts-adjoin = 各部分共用一段边线
fault-parts-nested = 一部分落在另一部分之内
empty-without-points = 没有点
empty-few-points = 不足三个不同的点
empty-line = 各点在一条直线上
finding-outline-missing = 没有边界也没有点位
finding-outline-missing-remedy = 补上图形
finding-outline-mixed = { $with } 个居住单元有边界，{ $without } 个只有点位，不能混用
finding-outline-mixed-remedy = 全部给出边界，或全部只给点位
finding-outline-multipart = 边界由 { $parts } 块组成，仍作一个整体
finding-outline-multipart-remedy = 无须处理
finding-outline-invalid = { $fault }{ $count ->
    [1] {""}
   *[other] （{ $count } 处）
}
finding-outline-invalid-remedy = 读取时已理顺使用；请在 GIS 中修正，或用 `check --fix` 写出修正副本
finding-outline-empty = 边界没有面积：{ $reason }
finding-outline-empty-remedy = 修正图形
finding-outline-unclosed = 边界有一圈未闭合：首尾相距 { $metres } 米，已用直线连上
finding-outline-unclosed-remedy = 检查此处是否漏了点；`check --fix` 可写出闭合后的副本
finding-outline-repeated-points = { $outlines } 个边界中有 { $points } 个点与前一点重复
finding-outline-repeated-points-remedy = 无须处理
finding-outline-rings-sorted = { $count } 个边界的环方向看不出哪些是洞，已按包含关系判断：在另一环之内的作为洞
finding-outline-rings-sorted-remedy = 无须处理；如地图上缺洞请核对
finding-outline-antimeridian = 边界有一条边跨越半个地球：在 180° 经线处未断开，或经度正负号有误
finding-outline-antimeridian-remedy = 改正经度，或在 180° 经线处断开
finding-outline-duplicate = 与“{ $other }”的边界相同（{ $area } 平方米），地面归后者
finding-outline-duplicate-remedy = 将两者连同学生数合并，或分别画出边界
finding-outline-inside = 整个落在“{ $other }”之内，其中 { $area } 平方米从后者中扣除
finding-outline-inside-remedy = 确是飞地可不管，否则画清两者的界线
finding-outline-overlap = “{ $ceded }”与“{ $kept }”重叠 { $area } 平方米，归较小的“{ $kept }”
finding-outline-overlap-remedy = 在 GIS 中修正边界
finding-outline-gap = 县域内有 { $area } 平方米不属于任何居住单元
finding-outline-gap-remedy = 若是水面等可不管，否则补上居住单元
finding-outline-sliver = { $overlaps } 处细小重叠、{ $gaps } 处缝隙在边界中合拢，共 { $area } 平方米
finding-outline-sliver-remedy = 无须处理；输入文件未改动
finding-outline-snapped = { $joined } 个顶点并到 1 厘米内的邻点，{ $cut } 处边线在邻接点断开，使相邻边界重合
finding-outline-snapped-remedy = 无须处理；输入文件未改动
finding-outline-from-point = { $count } 个居住单元只有点位，边界用泰森多边形代替，仅供示意和推算相邻
finding-outline-from-point-remedy = 如有边界图层请提供
finding-point-from-columns = 点位取自 { $columns } 列，而不是由边界推算
finding-point-from-columns-remedy = 无须处理
finding-adjacency-unknown = 相邻表中的“{ $block }”不在居住单元表中{ $suggestion }
finding-adjacency-unknown-remedy = 改正编号
finding-adjacency-itself = 相邻表有 { $count } 行的两个单元相同（此为第一行），不计
finding-adjacency-itself-remedy = 如本意是另一单元，请改正编号
finding-adjacency-links = 相邻表中的 { $count } 对是桥、渡等连接，与共用边界一并计为相邻
finding-adjacency-links-remedy = 如表中本应列出全部相邻单元，请去掉种类列
finding-adjacency-nearness = { $blocks } 个边界中有 { $alone } 个与其他不相接，已按邻近补出 { $links } 对跨越间隔的相邻（间隔中位 { $median } 米，最宽 { $widest } 米）
finding-adjacency-nearness-remedy = 请查看 adjacency.csv；如已知相邻关系，可给出相邻表
finding-adjacency-differs = 相邻表与边界不一致：{ $apart } 对列为相邻而边界不接，{ $left_out } 对边界相接而未列出；以相邻表为准
finding-adjacency-differs-remedy = 如非有意，请核对相邻表
finding-block-island = 与其他居住单元不相连，到不了学校；与最近的“{ $other }”（相距 { $metres } 米）视为相邻；{ $count ->
    [one] 学生 { $pupils } 人
   *[other] 共 { $count } 个单元、学生 { $pupils } 人，其中有{ $names }
}
finding-block-island-remedy = 如应经桥、渡相连，请在相邻表中列出该对，种类写“桥”或“渡”
finding-existing-school-unknown = 现行方案中的学校“{ $name }”不在学校表中，涉及 { $count } 个居住单元{ $suggestion }
finding-existing-school-unknown-remedy = 改正校名，或在设置 schools.aliases 中写明
finding-existing-school-respelt = 现行方案中的学校“{ $name }”（{ $count } 个居住单元）不在学校表中，仅“{ $known }”与之拼写相近，已按该校处理
finding-existing-school-respelt-remedy = 统一两处校名，或在设置 schools.aliases 中写明
finding-existing-block-unknown = 现行方案中的居住单元“{ $name }”不在居住单元表中{ $suggestion }
finding-existing-block-unknown-remedy = 改正编号或名称
finding-authorities-overlap = { $first }与{ $second }的招生范围重叠 { $area } 平方米{ $blocks ->
    [0] { $crossed ->
        [0] {""}
       *[other] ，穿过 { $crossed } 个居住单元（{ $crossed_pupils } 人）
    }
   *[other] ，涉及 { $blocks } 个居住单元、{ $pupils } 名学生{ $crossed ->
        [0] {""}
       *[other] ，另穿过 { $crossed } 个居住单元（{ $crossed_pupils } 人）
    }
}（{ $stage }）{ $names }{ $more ->
    [0] {""}
   *[other] 等 { $all } 个
}
finding-authorities-overlap-remedy = 由两家单位商定分界，修改其中一个图层
finding-authorities-gap = 有 { $area } 平方米、{ $blocks } 个居住单元、{ $pupils } 名学生不在任何单位的招生范围内{ $crossed ->
    [0] {""}
   *[other] ，另穿过 { $crossed } 个居住单元（{ $crossed_pupils } 人）
}（{ $stage }）{ $names }{ $more ->
    [0] {""}
   *[other] 等 { $all } 个
}
finding-authorities-gap-remedy = 由所在地的单位纳入其招生范围
finding-existing-twice = 现行方案既把它划给“{ $first }”，本行又划给“{ $second }”；以本行为准
finding-existing-twice-remedy = 删去其中一行
finding-existing-incomplete = 现行方案（{ $stage }）没有 { $count } 个居住单元
finding-existing-incomplete-remedy = 这些单元不计入变动
finding-lock-unknown = 锁定表中的“{ $name }”找不到{ $suggestion }
finding-lock-unknown-remedy = 改正名称
finding-lock-stage-unserved = 锁定到“{ $school }”，但该校在本方案中不设学段“{ $cell }”
finding-lock-stage-unserved-remedy = 改正锁定的学段或学校
finding-lock-conflict = 不能既归“{ $first }”又归“{ $second }”
finding-lock-conflict-remedy = 删去其中一条锁定
finding-lock-itself = 锁定的两个居住单元是同一个
finding-lock-itself-remedy = 写明两个不同的居住单元，或删去该锁定
finding-lock-school-itself = 锁定的学校和去向是同一所学校
finding-lock-school-itself-remedy = 写明由哪所学校牵头；该校自己牵头的，种类写“牵头校”
finding-lock-stage-unplanned = 锁定的学段“{ $cell }”不在本次规划之内
finding-lock-stage-unplanned-remedy = 改正锁定的学段，或留空表示各学段
finding-lock-together-conflict = 应与“{ $other }”同校（{ $stage }），但两者一个须归“{ $first }”，一个须归“{ $second }”
finding-lock-together-conflict-remedy = 删去同校的锁定，或其中一条到学校的锁定
finding-lock-together-apart = 不得与“{ $other }”同校（{ $stage }），但其他锁定要求两者同校
finding-lock-together-apart-remedy = 删去其中一条锁定
finding-lock-apart-conflict = 不得与“{ $other }”同校（{ $stage }），但两者都须归“{ $first }”
finding-lock-apart-conflict-remedy = 删去其中一条锁定
finding-lock-forbidden-needed = 不得归“{ $first }”（{ $stage }），但又必须归该校（锁定、学校就在其中，或随同校的单元）
finding-lock-forbidden-needed-remedy = 删去其中一条锁定
finding-lock-forbidden-all = 加上这条锁定后，没有任何{ $stage }学校可去
finding-lock-forbidden-all-remedy = 至少留一所学校
finding-lock-too-far = 锁定到“{ $school }”（{ $stage }），距离 { $metres } 米，超过最远距离 { $limit } 米
finding-lock-too-far-remedy = 解除锁定，或放宽最远距离
finding-block-too-far = 最远距离 { $limit } 米之内没有{ $stage }学校；最近的“{ $school }”在 { $metres } 米外
finding-block-too-far-remedy = 放宽最远距离，或增设学校
finding-least-stage-unclear = 设有两个学段，最少学生数却未分学段；未采用
finding-least-stage-unclear-remedy = 用 least_pupils_primary、least_pupils_junior 两列分别写明
finding-least-above-seats = { $stage }最少应有学生 { $least } 人，学位却只有 { $seats } 个
finding-least-above-seats-remedy = 降低最少学生数，或增加学位
finding-least-short = 各校{ $stage }最少学生数合计 { $least } 人，多于学生总数 { $pupils } 人
finding-least-short-remedy = 降低部分学校的最少学生数
finding-lock-overfull = 锁定到本校的{ $stage }学生有 { $pupils } 人，学位只有 { $seats } 个
finding-lock-overfull-remedy = 减少锁定或增加学位
finding-barrier-without-crossing = 没有通道：两侧往来按加 5 公里计
finding-barrier-without-crossing-remedy = 在通道图层中补上桥或地道
finding-crossing-off-barrier = 不在任何阻隔上（60 米内）
finding-crossing-off-barrier-remedy = 检查坐标
finding-roads-none = 要按道路计算距离，但没有可步行的道路
finding-roads-none-remedy = 用 --roads 给出道路，或改用其他 --distance
finding-roads-taken = 已采用 { $count } 条可步行道路，共 { $kilometres } 公里；略去远离各居住单元和学校的 { $far } 条、不可步行的 { $left_out } 条：{ $classes }
finding-roads-taken-remedy = 如有道路类别判断不当，请在道路图层中增加 foot 列（yes 或 no）
finding-roads-cut = { $ways } 条道路的 { $nodes } 个节点不在数据范围内，这些道路在数据边缘处截止
finding-roads-cut-remedy = 如边缘穿过本县区，请换用范围更大的数据
finding-roads-crossing = 道路之间有 { $crossings } 处交叉、{ $ends } 处端点落在另一条路上但没有公共节点，未作连通
finding-roads-crossing-remedy = 立交、隧道本应如此；实际相通处请在 GIS 中补上节点
finding-roads-apart = 路网有 { $parts } 块与主网不连通，占总长 { $percent }%，已略去
finding-roads-apart-remedy = 无需处理，或在 GIS 中连通
finding-roads-torn = 路网有 { $parts } 块与主网不连通，占总长 { $percent }%，已略去
finding-roads-torn-remedy = 请检查道路端点是否未接上，或缺少桥梁
finding-road-far-school = 校门距最近道路 { $metres } 米，按直线走到道路
finding-road-far-school-remedy = 请检查坐标，或补充道路
finding-road-far-blocks = { $count } 个居住单元距最近道路超过 500 米，其中最远的是此处，{ $metres } 米；按直线走到道路
finding-road-far-blocks-remedy = 请检查坐标，或补充道路
finding-distance-none = 要采用给定的距离表，但没有给出
finding-distance-none-remedy = 用 --distances 给出，或改用其他 --distance
finding-distance-unknown = 距离表中的“{ $name }”（{ $count } 处）不在居住单元表或学校表中{ $suggestion }
finding-distance-unknown-remedy = 请更正编号或名称；有关数据未采用
finding-distance-negative = 有 { $count } 个距离为负，首个在此
finding-distance-negative-remedy = 请更正；无路可走的留空
finding-distance-repeated = { $count } 对距离重复给出且不一致，首个是“{ $block }”至“{ $school }”
finding-distance-repeated-remedy = 请删去其中一行
finding-distance-missing = { $pairs } 对中有 { $count } 对没有距离，首个是此居住单元至“{ $school }”；按直线距离加 5 公里计。有 { $blocks } 个居住单元全无距离
finding-distance-missing-remedy = 请补全有用的距离
finding-distance-converted = 分钟已按每分钟 { $speed } 米折算为米
finding-distance-converted-remedy = 如步行速度不同，请设置 walking_speed_m_per_min
finding-distance-short = { $count } 个给定距离短于直线距离，首个是此居住单元至“{ $school }”：给定 { $given } 米，直线 { $straight } 米
finding-distance-short-remedy = 请检查单位和坐标
finding-strength-missing = 没有办学实力数据，不组建{ $stage }学区
finding-strength-missing-remedy = 补上七项资源指标、管理水平、教育质量，或标明优质、薄弱学校
finding-strength-incomplete = { $stage }办学实力数据只有 { $share }%，不评定
finding-strength-incomplete-remedy = 补全指标
finding-enrolment-missing = { $count } 所学校没有{ $stage }在校生数{ $seats ->
    [0] ，也没有学位数，按 0 人计
   *[other] ，以学位数代替
}
finding-enrolment-missing-remedy = 补上在校生数
finding-year-unreadable = “{ $cell }”不是年度或年月
finding-year-unreadable-remedy = 写一个四位数的年度，如 2025；年月写作 2025-09；或留空
finding-target-unnamed = 该行没有指标名称
finding-target-unnamed-remedy = 补上指标名称，或删去该行
finding-target-missing = 没有目标值
finding-target-missing-remedy = 补上目标值，或删去该行
finding-target-comparison = 不认识的比较方式“{ $cell }”
finding-target-comparison-remedy = 写 { $known } 之一；留空为 ≥
finding-target-comparison-unread = “{ $column }”列里是比较方式，但没有当作比较方式读：各行都按 ≥ 判定
finding-target-comparison-unread-remedy = 把列名改为“比较”（comparison）
finding-target-units = 目标与现值单位不一：一个是百分数而另一个不是，或与单位列不符
finding-target-units-remedy = 两个数都带百分号并留空单位，或都不带而单位写 %
finding-target-repeated = 该指标同年度、同责任单位又见第 { $other } 行，比较方式相同或现值不一
finding-target-repeated-remedy = 删去其中一行，或以年度、责任单位、名称区分
finding-review-group-missing = 该行没有集团名称
finding-review-group-missing-remedy = 补上集团名称，或删去该行
finding-review-year-missing = 该行没有年度，而该集团其他行有
finding-review-year-missing-remedy = 补上年度
finding-review-item-unknown = 评分表中没有项目“{ $item }”
finding-review-item-unknown-remedy = 写 1 至 18 的序号，或国家级宣传、省级宣传、市级宣传、重大责任事件
finding-review-value-unfit = { $item }的值不能是“{ $cell }”
finding-review-value-unfit-remedy = 应填{ $takes }
finding-review-repeated = 该集团该年度的项目“{ $item }”又见第 { $other } 行
finding-review-repeated-remedy = 删去其中一行
finding-groups-empty = 学区（集团）名单只有表头，没有数据
finding-groups-empty-remedy = 填写名单；要由程序编组的，去掉设置中的 [groups]
finding-waiver-unknown = 设置 districts.waivers 中的“{ $name }”不是任何学区的编号、名称或牵头校，未采用
finding-waiver-unknown-remedy = 改成学区的编号、名称或牵头校：{ $known }
