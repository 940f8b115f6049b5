"""Places of an event: never oversold, one registration a contact, a waiting list that moves up by its rule."""

import datetime
from collections.abc import Iterator

import pytest
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.messages.models import Message
from hearth.apps.outreach import actions, queries, rules, tasks
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import OutreachEvent, PublicEvent, Registration
from hearth.apps.outreach.states import Standing
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.outreach import visits
from tests.apps.outreach.visits import Opening


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture
def opening(house: houses.House) -> Iterator[Opening]:
    with scope(house.city.path):
        yield visits.build(house)


def standings(opening: Opening) -> list[str]:
    return list(Registration.objects.order_by("pk").values_list("standing", flat=True))


def taken() -> tuple[int, int, int]:
    """Places taken by the event, by its copy, and parties waiting by its copy."""
    shown = PublicEvent.objects.get()
    return OutreachEvent.objects.get().taken, shown.taken, shown.waiting


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("", "试验小学"),
        ("礼堂", "试验小学 礼堂"),
        ("试验小学礼堂", "试验小学礼堂"),
        ("小学", "试验小学"),
    ],
)
def test_a_place_is_told_with_its_school(place: str, where: str) -> None:
    assert rules.whereabouts("试验小学", place) == where


def test_who_does_not_fit_waits(opening: Opening) -> None:
    for party in (2, 2, 1):
        opening.come(party)
    assert standings(opening) == ["held", "waiting", "held"]
    assert taken() == (3, 3, 1)


def test_a_cancelled_place_goes_to_the_first_who_fits(opening: Opening) -> None:
    first, second = opening.come(1), opening.come(2)
    opening.come(2)
    opening.come(1)
    actions.give_up(registration=first, by=opening.by)
    assert standings(opening) == ["cancelled", "held", "waiting", "held"]
    actions.give_up(registration=second, by=opening.by)
    assert standings(opening) == ["cancelled", "cancelled", "held", "held"]
    assert taken() == (3, 3, 0)
    subjects = list(Message.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects[-2:] == ["有名额了：试验专场", "有名额了：试验专场"]


def test_cancelling_twice_frees_once(opening: Opening) -> None:
    first = opening.come(2)
    actions.give_up(registration=first, by=opening.by)
    actions.give_up(registration=first, by=opening.by)
    assert taken() == (0, 0, 0)


@pytest.mark.parametrize(
    ("first", "second"), [("13900001111", "139 0000-1111"), ("A@example.cn", "a@EXAMPLE.cn")]
)
def test_one_phone_or_address_registers_once(opening: Opening, first: str, second: str) -> None:
    kept = opening.come(contact=first)
    with pytest.raises(OutreachRefused, match="已经报过这一场"):
        opening.come(contact=second)
    assert taken() == (1, 1, 0)
    actions.give_up(registration=kept, by=opening.by)
    assert opening.come(contact=second).standing == Standing.HELD


@pytest.mark.parametrize(
    ("party", "contact", "said"),
    [
        (1, "张三", "电话应为数字"),
        (1, "a@b", "邮箱应有 @"),
        (0, "", "一次可以报"),
        (4, "", "一共 3 个名额，坐不下 4 人"),
    ],
)
def test_what_cannot_be_registered_is_told(opening: Opening, party: int, contact: str, said: str) -> None:
    with pytest.raises(OutreachRefused, match=said):
        opening.come(party, contact)
    assert taken() == (0, 0, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"capacity": None}, "不用报名"),
        ({"opens_at": datetime.timedelta(hours=1)}, "还没有开始"),
        ({"closes_at": datetime.timedelta(hours=-1)}, "已经截止"),
    ],
)
def test_outside_its_time_nobody_registers(opening: Opening, change: dict, said: str) -> None:
    now = timezone.now()
    moments = {name: value if value is None else now + value for name, value in change.items()}
    actions.amend_event(event=opening.event, by=opening.by, **moments)  # type: ignore[arg-type]
    with pytest.raises(OutreachRefused, match=said):
        opening.come()


def test_more_places_move_those_who_wait_up_and_fewer_than_taken_are_refused(opening: Opening) -> None:
    opening.come(3)
    opening.come(2)
    actions.amend_event(event=opening.event, capacity=5, by=opening.by)
    assert standings(opening) == ["held", "held"]
    with pytest.raises(OutreachRefused, match="不能少于已经报上的人数"):
        actions.amend_event(event=opening.event, capacity=4, by=opening.by)
    assert PublicEvent.objects.get().capacity == 5


def test_a_new_place_is_told_to_all_who_come_and_another_name_is_not(opening: Opening) -> None:
    opening.come(contact="a@example.cn")
    told = Message.objects.count()
    actions.amend_event(event=opening.event, name="试验新场", by=opening.by)
    assert Message.objects.count() == told
    actions.amend_event(event=opening.event, place="体育馆", by=opening.by)
    assert Message.objects.first().subject == "有变动：试验新场"
    assert PublicEvent.objects.get().place == "体育馆"


def test_a_ticket_has_a_personal_link_that_only_a_mail_carries(opening: Opening) -> None:
    by_mail, by_phone = opening.come(contact="a@example.cn"), opening.come()
    given = links.of(Purpose.TICKET, [by_mail.pk, by_phone.pk])
    told = {message.name: message for message in Message.objects.all()}
    assert told[by_mail.name].href == f"/ticket/{given[by_mail.pk].token}/"
    assert (told[by_phone.name].href, told[by_phone.name].phone) == ("", by_phone.contact)


def test_who_waits_is_told_the_rule(opening: Opening) -> None:
    opening.come(3)
    opening.come()
    assert Message.objects.first().text == queries.WAITING_RULE


def test_those_with_places_are_reminded_the_day_before(opening: Opening) -> None:
    opening.come(3)
    opening.come(1)
    told = Message.objects.count()
    tasks.remind(opening.event.held_on)
    assert Message.objects.count() == told
    tasks.remind(opening.event.held_on - datetime.timedelta(days=1))
    assert [one.name for one in Message.objects.filter(subject__startswith="明天：")] == ["来人1"]


def test_withdrawn_it_is_nowhere_public_and_tickets_stay(opening: Opening) -> None:
    opening.come()
    actions.withdraw_event(event=opening.event, by=opening.by)
    assert queries.public_events().count() == 0
    assert standings(opening) == ["held"]
    with pytest.raises(OutreachRefused, match="现在没有公开"):
        actions.withdraw_event(event=opening.event, by=opening.by)


def test_a_public_copy_names_nobody(opening: Opening) -> None:
    opening.come()
    shown = {field.name for field in PublicEvent._meta.fields}
    assert shown & {"person", "contact", "registrations", "attendance"} == set()


def test_registering_is_audited(opening: Opening) -> None:
    opening.come(2)
    event = Event.objects.filter(verb="报名").get()
    assert event.detail == {"party": 2, "standing": "held"}
