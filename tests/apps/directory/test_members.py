"""Accounts and roles: what the database itself refuses, and what every role may do."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.accounts.models import User
from hearth.apps.audit.models import Event
from hearth.apps.directory import actions, queries, rules
from hearth.apps.directory.actions import DirectoryRefused
from hearth.apps.directory.models import Actor, House, Membership, Organisation
from hearth.apps.directory.states import THREE_ADMINS, Kind, Permission, Role
from hearth.lib.wall import scope
from tests.apps import houses


@pytest.fixture
def house(db: None) -> Iterator[houses.House]:
    built = houses.build()
    with scope(built.province.path):
        yield built


@pytest.fixture
def user(house: houses.House) -> User:
    return actions.open_account(person=house.person, username="zhao", by=house.officer())


@pytest.mark.parametrize("first", THREE_ADMINS)
@pytest.mark.parametrize("second", THREE_ADMINS)
def test_one_user_is_one_of_the_three_administrators(
    house: houses.House, user: User, first: Role, second: Role
) -> None:
    actions.appoint(user=user, org=house.city, role=first, by=house.officer())
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.appoint(user=user, org=house.county, role=second, by=house.officer())
    assert Membership.objects.get().role == first


def test_an_administrator_cannot_be_renamed_past_the_exclusion(house: houses.House, user: User) -> None:
    Membership.objects.create(user=user, org=house.city, role=Role.AUDITOR)
    with pytest.raises(IntegrityError, match="three_admins_exclude"), transaction.atomic():
        Membership.objects.update(role=Role.LEADER)


def test_other_roles_stand_beside_each_other(house: houses.House, user: User) -> None:
    for role in (Role.LEADER, Role.OFFICER, Role.AUDITOR):
        actions.appoint(user=user, org=house.city, role=role, by=house.officer())
    assert queries.memberships_of(user.pk).count() == 3


def test_the_auditor_changes_nothing_and_the_officer_sees_no_trail() -> None:
    assert rules.GRANTS[Role.AUDITOR] == {
        Permission.SEE_DESK,
        Permission.SEE_ORGANISATIONS,
        Permission.SEE_AUDIT,
    }
    assert [role for role in Role if rules.allowed(role, Permission.SEE_AUDIT)] == [Role.AUDITOR]
    assert [role for role in Role if rules.allowed(role, Permission.SIGN_PAPERS)] == [Role.LEADER]
    assert [role for role in Role if rules.allowed(role, Permission.MANAGE_MEMBERS)] == [Role.SECURITY_ADMIN]


def test_a_person_has_one_account(house: houses.House, user: User) -> None:
    house.person.refresh_from_db()
    with pytest.raises(DirectoryRefused, match="赵一 已经有账户"):
        actions.open_account(person=house.person, username="zhao2", by=house.officer())


def test_a_house_is_founded_once(house: houses.House) -> None:
    with pytest.raises(DirectoryRefused, match="已经有组织"):
        actions.found(code="Q", name="别省科协", short_name="别省", kind=Kind.PROVINCE)
    with pytest.raises(IntegrityError, match="only_one_house"), transaction.atomic():
        House.objects.create(id=2, name="别家")


def test_dismissal_leaves_a_trace(house: houses.House, user: User) -> None:
    membership = actions.appoint(user=user, org=house.city, role=Role.BROKER, by=house.officer())
    actions.dismiss(membership=membership, by=house.officer())
    assert not Membership.objects.exists()
    last = Event.objects.first()
    assert last is not None
    assert (last.verb, last.detail) == ("免去", {"role": "broker"})


def test_an_actor_acts_for_what_its_membership_says(house: houses.House, user: User) -> None:
    actor = actions.appoint(user=user, org=house.county, role=Role.LIAISON, by=house.officer()).actor()
    assert actor == Actor(org=house.county, role=Role.LIAISON, user_id=user.pk, name="赵一")
    assert actor.may(Permission.ANSWER_NOTICES)
    assert not actor.may(Permission.ISSUE_NOTICES)
    assert Actor.house(house.province).may(Permission.SIGN_PAPERS)


def test_lists_show_the_tree_below_the_actor(house: houses.House) -> None:
    city = house.officer()
    assert list(queries.organisations(city)) == [house.city, house.county, house.enterprise]
    assert list(queries.organisations(city, kind="county", search="子县")) == [house.county]
    assert set(queries.people(city, search="甲市")) == {house.person, house.deputy}
    assert queries.people(house.officer(house.county)).count() == 0
    assert queries.root() == house.province
    assert Organisation.objects.visible_to(house.officer(house.sister)).get() == house.sister
