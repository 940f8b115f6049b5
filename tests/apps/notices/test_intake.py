"""What a clerk may get wrong in notices.xlsx, and what is taken in."""

from collections.abc import Iterator

import pytest

from hearth.apps.campaigns.models import Campaign
from hearth.apps.notices import intake
from hearth.apps.notices.models import Answer, Notice, Return
from hearth.lib.faults import Refused
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

NOTICES = """编号 标题 文号 下发日期 发文单位 下发范围 报送期限
TZ-1 学习通知 - 2020-05-29 甲市科协 县区科协、企业 2020-06-05
TZ-2 方案通知 - 2020-05-14 甲市科协 县区科协 -"""
FORMS = "通知编号 键 名称 种类 量 说明 必填 最小 最大 选项 栏 固定行 口径 替填指标"
DETAILS = "报送编号 键 行 栏 内容"
HEAD = "编号 通知编号 单位 报送日期 状态 学习讨论场次 参加人数 科普活动场次 心得摘要\n"


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture
def campaign(house: houses.House) -> Iterator[Campaign]:
    with scope(house.province.path):
        yield building.start(house)


def take(
    house: houses.House,
    campaign: Campaign,
    lines: str,
    notices: str = NOTICES,
    forms: str = FORMS,
    details: str = DETAILS,
) -> None:
    reading = building.typed(
        {intake.NOTICES: notices, intake.RETURNS: HEAD + lines, intake.FORMS: forms, intake.DETAILS: details}
    )
    intake.take_notices(reading, campaign, building.names_of(house))


def faults(house: houses.House, campaign: Campaign, lines: str, notices: str = NOTICES) -> list[str]:
    with pytest.raises(Refused) as refusal:
        take(house, campaign, lines, notices)
    assert Notice.objects.count() == 0
    return [fault.text for fault in refusal.value.faults]


def test_notices_reach_their_range_and_returns_are_filled_in(house: houses.House, campaign: Campaign) -> None:
    take(
        house,
        campaign,
        "BS-1 TZ-1 子县科协 2020-06-06 已报 2 30 - 好\nBS-2 TZ-1 丑厂 2020-06-01 退回修改 1 9 0 -",
    )
    assert list(Notice.objects.order_by("number").values_list("number", "wants_return")) == [
        ("TZ-1", True),
        ("TZ-2", False),
    ]
    found = Return.objects.order_by("notice__number", "org_path").values_list(
        "notice__number", "org__short_name", "state", "number"
    )
    assert list(found) == [
        ("TZ-1", "子县科协", "sent", "BS-1"),
        ("TZ-1", "丑厂", "sent_back", "BS-2"),
        ("TZ-2", "子县科协", "open", ""),
    ]
    people = Answer.objects.filter(key="people").order_by("org_path").values_list("number", flat=True)
    assert list(people) == [30, 9]


def test_returns_that_cannot_be_are_faults(house: houses.House, campaign: Campaign) -> None:
    found = faults(
        house,
        campaign,
        """BS-1 TZ-l 子县科协 2020-06-01 已报 - - - -
        BS-2 TZ-1 乙市科协 2020-06-01 已报 - - - -
        BS-3 TZ-1 子县科协 2020-05-28 已报 - - - -
        BS-4 TZ-1 试验子县科协 2020-06-01 已报 - - - -
        BS-5 TZ-2 子县科协 2020-06-01 已报 - - - -
        BS-6 TZ-1 卯厂 2020-06-01 已报 - - - -""",
    )
    assert [text.split("：", 1)[0] for text in found] == [
        "报送.csv 第 2 行“通知编号”",
        "报送.csv 第 3 行“单位”",
        "报送.csv 第 4 行“报送日期”",
        "报送.csv 第 5 行“单位”",
        "报送.csv 第 6 行“通知编号”",
        "报送.csv 第 7 行“单位”",
    ]
    for text, said in zip(
        found,
        (
            "应为“通知”表里的编号",
            "不在通知 TZ-1 的下发范围里",
            "不能早于",
            "请合并",
            "不要求报送",
            "组织表里的",
        ),
        strict=True,
    ):
        assert said in text


def test_a_range_that_is_none_is_a_fault(house: houses.House, campaign: Campaign) -> None:
    found = faults(
        house,
        campaign,
        "",
        """编号 标题 文号 下发日期 发文单位 下发范围 报送期限
        TZ-1 学习通知 - 2020-05-29 甲市科协 县科协 2020-06-05
        TZ-2 学习通知 - 2020-05-29 甲市科协 科研院所 2020-06-05
        TZ-3 学习通知 - 2020-05-29 甲市科协 企业 2020-05-05""",
    )
    assert "“县科协”是不是“县区科协”" in found[0]
    assert "没有这些类别的组织" in found[1]
    assert "报送期限不能早于下发日期" in found[2]
    assert len(found) == 3


DESIGNED = (
    FORMS
    + """
TZ-1 sessions 学习讨论场次 整数 场 - 是 - - - - - - -
TZ-1 manner 主要形式 选项 - - - - - 线上、现场 - - - -
TZ-1 work 科普情况 表格 - - - - - - 数量，整数 报告会（场）、展览（场） - -"""
)


def test_a_designed_form_is_answered_from_the_sheet_of_details(
    house: houses.House, campaign: Campaign
) -> None:
    lines = "BS-1 TZ-1 子县科协 2020-06-01 已报 2 - - -"
    details = DETAILS + "\nBS-1 manner - - 现场\nBS-1 work 2 数量 3"
    take(house, campaign, lines, forms=DESIGNED, details=details)
    found = Answer.objects.order_by("key").values_list("key", "line", "column", "number", "text")
    assert list(found) == [
        ("manner", 0, "", None, "现场"),
        ("sessions", 0, "", 2, ""),
        ("work", 1, "c1", 3, ""),
    ]


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ("BS-9 manner - - 现场", "应为“报送”表里的编号"),
        ("BS-1 colour - - 红", "应为“报送表”里这份通知的一项"),
        ("BS-1 work 1 颜色 3", "应为“报送表”里这份通知的一项"),
        ("BS-1 manner - - 夜里", "“夜里”不在可选的里面"),
    ],
)
def test_a_detail_that_nobody_asked_for_is_a_fault(
    house: houses.House, campaign: Campaign, details: str, said: str
) -> None:
    lines = "BS-1 TZ-1 子县科协 2020-06-01 已报 2 - - -"
    with pytest.raises(Refused) as refusal:
        take(house, campaign, lines, forms=DESIGNED, details=f"{DETAILS}\n{details}")
    assert said in refusal.value.faults[0].text
