"""What a clerk may get wrong in visits.xlsx."""

from collections.abc import Iterator

import pytest

from hearth.apps.campaigns.models import Campaign
from hearth.apps.visits import intake
from hearth.apps.visits.models import Case, Visit
from hearth.lib.faults import Refused
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

VISITS = """编号 日期 对象 单位 职称 领域 类别 带队领导 受托 陪同 工作进展 慰问品 可公开
ZF-1 2020-05-28 赵一 丑厂 - - - 领导乙 - - 样机已经做出来 - 否"""
CASES = "编号 走访编号 困难 类别 承办单位 责任人 期限 状态 答复 满意度\n"
SUGGESTIONS = "编号 走访编号 建议\n"


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture
def campaign(house: houses.House) -> Iterator[Campaign]:
    with scope(house.province.path):
        yield building.start(house)


def take(house: houses.House, campaign: Campaign, cases: str, suggestions: str, visits: str = VISITS) -> None:
    reading = building.typed(
        {
            intake.VISITS: visits,
            intake.CASES: CASES + cases,
            intake.SUGGESTIONS: SUGGESTIONS + suggestions,
        }
    )
    intake.take_visits(reading, campaign, building.names_of(house))


def test_visits_are_taken_with_what_was_told(house: houses.House, campaign: Campaign) -> None:
    take(
        house,
        campaign,
        "KN-1 ZF-1 设备不够 科研 甲市科协 钱二 2020-06-15 已办结 已可预约 满意",
        "JY-1 ZF-1 开放设备",
    )
    visit = Visit.objects.get()
    assert (visit.org, visit.kind, visit.may_publish) == (house.city, "", False)
    assert visit.cases.get().answer == "已可预约"
    assert visit.suggestions.get().text == "开放设备"


def test_every_fault_of_the_three_sheets_is_told_at_once(house: houses.House, campaign: Campaign) -> None:
    with pytest.raises(Refused) as refusal:
        take(
            house,
            campaign,
            """KN-1 ZF-9 设备不够 科研 甲市科协 钱二 2020-06-15 交办 - -
            KN-2 ZF-1 设备不够 科研 甲市科协 钱二 2020-06-15 已办结 - 满意
            KN-3 ZF-1 设备不够 科研 甲市科协 钱二 2020-06-15 交办 - 满意
            KN-4 ZF-1 设备不够 科研 甲科协 孙九 2020-06-15 交办 - -""",
            "JY-1 ZF-1甲 开放设备",
            VISITS.replace("赵一", "赵九"),
        )
    found = [fault.text for fault in refusal.value.faults]
    for text, said in zip(
        found,
        (
            "走访.csv 第 2 行“对象”：“赵九”应为人员表里的姓名",
            "困难.csv 第 2 行“走访编号”：“ZF-9”应为“走访”表里的编号",
            "困难.csv 第 3 行“答复”：“已办结”的困难要有答复",
            "困难.csv 第 4 行“满意度”：“满意”。还没有办结",
            "困难.csv 第 5 行“承办单位”：“甲科协”应为",
            "困难.csv 第 5 行“责任人”：“孙九”应为",
            "建议.csv 第 2 行“走访编号”：“ZF-1甲”应为“走访”表里的编号。是不是“ZF-1”",
        ),
        strict=True,
    ):
        assert said in text
    assert Visit.objects.count() == Case.objects.count() == 0
