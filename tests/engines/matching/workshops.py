"""An invented collection in which the right answers are evident."""

from hearth.engines.matching import Demand, Offer

HULL = Demand(
    "需求-壳体",
    "水下机器人耐压壳体焊接",
    "需要解决钛合金耐压壳体的焊接变形问题，提高水下机器人的下潜深度。",
    owner="云川船舶厂",
    keywords=("水下机器人",),
    fields=("C37", "C39"),
    region="云川市",
    avoid=("蓝湾研究所",),
)
RICE = Demand("需求-水稻", "耐盐碱水稻品种", "沿海滩涂土壤含盐量高，寻求耐盐碱的水稻新品种及栽培技术。")
VISION = Demand("需求-视觉", "Deep learning for sorting", "Sort parcels with deep learning and 3D vision.")
DEMANDS = (HULL, RICE, VISION)

WELDING = Offer(
    "成果-焊接",
    "钛合金壳体真空电子束焊接技术",
    "控制了钛合金耐压壳体的焊接变形，已用于水下机器人。",
    owner="云川大学",
    fields=("C391",),
    region="云川市北塘县",
    kind="achievement",
)
SEED = Offer(
    "成果-水稻", "耐盐碱水稻选育", "在盐碱地选育水稻新品种。", owner="青禾农科院", kind="achievement"
)
SORTING = Offer("成果-分拣", "Parcel sorter", "A sorter that sees with DEEP LEARNING.", owner="云川大学")
RIVAL = Offer(
    "成果-回避", "水下机器人总体设计", "水下机器人耐压壳体设计。", owner="蓝湾研究所", region="云川市"
)
CLASSIFIED = Offer("成果-涉密", "水下机器人焊接", "水下机器人耐压壳体焊接。", owner="云川大学", secret=True)
OWN = Offer("成果-自有", "水下机器人", "水下机器人耐压壳体。", owner="云川船舶厂")
TANK = Offer(
    "设施-水池", "深水压力试验水池", "检验耐压壳体在深水压力下的强度。", owner="海陵检测中心", kind="facility"
)
OFFERS = (WELDING, SEED, SORTING, RIVAL, CLASSIFIED, OWN, TANK)
