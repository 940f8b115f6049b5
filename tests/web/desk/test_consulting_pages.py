"""Asking people: an officer sends links, people answer without an account, and read what became of it."""

import datetime
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.apps.campaigns.models import Consultation, Suggestion
from hearth.apps.campaigns.states import Handling
from hearth.apps.directory.states import Role
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.lib.wall import scope
from tests.apps.houses import build
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")
ANYONE = {"answer_0": "多到乡下去。", "answer_1": "", "name": "周四", "unit": "子县科协", "contact": ""}


@pytest.fixture
def things(db) -> Filled:
    return filled.build(build())


@pytest.fixture
def officer(things: Filled) -> Client:
    return visitor(Role.OFFICER, things.house.city)


def consult(things: Filled, officer: Client, **changes: str) -> Consultation:
    told = {
        "title": "方案征求意见",
        "questions": "对安排有什么意见？\n有什么困难？",
        "naming": "choice",
        "closes_on": timezone.localdate().isoformat(),
        "is_public": "on",
        **changes,
    }
    officer.post(reverse("desk:consult", args=[things.campaign.pk]), told)
    with scope(things.house.city.path):
        return Consultation.objects.get(title="方案征求意见")


def public_address(asked: Consultation) -> str:
    return links.of(Purpose.OPEN_CONSULTATION, [asked.pk])[asked.pk].get_absolute_url()


def words(things: Filled) -> list[str]:
    with scope(things.house.city.path):
        return list(Suggestion.objects.filter(proposer="周四").values_list("text", flat=True))


def test_anyone_answers_by_the_address_on_the_front_page(things: Filled, officer: Client):
    address = public_address(consult(things, officer))
    anyone = Client()
    assert address in anyone.get(reverse("public:home")).content.decode()
    page = anyone.get(address)
    assert "有什么困难？" in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"

    answer = anyone.post(address, ANYONE, follow=True)

    assert "您的意见收到了" in answer.content.decode()
    assert words(things) == ["多到乡下去。"]


def test_what_is_missing_is_told_and_what_was_typed_stays(things: Filled, officer: Client):
    address = public_address(consult(things, officer))
    answer = Client().post(address, {**ANYONE, "name": ""})
    assert answer.status_code == 422
    assert "请写上姓名" in answer.content.decode()
    assert "多到乡下去。" in answer.content.decode()
    assert words(things) == []


@pytest.mark.parametrize("token", ["none", "1-AAAAAAAAAAAAAAAAAAAA", "1"])
def test_an_address_that_opens_nothing_says_what_to_do(static, db, token: str):
    answer = Client().get(reverse("public:open_consultation", args=[token]))
    assert answer.status_code == 404
    assert "再要一次" in answer.content.decode()


def test_an_invited_person_answers_once_and_reads_the_outcome_at_the_same_address(
    things: Filled, officer: Client
):
    asked = consult(things, officer)
    officer.post(reverse("desk:asked_invite", args=[asked.pk]), {"people": [things.house.person.pk]})
    with scope(things.house.city.path):
        invitation = asked.invitations.get()
    address = links.of(Purpose.CONSULTATION, [invitation.pk])[invitation.pk].get_absolute_url()
    assert "没有回答" in officer.get(reverse("desk:asked", args=[asked.pk])).content.decode()

    invited = Client()
    invited.post(address, {"answer_0": "展板再多些。", "answer_1": "", "name": "赵一"})
    assert "<form" not in invited.get(address).content.decode().split("<main")[1].split("</main")[0]

    with scope(things.house.city.path):
        suggestion = Suggestion.objects.get(text="展板再多些。")
    told = {"handling": Handling.ADOPTED, "clause": "二、（三）", "answer": ""}
    officer.post(reverse("desk:suggestion_handle", args=[suggestion.pk]), told)
    assert "写进：二、（三）" in invited.get(address).content.decode()


def test_the_list_of_invited_people_goes_to_excel_with_their_links(things: Filled, officer: Client):
    asked = consult(things, officer)
    officer.post(reverse("desk:asked_invite", args=[asked.pk]), {"people": [things.house.person.pk]})
    file = officer.get(f"{reverse('desk:asked', args=[asked.pk])}?export=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("姓名", "单位", "回答日期", "链接")
    assert rows[1][0] == "赵一"
    assert rows[1][3].startswith("http://127.0.0.1:8000/invited/")


def test_alike_suggestions_are_offered_joined_and_taken_out_again(things: Filled, officer: Client):
    address = public_address(consult(things, officer))
    Client().post(address, {**ANYONE, "answer_0": "展板要多办几场"})
    with scope(things.house.city.path):
        mine = Suggestion.objects.get(proposer="周四")
    page = officer.get(reverse("desk:suggestion", args=[mine.pk])).content.decode()
    assert "展板多办几场" in page

    officer.post(reverse("desk:suggestion_join", args=[mine.pk]), {"to": things.suggestion.pk})
    first = officer.get(reverse("desk:suggestion", args=[things.suggestion.pk])).content.decode()
    assert "并入的意见：1 条" in first

    officer.post(reverse("desk:suggestion_part", args=[mine.pk]))
    with scope(things.house.city.path):
        assert Suggestion.objects.get(pk=mine.pk).joined_to is None


def test_a_wrong_outcome_and_a_wrong_question_are_told(things: Filled, officer: Client):
    answer = officer.post(
        reverse("desk:suggestion_handle", args=[things.suggestion.pk]),
        {"handling": Handling.DECLINED, "clause": "", "answer": ""},
    )
    assert answer.status_code == 422
    assert "要写明为什么" in answer.content.decode()
    yesterday = (timezone.localdate() - datetime.timedelta(days=1)).isoformat()
    answer = officer.post(
        reverse("desk:consult", args=[things.campaign.pk]),
        {"title": "一", "questions": "二", "naming": "named", "closes_on": yesterday},
    )
    assert answer.status_code == 422
    assert "已经过了" in answer.content.decode()


def test_after_closing_the_page_says_so(things: Filled, officer: Client):
    asked = consult(things, officer)
    address = public_address(asked)
    officer.post(reverse("desk:asked_close", args=[asked.pk]))
    assert "已经截止" in Client().get(address).content.decode()
    assert Client().post(address, ANYONE).status_code == 422
    assert words(things) == []
