"""Public pages of outreach: registering, the ticket, what the door sends, feedback; who holds no link sees nothing."""

import datetime
import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.directory.states import Role
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.models import Feedback, Holding, Movement, OutreachEvent, PublicEvent, Registration
from hearth.apps.outreach.states import Direction, MaterialKind
from hearth.lib.wall import scope
from tests.apps.houses import House, build
from tests.apps.outreach import visits
from tests.apps.outreach.visits import Opening
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")
ASKED = {"name": "甲来人", "unit": "试验单位", "contact": "13900000001", "party": "2"}


@pytest.fixture
def house(db) -> House:
    return build()


@pytest.fixture
def opening(house: House) -> Opening:
    with scope(house.city.path):
        return visits.build(house, days=0)


def register(**changes: str):
    shown = PublicEvent.objects.get()
    return Client().post(reverse("public:event_register", args=[shown.address]), ASKED | changes)


def ticket(house: House, opening: Opening, party: int = 1) -> tuple[str, str]:
    """A registration's code and the address of its ticket."""
    with scope(house.city.path):
        made = opening.come(party)
        return made.code, queries.ticket_addresses([made])[made.pk]


def door(house: House, opening: Opening) -> str:
    with scope(house.city.path):
        return reverse("public:door", args=[actions.open_door(event=opening.event, by=opening.by).token])


def send(address: str, *scans: dict):
    return Client(enforce_csrf_checks=True).post(
        f"{address}scans/", json.dumps({"scans": scans}), content_type="application/json"
    )


def scanned(code: str, **changes: object) -> dict:
    at = timezone.now().isoformat()
    return {"key": str(uuid.uuid4()), "act": "in", "said": code, "at": at} | changes


def test_a_visitor_registers_without_an_account_and_is_led_to_the_ticket(house: House, opening: Opening):
    answer = register()
    assert answer.status_code == 302
    page = Client().get(answer.url)
    with scope(house.city.path):
        assert Registration.objects.get().code in page.content.decode()
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert Client().get(f"{answer.url}qr.svg").headers["Content-Type"] == "image/svg+xml"
    assert b"BEGIN:VEVENT" in Client().get(f"{answer.url}event.ics").content


def test_a_refused_form_opened_again_is_the_event(opening: Opening):
    shown = PublicEvent.objects.get()
    answer = Client().get(reverse("public:event_register", args=[shown.address]))
    assert (answer.status_code, answer.url) == (302, shown.get_absolute_url())


def test_an_address_that_only_takes_a_form_says_so(house: House, opening: Opening):
    _, address = ticket(house, opening)
    answer = Client().get(f"{address}cancel/")
    assert answer.status_code == 405
    assert "只用来收表单" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contact": "张三"}, "电话应为数字"),
        ({"party": "两个"}, "“两个”应为整数"),
        ({"party": "4"}, "坐不下 4 人"),
        ({"unit": ""}, "还没有填"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(opening: Opening, changes: dict, said: str):
    answer = register(**changes)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert "甲来人" in answer.content.decode()


def test_a_second_registration_of_a_phone_does_not_open_the_first(opening: Opening):
    register()
    answer = register(name="别人")
    assert answer.status_code == 422
    assert "已经报过这一场" in answer.content.decode()
    assert "/ticket/" not in answer.content.decode()


def test_what_is_withdrawn_is_gone_for_readers_and_registering(house: House, opening: Opening):
    address = PublicEvent.objects.get().get_absolute_url()
    with scope(house.city.path):
        actions.withdraw_event(event=opening.event, by=opening.by)
    gone = Client().get(address)
    assert (gone.status_code, "已撤下" in gone.content.decode()) == (410, True)
    assert gone.headers["Cache-Control"] == "no-store"
    assert register().status_code == 410
    assert Client().get("/events/never-was/").status_code == 404
    assert "试验专场" not in Client().get("/events/").content.decode()


def test_the_holder_of_a_ticket_gives_it_back(house: House, opening: Opening):
    _code, address = ticket(house, opening, 3)
    ticket(house, opening)
    assert Client().post(f"{address}cancel/").url == address
    assert "再报一次" in Client().get(address).content.decode()
    with scope(house.city.path):
        assert OutreachEvent.objects.get().taken == 1


def test_who_waits_sees_no_code(house: House, opening: Opening):
    ticket(house, opening, 3)
    code, address = ticket(house, opening)
    page = Client().get(address).content.decode()
    assert (code in page, "候补，排在最前" in page) == (False, True)


def test_the_door_gets_a_verdict_for_each_scan_and_sends_no_token(house: House, opening: Opening):
    code, _address = ticket(house, opening, 2)
    address = door(house, opening)
    answer = send(address, scanned(code), scanned(code, entrance="南门"), scanned("XXXX")).json()
    assert [one["verdict"] for one in answer["answers"]] == ["admitted", "twice", "unknown"]
    assert [one["name"] for one in answer["answers"]] == ["来人1", "来人1", ""]
    assert (answer["arrived"], answer["expected"]) == (2, 2)
    listed = Client().get(f"{address}tickets/").json()["tickets"]
    assert listed == [[code, "来人1", "试验单位", 2]]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"scans": [1]}', '{"scans": [{"key": "x", "act": "in", "said": "", "at": ""}]}']
)
def test_what_is_no_scan_is_refused(house: House, opening: Opening, body: str):
    answer = Client().post(f"{door(house, opening)}scans/", body.encode(), content_type="application/json")
    assert (answer.status_code, "请重新打开" in answer.json()["cure"]) == (400, True)


