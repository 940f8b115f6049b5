"""The campaign of this year that ./hearth up begins from the example's: half way through, as the tour shows it."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from hearth.apps.campaigns.models import Campaign, Duty, Suggestion
from hearth.apps.campaigns.states import DutyState, Handling
from hearth.apps.contingency.models import PlanB
from hearth.apps.directory.models import Organisation
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState
from hearth.apps.outreach.models import OutreachEvent, Registration
from hearth.apps.outreach.states import Standing
from hearth.apps.publicity.models import Profile
from hearth.apps.publicity.states import Stage
from hearth.apps.visits.models import Case
from hearth.cli import this_year
from hearth.lib.wall import scope
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
    assert Case.objects.filter(visit__campaign=campaign).count() == 2
