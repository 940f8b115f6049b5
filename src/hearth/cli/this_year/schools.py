"""Events in schools: one was held and heard from, two are open for registration, the greater one full, with people waiting."""

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hearth.cli import deeds
from hearth.cli.this_year.office import Office

if TYPE_CHECKING:
    from hearth.apps.outreach.models import Material, OutreachEvent

_PLACES = 60
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


def go(office: Office) -> "OutreachEvent":
    from django.utils import timezone

    from hearth.apps.directory.models import Actor
    from hearth.apps.outreach import actions

    opened = timezone.now() - datetime.timedelta(days=3)
    held = actions.plan_event(
        campaign=office.campaign,
        number="KP-01",
        name="科普大篷车进石桥",
        school=deeds.organisation("石桥实验小学"),
        held_on=office.day(-3),
        place="学校操场",
        person=deeds.person("吴敏"),
        attendance=260,
        by=office.officer,
    )
    _hand_out(office, held)
    _hear_from_the_school(office, held)
    main, branch = (
        actions.plan_event(
            campaign=office.campaign,
            number=number,
            name=name,
            school=deeds.organisation(school),
            held_on=office.day(after),
            starts=datetime.time(9, 30),
            ends=datetime.time(11, 30),
            place=place,
            person=deeds.person(person),
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
    _reserve(office, main)
    return main


def _hand_out(office: Office, event: "OutreachEvent") -> None:
    """The materials of the event that was held: in, out, shown or given, returned; three leaflets stayed, and it says where."""
    from hearth.apps.outreach import actions
    from hearth.apps.outreach.models import Material
    from hearth.apps.outreach.states import Direction, MaterialKind

    out, shown, given, back = Direction.OUT, Direction.SHOWN, Direction.GIVEN, Direction.RETURNED
    ledger: Sequence[tuple[str, MaterialKind, str, int, tuple[tuple[str, int], ...]]] = (
        ("科学家精神展板", MaterialKind.BOARD, "块", 12, ((out, 6), (shown, 6), (back, 6))),
        ("《身边的科学》读本", MaterialKind.BOOKLET, "册", 800, ((out, 260), (given, 248), (back, 12))),
        ("“科普中国”宣传页", MaterialKind.LEAFLET, "份", 1500, ((out, 400), (given, 352), (back, 45))),
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
    leaflets = Material.objects.get(campaign=office.campaign, kind=MaterialKind.LEAFLET)
    why = "三份留给学校图书室，有收条"
    actions.explain(material=leaflets, event=event, explanation=why, by=office.officer)


def _move(
    office: Office,
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


def _hear_from_the_school(office: Office, event: "OutreachEvent") -> None:
    from hearth.apps.outreach import actions
    from hearth.apps.outreach.states import Rating

    for asked in actions.ask_feedback(event=event, by=office.officer):
        actions.give_feedback(
            feedback=asked,
            rating=Rating.GOOD,
            text="孩子们围着显微镜不肯走。讲解再慢一点，低年级听得更明白。",
            wants="下次想看会动的机器，最好能让孩子自己拆一拆。",
            by=office.as_person(event.school.name),
        )


def _reserve(office: Office, event: "OutreachEvent") -> None:
    """What the next event needs is kept for it."""
    from hearth.apps.outreach import actions
    from hearth.apps.outreach.models import Material

    for number, quantity in (("WL-01", 10), ("WL-02", 300), ("WL-03", 600)):
        material = Material.objects.get(campaign=office.campaign, number=number)
        actions.reserve(material=material, event=event, quantity=quantity, by=office.officer)
