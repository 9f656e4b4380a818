### 命令行

command-xuequ = 学区划分规划:相对就近、规模适度、强弱搭配
command-demo = 生成一个虚构的县并完成划分
command-init = 根据现有文件生成带注释的设置文件 xuequ.toml
command-check = 检查输入数据并列出问题
command-plan = 划分招生地段和学区,写出成果文件夹
command-verify = 只凭文件独立复核成果文件夹
command-evaluate = 评价现行方案或手工方案
command-map = 绘制学校分布图
command-help = 显示帮助

help-usage = 用法
help-options = 选项
help-arguments = 参数
help-command = 命令
help-commands = 命令

option-lang = 语言:zh-CN 或 en(默认随系统)
option-json = 以 JSON 输出数据
option-quiet = 不输出过程信息
option-progress = 进度显示:auto、json 或 none
option-threads = 线程数(默认用全部处理器核;结果与线程数无关)
option-project = 项目文件夹或设置文件(默认 ./xuequ.toml);verify 中为输入文件所在文件夹
option-schools = 学校表(CSV、GeoJSON、Shapefile),可多次给出
option-blocks = 居住单元表,可多次给出
option-adjacency = 相邻关系表
option-existing = 现行方案表
option-locks = 锁定表
option-barriers = 阻隔图层(河流、铁路、干道)
option-crossings = 通道图层(桥、地道)
option-areas = 行政区划图层
option-crs = 未注明坐标系的图层所用坐标系,如 EPSG:4490、EPSG:4545、local
option-encoding = 文字编码,如 GBK、UTF-8
option-column = 指定列名,如 blocks.pupils=学生数,可多次给出
option-county = 县区名称
option-seats_from_existing = 没有学位数的学校,按现行方案学生数的倍数估计学位,如 1.05
option-folder = 文件夹
option-seed = 随机种子
option-overwrite = 允许覆盖已有成果
option-out = 写入的文件夹或文件
option-time_limit = 搜索时限(秒)
option-effort = 搜索力度:quick、standard 或 thorough
option-distance = 距离计算方法:straight(直线)或 barrier(绕行阻隔)
option-no_districts = 只划招生地段,不组学区
option-exact = 用 HiGHS 精确求解学区成员
option-assignment = 要评价的划分表(列:block_id、school_id、stage)
option-help = 显示帮助
option-version = 显示版本
option-subcommand = 命令
option-command = 命令

usage-hint = 详见 xuequ --help
usage-unknown-option = 没有选项 { $option }
usage-unknown-option-near = 没有选项 { $option },是否指 { $suggestion }?
usage-unknown-command = 没有命令“{ $command }”
usage-unknown-command-near = 没有命令“{ $command }”,是否指 { $suggestion }?
usage-value = { $option } 的值“{ $value }”无法使用
usage-value-of = { $option } 的值“{ $value }”无法使用,可用:{ $valid }
usage-value-missing = { $option } 需要一个值
usage-option-missing = 缺少:{ $option }
usage-conflict = { $option } 不能与 { $other } 同时使用
usage-other = 用法有误 { $option }

step-read = 读取与检查
step-catchments = 划分招生地段({ $stage })
step-districts = 组建学区
step-measure = 测算
step-write = 写出

error-no-input = 没有输入:请给出项目文件夹,或用 --schools 和 --blocks 指定文件
error-input = 共 { $count } 处错误,无法划分;请按上述提示修正后重试
error-file-missing = { $file }:找不到文件。请检查路径
error-file-forbidden = { $file }:没有读取权限
error-file-unreadable = { $file }:无法读取({ $detail })
error-file-malformed = { $file }:文件内容不合格式({ $detail })
error-file-format = { $file }:不认识的文件类型。可用 .csv、.tsv、.geojson、.shp
error-encoding-unknown = { $file }:没有名为“{ $label }”的编码。可用 UTF-8、GBK、GB18030、Big5
error-settings = { $file } 第 { $line } 行第 { $column } 列:{ $detail }
error-settings-near = { $file } 第 { $line } 行第 { $column } 列:{ $detail } —— 是否指 { $suggestion }?
error-output-exists = { $path } 已存在;如确需覆盖,请加 --overwrite
error-output-write = 无法写入 { $path }:{ $detail }
error-column-option = --column { $option }:应写作 图层.列用途=列名,如 blocks.pupils=学生数
error-nothing-to-evaluate = 没有可评价的方案:请用 --assignment 或 --existing 给出划分表
error-verify-output = 成果文件 { $file } 无法读取:{ $detail }
error-verify-input = 找不到输入文件 { $file };请用 --project 指明其所在文件夹

