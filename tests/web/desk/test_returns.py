"""A return by the organisation's own link, without an account; the issuer's side of it; both without a script."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hearth.apps.directory.states import Role
from hearth.apps.links import queries as links
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.notices.models import Answer, Notice, Return
from hearth.lib.wall import scope
from tests.apps import houses
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

SAID = {"sessions": "3", "people": "120", "outreach_events": "1", "digest": "学了"}


@dataclass(frozen=True)
class Sent:
    things: Filled
    link: Link

    @property
    def address(self) -> str:
        return reverse("public:return", args=[self.link.token])

    @property
    def returned(self) -> Return:
        with scope(self.things.house.city.path):
            found: Return = Return.objects.get(pk=self.things.returned.pk)
            return found

    def post(self, do: str, base: str = "{}", **said: str) -> HttpResponse:
        return Client().post(self.address, {"do": do, "base": base, **said})


@pytest.fixture
def sent(db: None) -> Iterator[Sent]:
    things = filled.build(houses.build())
    yield Sent(things, links.of(Purpose.RETURN, [things.returned.pk])[things.returned.pk])


def test_the_link_opens_the_form_and_a_wrong_one_nothing(sent: Sent) -> None:
    page = Client().get(sent.address)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "private, no-store")
    assert "报送给甲市科协" in page.content.decode()
    assert Client().get(sent.address[:-2] + "x/").status_code == 404


def test_the_link_sends_once_however_often_it_is_pressed(sent: Sent) -> None:
    assert sent.post("send", **SAID).status_code == 302
    again = Client().post(sent.address, {"do": "send", "base": "{}", **SAID}, follow=True)
    assert "已经报送" in again.content.decode()
    with scope(sent.things.house.city.path):
        assert Answer.objects.filter(key="people").count() == 1


def test_what_is_wrong_is_told_beside_the_field_and_kept_as_a_draft(sent: Sent) -> None:
    page = sent.post("send", **SAID | {"people": "很多"})
    assert page.status_code == 422
    assert "“很多”应为整数，如 12。" in page.content.decode()
    assert sent.returned.draft == SAID | {"people": "很多"}


def test_autosave_keeps_what_two_windows_type(sent: Sent) -> None:
    first = Client().post(sent.address + "?saved", {"base": "{}", "people": "5"})
    assert json.loads(first.context["base"]) == {"people": "5"}
    second = Client().post(sent.address + "?saved", {"base": "{}", "people": "7", "sessions": "2"})
    assert second.context["clashes"] == [("参加人数", "5")]
    assert sent.returned.draft == {"people": "5", "sessions": "2"}


def test_a_notice_is_designed_weighed_and_issued_knowingly(sent: Sent) -> None:
    city = visitor(Role.OFFICER, sent.things.house.city)
    address = reverse("desk:notice_new", args=[sent.things.campaign.pk])
    head = {
        "number": "TZ-77",
        "title": "试验通知",
        "receivers": ["county"],
        "issued_on": "2026-09-01",
        "due": "2026-09-05",
        "fields": "1",
        "f0-key": "people",
        "f0-kind": "whole",
        "f0-label": "人数",
    }
    added = city.post(address, head | {"do": "add", "add_kind": "date"})
    assert [field.kind for _at, field, _texts in added.context["fields"]] == ["whole", "date"]
    weighed = city.post(address, head | {"do": "issue"})
    assert (weighed.status_code, len(weighed.context["weighed"].warnings)) == (422, 2)
    assert city.post(address, head | {"do": "issue", "knowing": "1"}).status_code == 302
    with scope(sent.things.house.city.path):
        assert [field.label for field in Notice.objects.get(number="TZ-77").form] == ["人数"]


def test_the_file_of_a_notice_names_unit_and_contact(sent: Sent) -> None:
    sent.post("send", contact="丁一", **SAID)
    city = visitor(Role.OFFICER, sent.things.house.city)
    answer = city.get(reverse("desk:notice_roll_up_file", args=[sent.things.notice.pk]))
    assert answer.content[:2] == b"PK"
    page = city.get(reverse("desk:notice_roll_up", args=[sent.things.notice.pk]) + "?of=people")
    assert [(part.returned.contact, part.number) for part in page.context["parts"]] == [("丁一", 120)]
