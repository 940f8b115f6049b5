"""Personal links: one address opens one thing for one holder, until it ends or is taken back."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.audit.models import Event
from hearth.apps.links import actions, queries
from hearth.apps.links.actions import Holder
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.lib.wall import scope
from tests.apps import houses

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return houses.build()


def give(house, *, until: datetime.date | None = None) -> Link:
    with scope(house.city.path):
        given = actions.give(
            purpose=Purpose.RETURN,
            to=[Holder(7, house.county, "子县科协")],
            about=house.person,
            until=until,
            by=house.officer(),
        )
    return given[7]


def test_the_address_opens_its_link(house):
    link = give(house)
    assert queries.opened_by(link.token, Purpose.RETURN) == link


def test_another_purpose_another_number_and_a_changed_proof_open_nothing(house):
    link = give(house)
    number, proof = link.token.split("-", 1)
    assert queries.opened_by(link.token, Purpose.TICKET) is None
    assert queries.opened_by(f"{int(number) + 1}-{proof}", Purpose.RETURN) is None
    assert queries.opened_by(f"{number}-{'A' * len(proof)}", Purpose.RETURN) is None
    for broken in ("", "-", "1", "一-a", f"{'9' * 30}-{proof}", f"{number}-试"):
        assert queries.opened_by(broken, Purpose.RETURN) is None


def test_giving_again_keeps_the_address(house):
    assert give(house).token == give(house).token


def test_a_renewed_link_has_a_new_address_and_the_old_opens_nothing(house):
    link = give(house)
    old = link.token
    with scope(house.city.path):
        renewed = actions.renew(link=link, by=house.officer())
    assert queries.opened_by(old, Purpose.RETURN) is None
    assert queries.opened_by(renewed.token, Purpose.RETURN) == link


def test_a_link_taken_back_or_past_its_day_opens_nothing(house):
    ended = give(house, until=datetime.date(2020, 6, 1))
    assert queries.opened_by(ended.token, Purpose.RETURN) is None
    Link.objects.filter(pk=ended.pk).update(ends_on=None)
    assert queries.opened_by(ended.token, Purpose.RETURN) == ended
    with scope(house.city.path):
        actions.revoke(link=ended, by=house.officer())
    assert queries.opened_by(ended.token, Purpose.RETURN) is None
    assert queries.of(Purpose.RETURN, [7]) == {}


def test_the_address_is_not_in_the_database(house):
    link = give(house)
    proof = link.token.split("-", 1)[1]
    kept = [str(getattr(link, field.attname)) for field in Link._meta.fields]
    assert not any(proof in value for value in kept)


def test_one_thing_has_one_link(house):
    give(house)
    with pytest.raises(IntegrityError, match="link_once_per_thing"), transaction.atomic():
        Link.objects.create(org=house.county, purpose=Purpose.RETURN, target=7, holder="别人")


def test_giving_is_told_once_for_all(house):
    give(house)
    with scope(house.city.path):
        assert [event.detail["holders"] for event in Event.objects.filter(verb="发链接")] == [1]