demo-written = 虚构县的项目文件已写入 { $folder }
demo-next = 地图:{ $map }
    报告:{ $report }
    接着可试:xuequ check { $folder } · xuequ verify { $folder }/out
init-guess = { $file }:识别为 { $layer },{ $rows } 行;{ $columns }
init-unused = { $file }:{ $rows } 行,未识别,不使用
init-written = 已写入 { $file }
init-next = 检查:{ $errors } 处错误,{ $warnings } 处注意。详见 xuequ check
check-no-findings = 没有发现问题
check-summary = { $schools } 所学校,{ $blocks } 个居住单元:{ $errors } 处错误,{ $warnings } 处注意,{ $notes } 条说明
map-written = { $schools } 所学校已绘入 { $file }

settings-head = xuequ 项目设置。# 开头的行是注释;文件名相对于本文件所在文件夹。
settings-project = 项目
settings-project-name = 县区名称
settings-project-year = 学年
settings-project-seed = 随机种子:相同的输入、设置和种子得到相同的结果
settings-project-language = 成果语言:zh-CN 或 en
settings-project-crs = 未注明坐标系的图层所用坐标系:EPSG 代码、PROJ 定义,或 local(平面米)
settings-schools = 学校
settings-schools-file = 文件;多个文件写作 ["小学.csv", "初中.csv"]
settings-schools-crs = 坐标系(文件未注明时)
settings-schools-encoding = 文字编码(未能识别时)
settings-schools-columns = 列名:用途 = "列名"。用途有 id、name、stage、capacity、capacity_primary、capacity_junior、longitude、latitude、x、y 等
settings-schools-seats_from_existing = 没有学位数的学校,按现行方案学生数的倍数估计学位
settings-schools-aliases = 校名的其他写法:"写法" = "学校表中的名称"
settings-blocks = 居住单元
settings-blocks-file = 文件
settings-blocks-crs = 坐标系(文件未注明时)
settings-blocks-encoding = 文字编码(未能识别时)
settings-blocks-columns = 列名:用途有 id、name、pupils、pupils_primary、pupils_junior、town、existing 等
settings-blocks-fractional_pupils = 学生数不是整数时:refuse 拒绝,round 四舍五入
settings-adjacency = 相邻关系表(有则照用,不再由边界推算)
settings-adjacency-file = 文件;列 block_a、block_b
settings-existing = 现行方案
settings-existing-file = 文件;列 block、school、stage
settings-locks = 锁定
settings-locks-file = 文件;列 kind(block、lead、member)、what、to、stage、reason、author
settings-barriers = 阻隔:河流、铁路、干道
settings-barriers-file = 文件(线)
settings-crossings = 通道:桥、地道
settings-crossings-file = 文件(点)
settings-areas = 行政区划
settings-areas-file = 文件(面)
settings-catchments = 招生地段
settings-catchments-distance = 距离:straight 直线,barrier 绕行阻隔
settings-catchments-effort = 搜索力度:quick、standard、thorough
settings-catchments-time_limit = 搜索时限(秒)
settings-districts = 学区
settings-districts-near = “位置相近”的权重
settings-districts-size = “规模适度”的权重
settings-districts-pair = “强弱搭配”的权重
settings-districts-schools = 每个学区学校数的下限和上限(含牵头校)
settings-districts-count = 每个学段的学区数;不写则按上下限推算
settings-districts-lead_enrolment = 牵头校的最少学生数
settings-districts-contiguous = 学区地域是否须连成一片
settings-strength = 办学实力四要素的权重(仅供内部使用,不公布)
settings-strength-conditions = 办学条件
settings-strength-teachers = 师资配置
settings-strength-management = 管理水平
settings-strength-quality = 教育质量
settings-measure = 测算标准
settings-measure-radius_primary_m = 小学服务半径(米)
settings-measure-radius_junior_m = 初中服务半径(米)
settings-measure-radius_all_m = 不分学段时的服务半径(米)
settings-measure-seat_use = 学位使用率的适宜区间
settings-map = 地图
settings-map-title = 图名;不写则用县名和学年
settings-map-source = 数据来源
settings-map-date = 日期
settings-map-maker = 制图单位
