"""What a clerk may get wrong in materials.xlsx, and what is taken in."""

from collections.abc import Iterator

import pytest

from hearth.apps.campaigns.models import Campaign
from hearth.apps.outreach import intake
from hearth.apps.outreach.models import Material, Movement
from hearth.lib.faults import Refused
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

MATERIALS = "编号 名称 类别 单位\nWL-1 展板甲 展板 块"
EVENTS = """编号 名称 学校 日期 地点 负责人 参加人数
KP-1 第一场 子县科协 2020-05-30 - 赵一 100
KP-2 第二场 丑厂 2020-05-30 - 赵一 -"""
HEAD = "编号 日期 物料 方向 数量 科普活动 签收人 单据\n"


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture
def campaign(house: houses.House) -> Iterator[Campaign]:
    with scope(house.province.path):
        yield building.start(house)


def take(house: houses.House, campaign: Campaign, lines: str, events: str = EVENTS) -> None:
    reading = building.typed(
        {intake.MATERIALS: MATERIALS, intake.EVENTS: events, intake.MOVEMENTS: HEAD + lines}
    )
    intake.take_materials(reading, campaign, building.names_of(house))


def faults(house: houses.House, campaign: Campaign, lines: str, events: str = EVENTS) -> list[str]:
    with pytest.raises(Refused) as refusal:
        take(house, campaign, lines, events)
    assert Material.objects.count() == 0
    return [fault.text for fault in refusal.value.faults]


def test_a_day_is_taken_in_whatever_order_its_lines_stand(house: houses.House, campaign: Campaign) -> None:
    take(
        house,
        campaign,
        """L-6 2020-05-30 WL-1 退回 8 KP-2 - -
        L-5 2020-05-30 WL-1 展出 8 KP-2 - -
        L-4 2020-05-30 WL-1 出库 8 KP-2 - -
        L-3 2020-05-30 WL-1 退回 8 KP-1 - -
        L-2 2020-05-30 WL-1 出库 8 KP-1 - -
        L-1 2020-05-29 WL-1 入库 8 - - -""",
    )
    assert Movement.objects.count() == 6
    assert Material.objects.get().in_stock == 8


def test_a_ledger_below_nothing_is_refused_at_its_line(house: houses.House, campaign: Campaign) -> None:
    found = faults(
        house,
        campaign,
        """L-1 2020-05-29 WL-1 入库 8 - - -
        L-2 2020-05-30 WL-1 出库 9 KP-1 - -
        L-3 2020-05-30 WL-1 出库 8 KP-2 - -
        L-4 2020-05-31 WL-1 发放 9 KP-2 - -""",
    )
    assert found == [
        "出入库.csv 第 3 行“数量”：“9”。最多 0 块：库里只有这么多。",
        "出入库.csv 第 5 行“数量”：“9”。最多 8 块：活动现场只有这么多。",
    ]


def test_references_that_lead_nowhere_are_faults(house: houses.House, campaign: Campaign) -> None:
    found = faults(
        house,
        campaign,
        """L-1 2020-05-29 WL-l 入库 8 - - -
        L-2 2020-05-29 WL-1 出库 8 KP-9 - -
        L-3 2020-05-29 WL-1 入库 8 KP-1 - -
        L-4 2020-05-29 WL-1 出库 8 - - -""",
        EVENTS.replace("赵一 100", "赵九 100").replace("丑厂", "寅厂"),
    )
    assert len(found) == 6
    assert "“赵九”应为人员表里的姓名。是不是“赵一”" in found[0]
    assert "“寅厂”应为组织表里的名称或简称" in found[1]
    assert "“WL-l”应为“物料”表里的编号。是不是“WL-1”" in found[2]
    assert "“KP-9”应为“科普活动”表里的编号" in found[3]
    assert "入库不填科普活动" in found[4]
    assert "入库不填科普活动" in found[5]
