"""The campaign of this year that ./hearth up begins from the example's: half way through, as the tour shows it."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from hearth.apps.campaigns.models import Campaign, Duty, Invitation, Level, Session, Suggestion
from hearth.apps.campaigns.states import DutyState, Handling
from hearth.apps.contingency.models import PlanB, Switch
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.exchange.models import Demand
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.outreach.models import Material, OutreachEvent, Registration
from hearth.apps.outreach.states import Standing
from hearth.apps.papers import gongwen
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import Kind
from hearth.apps.publicity.models import Mailing, Profile
from hearth.apps.publicity.states import MailingKind, Stage
from hearth.apps.visits.models import Case, Visit
from hearth.apps.visits.states import CaseState, Satisfaction
from hearth.cli import gongwen as commands
from hearth.cli import this_year
from hearth.engines import gongwen as engine
from hearth.lib.wall import scope
from hearth.web.desk import arrivals
from tests import databases


@pytest.fixture(scope="module")
def campaign(example: str, own_name: str, django_db_blocker) -> Iterator[Campaign]:
    name = f"test_year_{own_name}"
    databases.copy(example, name)
    with (
        django_db_blocker.unblock(),
        databases.use(name),
        scope(Organisation.objects.get(short_name="市科协").path),
    ):
        yield this_year.begin(Campaign.objects.get(), lambda step: None)
    databases.drop(name)


def test_it_is_half_way_through(campaign: Campaign) -> None:
    today = timezone.localdate()
    assert campaign.starts < today < campaign.ends
    duties = Duty.objects.filter(campaign=campaign)
    assert duties.filter(state=DutyState.DONE).count() > 10
    assert duties.exclude(state=DutyState.DONE).filter(due__lt=today).count() == 2
    handled = Suggestion.objects.filter(campaign=campaign).values_list("handling", flat=True)
    assert {Handling.OPEN, Handling.ADOPTED, Handling.DECLINED} == set(handled)


def test_half_of_the_returns_are_in_and_one_was_sent_back(campaign: Campaign) -> None:
    returns = Return.objects.filter(notice__campaign=campaign)
    states = [one.state for one in returns]
    assert states.count(ReturnState.SENT_BACK) == 1
    assert states.count(ReturnState.SENT) > len(states) // 4
    assert states.count(ReturnState.OPEN) > 5


def test_an_event_is_full_and_would_move_inside_when_it_rains(campaign: Campaign) -> None:
    event = OutreachEvent.objects.get(campaign=campaign, number="KP-02")
    parties = Registration.objects.filter(event=event)
    assert sum(one.party for one in parties if one.standing == Standing.HELD) == event.capacity
    assert parties.filter(standing=Standing.WAITING).exists()
    assert PlanB.objects.get(campaign=campaign).changes.get().event == event


def test_one_profile_is_public_and_one_waits_for_its_person(campaign: Campaign) -> None:
    stages = Profile.objects.filter(campaign=campaign).values_list("stage", flat=True)
    assert sorted(stages) == [Stage.ASKED, Stage.PUBLISHED]


def test_the_province_asked_for_it_and_waits_for_a_report(campaign: Campaign) -> None:
    province = campaign.org.parent
    assert province is not None
    with scope(province.path):
        asked = Return.objects.select_related("notice").get(org=campaign.org, notice__issuer=province)
    assert asked.notice.title in campaign.basis
    assert asked.acknowledged_at is not None
    assert Duty.objects.filter(campaign=campaign, task__contains=asked.notice.title, due=asked.notice.due)


def test_the_consultation_came_to_minutes(campaign: Campaign) -> None:
    session = Session.objects.get(campaign=campaign)
    assert Suggestion.objects.filter(decided_in=session, joined_to=None).count() == 3
    assert Suggestion.objects.filter(campaign=campaign, joined_to__isnull=False).count() == 1
    assert Invitation.objects.filter(consultation__campaign=campaign, answered_on=None).exists()


def test_its_papers_are_issued_and_every_figure_in_them_stands(campaign: Campaign) -> None:
    papers = Paper.objects.filter(subject=campaign.subject)
    assert sorted(paper.kind for paper in papers) == [Kind.LETTER, Kind.MINUTES, Kind.NOTICE]
    for paper in papers:
        found = engine.verify(gongwen.word(paper), key=commands.key())
        assert found.ok, paper
        assert commands.untraced(found) == ()


def test_nothing_in_it_speaks_of_the_year_before(campaign: Campaign) -> None:
    told = [
        *Level.objects.filter(campaign=campaign).values_list("trigger", "measures", "message"),
        *Duty.objects.filter(campaign=campaign).values_list("task"),
    ]
    words = "".join(text for row in told for text in row)
    assert not [word for word in ("疫情", "测温", "口罩", "隔离", "病例", "2020") if word in words]


def test_a_plan_b_was_drilled_and_the_lowest_level_is_in_force(campaign: Campaign) -> None:
    assert Switch.objects.filter(campaign=campaign, is_drill=True).count() == 1
    assert Level.objects.get(campaign=campaign, in_force_since__isnull=False).rank == 4


def test_visits_led_to_an_answer_a_confidence_and_a_draft_demand(campaign: Campaign) -> None:
    cases = Case.objects.filter(visit__campaign=campaign)
    assert cases.filter(private=True).count() == 1
    assert cases.get(state=CaseState.SETTLED).satisfaction == Satisfaction.SATISFIED
    assert Demand.objects.get(campaign=campaign).visited.visit.campaign == campaign


def test_the_event_that_was_held_is_heard_from_and_its_materials_add_up(campaign: Campaign) -> None:
    held = OutreachEvent.objects.get(campaign=campaign, number="KP-01")
    assert held.feedback.get().given_at is not None
    left = [holding for holding in held.holdings.all() if holding.quantity]
    assert [holding.explained for holding in left] == [holding.quantity for holding in left]
    assert Material.objects.filter(campaign=campaign, reserved__gt=0).count() == 3


def test_what_came_in_lately_is_not_still_to_come(campaign: Campaign) -> None:
    came = arrivals.latest(campaign, Actor.house(campaign.org))
    assert came
    assert all(one.on <= timezone.localdate() for one in came)


def test_the_letter_went_to_everybody_who_was_visited(campaign: Campaign) -> None:
    letter = Mailing.objects.get(campaign=campaign, kind=MailingKind.LETTER)
    visited = Visit.objects.filter(campaign=campaign).values_list("person__name", flat=True)
    assert sorted(letter.deliveries.values_list("name", flat=True)) == sorted(visited)