def test_a_ticket_opens_no_door_and_an_ended_door_nothing(house: House, opening: Opening):
    code, address = ticket(house, opening)
    token = address.split("/")[2]
    assert send(f"/door/{token}/", scanned(code)).status_code == 404
    way = door(house, opening)
    with scope(house.city.path):
        link = links.of(Purpose.DOOR, [opening.event.pk])[opening.event.pk]
        link.ends_on = timezone.localdate() - datetime.timedelta(days=1)
        link.save()
    assert send(way, scanned(code)).status_code == 404


def test_only_the_door_may_use_the_camera(house: House, opening: Opening):
    page = Client().get(door(house, opening))
    assert page.headers["Permissions-Policy"].startswith("camera=(self)")
    assert "worker-src 'self'" in page.headers["Content-Security-Policy"]
    other = Client().get("/events/")
    assert other.headers["Permissions-Policy"].startswith("camera=()")
    assert "worker-src" not in other.headers["Content-Security-Policy"]


def test_feedback_is_given_and_changed_through_its_link(house: House, opening: Opening):
    with scope(house.city.path):
        asked = actions.ask_feedback(event=opening.event, by=opening.by)[0]
        token = links.of(Purpose.FEEDBACK, [asked.pk])[asked.pk].token
    address = reverse("public:feedback", args=[token])
    assert Client().post(address, {"text": "好"}).status_code == 422
    for rating in ("3", "5"):
        answer = Client().post(address, {"rating": rating, "text": "好", "wants": "航模"})
        assert answer.status_code == 302
    assert "已收到，谢谢" in Client().get(address).content.decode()
    with scope(house.city.path):
        assert Feedback.objects.get(pk=asked.pk).rating == 5


def test_who_has_no_email_is_handed_the_link_by_the_officer(house: House, opening: Opening):
    with scope(house.city.path):
        asked = actions.ask_feedback(event=opening.event, by=opening.by)[0]
        token = links.of(Purpose.FEEDBACK, [asked.pk])[asked.pk].token
    officer, page = (
        visitor(Role.OFFICER, house.city),
        reverse("desk:outreach_event", args=[opening.event.pk]),
    )
    assert token in officer.get(page).content.decode()
    assert token not in visitor(Role.LIAISON, house.county).get(page).content.decode()

    Client().post(reverse("public:feedback", args=[token]), {"rating": "5"})
    assert token not in officer.get(page).content.decode()


def test_an_officer_reserves_hands_out_and_explains(house: House, opening: Opening):
    officer, event = visitor(Role.OFFICER, house.city), opening.event
    with scope(house.city.path):
        books = actions.register(
            campaign=event.campaign,
            number="WL-1",
            name="读本",
            kind=MaterialKind.BOOKLET,
            unit="册",
            by=opening.by,
        )
        for number, direction in (("LS-1", Direction.IN), ("LS-2", Direction.OUT)):
            actions.move(
                material=books,
                number=number,
                moved_on=event.held_on,
                direction=direction,
                quantity=10 if direction == Direction.IN else 4,
                event=None if direction == Direction.IN else event,
                by=opening.by,
            )
    place = reverse("desk:outreach_event", args=[event.pk])
    for quantity, kept in (("6", 6), ("很多", 6), ("7", 6)):
        officer.post(f"{place}reserve/", {"material": books.pk, "quantity": quantity})
        with scope(house.city.path):
            assert Holding.objects.get().reserved == kept
    hand_out = reverse("desk:material_hand_out", args=[books.pk])
    assert officer.post(hand_out, {"event": event.pk, "quantity": "3"}).status_code == 302
    assert officer.post(hand_out, {"event": event.pk, "quantity": "3"}).status_code == 422
    officer.post(f"{place}explain/", {"material": books.pk, "explanation": "留给图书室"})
    assert "留给图书室" in officer.get(place).content.decode()
    with scope(house.city.path):
        assert Movement.objects.filter(direction=Direction.GIVEN).get().quantity == 3


def test_the_sign_in_list_carries_units_and_masks_phones(house: House, opening: Opening):
    ticket(house, opening)
    officer = visitor(Role.OFFICER, house.city)
    page = officer.get(reverse("desk:outreach_event_registrations", args=[opening.event.pk])).content.decode()
    assert ("试验单位" in page, "13900000001" in page) == (True, False)


def test_whoever_phones_the_list_sees_the_numbers_and_is_recorded(house: House, opening: Opening):
    ticket(house, opening)
    officer = visitor(Role.OFFICER, house.city)
    contacts = reverse("desk:outreach_event_contacts", args=[opening.event.pk])
    assert "13900000001" in officer.post(contacts).content.decode()
    assert officer.get(f"{contacts}?came=no").url.endswith("/registrations/?came=no")
    with scope(house.city.path):
        assert Event.objects.filter(verb="查看电话").count() == 1


def test_those_who_stayed_away_are_written_to_and_the_list_shows_whom_to_call(house: House, opening: Opening):
    ticket(house, opening)
    officer = visitor(Role.OFFICER, house.city)
    write = reverse("desk:outreach_event_write", args=[opening.event.pk])
    said = {"to": "absent", "subject": "下次再来", "text": "活动照片在网站上。"}
    assert officer.post(write, said | {"to": "came"}).status_code == 422
    answer = officer.post(write, said, follow=True)
    assert answer.redirect_chain == [
        (reverse("desk:outreach_event_registrations", args=[opening.event.pk]) + "?came=no", 302)
    ]
    assert "记下了要告诉的 1 家。他们没有邮箱或邮件发不出，请按名单打电话。" in answer.content.decode()
