"""Placements with their sources, profiles with their consent, and what a clerk may get wrong in placements.xlsx."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.audit.models import Event
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.measures.rules import fingerprint
from hearth.apps.messages.models import Message
from hearth.apps.publicity import actions, intake, queries, tasks
from hearth.apps.publicity.actions import PublicityRefused
from hearth.apps.publicity.models import Article, MediaContact, Placement, PlannedItem, Profile
from hearth.apps.publicity.states import Channel, Origin, PlacementKind, Stage
from hearth.lib.faults import Refused
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

PLACEMENTS = "编号 日期 渠道 媒体 标题 类型 版面时段 链接 原发转载 触达人数 数据来源 存证 宣传计划 转载自\n"
PLAN = "编号 渠道 媒体 题目 计划日期 责任人 交稿期限 交稿日期 不刊播的原因\n"
CONTACTS = "渠道 媒体 姓名 电话 邮箱 备注\n"
PROFILES = "编号 人员 标题 事迹 同意日期 审核人 审核日期\n"
ARTICLES = "编号 标题 正文 审核人 审核日期\n"


@dataclass(frozen=True)
class Desk:
    house: houses.House
    campaign: Campaign
    by: Actor

    def place(self, number: str, channel: Channel = Channel.WECHAT, **more: object) -> Placement:
        return actions.place(
            campaign=self.campaign,
            number=number,
            placed_on=building.day(30),
            channel=channel,
            medium="试验日报",
            title="走进实验室",
            kind=PlacementKind.REPORT,
            by=self.by,
            **{"origin": Origin.ORIGINAL, **more},  # type: ignore[arg-type]
        )

    def plan(self) -> PlannedItem:
        return actions.plan(
            campaign=self.campaign,
            channel=Channel.RADIO,
            medium="试验电台",
            title="访谈",
            planned_on=building.day(25),
            person=self.house.person,
            due=building.day(20),
            by=self.by,
        )

    def profile(self, number: str) -> Profile:
        return actions.profile(
            campaign=self.campaign,
            number=number,
            person=self.house.person,
            title="灯下的人",
            text="多年如一日。",
            consented_on=building.day(20),
            reviewer="钱二",
            reviewed_on=building.day(25),
            by=self.by,
        )

    def take(
        self, placements: str, profiles: str = "", articles: str = "", plan: str = "", contacts: str = ""
    ) -> None:
        reading = building.typed(
            {
                intake.PLAN: PLAN + plan,
                intake.PLACEMENTS: PLACEMENTS + placements,
                intake.PROFILES: PROFILES + profiles,
                intake.ARTICLES: ARTICLES + articles,
                intake.CONTACTS: CONTACTS + contacts,
            }
        )
        intake.take_placements(reading, self.campaign, building.names_of(self.house))


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    house = houses.build()
    with scope(house.province.path):
        yield Desk(house, building.start(house), house.officer())


def test_a_reach_names_its_source(desk: Desk) -> None:
    with pytest.raises(PublicityRefused, match="写明数据来源"):
        desk.place("KB-1", reach=500)
    placement = desk.place("KB-1", reach=500, reach_source="后台")
    with pytest.raises(PublicityRefused, match="写明数据来源"):
        actions.amend(placement=placement, reach_source="", by=desk.by)
    with pytest.raises(IntegrityError, match="reach_names_its_source"), transaction.atomic():
        Placement.objects.update(reach_source="")


def test_a_link_opens_in_a_browser(desk: Desk) -> None:
    with pytest.raises(PublicityRefused, match="http://"):
        desk.place("KB-1", link="javascript:alert(1)")
    assert desk.place("KB-1", link="https://news.example/1").link == "https://news.example/1"


def test_the_same_link_is_counted_once_in_a_campaign(desk: Desk) -> None:
    desk.place("KB-1", link="https://news.example/1")
    for again in ("https://NEWS.example/1", " https://news.example/1#top "):
        with pytest.raises(PublicityRefused, match="已经登记过一条刊播"):
            desk.place("KB-2", link=again)
    desk.place("KB-2", link="https://news.example/#/1")
    with pytest.raises(IntegrityError, match="placement_link_once"), transaction.atomic():
        Placement.objects.update(link="https://news.example/1")


def test_only_a_reprint_names_its_original(desk: Desk) -> None:
    first = desk.place("KB-1")
    with pytest.raises(PublicityRefused, match="就要选转载"):
        desk.place("KB-2", reprint_of=first)
    again = desk.place("KB-2", origin=Origin.REPRINT, reprint_of=first)
    with pytest.raises(PublicityRefused, match="另一条刊播"):
        actions.amend(placement=again, reprint_of=again, by=desk.by)
    with pytest.raises(IntegrityError, match="only_a_reprint"), transaction.atomic():
        Placement.objects.filter(pk=again.pk).update(origin=Origin.ORIGINAL)


def test_what_a_placement_belongs_with_does_not_change_what_it_says(desk: Desk) -> None:
    first, placement = desk.place("KB-1"), desk.place("KB-2", origin=Origin.REPRINT)
    before = fingerprint(placement)
    item = desk.plan()
    assert (
        fingerprint(actions.amend(placement=placement, reprint_of=first, planned=item, by=desk.by)) == before
    )
    assert fingerprint(actions.amend(placement=placement, title="另一题", by=desk.by)) != before


def test_a_placement_without_a_number_gets_the_next(desk: Desk) -> None:
    desk.place("KB-28")
    assert [desk.place("").number, desk.place("").number] == ["KB-029", "KB-030"]


def test_a_plan_is_late_by_its_text_then_by_its_day_and_done_by_a_placement(desk: Desk) -> None:
    item, day = desk.plan(), building.day

    def late(on: datetime.date) -> bool:
        return queries.planned(desk.by).filter(queries.late(on)).exists()

    assert [late(day(20)), late(day(21))] == [False, True]
    actions.replan(item=item, ready_on=day(20), by=desk.by)
    assert [late(day(25)), late(day(26))] == [False, True]
    desk.place("KB-1", planned=item)
    assert not late(day(30))
    assert queries.planned(desk.by).get().placed_count == 1


def test_a_dropped_item_is_waited_for_no_more(desk: Desk) -> None:
    actions.replan(item=desk.plan(), dropped_because="并入另一篇", by=desk.by)
    assert not queries.planned(desk.by).filter(queries.late(building.day(30))).exists()


def test_a_text_is_due_before_its_day(desk: Desk) -> None:
    item = desk.plan()
    with pytest.raises(PublicityRefused, match="交稿期限要在计划刊播日期当天或以前"):
        actions.replan(item=item, due=building.day(26), by=desk.by)
    with pytest.raises(IntegrityError, match="planned_text_is_due"), transaction.atomic():
        PlannedItem.objects.update(due=building.day(26))


def test_who_owes_a_text_is_reminded_once_a_day_for_all_of_them(desk: Desk) -> None:
    item = desk.plan()
    desk.plan()
    for day in (18, 19, 20, 21):
        tasks.remind(building.day(day))
    assert [message.subject for message in Message.objects.all()] == ["2 篇稿子要交"] * 3
    for one in PlannedItem.objects.all():
        actions.replan(item=one, ready_on=item.due, by=desk.by)
    tasks.remind(building.day(27))
    assert Message.objects.count() == 3


def test_corrections_are_audited_by_field(desk: Desk) -> None:
    placement = actions.amend(placement=desk.place("KB-1"), title="走进车间", by=desk.by)
    assert placement.title == "走进车间"
    profile = actions.amend_story(story=desk.profile("SJ-1"), text="一年又一年。", by=desk.by)
    assert profile.text == "一年又一年。"
    assert list(Event.objects.values_list("verb", "detail")[:4]) == [
        ("修改稿件", {"fields": ["text"]}),
        ("登记典型事迹", {}),
        ("更正刊播", {"fields": ["title"]}),
        ("登记刊播", {}),
    ]


def test_a_used_number_is_refused(desk: Desk) -> None:
    desk.place("KB-1")
    desk.profile("SJ-1")
    with pytest.raises(PublicityRefused, match="“KB-1”已经用过"):
        desk.place("KB-1")
    with pytest.raises(PublicityRefused, match="“SJ-1”已经用过"):
        desk.profile("SJ-1")


def test_a_broker_records_nothing(desk: Desk) -> None:
    broker = Actor(org=desk.house.city, role=Role.BROKER, user_id=None, name="经纪人丙")
    with pytest.raises(PublicityRefused, match="经纪人丙 的角色不能"):
        actions.amend(placement=desk.place("KB-1"), title="走进车间", by=broker)


def test_channels_are_added_up_and_unused_ones_shown(desk: Desk) -> None:
    desk.place("KB-1", reach=500, reach_source="后台")
    desk.place("KB-2", origin=Origin.REPRINT)
    desk.place("KB-3", origin=Origin.REPRINT, reach=70, reach_source="后台")
    found = {row.channel: row for row in queries.by_channel(desk.by, campaign=desk.campaign)}
    assert list(found) == list(Channel)
    wechat = found[Channel.WECHAT]
    assert (wechat.originals, wechat.reach) == (1, 500)
    assert (wechat.reprints, wechat.reprint_reach, wechat.unmeasured) == (2, 70, 1)
    assert found[Channel.RADIO].placements == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_are_searched_and_ask_one_question(
    desk: Desk, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        desk.place(f"KB-{number}")
        desk.profile(f"SJ-{number}")
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.placements(desk.by, channel="wechat", kind="report", origin="original", search="日报")
        assert len([str(placement.campaign) for placement in found]) == rows
    with django_assert_num_queries(1):  # type: ignore[operator]
        found_profiles = queries.profiles(desk.by, campaign=desk.campaign, search="赵一")
        assert len([f"{profile.person} {profile.person.org}" for profile in found_profiles]) == rows
    assert queries.placements(desk.house.officer(desk.house.sister)).count() == 0


def test_a_sheet_is_taken(desk: Desk) -> None:
    desk.take(
        "KB-1 2020-05-30 报纸 试验日报 慰问信 慰问信 - - 原发 500 发行量 - - -",
        "SJ-1 赵一 灯下的人 多年如一日 2020-05-20 钱二 2020-05-25",
        "DT-1 科普进校园开场 上午开场 钱二 2020-05-31",
    )
    placement = Placement.objects.get()
    assert (placement.channel, placement.kind, placement.reach) == ("newspaper", "letter", 500)
    assert Profile.objects.get().person == desk.house.person
    assert (Article.objects.get().stage, Article.objects.get().reviewer) == (Stage.REVIEWED, "钱二")


def test_an_article_taken_twice_is_refused_by_its_number(desk: Desk) -> None:
    desk.take("", "", "DT-1 科普进校园开场 上午开场 钱二 2020-05-31")
    with pytest.raises(Refused, match="“DT-1”。这个编号已经登记过"):
        desk.take("", "", "DT-1 科普进校园开场 上午开场 钱二 2020-05-31")


def test_what_was_placed_says_what_it_fulfils_and_what_it_repeats(desk: Desk) -> None:
    desk.take(
        """KB-1 2020-05-31 微信 试验微信 慰问信 慰问信 - - 转载 - - - - KB-2
        KB-2 2020-05-30 报纸 试验日报 慰问信 慰问信 - - 原发 - - - XC-1 -""",
        plan="XC-1 报纸 试验日报 慰问信 2020-05-30 赵一 2020-05-28 2020-05-27 -",
        contacts="报纸 试验日报 记者甲 000-0000-0001 - 跑科教",
    )
    item, first = PlannedItem.objects.get(), Placement.objects.get(number="KB-2")
    assert (item.number, item.ready_on) == ("XC-1", building.day(27))
    assert first.planned == item
    assert Placement.objects.get(number="KB-1").reprint_of == first
    assert MediaContact.objects.get().phone == "000-0000-0001"


def test_a_contact_that_is_known_stays_as_it_is(desk: Desk) -> None:
    desk.take("", contacts="报纸 试验日报 记者甲 000-0000-0001 - 跑科教")
    desk.take("", contacts="报纸 试验日报 记者甲 000-0000-0002 - 跑农业")
    assert MediaContact.objects.get().note == "跑科教"


def test_faults_of_the_plan_and_of_contacts_are_told_by_their_cells(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        desk.take(
            """KB-1 2020-05-30 报纸 试验日报 慰问信 慰问信 - - 原发 - - - XC-2 -
            KB-2 2020-05-30 报纸 试验日报 慰问信 慰问信 - - 原发 - - - - KB-1
            KB-3 2020-05-30 报纸 试验日报 慰问信 慰问信 - - 转载 - - - - KB-3""",
            plan="XC-1 报纸 试验日报 慰问信 2020-05-30 赵九 2020-05-31 - -",
            contacts="""报纸 试验日报 记者甲 - - -
            报纸 试验日报 记者乙 - media.example -""",
        )
    assert [fault.text for fault in refusal.value.faults] == [
        "宣传计划.csv 第 2 行“责任人”：“赵九”应为人员表里的姓名。是不是“赵一”？",
        "宣传计划.csv 第 2 行“交稿期限”：“2020-05-31”。交稿期限要在计划日期当天或以前。",
        "刊播.csv 第 2 行“宣传计划”：“XC-2”应为“宣传计划”表里的编号。是不是“XC-1”？",
        "刊播.csv 第 3 行“转载自”：“KB-1”。原发的不填，只有转载的才填。",
        "刊播.csv 第 4 行“转载自”：“KB-3”应为本表里一条原发的编号。是不是“KB-2”？",
        "媒体联系人.csv 第 2 行“电话”：电话和邮箱至少填一个，才联系得上。",
        "媒体联系人.csv 第 3 行“邮箱”：“media.example”应为一个邮箱地址，如 name@media.example。",
    ]
    assert PlannedItem.objects.count() + Placement.objects.count() + MediaContact.objects.count() == 0


def test_every_fault_of_a_sheet_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        desk.take(
            """KB-1 2020-05-30 报纸 试验日报 慰问信 慰问信 - - 原发 500 - - - -
            KB-2 2020-05-30 报纸 试验日报 慰问信 慰问信 - news.example 原发 - - - - -""",
            "SJ-1 赵九 灯下的人 多年如一日 2020-05-20 钱二 2020-05-25",
        )
    assert [fault.text for fault in refusal.value.faults] == [
        "刊播.csv 第 2 行“数据来源”：填了触达人数，就要写明数据来源，例如公众号后台。",
        "刊播.csv 第 3 行“链接”：“news.example”。链接要以 http:// 或 https:// 开头，照浏览器地址栏原样粘贴。",
        "典型事迹.csv 第 2 行“人员”：“赵九”应为人员表里的姓名。是不是“赵一”？",
    ]
    assert Placement.objects.count() == 0
