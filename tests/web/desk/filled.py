"""A campaign with something of every kind in it, and a county below that has a notice to answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign, Consultation, Duty, Level, Quotation, Session, Suggestion
from hearth.apps.campaigns.states import Naming, Part
from hearth.apps.contingency import actions as contingency
from hearth.apps.contingency import queries as prepared
from hearth.apps.contingency.models import PlanB, Switch
from hearth.apps.contingency.states import What
from hearth.apps.directory import actions as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Kind, PersonKind
from hearth.apps.notices import actions as notices
from hearth.apps.notices.models import Notice, Return
from hearth.apps.outreach import actions as outreach
from hearth.apps.outreach.models import Material, Movement, OutreachEvent
from hearth.apps.outreach.states import Direction, MaterialKind
from hearth.apps.publicity import actions as publicity
from hearth.apps.publicity.models import Article, Mailing, MediaContact, Placement, PlannedItem, Profile
from hearth.apps.publicity.states import Channel, Origin, PlacementKind
from hearth.apps.visits import actions as visits
from hearth.apps.visits.models import Case, Visit, VisitSuggestion
from hearth.apps.visits.states import CaseKind, Matter
from hearth.lib.wall import scope
from tests.apps.campaigns import building
from tests.apps.houses import House


@dataclass(frozen=True)
class Filled:
    """One record of each kind, the last that was made; ``given`` hands out 60 of 100 booklets."""

    house: House
    campaign: Campaign
    duty: Duty
    asked: Consultation
    suggestion: Suggestion
    session: Session
    level: Level
    plan: PlanB
    switch: Switch
    quotation: Quotation
    notice: Notice
    returned: Return
    planned: PlannedItem
    placement: Placement
    profile: Profile
    article: Article
    contact: MediaContact
    mailing: Mailing
    visit: Visit
    case: Case
    heard: VisitSuggestion
    event: OutreachEvent
    given: Movement

    @property
    def by(self) -> Actor:
        return self.house.officer()

    @property
    def pages(self) -> dict[str, int]:
        """Every page of one record or one campaign, with its number."""
        tabs = ("campaign", "meeting", "consultation", "duties", "duty_board", "contingency", "notices")
        tabs += ("publicity", "profiles", "publicity_plan", "articles", "letters", "mailings")
        tabs += ("visits", "cases", "outreach", "movements")
        return {f"desk:{name}": self.campaign.pk for name in tabs} | {
            "desk:duty": self.duty.pk,
            "desk:asked": self.asked.pk,
            "desk:suggestion": self.suggestion.pk,
            "desk:session": self.session.pk,
            "desk:level": self.level.pk,
            "desk:plan_b": self.plan.pk,
            "desk:switch": self.switch.pk,
            "desk:person_duties": self.house.person.pk,
            "desk:quotation": self.quotation.pk,
            "desk:notice": self.notice.pk,
            "desk:notice_roll_up": self.notice.pk,
            "desk:return": self.returned.pk,
            "desk:planned": self.planned.pk,
            "desk:placement": self.placement.pk,
            "desk:profile": self.profile.pk,
            "desk:article": self.article.pk,
            "desk:press_contact": self.contact.pk,
            "desk:mailing": self.mailing.pk,
            "desk:visit": self.visit.pk,
            "desk:case": self.case.pk,
            "desk:visit_suggestion": self.heard.pk,
            "desk:outreach_event": self.event.pk,
            "desk:movement": self.given.pk,
        }


def build(house: House) -> Filled:
    with scope(house.province.path):
        school = directory.add_organisation(
            parent=house.city,
            code="S1",
            name="试验小学",
            short_name="试验小学",
            kind=Kind.SCHOOL,
            by=Actor.house(house.province),
        )
    with scope(house.city.path):
        campaign = building.start(house)
        return fill(house, campaign, school, 1)


def more(filled: Filled, number: int) -> Filled:
    """Once more one of everything, in the same campaign, under another number."""
    with scope(filled.house.city.path):
        return fill(filled.house, filled.campaign, filled.event.school, number)


def fill(house: House, campaign: Campaign, school: Organisation, number: int) -> Filled:
    by = house.officer()
    notice = notices.issue(
        campaign=campaign,
        number=f"TZ-{number}",
        title=f"关于组织学习讨论并按期报送开展情况、心得体会和科普活动场次的第{number}号通知",
        issuer=house.city,
        issued_on=building.day(20 - number),
        receivers=[Kind.COUNTY, Kind.ENTERPRISE],
        due=building.day(28),
        by=by,
    )
    visit = _visit(house, campaign, number)
    visits.keep_contact(cadre=house.person, scientist=visit.person, by=by)
    planned = _planned(house, campaign, number)
    contact = _contact(house, number)
    event, given = _outreach(house, campaign, school, number)
    plan, switch = _plan_b(house, campaign, event, number)
    return Filled(
        house=house,
        campaign=campaign,
        duty=_duty(house, campaign, number),
        asked=_asked(campaign, number, by),
        suggestion=campaigns.receive(
            campaign=campaign,
            number=f"YJ-{number}",
            received_on=building.day(1),
            proposer="赵一",
            from_org=house.county,
            text="展板多办几场",
            by=by,
        ),
        session=campaigns.hold_session(
            campaign=campaign,
            number=f"HY-{number}",
            held_on=building.day(2),
            name="试验会议",
            decisions="照办",
            by=by,
        ),
        plan=plan,
        switch=switch,
        level=campaigns.plan_level(
            campaign=campaign,
            rank=number,
            name=f"{number}级",
            trigger="大雨",
            lead=house.person,
            measures="改在室内",
            in_force_since=building.day(3) if number == 1 else None,
            by=by,
        ),
        quotation=campaigns.quote(
            campaign=campaign,
            name=f"引用{number}",
            value=1,
            unit="次",
            written="1次",
            source="试验文件",
            stated_on=None,
            by=by,
        ),
        notice=notice,
        returned=Return.objects.get(notice=notice, org=house.county),
        planned=planned,
        placement=_placement(campaign, number, planned, by),
        profile=_profile(house, campaign, number),
        article=publicity.write_article(
            campaign=campaign, title=f"试验动态{number}", text="办了一场。", by=by
        ),
        contact=contact,
        mailing=publicity.send_release(
            campaign=campaign, contacts=[contact], subject=f"试验通稿{number}", text="全文", by=by
        ),
        visit=visit,
        case=_case(house, visit, number),
        heard=visits.suggest(visit=visit, number=f"JY-{number}", text="多走访", by=by),
        event=event,
        given=given,
    )


def _plan_b(house: House, campaign: Campaign, event: OutreachEvent, number: int) -> tuple[PlanB, Switch]:
    """A plan B that moves the event, and its drill."""
    by = house.officer()
    plan = contingency.make_plan(
        campaign=campaign,
        name=f"试验 B 案{number}",
        trigger="预报有雨",
        set_on=building.day(3),
        lead=house.person,
        deputy=house.deputy,
        by=by,
    )
    contingency.prepare(of=plan, activity=event, what=What.MOVED, place="礼堂", by=by)
    contingency.add_resource(campaign=campaign, name=f"雨衣{number}", phone="13900000000", by=by)
    mark = prepared.outlook(plan, by=by).mark
    drill = contingency.pull(of=plan, why="试一试", message="", seen=mark, is_drill=True, by=by)
    return plan, drill


def _asked(campaign: Campaign, number: int, by: Actor) -> Consultation:
    return campaigns.consult(
        campaign=campaign,
        title=f"试验征求{number}",
        text="",
        questions=["有什么意见？"],
        naming=Naming.CHOICE,
        is_public=True,
        closes_on=timezone.localdate(),
        by=by,
    )


def _duty(house: House, campaign: Campaign, number: int) -> Duty:
    return campaigns.assign(
        campaign=campaign,
        number=f"FG-{number}",
        part=Part.OUTREACH,
        task=f"试验任务{number}",
        lead=house.city,
        person=house.person,
        deputy=house.deputy,
        due=building.day(26),
        by=house.officer(),
    )


def _planned(house: House, campaign: Campaign, number: int) -> PlannedItem:
    return publicity.plan(
        campaign=campaign,
        channel=Channel.NEWSPAPER,
        medium="试验日报",
        title=f"试验计划{number}",
        planned_on=building.day(21),
        person=house.person,
        due=building.day(20),
        by=house.officer(),
    )


def _contact(house: House, number: int) -> MediaContact:
    return publicity.add_contact(
        org=house.city,
        channel=Channel.NEWSPAPER,
        medium="试验日报",
        name=f"记者{number}",
        phone="000-0000-0009",
        by=house.officer(),
    )


def _placement(campaign: Campaign, number: int, planned: PlannedItem, by: Actor) -> Placement:
    return publicity.place(
        campaign=campaign,
        number=f"KB-{number}",
        placed_on=building.day(21),
        channel=Channel.NEWSPAPER,
        medium="试验日报",
        title="试验报道",
        kind=PlacementKind.REPORT,
        origin=Origin.ORIGINAL,
        planned=planned,
        by=by,
    )


def _profile(house: House, campaign: Campaign, number: int) -> Profile:
    return publicity.profile(
        campaign=campaign,
        number=f"SJ-{number}",
        person=house.person,
        title="试验事迹",
        text="试验",
        consented_on=building.day(1),
        reviewer="钱二",
        reviewed_on=building.day(2),
        by=house.officer(),
    )


def _visit(house: House, campaign: Campaign, number: int) -> Visit:
    person: Person = directory.add_person(
        org=house.city, name=f"孙{number}", kind=PersonKind.SCIENTIST, by=house.officer()
    )
    return visits.record(
        campaign=campaign,
        number=f"ZF-{number}",
        visited_on=building.day(22),
        person=person,
        unit=house.city,
        leader="李四",
        progress="进展",
        by=house.officer(),
    )


def _case(house: House, visit: Visit, number: int) -> Case:
    """An open one, and beside it one that was told in confidence."""
    by = house.officer()

    def tell(series: str, text: str, matter: Matter | None) -> Case:
        return visits.tell(
            visit=visit,
            number=f"{series}-{number}",
            text=text,
            kind=CaseKind.WORK,
            handled_by=house.county,
            person=house.person,
            due=building.day(25),
            matter=matter,
            by=by,
        )

    tell("BM", "腰伤复发", Matter.HEALTH)
    return tell("KN", "缺中试场地", None)


def _outreach(
    house: House, campaign: Campaign, school: Organisation, number: int
) -> tuple[OutreachEvent, Movement]:
    by = house.officer()
    booklets: Material = outreach.register(
        campaign=campaign,
        number=f"WL-{number}",
        name=f"读本{number}",
        kind=MaterialKind.BOOKLET,
        unit="册",
        by=by,
    )
    event = outreach.plan_event(
        campaign=campaign,
        number=f"KP-{number}",
        name=f"试验专场{number}",
        school=school,
        held_on=building.day(23),
        person=house.person,
        by=by,
    )

    def move(at: int, direction: Direction, quantity: int) -> Movement:
        return outreach.move(
            material=booklets,
            number=f"LS-{number}-{at}",
            moved_on=building.day(23),
            direction=direction,
            quantity=quantity,
            event=None if direction == Direction.IN else event,
            by=by,
        )

    move(1, Direction.IN, 120)
    move(2, Direction.OUT, 100)
    return event, move(3, Direction.GIVEN, 60)
