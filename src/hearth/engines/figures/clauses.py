"""A clause cut into words, so far as it takes to find the noun beside a number.

To teach a word, add it to the table of its kind. The longest word is taken first; what no table knows is noun.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import rjieba


class Kind(Enum):
    """What a word does beside a counted noun."""

    NOUN = "noun"
    VERB = "verb"
    ACT = "act"
    DEED = "deed"
    LINK = "link"
    CHANGE = "change"
    PART = "part"
    SCOPE = "scope"
    OF = "of"
    AND = "and"


VERBS = """
展出 摆放 陈列 悬挂 张贴 发放 印发 刊发 刊登 刊播 刊载 推送 播出 发布 发出 发送 散发 分发 派发 赠送 捐献 送去 送出 送上 配送 送到
送达 送往 运送 投递 寄出 配备 配发 配置 印制 编印 编写 编制 编发 制作 制定 制订 出台 举办 举行 召开 开展 开设 开办 开通 组织 组建
成立 建成 建立 建起 设立 设置 搭建 打造 新建 扩建 改建 共建 创建 签订 签署 达成 促成 引进 引育 招引 招收 招募 聘请 聘任 选聘 选派
选树 选拔 选送 选出 培育 培养 孵化 带动 看望 邀请 联合 来自 接受 惠及 受理 吸引 收到 收集 收回 收录 收缴 收治 征集 征求 提出 提交
提供 答复 解决 化解 办结 采纳 评出 评定 授予 给予 获得 荣获 取得 实现 完成 投入 安排 争取 拨付 筹集 筹措 募集 落实 兑现 发展 推广
推进 推出 推动 推介 栽植 栽种 安装 铺设 修建 修缮 硬化 新修 维修 清理 清运 整治 拆除 查处 消除 处置 动员 发动 号召 引导 帮助 协助
转化 转让 承接 承办 承担 主办 协办 聆听 听取 撰写 发表 出版 编纂 录制 拍摄 上报 上传 审议 审核 核发 核查 增补 选举 免去 任命 调整
更新 更换 购置 购买 添置 订购 使用 利用 运用 采用 采取 实施 执行 包括 包含 涉及 涵盖 覆盖 辐射 汇聚 汇集 整合 突出 强化 加强 深化
优化 促进 注销 撤销 吸纳 吸收 接纳 容纳 解救 创造 产生 形成 留下 投放 投用 深入 走进 赴 前往 抵达 来到 到达 返回 出席 到场 入围
入选 入驻 落户 落地 跻身 晋级 牵头 主持 负责 结对 挂牌 揭牌 命名 认定 验收 立项 登记 建档 搜集 抽取 抽查 汇总 梳理 派出 派驻 分为
分成 用于 进行 保障 供应 占用 流转 承包 租用 出租 出售 售出 生产 产出 储备 运输 研发 研制 攻克 掌握 拥有 具有 具备 现有 共有 设有
建有 配有 藏有 存有 持有 另有 还有 备有 下辖 管辖 下设 附设 增设 增开 减免 免除 退还 归还 偿还 发起 启动 赢得 夺得 摘得 斩获 收获
喜获 创办 兴办 领办 表彰 约谈 追回 挽回 避免 减轻 划拨 下拨 下达 分配 认领 认养 认购 领取 报销 补发 缴纳 注资 融入 导入 录入 纳入
列入 并入 评为 商定 探讨 交流 传授 普及 传播 讲述 讲授 解读 负责了 围绕 通过 应到 实到 未到 出动 调集 调派 抽调 架设 守护 服务于
受到 得到 享受 享有 面向 落成 集中 发送了 审定 复核 拟定 定制 兑付 发出了 参照 报送 送交 移交 推荐 组成 当选 保送 动手 致 送 赠
赠予 捧回 捧得 放飞 植树 种下 栽下 建好 办好 办起 开出 开好 结成 聘 栽 铺 现场 分别作 作 建 设 办 开 评 发 获 获评 获批 列支 支付
报支 清退 补助给 资助了 辅导了 培训了 慰问了 走访了 来临 到来 回信 改进 压减 抽审 套取 回收 补施 预留 自评 享年 带徒 补齐 追缴
查封 扣押 侦破 破获 核减 核增 腾退 盘活 消化 收储 出让 受让 挂牌出让 核定 复垦 整理 疏浚 清淤 投喂 孵育 接待了 实有 在编 核销 报废
变更 增拨 追加 致辞 讲话 座谈交流 座谈 当作 报到 听讲 申请 授权 调拨 外借 退回 修复 补建 补种 补栽 施用 施 备足 备 测得 检出 查出
颁发 颁布 宣布 批准 批复 核准 审结 立案 结案 移送 问责 添加 购入 购进 订阅 赶制 募得 筹得 认捐 捐助 捐出 捐建 援建 援助 支援 驰援
运抵 运回 转运 走遍 跑遍 踏遍 授课 护送 接送 照料 照顾 救出 救起 救治 接诊 诊治 送检 复检 播种 移栽 补植 接通 贯通 开建 续建 淘汰
关停 取缔 取消 废止 分流 收听 入户 进村 下乡 驻村 选用 选定 遴选 推选 扶持 扶助 担任 出任 兼任 参保 参训 参评 参编 参建 发掘 挖掘
抢救 抓获 打掉 捣毁 缴获 清除 打捞 排除 排放 敷设 埋设 更名 合并 撤并 回复 上线 上架 下架 上映 签到 打卡 受聘 获聘 续聘 就读 入学
升学 理赔 赔付 借出 借入 勘测 延期 免缴 霉变 点名 询价 出现 进入 奔赴 走入 迈入 闯入 步入 晋升 上岗 到岗 返乡 返岗 复工 复产 开工
竣工 完工 投产 停产 停业 授牌 领奖 亮相 角逐 争夺 比拼 切磋 齐聚 云集 聚集 集结 出发 启程 离开 转移 撤离 获救 遇难 脱贫 致富 增产
退养 搬迁 滞留 拖欠 缺席 请假 离岗 退休 返校 入职 离职 入会 退会 免检 免票 待命 补充 补足 储存 存放 留存 封存 查看 察看 踏勘
走进了 参观了 听取了 收看了 观看了 举办了 开展了 组织了 发放了 完成了 实现了 建成了 新建了 引进了 签订了 达成了 解决了 推出了
召开了 邀请了 培养了 转为 变成 改为 改造成 升级为 调拨给 交付 交给 发给 送给 划转 结转 返还 偿付 预付 缴存 占地 奖补 表示 认为
建成后 座无虚席 同场竞技 作了 作报告 作主旨报告 作专题报告 作交流 作发言 全覆盖 显示 表明 反映 决出 提取 存入 汇入 转入 转出 拨出
开出了 查明 确认 核实 登门 串联 贯穿 横跨 跨越 途经 停靠 接入 并网 供给 输送 输出 输入 出口 进口 交易了 揭榜 张榜 悬赏 招商 引资
修订 接收 转交 回答 出具 转办 交办 督办 反馈 策划 筹办 筹建 承建 举荐 推举 采集 收购 采摘 收割 绘制 汇编 加装 加固 增配 申领 抢修
填补 打破 竞得 拍得 摘编 调阅 翻阅 查阅 约请 诚邀 力邀 续签 新签 签下 签发 拟请 占有 走近 会见 接见 会晤 拜访 捐资 出资 集资 斥资
耗资 垫资 争取到 应报 实报 未报 责令 免费 扣减 执裁 上缴 循环播放 写 授信 说
"""
"""Verbs that govern what is counted (展出科普展板156块) or follow it (19家企业参加)."""

ACTS = """
服务 培训 咨询 义诊 评审 初评 终评 复评 合作 点赞 评论 留言 直播 展示 展览 演示 演练 演出 演讲 辅导 指导 研讨 座谈 调查 调研 宣传
宣讲 竞赛 比赛 评选 评估 体检 体验 诊断 治疗 救援 巡诊 巡展 巡讲 巡演 路演 签约 创业 就业 实习 实训 实验 试验 示范 观摩 种植 养殖
修剪 加工 运营 监督 执法 投诉 举报 信访 换届 年检 申报 答辩 攻关 研究 开发 招标 捐款 献血 报名 互动 问答 答疑 测试 考试 考核 面试
毕业 结业 融资 投资 贷款 补助 补贴 奖励 配套 学习 教育 开放 关注 志愿服务 发明 创新 设计 施工 预警 预报 观测 通报 采访 放映 讲解
坐诊 会诊 疏散 绿化 灌溉 轮训 受益 受训 特邀 新增 增收 获奖 联合攻关 流动 阅览 借书 讨论 交易 托管 认证 鉴定 巡回 建议 购书
"""
"""Verbs that are nouns as well: what is done is counted (义诊900人次) or names the noun (合作协议)."""

DEEDS = """
解答 走访 参观 慰问 资助 救助 帮扶 转发 下载 对接 接待 观看 阅读 浏览 借阅 访问 点击 播放 转载 登录 注册 检查 巡查 排查 整改 报道
发言 参会 参展 参赛 参与 捐赠 办理 建设 收看 参加 采购 销售 审批 接种 招聘 监测 检测 筛查 回访 随访 安置 改造 收藏
"""
"""Verbs that govern what is counted (走访企业19家) and are counted themselves where nothing follows (走访120人次)."""

NOUNS = """
设备 设施 设计图 办公 办法 建筑 建筑面积 建议 建设者 发明专利 授权发明专利 发展中心 发票 发言人 开水 评委 评价 评分表 送检样品
作品 作者 作物 作业本 作风 作坊 获奖者 服务队 服务站 服务点 服务员 服务团 志愿服务队 志愿服务 培训班 培训课 慰问金 慰问信 慰问品
慰问组 慰问团 巡讲团 宣传月 宣传周 宣传日 宣传员 宣传页 宣传册 宣传栏 宣传品 参加人员 参加人数 参会人员 参会人数 参会代表 参赛选手
参赛作品 参赛队 参与单位 参与人数 参与企业 参展企业 参展商 受益群众 受益人数 受益农户 受益学生 受益人口 受训农民 受训人员 受训学员
覆盖人群 覆盖人口 覆盖人数 特邀专家 特邀嘉宾 获奖作品 获奖项目 获奖选手 推荐项目 推荐人选 组织单位 主办单位 承办单位 协办单位
成员单位 落地项目 签约项目 立项课题 在建项目 研发中心 研发人员 研发投入 研发机构 研发平台 研发经费 生产线 生产总值 新增产值
新增就业 注册会员 交流会 交流活动 推广站 推介会 咨询台 咨询点 展示区 体验区 体验馆 体验点 展览馆 展览面积 投资额 投资机构 融资额
报名人数 签约金额 就业岗位 创业团队 创业企业 创业者 引导基金 引导员 调解员 讲解员 辅导员 指导员 协调员 采购额 销售额 销售收入
服务收入 服务窗口 服务平台 服务中心 服务对象 服务项目 服务机构 培训机构 培训基地 培训学校 试验田 示范户 示范基地 示范区 示范村
示范点 示范社区 教育基地 教育局 监测点 监测站 检测线 检测报告 检查组 评审组 评审专家 调研组 调研报告 联合体 组织者 组织部 组织机构
党组织 建设项目 建设资金 建设用地 公开课 开放日 开放时间 通过率 采用率 使用率 使用面积 覆盖面 覆盖面积 带动作用 带头人 联系人
邀请函 普及率 推荐表 学习小组 养殖场 养殖户 种植户 种植面积 加工厂 加工企业 收藏品 互动展品 增加值 工业增加值 单位增加值能耗
保有量 最高气温 最低气温 平均气温 平均水平 平均工资 平均年龄 最高限价 最低工资 常住人口 户籍人口 流动人口 上年结转 年初预算 完成率
达标率 合格率 满意率 就业率 回收率 封存率 利用率 覆盖率 知晓率 增长率 接待能力 处理能力 维修费用 维修费 维护费用 生产能力 供水能力
体检中心 接种点 捐赠物资 补助资金 补贴资金 奖励资金 配套资金 救助站 收入 支出 现场会 现场观众 资助金 专项资助 建档立卡户 安置点
安置房 租用车 运输车 运输船 储备粮 储备库 集中供养 发电量 发行量 发文量 发热患者 开户 开发区 开发商 评级 评议员 设区市 设想 办事处
办事员 建行 建材 建国 开局 开关 办公室 有机肥 有机 有效 计算机 分会场 分中心 分馆 分会 分队 分论坛 分院 分校 经费 经验 经营主体
经济效益 现代 现金 从业人员 来宾 来访 来信 全文 全程 全民 要素 要点 能源 能手 能人 应用 应急 应届 需求 正高 未成年人 便民 女性
女职工 女生 女童 男生 男性 多媒体 少年 少儿 少先队员 少数 以工代赈 对口 对象 限额 当选人 不动产 按摩 获知 发布会 发布平台 下载量
访问量 点击量 阅读量 播放量 总播放量 观看量 转发量 浏览量 点赞量 新增会员 办会经费 办会 规模以上企业 规模以上工业企业 排名赛 列车
居民 居家 上级 上游 上门服务 中学 中小学 中小企业 中心 中草药 中药材 中医 内容 内科 参加者 建设工程 检测点 检测站 对接会 对接平台
接待大厅 接待站 参观者 慰问对象 采购商 采购项目 销售点 监测网络 监测设备 招聘会 改造项目 招聘岗位 阅读活动 阅读推广 阅读点 阅读室
接种率 接种点位 播放平台 改造工程 走访活动 对接活动 参观活动 慰问活动 采购金额 销售金额 申请书 申请人 申请表 申请单位 申请材料
申请者 授权书 施工队 备用金 备案 备课 按期办结率 出口额 进口额 出口企业 排放量 排放标准 排放总量 招商引资 招商项目 招商局 输出地
提取率 交易额 交易量 交易所 交易平台 支援者 援助金 援助物资 扶持资金 扶持政策 扶持对象 上线率 退休人员 退休干部 退休教师 退休职工
退休金 入学率 升学率 入户调查 入学新生 参保人数 参保人员 继续教育 研究生 研究员 研究所 研究院 研究室 研究会 研究中心 研究基地
总投入 总投资 总收入 总支出 入选县 入选区 入选作品 入选项目 参保率 参训人员 参训学员 参评作品 驻村干部 驻村工作队 进口设备 开工率
竣工面积 续建项目 开工项目 竣工项目 投产项目 返乡农民工 返乡青年 返乡人员 存放点 转运站 转运车 播种面积 因素 因子 因特网 合同
合同额 合同金额 合作社 合作意向 合唱团 合影 合肥 更多 且末 而且 若干 限高 限价 须知 之一 中央资金 中央财政 中小桥 曾用名 暂住人口
暂住证 接送车 救治点 救治中心 送检样本 更年期 皆宜 规上企业 规上工业企业 规上服务业 可支配收入 可再生能源 可回收物 平均得分 平均分
总得分 供应商 供应链 供应量 供应点 科协组织 学会组织 基层组织 社会组织 群众组织 群团组织 节约率 节约额
"""
"""Nouns that hold one of the verbs."""

LINKS = """
共计 总计 合计 累计 累计达 总共 一共 共 约 约为 大约 达到 达 高达 多达 已达 为 是 有 由 从 计 各 均 均为 增加到 增长到 增长至
增加至 增加为 提高到 提高至 提升到 提升至 上升到 上升至 上升为 扩大到 扩大至 发展到 发展至 扩展到 扩展至 拓展到 拓展至 增至 升至
降至 减至 减少到 减少至 减少为 下降到 下降至 降低到 降低至 降为 增为 变为 调整为 调整到 缩短到 缩短至 延长到 延长至 跃升至 攀升至
攀升到 突破 超过 超出 超 逾 近 接近 将近 不少于 不低于 不足 不到 不超过 控制在 稳定在 保持在 维持在 折合 折合人民币 人民币 折算
相当于 分别为 分别达 分别 了 着 过 已 已经 仍 将 拟 再 又 也 都 全部 计划 预计 力争 确保 先后 陆续 当场 同步 同时 仅 只 可以 能够
应 需要 限报 至少 最多 最少 最高 最低 被 共同 于 至 到 以 按 按照 根据 被评为 所 在 对 向 把 给 让 与会 进一步 截至目前 目前 至今
每年 每月 每周 每天 每日 日均 月均 年均 场均 当年 当月 当天 当日 全年 全天 上半年 下半年 今年 去年 前年 明年 本年 年内 期间 此外
最终 最后 首先 成功 积极 主动 认真 扎实 不断 继续 左右 以上 以下 以内 现已 现 因地制宜 分 并 经 就 来 已有 也有 均达 均超过 实际
首次 不 未 没有 必须 才 刚 刚刚 即 便 正 正在 轮流 互相 纷纷 踊跃 就地 就近 如期 按时 及时 广泛 深受 由此 需 尚需 约需 仅需 共需
升到 降到 得 得分 扣 扣分 满分 历时 可报 拟报 可申报 位居 位列 名列 排名 居 列 列居 跻身全省 之际 内 中 上 之间 逐一 一一 逐个
逐项 逐户 依次 直接 间接 同台 自愿 自发 实地 亲自 当面 携手 联袂 因 但 且 而 若 因此 由于 鉴于 随着 单日 单次 单车 单份 单件 尚有
尚未 暂 暂未 可达 能达 须 务必 不得 只能 均可 皆 合 限 限约 限领 仍有 更 却 其 之 单个 要 只有 仅有 这一 提前 推迟 如约 已于 曾
曾经 一直 始终 经常 多次 反复 即将 比 较 随后 连续 可 最初 起初 原来 原先 当初 双双 一式 一行 循环 有效期内 平时 往年 往常 以往
独立 折款 折价 排 地
"""
"""What stands between a noun and its number (达, 增至, 分别为, 日均), auxiliaries and adverbs."""

CHANGES = """
同比 环比 增长 增加 增幅 增幅达 新增 净增 净增加 净增长 减少 净减少 下降 降低 降幅 提高 提升 上升 上涨 回落 缩短 延长 扩大 翻
较上年 较上年同期 较去年 较去年同期 较上届 较上期 较前年 较同期 较年初 较上月 比上年 比上年同期 比去年 比去年同期 比上届 比上期
比前年 比同期 比年初 比上月 年增长 多 少 前移 后移 高出 高于 低于 快于 多于 少于 相比 上年 上年同期 去年同期 同期 年均增长 超额
超计划 节约 较常年 较历年 比常年 比历年 偏多 偏少 偏高 偏低 减排 压缩 攀升 激增 骤降 锐减 增添 增长了 增加了 减少了 下降了 提高了
提升了 上升了 扩大了 缩短了 降低了 多了 少了 较上季度 较上周 比上周 较昨日 比昨日
"""
"""Words of change: the number is of the noun named before (同比增加23项)."""

PARTS = """
其中 其余 余下 剩余 剩下 另外 占 占比 占总数 占全部 占到 约占 分别占 共占 占比达 省级 市级 县级 国家级 区级 省级以上 市级以上
县级以上 国家级以上 部级 厅级 新成立 人均 户均 亩均 每人 每户 每村 每家 每个 每项 每场 每期 每支 每名 每所 每亩 每台 男 女 党员占
合计 共计 共
"""
"""Words after which a number is part of what was counted before, or its share (其余8条)."""

SCOPES = """
年末 年初 期末 期初 年均 年底 全市 全省 全县 全区 全国 全镇 全乡 全村 全校 全院 全系统 我市 我省 我县 我区 我会 我校 本市 本省
本县 本区 本校 本会 市直 省直 县直 各地 各县区 各县 各区 各市 各乡镇 各镇 各级 各种 各项 各级各类 相关 有关 所有 全体 广大 众多
部分 多种 多个 一批 省内 市内 县内 国内 国内外 境内 区内 辖区 辖区内 线上线下 线上 线下 户外 室内 上述 这些 本届 本次 此次 历年
历届 今年以来 近年来 大批 大量 其他 其它 各类 周末 周末单日 工作日 节假日 双休日 节日期间
"""
"""Where and over what: dropped from the front of a noun (全市科技志愿者)."""

COSTS = frozenset(
    [
        "制作",
        "推广",
        "租用",
        "运输",
        "安装",
        "印制",
        "购置",
        "布置",
        "搭建",
        "维修",
        "编印",
        "印刷",
        "录制",
        "拍摄",
        "更换",
        "拆除",
        "清理",
        "聘请",
        "邀请",
        "发放",
        "开发",
        "研发",
        "研制",
        "采购",
        "改造",
        "建设",
        "维护",
    ]
)
"""Work that is paid for, as budgets list it (物料制作3万元)."""

BECOMES = """
建成 新建 再建 获批 入库 成立 新成立 入选 立项 投用 开工 完工 竣工 落成 挂牌 揭牌
"""
"""Verbs that things are the subject of: 科技馆已建成17座 counts 科技馆."""

_TABLES = {
    Kind.VERB: VERBS,
    Kind.ACT: ACTS,
    Kind.DEED: DEEDS,
    Kind.LINK: LINKS,
    Kind.CHANGE: CHANGES,
    Kind.SCOPE: SCOPES,
    Kind.PART: PARTS,
    Kind.NOUN: NOUNS,
    Kind.OF: "的",
    Kind.AND: "和 及 与 以及 、 或 暨",
}
KINDS = {word: kind for kind, words in _TABLES.items() for word in words.split()}
"""Every word with what it does; a word of two tables is what the later table says."""

_NOMINAL = re.compile(
    r"[率者量额数费类型源员](?!先|身|外|用|字|据|化|工)|[强力]度|规模|总量|能力|比例|面积|人数|速度|金额"
)
_EACH = re.compile(
    "每(?:[百千万]{1,2}(?:人口|[人户亩元名家吨])|单位|小时|学期|季度|县区|乡镇|街道|学校|企业|学会|小组|支队|小队|[\u4e00-\u9fff])"
)
_OPAQUE = re.compile(r"“[^“”]{1,24}”|《[^《》]{1,40}》|\([^()]{1,24}\)")


def _lengths() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in KINDS:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


_LENGTHS = _lengths()
_ANYWHERE = frozenset({Kind.OF, Kind.AND, Kind.NOUN})
_VERBAL = frozenset({Kind.VERB, Kind.ACT, Kind.DEED})


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a clause and what it does."""

    text: str
    kind: Kind


