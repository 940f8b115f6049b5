"""Demands, offers and matches on the desk."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.exchange import actions
from hearth.apps.exchange.models import Match, Offer, Proposal
from hearth.apps.exchange.states import Judgement
from hearth.apps.jobs.models import Job
from hearth.lib.wall import scope
from hearth.web.desk.templatetags.house import marked
from tests.apps.exchange import building
from tests.apps.exchange.building import SECRET_TITLE, Exchange
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")


@pytest.fixture
def exchange(db) -> Exchange:
    exchange = building.build()
    with scope(exchange.house.city.path):
        actions.match_all(campaign=exchange.campaign, by=exchange.by)
    return exchange


@pytest.fixture
def broker(exchange: Exchange) -> Client:
    return visitor(Role.BROKER, exchange.house.city)


def match_of(exchange: Exchange, offer: Offer | None = None) -> Match:
    with scope(exchange.house.city.path):
        return building.match_of(exchange.slag, offer or exchange.expert)


def text(client: Client, page: str, *args: int, **query: object) -> str:
    answer = client.get(reverse(page, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "page", ["demands", "offers", "demand", "offer", "match", "demand_edit", "offer_edit"]
)
def test_the_exchange_opens_for_those_who_see_it(exchange: Exchange, page: str):
    args = {
        "demand": [exchange.slag.pk],
        "demand_edit": [exchange.slag.pk],
        "offer": [exchange.expert.pk],
        "offer_edit": [exchange.expert.pk],
        "match": [match_of(exchange).pk],
    }.get(page, [])

    answers = {
        role: visitor(role, exchange.house.city).get(reverse(f"desk:{page}", args=args)).status_code
        for role in Role
    }

    allowed = {Role.LEADER, Role.OFFICER, Role.BROKER}
    assert answers == {role: 200 if role in allowed else 403 for role in Role}


@pytest.mark.parametrize("page", ["match_propose", "match_dismiss", "match_undo"])
def test_only_brokers_and_officers_judge(exchange: Exchange, page: str):
    address = reverse(f"desk:{page}", args=[match_of(exchange).pk])

    answers = {role: visitor(role, exchange.house.city).post(address).status_code for role in Role}

    assert answers == {role: 302 if role in {Role.OFFICER, Role.BROKER} else 403 for role in Role}


def add_demands(exchange: Exchange, number: int) -> None:
    with scope(exchange.house.province.path):
        for at in range(number):
            actions.register_demand(
                entry=building.demand(f"N-{number}{at}", f"钢渣水泥第{at}种"),
                org=exchange.house.enterprise,
                campaign=exchange.campaign,
                by=Actor.house(exchange.house.province),
            )
            actions.register_offer(
                entry=building.offer(f"N-{number}{at}", f"水泥检测第{at}处"),
                provider=exchange.lab,
                campaign=exchange.campaign,
                by=Actor.house(exchange.house.province),
            )
    with scope(exchange.house.city.path):
        actions.match_all(campaign=exchange.campaign, by=exchange.by)


@pytest.mark.parametrize("page", ["demands", "offers", "demand", "offer"])
def test_more_rows_ask_no_more_questions(exchange: Exchange, broker: Client, page: str):
    args = {"demand": [exchange.slag.pk], "offer": [exchange.expert.pk]}.get(page, [])
    address = reverse(f"desk:{page}", args=args)
    broker.get(address)
    with CaptureQueriesContext(connection) as few:
        broker.get(address)
    add_demands(exchange, 3)
    with CaptureQueriesContext(connection) as many:
        broker.get(address)

    assert len(many) == len(few)


def test_a_demand_shows_its_matches_with_the_words_both_texts_share(exchange: Exchange, broker: Client):
    page = text(broker, "desk:demand", exchange.slag.pk)

    assert "孙三" in page
    assert "双方都写到" in page or "关键词相符" in page
    assert "<mark>钢渣</mark>" in page


def test_both_texts_stand_side_by_side_with_the_same_words_marked(exchange: Exchange, broker: Client):
    page = text(broker, "desk:match", match_of(exchange).pk)

    marked = set(re.findall("<mark>([^<]+)</mark>", page))
    assert "钢渣" in marked
    assert exchange.expert.text[:2] in page


@pytest.mark.parametrize(
    "query", [{}, {"q": "丙类"}, {"q": "烧结配方"}, {"export": "xlsx"}, {"sort": "title"}]
)
def test_a_secret_demand_is_listed_by_its_public_summary_alone(
    exchange: Exchange, broker: Client, query: dict
):
    answer = broker.get(reverse("desk:demands"), query)

    if "export" in query:
        assert SECRET_TITLE not in excel_text(answer.content)
    else:
        page = re.sub('value="[^"]*"|“[^”]*”|/desk/demands/[^"]*|[?][^"]*', "", answer.content.decode())
        assert SECRET_TITLE not in page
        assert ("窑内耐蚀涂层" in page) == ("q" not in query)


def excel_text(data: bytes) -> str:
    from io import BytesIO

    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(data), read_only=True).active
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_the_text_of_a_secret_demand_is_not_shown_and_not_changed(exchange: Exchange, broker: Client):
    page = text(broker, "desk:demand", exchange.secret.pk)

    assert SECRET_TITLE not in page
    assert "开裂" not in page
    assert "内容保密" in page
    assert broker.get(reverse("desk:demand_edit", args=[exchange.secret.pk])).status_code == 404


def test_a_recommendation_tells_both_sides_and_stands_with_its_way_back(exchange: Exchange, broker: Client):
    match = match_of(exchange)

    answer = broker.post(reverse("desk:match_propose", args=[match.pk]), follow=True)

    assert "已推荐" in answer.content.decode()
    assert reverse("desk:match_undo", args=[match.pk]) in answer.content.decode()
    with scope(exchange.house.enterprise.path):
        assert Proposal.objects.filter(match_id=match.pk).count() == 1


def test_undoing_opens_the_judgement_again(exchange: Exchange, broker: Client):
    match = match_of(exchange)
    broker.post(reverse("desk:match_propose", args=[match.pk]))

    broker.post(reverse("desk:match_undo", args=[match.pk]))

    assert match_of(exchange).judgement == Judgement.OPEN


def test_dismissing_without_a_reason_is_refused_and_says_so(exchange: Exchange, broker: Client):
    match = match_of(exchange)

    answer = broker.post(reverse("desk:match_dismiss", args=[match.pk]), {"note": " "}, follow=True)

    assert "不合适要写明原因" in answer.content.decode()
    assert match_of(exchange).judgement == Judgement.OPEN


def test_why_not_answers_for_one_name(exchange: Exchange, broker: Client):
    page = text(broker, "desk:demand", exchange.slag.pk, why="粉磨中试线")

    assert "已列入，第" in page
    assert f"#match-{match_of(exchange, exchange.facility).pk}" in page


def test_why_not_asks_which_one_when_a_name_has_several(exchange: Exchange, broker: Client):
    page = text(broker, "desk:demand", exchange.slag.pk, why="孙三")

    assert "问哪一个" in page
    assert f"?offer={exchange.achievement.pk}#why" in page


def test_why_not_says_when_nobody_has_the_name(exchange: Exchange, broker: Client):
    assert "没有“无此人”" in text(broker, "desk:demand", exchange.slag.pk, why="无此人")


def test_matching_is_asked_for_as_a_job(exchange: Exchange, broker: Client):
    answer = broker.post(reverse("desk:demands_match", args=[exchange.campaign.pk]))

    with scope(exchange.house.city.path):
        job = Job.objects.get(task="exchange.match")
    assert answer.url == reverse("desk:job", args=[job.pk])


def form_of(client: Client, page: str, number: int) -> dict[str, str]:
    form = client.get(reverse(page, args=[number])).context["form"]
    return {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}


def test_a_demand_is_amended_through_its_form(exchange: Exchange, broker: Client):
    given = form_of(broker, "desk:demand_edit", exchange.slag.pk) | {
        "title": "钢渣微粉替代三成水泥",
        "funds": "80",
    }

    answer = broker.post(reverse("desk:demand_edit", args=[exchange.slag.pk]), given, follow=True)

    assert answer.status_code == 200
    assert "钢渣微粉替代三成水泥" in answer.content.decode()
    assert "需求已改" in answer.content.decode()


def test_an_unknown_organisation_to_avoid_is_named(exchange: Exchange, broker: Client):
    given = form_of(broker, "desk:demand_edit", exchange.slag.pk) | {"avoid": "省材料所、无此厂"}

    answer = broker.post(reverse("desk:demand_edit", args=[exchange.slag.pk]), given)

    assert answer.status_code == 422
    assert "没有简称为“无此厂”的组织" in answer.content.decode()


def test_an_offer_from_beyond_the_wall_keeps_its_person(exchange: Exchange, broker: Client):
    given = form_of(broker, "desk:offer_edit", exchange.achievement.pk) | {"title": "钢渣高效激发剂"}

    broker.post(reverse("desk:offer_edit", args=[exchange.achievement.pk]), given)

    with scope(exchange.house.city.path):
        offer = Offer.objects.get(pk=exchange.achievement.pk)
    assert (offer.title, offer.holder, offer.person_id) == ("钢渣高效激发剂", "孙三", exchange.outsider.pk)


def test_offers_that_are_avoided_are_counted_but_not_named(exchange: Exchange, broker: Client):
    given = form_of(broker, "desk:demand_edit", exchange.slag.pk) | {"avoid": "市检测"}
    broker.post(reverse("desk:demand_edit", args=[exchange.slag.pk]), given)

    assert re.search("另有 1 项供给因<b>回避单位</b>不列出", text(broker, "desk:demand", exchange.slag.pk))


def test_a_sister_city_finds_neither_demand_nor_match(exchange: Exchange):
    client = visitor(Role.BROKER, exchange.house.sister)

    assert client.get(reverse("desk:demand", args=[exchange.slag.pk])).status_code == 404
    assert client.post(reverse("desk:match_propose", args=[match_of(exchange).pk])).status_code == 404


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("钢渣微粉", ("钢渣",), "<mark>钢渣</mark>微粉"),
        ("钢渣微粉", ("钢渣", "钢渣微粉"), "<mark>钢渣微粉</mark>"),
        ("ＡＢＳ塑料与abs", ("abs",), "<mark>ＡＢＳ</mark>塑料与<mark>abs</mark>"),
        ("<b>与&", ("与",), "&lt;b&gt;<mark>与</mark>&amp;"),
        ("a.c 与 abc", ("a.c",), "<mark>a.c</mark> 与 abc"),
        ("钢渣", (), "钢渣"),
    ],
)
def test_words_are_marked_and_everything_is_escaped(text: str, words: tuple[str, ...], shown: str):
    assert marked(text, words) == shown
