"""This year's campaign of the example house: begun from the one before, and half way through on the day of loading.

Everything goes through the same actions as in the browser, in the name of those who would have done it. Days are counted
from the day of loading, so that something is always late, something due, and an event open for registration.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from hearth.cli.loading import Report

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign
    from hearth.apps.directory.models import Actor, Organisation, Person
    from hearth.apps.outreach.models import Material, OutreachEvent
    from hearth.apps.publicity.models import Profile

_BEGAN, _ENDS = -10, 12
_LATE = ("FG-15", "FG-28")
_AT_WORK = ("FG-18", "FG-26", "FG-29")
_PLACES = 60

_QUESTIONS = ("今年的活动，您最希望办什么？", "去年哪些地方要改？")
_OPINIONS = (
    (
        "段知行",
        "市一医院",
        "把义诊和科普放在同一天，病人家属也能听一听。",
        "座谈会少念稿子，留一半时间提问。",
    ),
    (
        "鲁望舒",
        "云州学院",
        "请企业把真问题带来，年轻教师愿意当场试一试。",
        "报名入口藏得太深，手机上找不到。",
    ),
    ("庄稼生", "市农科院", "科普进校园也去乡镇中心小学，展板做轻一些，好搬。", ""),
    ("", "", "给科技工作者的孩子安排一天实验室开放日。", "通知来得太晚，排不开班。"),
    ("骆采薇", "云岭茶业", "茶山上办一场现场会，比在礼堂里讲明白。", "走访之后希望有回音。"),
)
_HANDLED = (
    (
        "把义诊和科普放在同一天",
        "adopted",
        "第三部分第五条",
        "写进了方案：主会场当天请市一医院义诊，家属席留四十个座位。",
    ),
    ("座谈会少念稿子", "adopted", "第三部分第二条", "改为每人五分钟，其余时间提问。"),
    (
        "给科技工作者的孩子",
        "declined",
        "",
        "实验室对未成年人开放要先做安全评估，今年来不及，已列入明年的打算。",
    ),
)
_DIGESTS = (
    "乡镇分片学习，田间地头也开了两场。",
    "带教老师领学，把学习体会写进了带教计划。",
    "年轻人讨论得多，提出三条改进检测的办法。",
    "班前会上学，学完就去看了新设备。",
)
_PLANNED = (
    ("wechat", "云州科普微信", "今年的全国科技工作者日，云州有这些活动", "白露", -6),
    ("newspaper", "云州日报", "致全市广大科技工作者的慰问信", "顾晓棠", -1),
    ("radio", "云州电台", "《早安云州》：科技工作者日访谈", "顾晓棠", 2),
    ("newspaper", "云州日报", "典型事迹：听得见水声的人", "顾晓棠", 4),
    ("television", "云州电视台", "科普进校园主会场新闻", "白露", 6),
)
_PROFILE = (
    "听得见水声的人",
    "城里的管网埋了几十年，哪里漏，图纸上看不出来。蓝映雪带着两位同事，把听漏仪改得只有手掌大，夜里一条街一条街地听。"
    "三个月，他们在老城区找到十一处暗漏，最深的一处在地下四米。\n\n"
    "有人问她苦不苦。她说，夜里安静，水声听得清楚，找到一处，心里就踏实一处。",
)
_WAITING_PROFILE = (
    "看护一炉好火",
    "谷正言在锅炉边站了二十多年。今年他把自己记的三十本运行日志交给了青年班组，一页一页讲给他们听。",
)
_ARTICLE = (
    "科普大篷车开进石桥实验小学",
    "操场上摆开四十米长的展板，孩子们排着队看显微镜下的叶脉。石桥实验小学的科学课老师说，这样的课，一学期上一次都不嫌多。"
    "\n\n本周还有两场：云州三中主会场和河湾学校分会场，都可以在网上报名。",
)


@dataclass(frozen=True)
class _Office:
    """Who acts, for which campaign, on which day."""

    campaign: "Campaign"
    officer: "Actor"
    leader: "Actor"
    today: datetime.date

    def day(self, after: int) -> datetime.date:
        return self.today + datetime.timedelta(days=after)

    def person(self, name: str) -> "Person":
        from hearth.apps.directory.models import Person

        found: Person = Person.objects.get(name=name)
        return found

    def organisation(self, short_name: str) -> "Organisation":
        from hearth.apps.directory.models import Organisation

        found: Organisation = Organisation.objects.get(short_name=short_name)
        return found


def begin(previous: "Campaign", report: Report) -> "Campaign":
    """Start this year's campaign from this one, and do what an office has done by its middle, or nothing at all."""
    from django.db import transaction
    from django.utils import timezone

    from hearth.apps.directory.models import Membership
    from hearth.apps.directory.states import Role
    from hearth.lib.wall import scope

    report("今年的活动")
    with transaction.atomic(), scope(previous.org_path):
        members = Membership.objects.filter(org=previous.org).select_related("org", "user")
        officer, leader = (members.filter(role=role)[0].actor() for role in (Role.OFFICER, Role.LEADER))
        today = timezone.localdate()
        office = _Office(_start(previous, today, officer), officer, leader, today)
        _ask(office)
        _work_through(office, previous)
        _notify(office)
        event = _go_to_schools(office)
        _prepare_for_rain(office, event)
        _publish(office)
        _visit(office)
    return office.campaign


