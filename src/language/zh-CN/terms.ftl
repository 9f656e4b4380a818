### 领域词语

stage-primary = 小学
stage-junior = 初中
stage-all = 全部学生
stages-within-districts = { $stage }，不出学区
stages-of-schools = 各学段
stages-together = 各学段合并

severity-error = 错误
severity-warning = 注意
severity-note = 说明

indicator-qualified-teachers = 每百名学生高于规定学历教师数
indicator-backbone-teachers = 每百名学生县级以上骨干教师数
indicator-arts-sport-teachers = 每百名学生体育、艺术专任教师数
indicator-teaching-area = 生均教学及辅助用房面积
indicator-sports-area = 生均体育运动场馆面积
indicator-equipment-value = 生均教学仪器设备值
indicator-multimedia-rooms = 每百名学生网络多媒体教室数
indicator-composite = 综合（七项平均）

compass-north = 北
compass-north-east = 东北
compass-east = 东
compass-south-east = 东南
compass-south = 南
compass-south-west = 西南
compass-west = 西
compass-north-west = 西北

unit-blocks = 个居住单元
unit-pupils = 人
unit-metres = 米
unit-schools = 所
unit-parts = 块

county-unnamed = 本县
district-name = { $lead }学区

distance-note-straight = 居住单元点位至校门的直线距离
distance-note-barrier = 居住单元点位至校门的直线距离，遇河流、铁路等阻隔时绕行通道
distance-note-road = 居住单元点位至校门沿可步行道路的距离，两端按直线接至最近道路{ $others }
distance-note-given = 按给定的距离表（米）{ $others }
distance-note-given-minutes = 按给定的距离表（分钟），每分钟 { $speed } 米{ $others }
clause-distance-others = ；其中没有数据的 { $value } 对居住单元与学校按直线距离加 5 公里计

word-error = 错误
