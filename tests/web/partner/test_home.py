"""The partner's own pages: only what was disclosed to the partner stands on them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.exchange import actions as exchange_actions
from hearth.apps.exchange.models import Demand, Proposal
from hearth.apps.meetings import actions
from hearth.lib.wall import scope
from tests.apps.exchange import building as exchanges
from tests.apps.exchange.building import SECRET_TITLE, Exchange
from tests.apps.meetings import building
from tests.web.desk.test_forum_pages import sign
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")


@pytest.fixture
def exchange(db) -> Exchange:
    return exchanges.build()


@pytest.fixture
def company(exchange: Exchange) -> Client:
    return visitor(Role.COMPANY, exchange.house.enterprise)


def home(client: Client) -> str:
    answer = client.get(reverse("partner:home"))
    assert answer.status_code == 200
    return answer.content.decode()


def timetabled(exchange: Exchange) -> None:
    with scope(exchange.house.city.path):
        actions.timetable(forum=building.invited(exchange), seconds=5, by=exchange.by)


def test_it_opens_for_partners_alone(exchange: Exchange):
    answers = {
        role: visitor(role, exchange.house.enterprise).get(reverse("partner:home")).status_code
        for role in Role
    }

    assert answers == {role: 200 if role in {Role.COMPANY, Role.EXPERT} else 403 for role in Role}


def test_without_records_it_says_what_will_stand_there(exchange: Exchange):
    page = home(visitor(Role.EXPERT, exchange.lab))

    assert "还没有推荐" in page
    assert "还没有洽谈" in page
    assert "没有要做的事项" in page


def test_own_demands_are_shown_in_full_to_their_enterprise(exchange: Exchange, company: Client):
    assert SECRET_TITLE in home(company)


def test_meetings_stand_with_time_table_and_counterpart(exchange: Exchange, company: Client):
    timetabled(exchange)

    page = home(company)

    assert "洽谈：2 场" in page
    assert "孙三" in page
    assert "号桌" in page


def test_a_recommendation_stands_with_the_demand_it_is_for(exchange: Exchange, company: Client):
    with scope(exchange.house.city.path):
        exchange_actions.match_all(campaign=exchange.campaign, by=exchange.by)
        exchange_actions.propose(match=exchanges.match_of(exchange.slag, exchange.facility), by=exchange.by)

    page = home(company)

    assert "粉磨中试线" in page
    assert "对应我们的“钢渣微粉替代水泥”" in page
    assert "已推荐 1 个" in page


def test_a_late_promise_comes_first(exchange: Exchange, company: Client):
    with scope(exchange.house.city.path):
        sign(exchange)

    page = home(company)

    assert "有 1 件事等您" in page
    assert "提供2吨样品" in page


def test_the_calendar_holds_all_meetings(exchange: Exchange, company: Client):
    timetabled(exchange)

    assert company.get(reverse("partner:calendar")).content.count(b"BEGIN:VEVENT") == 2


def test_an_enterprise_corrects_its_own_secret_demand(exchange: Exchange, company: Client):
    address = reverse("partner:demand", args=[exchange.secret.pk])
    form = company.get(address).context["form"]
    given = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}

    company.post(address, given | {"title": "丁类涂层的烧结配方"})

    with scope(exchange.house.enterprise.path):
        assert Demand.objects.get(pk=exchange.secret.pk).title == "丁类涂层的烧结配方"


def test_another_enterprise_finds_no_foreign_demand(exchange: Exchange):
    stranger = visitor(Role.COMPANY, exchange.lab)

    assert stranger.get(reverse("partner:demand", args=[exchange.slag.pk])).status_code == 404


def test_more_rows_ask_no_more_questions(exchange: Exchange, company: Client):
    with scope(exchange.house.city.path):
        sign(exchange)
    company.get(reverse("partner:home"))
    with CaptureQueriesContext(connection) as few:
        company.get(reverse("partner:home"))
    timetabled(exchange)
    with scope(exchange.house.province.path):
        for at in range(3):
            exchange_actions.register_demand(
                entry=exchanges.demand(f"N-{at}", f"第{at}种"),
                org=exchange.house.enterprise,
                campaign=exchange.campaign,
                by=Actor.house(exchange.house.province),
            )
    with scope(exchange.house.city.path):
        sign(exchange, "XY-2")
    with CaptureQueriesContext(connection) as many:
        company.get(reverse("partner:home"))

    assert len(many) == len(few)


@pytest.fixture
def recommended(exchange: Exchange) -> int:
    """A recommendation to the enterprise; gives its number."""
    with scope(exchange.house.city.path):
        exchange_actions.match_all(campaign=exchange.campaign, by=exchange.by)
        told = exchange_actions.propose(
            match=exchanges.match_of(exchange.slag, exchange.facility), by=exchange.by
        )
    with scope(exchange.house.enterprise.path):
        return Proposal.objects.get(match_id=told.pk).pk


def test_a_recommendation_waits_and_opens_with_its_reasons(company: Client, recommended: int):
    address = reverse("partner:proposal", args=[recommended])
    first, opened = home(company), company.get(address).content.decode()

    assert "有 1 件事等您" in first
    assert f'href="{address}"' in first
    assert "为什么推荐" in opened
    assert "窑内涂层烧结试验" in opened


def test_an_answer_is_kept_and_shown_to_the_broker_on_the_match_page(
    exchange: Exchange, company: Client, recommended: int
):
    address = reverse("partner:proposal", args=[recommended])
    said = company.post(address, {"answer": "willing", "note": "想先看样品"}, follow=True).content.decode()

    assert "已答复“愿意谈”" in said
    assert "有 1 件事等您" not in said
    with scope(exchange.house.city.path):
        match = exchanges.match_of(exchange.slag, exchange.facility)
    page = reverse("desk:match", args=[match.pk])
    seen = visitor(Role.BROKER, exchange.house.city).get(page).content.decode()
    assert "愿意谈" in seen
    assert "想先看样品" in seen


def test_an_answer_without_a_choice_is_asked_for_again(company: Client, recommended: int):
    answer = company.post(reverse("partner:proposal", args=[recommended]), {"note": "想一想"})

    assert answer.status_code == 422
    assert "想一想" in answer.content.decode()


def test_a_recommendation_to_others_is_not_found(exchange: Exchange, recommended: int):
    address = reverse("partner:proposal", args=[recommended])
    assert visitor(Role.COMPANY, exchange.house.sister).get(address).status_code == 404
