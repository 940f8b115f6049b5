"""Visits on the desk: what a phone sends, what was told in confidence, drafts, contacts; and the page of an answer."""

import io
import json
import uuid
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hearth.apps.accounts.models import User
from hearth.apps.directory.models import Person
from hearth.apps.directory.states import Role
from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.visits import actions
from hearth.apps.visits.models import Case, Contact, Visit
from hearth.apps.visits.states import CaseState
from hearth.lib.wall import scope
from tests.apps.houses import build
from tests.apps.visits.writing import PNG
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")
WRITING = {Role.LEADER, Role.OFFICER, Role.LIAISON}
SECRET = "腰伤复发"


@pytest.fixture
def things(db) -> Filled:
    return filled.build(build())


@pytest.fixture
def officer(things: Filled) -> Client:
    return visitor(Role.OFFICER, things.house.city)


def account(client: Client) -> str:
    return str(client.session["_auth_user_id"])


def written(things: Filled, client: Client, **more: Any) -> dict[str, Any]:
    values = {
        "campaign": things.campaign.pk,
        "visited_on": "2020-05-28",
        "manner": "home",
        "name": "吴新",
        "unit": "丑厂",
        "title": "",
        "field": "",
        "kind": "",
        "place": "车间",
        "leader": "赵一",
        "on_behalf_of": "",
        "companions": "",
        "recorder": "钱二",
        "progress": "样机做出来了",
        "achievements": "",
        "may_publish": "on",
    }
    said = {
        "key": str(uuid.uuid4()),
        "account": account(client),
        "shows": [],
        "values": values,
        "difficulties": [],
        "suggestions": [],
        "gifts": [],
    }
    return said | more


def send(client: Client, said: dict[str, Any], *pictures: SimpleUploadedFile):
    return client.post(reverse("desk:visit_send"), {"visit": json.dumps(said), "picture": list(pictures)})


def difficulty(things: Filled, **more: str) -> dict[str, Any]:
    said = {"text": "缺水槽", "matter": "", "kind": "work", "urgency": "week", "due": "2020-06-20"}
    return said | {"person": things.house.person.pk} | more


def visits(things: Filled) -> int:
    with scope(things.house.city.path):
        return Visit.objects.filter(person__name="吴新").count()


def test_the_page_opens_for_those_who_record_and_for_nobody_else(things: Filled):
    clients = {role: visitor(role, things.house.city) for role in Role}
    for name in ("visit_new", "visit_worker", "visit_standing"):
        address = reverse(f"desk:{name}")
        assert {r for r, c in clients.items() if c.get(address).status_code == 200} == WRITING, name
    assert refused(clients, "visit_send") == set(Role) - WRITING


def refused(clients: dict[Role, Client], name: str) -> set[Role]:
    address = reverse(f"desk:{name}")
    return {role for role, client in clients.items() if client.post(address).status_code == 403}


