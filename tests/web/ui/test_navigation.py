import pytest

from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Role
from hearth.web.ui.navigation import MENUS, Place, sections

pytestmark = pytest.mark.urls("tests.web.ui.pages")


def actor(role: Role) -> Actor:
    return Actor(org=Organisation(path="0001."), role=role, user_id=None, name="甲")


def listed(place: Place, role: Role | None, path: str = "/") -> list[str]:
    found = sections(place, actor=actor(role) if role else None, path=path)
    return [link.href for section in found for link in section.links]


def current(path: str) -> list[str]:
    found = sections(Place.DESK, actor=actor(Role.OFFICER), path=path)
    return [link.href for section in found for link in section.links if link.current]


def test_an_entry_without_a_page_is_not_listed():
    assert listed(Place.DESK, Role.OFFICER) == ["/desk/", "/messages/", "/desk/papers/"]


def test_an_entry_is_listed_for_those_whom_its_view_lets_in():
    assert listed(Place.DESK, Role.AUDITOR) == ["/desk/", "/messages/", "/desk/papers/", "/desk/audit/"]
    assert listed(Place.PARTNER, Role.OFFICER) == ["/messages/"]
    assert listed(Place.PARTNER, Role.EXPERT) == ["/partner/", "/messages/"]


def test_a_stranger_sees_public_entries_only():
    assert listed(Place.PUBLIC, None) == ["/"]
    assert listed(Place.DESK, None) == []


def test_a_group_without_entries_is_not_shown():
    found = sections(Place.DESK, actor=actor(Role.EXPERT), path="/")
    assert [[link.href for link in section.links] for section in found] == [["/messages/"]]


def test_a_page_below_an_entry_marks_that_entry():
    assert current("/desk/papers/7/") == ["/desk/papers/"]


def test_the_home_of_a_menu_marks_only_itself():
    assert current("/desk/") == ["/desk/"]
    assert current("/desk/somewhere/") == []


def test_a_count_stands_at_its_entry():
    found = sections(Place.DESK, actor=actor(Role.OFFICER), path="/", counts={"desk:papers": 4})

    assert [(link.href, link.count) for section in found for link in section.links] == [
        ("/desk/", None),
        ("/messages/", None),
        ("/desk/papers/", 4),
    ]


def test_no_address_stands_in_two_entries_of_a_menu():
    for groups in MENUS.values():
        names = [entry.url_name for group in groups for entry in group.entries]
        assert len(names) == len(set(names))
