"""Many papers of one campaign are compared with their records as cheaply as one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearth.apps.accounts.models import User
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign, Suggestion
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.papers import actions, queries
from hearth.apps.papers.models import Figure, Paper
from hearth.apps.papers.states import Kind
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

HEAD = "---\n文种：总结\n机关：甲市科协\n成文日期：2020-06-20\n---\n# 试验日活动总结\n\n"
RECEIVED = f"{HEAD}征求意见{{{{意见.收到}}}}。\n"
ADOPTED = f"{HEAD}征求意见{{{{意见.收到}}}}，采纳{{{{意见.采纳}}}}。\n"
TEN = 10


@pytest.fixture
def officer(db: None):
    house = houses.build()
    user = User.objects.create_user("officer", name="干事甲")
    with scope(house.city.path):
        yield Actor(org=house.city, role=Role.OFFICER, user_id=user.pk, name=user.name)


def start(by: Actor, name: str, suggestions: int) -> Campaign:
    campaign = campaigns.start(
        org=by.org, name=name, year=2020, starts=building.day(21), ends=building.day(30), by=by
    )
    for number in range(suggestions):
        suggest(by, campaign, f"YJ-{number}")
    return campaign


def suggest(by: Actor, campaign: Campaign, number: str) -> Suggestion:
    return campaigns.receive(
        campaign=campaign,
        number=number,
        received_on=building.day(21),
        proposer="赵一",
        from_org=by.org,
        text=f"意见{number}",
        by=by,
    )


def draft(by: Actor, campaign: Campaign, source: str = RECEIVED) -> Paper:
    return actions.draft(subject=campaign.subject, kind=Kind.SUMMARY, source=source, by=by)


def texts(changes: tuple[queries.Change, ...]) -> list[tuple[str, str]]:
    return [(change.figure.text, change.now) for change in changes]


def asked(papers: list[Paper]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        queries.changes_of(papers)
    return len(captured)


def test_more_papers_of_a_campaign_ask_no_more_questions(officer: Actor) -> None:
    campaign = start(officer, "试验日活动", 3)
    one = [draft(officer, campaign)]
    ten = one + [draft(officer, campaign) for _ in range(TEN - 1)]
    assert asked(ten) == asked(one)


def test_a_figure_in_two_styles_is_measured_once(officer: Actor) -> None:
    campaign = start(officer, "试验日活动", TEN + 1)
    plain = draft(officer, campaign)
    rounded = draft(officer, campaign, RECEIVED.replace("收到", "收到|余"))
    assert texts(queries.changes_of([plain, rounded])[rounded.pk]) == []
    assert asked([plain, rounded]) == asked([plain])


def test_each_paper_is_told_its_own_changes(officer: Actor) -> None:
    campaign = start(officer, "试验日活动", 2)
    early = draft(officer, campaign)
    suggest(officer, campaign, "YJ-later")
    late = draft(officer, campaign, ADOPTED)
    found = queries.changes_of([early, late])
    assert {pk: texts(changes) for pk, changes in found.items()} == {early.pk: [("2条", "3条")], late.pk: []}
    assert found[early.pk] == queries.changes(early)


def test_papers_of_two_campaigns_are_measured_apart(officer: Actor) -> None:
    first, second = start(officer, "试验日活动", 2), start(officer, "对照日活动", 4)
    papers = [draft(officer, first), draft(officer, second)]
    suggest(officer, second, "YJ-later")
    assert [texts(changes) for changes in queries.changes_of(papers).values()] == [[], [("4条", "5条")]]


def test_no_papers_have_no_changes(officer: Actor) -> None:
    assert queries.changes_of([]) == {}


def test_a_figure_whose_measure_is_gone_reads_why(officer: Actor) -> None:
    paper = draft(officer, start(officer, "试验日活动", 1))
    Figure.objects.filter(paper=paper).update(key="campaigns.forgotten")
    (change,) = queries.changes(paper)
    assert "没有叫“campaigns.forgotten”的指标" in change.now