@lru_cache(maxsize=256)
def words_of(clause: str) -> tuple[Word, ...]:
    """Cut a clause (up to a hundred characters) into words; a quotation or bracket is one word, 每床 is like 每人."""
    words: list[Word] = []
    known, position = 0, 0
    around = _dictionary_words(clause)
    while position < len(clause):
        if opaque := _OPAQUE.match(clause, position):
            position = opaque.end()
            continue
        word = _word_at(clause, position, around)
        if not word and (each := _EACH.match(clause, position)):
            word = each[0]
        if not word:
            position += 1
            continue
        end, kind = position + len(word), KINDS.get(word, Kind.PART)
        if kind in _VERBAL and (nominal := _NOMINAL.match(clause, end)):
            position = nominal.end()
            continue
        if known < position:
            words.append(Word(clause[known:position], Kind.NOUN))
        words.append(Word(word, kind))
        known = position = end
    if known < len(clause):
        words.append(Word(clause[known:], Kind.NOUN))
    return tuple(words)


def _dictionary_words(clause: str) -> tuple[tuple[int, int], ...]:
    """For each character where the word of the dictionary that it is part of starts and ends."""
    return tuple(
        (start, end) for _, start, end in rjieba.tokenize(clause, hmm=False) for _ in range(start, end)
    )


def _word_at(clause: str, at: int, around: Sequence[tuple[int, int]]) -> str:
    """The longest word of the tables that begins here and is no mere part of a longer one."""
    for length in _LENGTHS.get(clause[at], ()):
        word = clause[at : at + length]
        if word in KINDS and _stands_alone(clause, word, at, around):
            return word
    return ""


def _stands_alone(clause: str, word: str, at: int, around: Sequence[tuple[int, int]]) -> bool:
    """经 in 经济损失, 成功 in 成功率 and 作报告 in 工作报告 do not; verbs do (负责同志, 申请专利, 代表作了发言)."""
    kind, stop = KINDS[word], at + len(word)
    start, end = around[at]
    if kind in _ANYWHERE:
        return True
    if stop > end:
        return at == start or around[end][1] - end == 1
    if stop - at < end - start and not _is_made_of_known(clause[start:end]):
        return stop - at > 1 and kind in _VERBAL
    return True


@lru_cache(maxsize=4096)
def _is_made_of_known(token: str) -> bool:
    """同比增加 is two words of the tables, 成功率 is not."""
    return token in KINDS or any(
        token[:cut] in KINDS and _is_made_of_known(token[cut:]) for cut in range(1, len(token))
    )
