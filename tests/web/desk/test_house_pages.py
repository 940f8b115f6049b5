"""Organisations, people, jobs and the audit trail on the desk."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.apps.audit.models import Event
from hearth.apps.directory import actions as directory
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Kind, PersonKind, Role
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import State
from hearth.lib.wall import scope
from hearth.web.desk.deeds import details
from tests.apps.houses import House, build
from tests.web.desk.visitors import visitor

PHONE = "000-0000-0001"
pytestmark = pytest.mark.usefixtures("static")


@pytest.fixture
def house(db) -> House:
    return build()


def ask(house: House, **facts: object) -> Job:
    with scope(house.city.path):
        return Job.objects.create(
            **{
                "org_id": house.city.pk,
                "org_path": house.city.path,
                "title": "匹配",
                "task": "exchange.match",
                "asked_by": "甲",
                **facts,
            }
        )


@pytest.mark.parametrize(
    ("page", "roles"),
    [
        ("desk:organisations", {Role.LEADER, Role.OFFICER, Role.LIAISON, Role.BROKER, Role.SYSTEM_ADMIN}),
        ("desk:people", {Role.LEADER, Role.OFFICER, Role.LIAISON, Role.BROKER, Role.SYSTEM_ADMIN}),
        ("desk:personal", {Role.LEADER, Role.OFFICER, Role.LIAISON, Role.BROKER, Role.SYSTEM_ADMIN}),
        ("desk:jobs", {Role.LEADER, Role.OFFICER, Role.BROKER, Role.SYSTEM_ADMIN}),
        ("desk:audit", set()),
    ],
)
def test_a_page_opens_for_those_who_may(house: House, page: str, roles: set[Role]):
    allowed = roles | ({Role.AUDITOR} if page != "desk:jobs" else set())
    allowed |= (
        {Role.SECURITY_ADMIN} if page in ("desk:organisations", "desk:people", "desk:personal") else set()
    )

    answers = {role: visitor(role, house.city).get(reverse(page)).status_code for role in Role}

    assert answers == {role: 200 if role in allowed else 403 for role in Role}


def add_people(house: House, number: int) -> None:
    with scope(house.province.path):
        for at in range(number):
            county = directory.add_organisation(
                parent=house.city,
                code=f"N{at}{number}",
                name=f"试验{at}{number}县科协",
                short_name=f"{at}{number}县",
                kind=Kind.COUNTY,
                by=Actor.house(house.province),
            )
            directory.add_person(
                org=county, name="孙三", kind=PersonKind.CADRE, phone=PHONE, by=house.officer()
            )
        ask(house)


@pytest.mark.parametrize("page", ["desk:organisations", "desk:people", "desk:jobs", "desk:audit"])
def test_more_rows_ask_no_more_questions(house: House, page: str):
    client = visitor(Role.AUDITOR if page == "desk:audit" else Role.OFFICER, house.city)
    add_people(house, 1)
    client.get(reverse(page))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(page))
    add_people(house, 3)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(page))

    assert len(many) == len(few)


def test_the_tree_ends_at_what_the_actor_sees(house: House):
    page = visitor(Role.OFFICER, house.city).get(reverse("desk:organisations")).content.decode()

    assert "子县科协" in page
    assert "乙市科协" not in page


def test_a_search_opens_the_tree_along_what_it_found(house: House):
    page = (
        visitor(Role.OFFICER, house.city).get(reverse("desk:organisations"), {"q": "子县"}).content.decode()
    )

    assert "<mark>子县</mark>科协" in page
    assert "丑厂" not in page
    assert "另外 1 个下级不在所找之内" in page


def test_an_organisation_outside_is_not_shown_beside_the_tree(house: House):
    page = visitor(Role.OFFICER, house.city).get(reverse("desk:organisations"), {"org": house.sister.pk})

    assert page.context["chosen"] == house.city


def test_a_telephone_number_is_masked_in_list_page_and_excel(house: House):
    add_people(house, 1)
    client = visitor(Role.OFFICER, house.city)

    assert PHONE not in client.get(reverse("desk:people")).content.decode()
    assert "000****0001" in client.get(reverse("desk:people")).content.decode()


def test_revealing_a_number_is_recorded_and_needs_the_permission(house: House):
    add_people(house, 1)
    with scope(house.city.path):
        person = house.person.__class__.objects.get(name="孙三")
    address = reverse("desk:person_reveal", args=[person.pk])

    assert visitor(Role.LIAISON, house.city).post(address).status_code == 403
    assert PHONE in visitor(Role.OFFICER, house.city).post(address).content.decode()
    with scope(house.city.path):
        assert Event.objects.filter(thing="directory.person", thing_id=str(person.pk)).count() == 2


def test_somebody_of_a_sister_city_is_not_found(house: House):
    client = visitor(Role.OFFICER, house.sister)

    assert client.get(reverse("desk:person", args=[house.person.pk])).status_code == 404
    assert client.post(reverse("desk:person_reveal", args=[house.person.pk])).status_code == 404


def without_token(answer: HttpResponse) -> str:
    return re.sub(r'value="[^"]{64}"', "", answer.content.decode())


def test_a_running_job_is_asked_again_until_it_ended(house: House):
    client = visitor(Role.OFFICER, house.city)
    job = ask(house, state=State.RUNNING, done=3, total=7)
    address = reverse("desk:job", args=[job.pk])

    whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})

    swapped = without_token(part)
    assert 'hx-trigger="every 2s"' in swapped
    assert "7 步里做了 3 步" in swapped
    assert swapped.strip() in without_token(whole)


def test_a_finished_job_is_not_asked_again(house: House):
    client = visitor(Role.OFFICER, house.city)
    with scope(house.city.path):
        job = ask(house, state=State.DONE, ended_at="2020-06-01T08:00:00Z")

    assert "every 2s" not in client.get(reverse("desk:job", args=[job.pk])).content.decode()


def test_cancelling_a_waiting_job_ends_it(house: House):
    client = visitor(Role.OFFICER, house.city)
    job = ask(house)

    client.post(reverse("desk:job_cancel", args=[job.pk]))

    with scope(house.city.path):
        assert Job.objects.get(pk=job.pk).state == State.CANCELLED


def test_an_event_tells_its_particulars_in_the_words_of_the_house(house: House):
    client = visitor(Role.AUDITOR, house.city)

    page = client.get(reverse("desk:audit"), {"thing": "directory.membership"}).content.decode()

    assert "角色：审计员" in page


def test_the_fields_that_were_changed_are_named_as_on_the_form():
    event = Event(thing="directory.person", detail={"fields": ["phone", "gone"]})

    assert details(event) == (("改了", "电话、gone"),)


def test_events_are_filtered_by_kind_of_thing(house: House):
    client = visitor(Role.AUDITOR, house.city)

    listing = client.get(reverse("desk:audit"), {"thing": "directory.membership"}).context["listing"]

    assert {event.thing for event in listing.page} == {"directory.membership"}


def test_every_kind_of_thing_has_a_name_in_the_language_of_the_house():
    named = {model: str(model._meta.verbose_name) for model in apps.get_models() if _is_ours(model)}

    assert [model.__name__ for model, name in named.items() if name.isascii()] == []


def _is_ours(model) -> bool:
    return model.__module__.startswith("hearth.apps.")