def _start(previous: "Campaign", today: datetime.date, officer: "Actor") -> "Campaign":
    from hearth.apps.campaigns import actions

    told = {
        "org": previous.org,
        "name": previous.name,
        "theme": "自立自强、为民服务",
        "year": today.year,
        "edition": (previous.edition or 0) + today.year - previous.year,
        "starts": today + datetime.timedelta(days=_BEGAN),
        "ends": today + datetime.timedelta(days=_ENDS),
        "partners": tuple(previous.partners.all()),
    }
    campaign = actions.start_again(previous=previous, told=told, by=officer)
    actions.publish(campaign=campaign, by=officer)
    return campaign


def _ask(office: _Office) -> None:
    """Anyone may still say what he wants; what was said first has its answer."""
    from hearth.apps.campaigns import actions
    from hearth.apps.campaigns.models import Suggestion
    from hearth.apps.campaigns.states import Handling, Naming
    from hearth.apps.directory.models import Actor

    asked = actions.consult(
        campaign=office.campaign,
        title="今年的科技工作者日怎么办，请您说一句",
        text="市科协正在准备今年的活动。说什么都可以，写一句也行；每一条都会有答复。",
        questions=_QUESTIONS,
        naming=Naming.CHOICE,
        is_public=True,
        closes_on=office.day(5),
        by=office.officer,
    )
    for name, unit, *answers in _OPINIONS:
        by = Actor.house(office.campaign.org, name or "匿名")
        actions.answer(consultation=asked, answers=answers, name=name, unit=unit, unnamed=not name, by=by)
    for begins, handling, clause, answer in _HANDLED:
        suggestion = Suggestion.objects.get(campaign=office.campaign, text__startswith=begins)
        actions.handle(
            suggestion=suggestion,
            handling=Handling(handling),
            clause=clause,
            answer=answer,
            by=office.officer,
        )


def _work_through(office: _Office, previous: "Campaign") -> None:
    """What was due is done, with what showed it the year before, but for two that are late."""
    from hearth.apps.campaigns import actions
    from hearth.apps.campaigns.models import Duty

    shown = dict(Duty.objects.filter(campaign=previous).values_list("number", "evidence"))
    for duty in Duty.objects.filter(campaign=office.campaign).order_by("number"):
        if duty.number == "FG-15":
            actions.amend_duty(duty=duty, task="协调日报版面，刊登慰问信", by=office.officer)
        if duty.number in _AT_WORK:
            actions.begin(duty=duty, by=office.officer)
        elif duty.due < office.today and duty.number not in _LATE:
            actions.finish(duty=duty, evidence=shown[duty.number] or "办结单", by=office.officer)