def test_what_is_sent_twice_is_one_visit_and_gets_the_same_answer(things: Filled, officer: Client):
    said = written(
        things,
        officer,
        shows=["photo"],
        difficulties=[difficulty(things)],
        suggestions=[{"text": "多走访"}],
        gifts=[{"what": "慰问信", "quantity": "2", "money": ""}],
    )
    photo = SimpleUploadedFile("现场.png", PNG)
    first = send(officer, said, photo)
    photo.seek(0)
    again = send(officer, said, photo)

    assert first.status_code == again.status_code == 200, first.content.decode()
    assert first.json() == again.json()
    assert visits(things) == 1
    shown = officer.get(first.json()["href"]).content.decode()
    assert all(word in shown for word in ("缺水槽", "多走访", "慰问信2份", "照片：1 张", "车间"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"values": {"unit": "没有的厂"}}, "单位：组织里没有“没有的厂”"),
        ({"values": {"leader": ""}}, "带队领导：还没有填"),
        ({"difficulties": [{"due": ""}]}, "困难 1 期限：还没有填"),
        ({"gifts": [{"what": "图书", "quantity": "0", "money": ""}]}, "慰问品 1 数量"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_the_place_and_the_cure(
    things: Filled, officer: Client, change: dict[str, Any], reason: str
):
    said = written(things, officer)
    said["values"] |= change.pop("values", {})
    if "difficulties" in change:
        change = {"difficulties": [difficulty(things, **change["difficulties"][0])]}
    answer = send(officer, said | change)
    assert answer.status_code == 422
    assert reason in answer.json()["reason"]
    assert visits(things) == 0


def test_another_account_sends_nothing_and_an_old_page_is_told_so(things: Filled, officer: Client):
    answer = send(officer, written(things, officer, account="0"))
    assert (answer.status_code, visits(things)) == (409, 0)
    assert officer.post(reverse("desk:visit_send"), {"visit": "{"}).status_code == 400
    told = officer.get(reverse("desk:visit_standing")).json()
    assert told["account"] == account(officer)
    assert told["token"]


def test_a_campaign_of_another_city_takes_nothing(things: Filled):
    sister = visitor(Role.OFFICER, things.house.sister)
    answer = send(sister, written(things, sister))
    assert answer.status_code == 422
    assert "活动" in answer.json()["reason"]


def test_what_was_told_in_confidence_is_on_no_page_and_in_no_export(things: Filled):
    for role in (Role.LEADER, Role.OFFICER, Role.LIAISON, Role.BROKER):
        client = visitor(role, things.house.city)
        addresses = [reverse(name, args=[number]) for name, number in things.pages.items()]
        with scope(things.house.city.path):
            private = Case.objects.get(private=True)
        addresses += [
            reverse("desk:home"),
            reverse("desk:case", args=[private.pk]),
        ]
        for address in addresses:
            assert SECRET not in client.get(address).content.decode(), (role, address)
        found = client.get(reverse("desk:search"), {"q": SECRET}).content.decode()
        assert "保密的困难" not in found
        exported = client.get(reverse("desk:cases", args=[things.campaign.pk]), {"export": "xlsx"})
        data = b"".join(exported) if exported.streaming else exported.content
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert SECRET not in str([list(sheet.values) for sheet in book])


def test_only_the_leader_and_who_handles_it_are_shown_it_on_asking(things: Filled):
    with scope(things.house.city.path):
        private = Case.objects.get(private=True)
    address = reverse("desk:case_confidence", args=[private.pk])
    clients = {role: visitor(role, things.house.city) for role in Role}
    shown = {role for role, client in clients.items() if SECRET in client.post(address).content.decode()}
    assert shown == {Role.LEADER}

    liaison = clients[Role.LIAISON]
    with scope(things.house.city.path):
        Person.objects.filter(pk=things.house.person.pk).update(user=User.objects.get(pk=account(liaison)))
    assert SECRET in liaison.post(address).content.decode()
    assert clients[Role.OFFICER].post(address).status_code == 403


def test_money_is_shown_on_asking_to_the_leader_only(things: Filled, officer: Client):
    said = written(things, officer, gifts=[{"what": "慰问金", "quantity": "1", "money": "987.50"}])
    page = send(officer, said).json()["href"]
    with scope(things.house.city.path):
        visit = Visit.objects.get(person__name="吴新")
    address = reverse("desk:visit_money", args=[visit.pk])
    assert "987" not in officer.get(page).content.decode()
    assert "金额只给责任人和领导看" in officer.get(page).content.decode()
    assert officer.post(address).status_code == 403
    leader = visitor(Role.LEADER, things.house.city)
    assert "987" not in leader.get(page).content.decode()
    assert "987.50 元" in leader.post(address).content.decode()


def test_a_visit_drafts_a_demand_and_an_expert_once(things: Filled, officer: Client):
    for _ in range(2):
        officer.post(reverse("desk:visit_demand", args=[things.visit.pk]))
        officer.post(reverse("desk:visit_expert", args=[things.visit.pk]))
    with scope(things.house.city.path):
        demand, offer = Demand.objects.get(), Offer.objects.get()
    assert (demand.problem, demand.is_draft, offer.is_draft) == ("缺中试场地", True, True)
    page = officer.get(reverse("desk:demand", args=[demand.pk])).content.decode()
    assert "草稿：补全才参加匹配" in page
    assert reverse("desk:visit", args=[things.visit.pk]) in page
    liaison = visitor(Role.LIAISON, things.house.city)
    answer = liaison.post(reverse("desk:visit_demand", args=[things.visit.pk]))
    assert answer.url == reverse("desk:visit", args=[things.visit.pk])


def test_the_answer_is_read_and_rated_once_by_a_link(things: Filled):
    with scope(things.house.city.path):
        case = actions.settle(case=things.case, answer="下月开放场地", by=things.by)
    address = links.of(Purpose.CASE, [case.pk])[case.pk].get_absolute_url()
    person = Client()
    assert "下月开放场地" in person.get(address).content.decode()
    assert person.post(address, {}).status_code == 422
    person.post(address, {"said": "unsolved", "words": "太远"})
    with scope(things.house.city.path):
        case.refresh_from_db()
        assert (case.state, case.replies.get().words) == (CaseState.HANDLING, "太远")
    assert "正在办理" in person.get(address).content.decode()
    refused = person.post(address, {"said": "satisfied"})
    assert refused.status_code == 422
    assert "有了新的答复再请您回复" in refused.content.decode()


def test_contacts_are_set_ended_and_taken_from_a_spreadsheet_by_leader_and_officer(
    things: Filled, officer: Client
):
    clients = {role: visitor(role, things.house.city) for role in Role if role != Role.OFFICER}
    for name in ("contact_keep", "contact_take", "contact_ask"):
        assert refused(clients, name) == set(Role) - {Role.LEADER, Role.OFFICER}, name
    page = officer.get(reverse("desk:contacts"))
    assert page.context["listing"].total == 1
    assert officer.get(reverse("desk:contacts"), {"stand": "owing"}).context["listing"].total == 1
    with scope(things.house.city.path):
        contact = Contact.objects.get()
    officer.post(reverse("desk:contact_end", args=[contact.pk]))
    assert officer.get(reverse("desk:contacts")).context["listing"].total == 0
    assert "还没有定联系干部" in officer.get(reverse("desk:contacts")).content.decode()

    answer = officer.post(reverse("desk:contact_take"), {"file": workbook(("赵一", "孙1"), ("钱二", "孙1"))})
    assert answer.status_code == 302
    assert officer.get(reverse("desk:contacts")).context["listing"].total == 2
    wrong = officer.post(reverse("desk:contact_take"), {"file": workbook(("赵二", "孙1"))})
    assert wrong.status_code == 422
    assert "人员表里的姓名" in wrong.content.decode()
    officer.post(reverse("desk:contact_ask"), {"times": "2"})
    assert 'value="2"' in officer.get(reverse("desk:contacts")).content.decode()


def workbook(*pairs: tuple[str, str]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "联系"
    for row in (("联系干部", "科技工作者"), *pairs):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return SimpleUploadedFile("联系.xlsx", data.getvalue())
