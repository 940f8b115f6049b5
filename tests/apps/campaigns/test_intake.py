"""What a clerk may get wrong in campaign.yaml, duties.xlsx and consultation.xlsx, and what is taken in."""

import datetime
from collections.abc import Iterator

import pytest

from hearth.apps.campaigns import intake
from hearth.apps.campaigns.models import Campaign, Duty, Level, Quotation, Session, Suggestion
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

FRAME = """
名称: 试验日活动
年份: 2020
届次: 4
起: 2020-05-21
止: 2020-06-10
主办: 甲市科协
联合: [丑厂]
归档时间: 2024-11-23 21:00:48
引用:
  - {名称: 回信代表, 值: 25, 单位: 名, 写法: 25名, 出处: 试验来源, 日期: 2020-05-29}
预案:
  当前级别: 常态
  设定日期: 2020-05-12
  级别:
    - {级别: 常态, 触发条件: 无, 负责人: 赵一, 代理人: 钱二, 措施: 照常}
    - {级别: 暂缓, 触发条件: 有, 负责人: 赵一, 措施: 改到线上}
"""
DUTIES = "编号 部分 任务 牵头单位 协办单位 责任人 代理人 期限 状态 完成日期 佐证\n"
SUGGESTIONS = "编号 日期 提出人 单位 意见建议 处理 采纳条款 答复\n"
SESSIONS = "编号 日期 名称 地点 主持人 参加单位 议定事项\n"


@pytest.fixture
def house(db: None) -> Iterator[houses.House]:
    built = houses.build()
    with scope(built.province.path):
        yield built


def take(house: houses.House, text: str) -> Campaign:
    shape = intake.read(Arrival("campaign.yaml", text.encode()))
    return intake.take_campaign(shape, building.names_of(house), "campaign.yaml")


def faults(house: houses.House, text: str) -> list[str]:
    with pytest.raises(Refused) as refusal:
        take(house, text)
    assert not Campaign.objects.exists()
    return [fault.text for fault in refusal.value.faults]


def test_a_campaign_is_taken_with_its_facts_and_levels(house: houses.House) -> None:
    campaign = take(house, FRAME)
    assert (campaign.org, list(campaign.partners.all())) == (house.city, [house.enterprise])
    assert campaign.archived_at is not None
    assert campaign.archived_at.isoformat() == "2024-11-23T21:00:48+08:00"
    assert Quotation.objects.get().written == "25名"
    assert list(Level.objects.values_list("rank", "name", "in_force_since")) == [
        (1, "常态", datetime.date(2020, 5, 12)),
        (2, "暂缓", None),
    ]


def test_unknown_names_are_faults_with_the_nearest(house: houses.House) -> None:
    found = faults(
        house,
        FRAME.replace("主办: 甲市科协", "主办: 甲市科学")
        .replace("丑厂", "卯厂")
        .replace("钱二", "钱三")
        .replace("当前级别: 常态", "当前级别: 常太"),
    )
    assert found == [
        "campaign.yaml“主办”：“甲市科学”应为组织表里的名称或简称。是不是“甲市科协”？",
        "campaign.yaml“联合”：“卯厂”应为组织表里的名称或简称。是不是“丑厂”？",
        "campaign.yaml“预案．级别”：“钱三”应为人员表里的姓名。是不是“钱二”？",
        "campaign.yaml“预案．当前级别”：“常太”应为常态、暂缓之一。",
    ]


def test_an_end_before_the_start_is_a_fault(house: houses.House) -> None:
    found = faults(house, FRAME.replace("止: 2020-06-10", "止: 2020-05-10"))
    assert found == ["campaign.yaml“止”：“2020-05-10”应为不早于“起”的日期 2020-05-21。"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("名称: 试验日活动\n", "", "“名称”"),
        ("年份: 2020", "年份: 二〇二〇", "“年份”"),
        ("年份: 2020", "年份: 2020\n口号: 加油", "“口号”"),
        ("届次: 4", "届次: 0", "“届次”"),
        ("起: 2020-05-21", "起: 五月", "“起”"),
        ("写法: 25名, ", "", "写法"),
    ],
)
def test_a_frame_that_is_none_names_the_place(
    house: houses.House, before: str, after: str, said: str
) -> None:
    (found,) = faults(house, FRAME.replace(before, after))
    assert said in found


def test_duties_are_taken(house: houses.House) -> None:
    campaign = take(house, FRAME)
    lines = """FG-1 征求意见 发函 甲市科协 - 赵一 钱二 2020-05-01 已完成 2020-04-30 函
    FG-2 走访慰问 走访 丑厂 - 钱二 - 2020-05-29 未开始 - -"""
    intake.take_duties(building.typed({intake.DUTIES: DUTIES + lines}), campaign, building.names_of(house))
    assert list(Duty.objects.values_list("number", "part", "state", "lead__short_name")) == [
        ("FG-1", "consultation", "done", "甲市科协"),
        ("FG-2", "visits", "waiting", "丑厂"),
    ]


def test_faulty_duties_are_told_at_once_and_none_is_kept(house: houses.House) -> None:
    campaign = take(house, FRAME)
    lines = """FG-1 征求意见 发函 甲市科协 - 赵一 赵一 2020-05-01 未开始 - -
    FG-2 走访慰问 走访 寅厂 - 孙九 - 2020-05-29 未开始 - -
    FG-3 走访慰问 走访 丑厂 - 钱二 - 2020-05-29 已完成 - -
    FG-4 走访慰问 走访 丑厂 - 钱二 - 2020-05-29 进行中 2020-05-29 -"""
    with pytest.raises(Refused) as refusal:
        intake.take_duties(
            building.typed({intake.DUTIES: DUTIES + lines}), campaign, building.names_of(house)
        )
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [
        (2, "代理人"),
        (3, "牵头单位"),
        (3, "责任人"),
        (4, "完成日期"),
        (5, "完成日期"),
    ]
    assert not Duty.objects.exists()


def test_a_consultation_is_taken_and_what_is_declined_has_an_answer(house: houses.House) -> None:
    campaign = take(house, FRAME)
    lines = "YJ-1 2020-04-20 赵一 丑厂 多办夜校 采纳 第二条 -\nYJ-2 2020-04-20 - 丑厂 发补贴 未采纳 - -"
    session = "HY-1 2020-05-06 专题会 - - - 同意"

    def consult(suggestions: str) -> None:
        tables = {intake.SUGGESTIONS: SUGGESTIONS + suggestions, intake.SESSIONS: SESSIONS + session}
        intake.take_consultation(building.typed(tables), campaign, building.names_of(house))

    with pytest.raises(Refused, match="第 3 行“答复”：未采纳的意见要有答复"):
        consult(lines)
    consult(f"{lines[:-1]}没有依据")
    assert list(Suggestion.objects.values_list("number", "handling")) == [
        ("YJ-1", "adopted"),
        ("YJ-2", "declined"),
    ]
    assert Session.objects.get().decisions == "同意"