def _notify(office: _Office) -> None:
    """A notice went down the tree; half have answered, one was asked again, some have not even signed for it."""
    from hearth.apps.directory.models import Actor
    from hearth.apps.directory.states import Kind
    from hearth.apps.notices import actions
    from hearth.apps.notices.models import Return
    from hearth.lib.wall import scope

    notice = actions.issue(
        campaign=office.campaign,
        number="TZ-01",
        title="关于报送“全国科技工作者日”学习讨论和科普活动情况的通知",
        issuer=office.campaign.org,
        issued_on=office.day(-6),
        receivers=(Kind.COUNTY, Kind.SOCIETY, Kind.COLLEGE, Kind.MEDICAL, Kind.ENTERPRISE_ASSOCIATION),
        due=office.day(3),
        text="请各单位组织科技工作者学习讨论，把场次、参加人数和科普活动场次在期限前报来。没有的填0。",
        by=office.officer,
    )
    answered = []
    for place, returned in enumerate(
        Return.objects.filter(notice=notice).select_related("org").order_by("pk")
    ):
        if place % 6 == 5:
            continue
        with scope(returned.org_path):
            by = Actor.house(returned.org, returned.org.contact)
            if place % 2 == 0:
                actions.acknowledge(returned=returned, by=by)
            else:
                said = {
                    "sessions": str(1 + place % 5),
                    "people": str(36 + place * 7 % 90),
                    "outreach_events": str(place % 3),
                    "digest": _DIGESTS[place // 2 % len(_DIGESTS)],
                }
                answered.append(
                    actions.answer(
                        returned=returned, said=said, contact=by.name, phone=returned.org.phone, by=by
                    )
                )
    actions.send_back(
        returned=answered[-1],
        reason="请再核一次参加人数",
        field_reasons={"people": "人数比场次少，是不是漏了一场？"},
        by=office.officer,
    )


def _go_to_schools(office: _Office) -> "OutreachEvent":
    """One event was held, two are open for registration; the greater one is full and has people waiting."""
    from django.utils import timezone

    from hearth.apps.directory.models import Actor
    from hearth.apps.outreach import actions

    opened = timezone.now() - datetime.timedelta(days=3)
    held = actions.plan_event(
        campaign=office.campaign,
        number="KP-01",
        name="科普大篷车进石桥",
        school=office.organisation("石桥实验小学"),
        held_on=office.day(-3),
        place="学校操场",
        person=office.person("吴敏"),
        attendance=260,
        by=office.officer,
    )
    _hand_out(office, held)
    main, branch = (
        actions.plan_event(
            campaign=office.campaign,
            number=number,
            name=name,
            school=office.organisation(school),
            held_on=office.day(after),
            starts=datetime.time(9, 30),
            ends=datetime.time(11, 30),
            place=place,
            person=office.person(person),
            about=about,
            capacity=capacity,
            opens_at=opened,
            closes_at=opened + datetime.timedelta(days=2 + after),
            by=office.officer,
        )
        for number, name, school, after, place, person, about, capacity in (
            (
                *("KP-02", "科普进校园主会场", "云州三中", 5, "学校操场", "孙玉兰"),
                "看展板、做实验、听院士专家讲身边的科学；市一医院当天义诊。家长可以同来。",
                _PLACES,
            ),
            (
                *("KP-03", "科普进校园河湾分会场", "河湾学校", 7, "学校礼堂", "白露"),
                "水从哪里来：水利学会的工程师带来一条会漏的管子，请大家听一听。",
                120,
            ),
        )
    )
    by = Actor.house(office.campaign.org)
    for event, parties in ((main, (4,) * 14 + (3, 1, 2, 3)), (branch, (2, 1, 3, 2, 4, 1, 2))):
        actions.publish_event(event=event, by=office.officer)
        for place, party in enumerate(parties, 1):
            actions.sign_up(
                event=event,
                name=f"{_SURNAMES[place % len(_SURNAMES)]}家长",
                unit=event.school.short_name,
                contact=f"000-0000-{event.number[-2:]}{place:02}",
                party=party,
                by=by,
            )
    return main


_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


def _hand_out(office: _Office, event: "OutreachEvent") -> None:
    """The materials of the event that was held: in, out, shown or given, returned."""
    from hearth.apps.outreach import actions
    from hearth.apps.outreach.states import Direction, MaterialKind

    out, shown, given, back = Direction.OUT, Direction.SHOWN, Direction.GIVEN, Direction.RETURNED
    ledger: Sequence[tuple[str, MaterialKind, str, int, tuple[tuple[str, int], ...]]] = (
        ("科学家精神展板", MaterialKind.BOARD, "块", 12, ((out, 6), (shown, 6), (back, 6))),
        ("《身边的科学》读本", MaterialKind.BOOKLET, "册", 800, ((out, 260), (given, 248), (back, 12))),
        ("“科普中国”宣传页", MaterialKind.LEAFLET, "份", 1500, ((out, 400), (given, 352), (back, 48))),
    )
    numbers = (f"LS-{number:03}" for number in range(1, 100))
    for place, (name, kind, unit, stock, moves) in enumerate(ledger, 1):
        material = actions.register(
            campaign=office.campaign,
            number=f"WL-{place:02}",
            name=name,
            kind=kind,
            unit=unit,
            by=office.officer,
        )
        _move(office, material, numbers, ((Direction.IN, stock),), None)
        _move(office, material, numbers, moves, event)


def _move(
    office: _Office,
    material: "Material",
    numbers: Iterator[str],
    moves: Sequence[tuple[str, int]],
    event: "OutreachEvent | None",
) -> None:
    from hearth.apps.outreach import actions
    from hearth.apps.outreach.states import Direction

    for direction, quantity in moves:
        actions.move(
            material=material,
            number=next(numbers),
            moved_on=office.day(-3 if event else -8),
            direction=Direction(direction),
            quantity=quantity,
            event=event,
            signed_for="吴敏" if event else "龙启",
            slip="签收单" if event else "验收单",
            by=office.officer,
        )


def _prepare_for_rain(office: _Office, event: "OutreachEvent") -> None:
    from hearth.apps.contingency import actions
    from hearth.apps.contingency.states import What

    plan = actions.make_plan(
        campaign=office.campaign,
        name="下雨：改到体育馆",
        trigger="前一天下午四点，气象台预报次日上午有中雨以上",
        set_on=office.day(-8),
        lead=office.person("孙玉兰"),
        deputy=office.person("白露"),
        measures="主会场从操场改到体育馆，入口改走东门；展板先进馆，义诊桌放在门厅。",
        message="【云州市科协】因天气原因，科普进校园主会场改到学校体育馆，时间不变，请走东门。",
        by=office.officer,
    )
    actions.prepare(of=plan, activity=event, what=What.MOVED, place="学校体育馆（东门入）", by=office.officer)
    for name, amount, who, phone in (
        ("雨衣", "200件", "龙启", "000-0000-0009"),
        ("大巴", "2辆，在校门口候命", "万长青", "000-0000-0011"),
    ):
        actions.add_resource(
            campaign=office.campaign, name=name, amount=amount, who=who, phone=phone, by=office.officer
        )


def _publish(office: _Office) -> None:
    """A plan with its first placements, a profile that its person agreed to, one that waits for its person, an article."""
    from hearth.apps.publicity import actions
    from hearth.apps.publicity.states import Channel, Origin, PlacementKind

    items = [
        actions.plan(
            campaign=office.campaign,
            channel=Channel(channel),
            medium=medium,
            title=title,
            planned_on=office.day(after),
            person=office.person(person),
            due=office.day(after - 2),
            by=office.officer,
        )
        for channel, medium, title, person, after in _PLANNED
    ]
    first = items[0]
    actions.place(
        campaign=office.campaign,
        placed_on=first.planned_on,
        channel=Channel(first.channel),
        medium=first.medium,
        title=first.title,
        kind=PlacementKind.PREVIEW,
        origin=Origin.ORIGINAL,
        spot="头条",
        link="https://weixin.yunzhou.example/this-year",
        reach=5_870,
        reach_source="公众号后台",
        planned=first,
        by=office.officer,
    )
    agreed = _write_profile(office, "蓝映雪", _PROFILE)
    actions.consent(profile=agreed, title=agreed.title, text=agreed.text, by=_as_the_person(office, agreed))
    agreed.refresh_from_db()
    actions.publish(story=actions.review(story=agreed, by=office.leader), by=office.officer)
    _write_profile(office, "谷正言", _WAITING_PROFILE)
    title, text = _ARTICLE
    article = actions.write_article(campaign=office.campaign, title=title, text=text, by=office.officer)
    actions.publish(story=actions.review(story=article, by=office.leader), by=office.officer)


def _write_profile(office: _Office, name: str, told: tuple[str, str]) -> "Profile":
    from hearth.apps.publicity import actions

    title, text = told
    profile = actions.write_profile(
        campaign=office.campaign, person=office.person(name), title=title, text=text, by=office.officer
    )
    actions.ask_consent(profile=profile, by=office.officer)
    profile.refresh_from_db()
    return profile


def _as_the_person(office: _Office, profile: "Profile") -> "Actor":
    """Who opens a personal link acts in the house's name, under his own."""
    from hearth.apps.directory.models import Actor

    return Actor.house(office.campaign.org, profile.person.name)


def _visit(office: _Office) -> None:
    from hearth.apps.visits import actions
    from hearth.apps.visits.actions import Difficulty, Entry, Given
    from hearth.apps.visits.states import CaseKind, Manner, Urgency, VisitedKind

    for name, field, after, progress, difficulty, handler, suggestion in (
        (
            *("段知行", "呼吸危重症", -4, "多学科讨论已经成了每周的例会，正在整理第二批病例。"),
            *("检验结果要等两天，病人住不起", "曾令仪", "各院的检验结果互相承认"),
        ),
        (
            *("鲁望舒", "文字识别", -2, "给县志馆转写的旧档案过了一万页，准备开放查询。"),
            *("算力不足，训练一次要排队半个月", "邓小荷", "公共算力提前公布可用时段"),
        ),
    ):
        person = office.person(name)
        actions.receive(
            entry=Entry(
                key=uuid4(),
                campaign=office.campaign,
                visited_on=office.day(after),
                place=person.org.name,
                manner=Manner.HOME,
                name=name,
                unit=person.org,
                title=person.title,
                field=field,
                kind=VisitedKind.FRONT_LINE,
                leader="秦佑民",
                on_behalf_of="",
                companions="贺立群、范敏",
                recorder="范敏",
                progress=progress,
                achievements="",
                may_publish=True,
                difficulties=(
                    Difficulty(
                        text=difficulty,
                        kind=CaseKind.RESEARCH,
                        urgency=Urgency.MONTH,
                        matter=None,
                        person=office.person(handler),
                        due=office.day(after + 30),
                    ),
                ),
                suggestions=(suggestion,),
                gifts=(Given(what="慰问信、科技图书", quantity=1, money=None),),
            ),
            by=office.officer,
        )
    for cadre, scientist in (("贺立群", "段知行"), ("范敏", "鲁望舒"), ("林之远", "蓝映雪")):
        actions.keep_contact(
            cadre=office.person(cadre), scientist=office.person(scientist), by=office.officer
        )
