"""A campaign's duties, and what the database keeps true about its records."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.campaigns import actions, queries
from hearth.apps.campaigns.models import Campaign, Duty, Level, Suggestion
from hearth.apps.campaigns.states import DutyState, Handling, Part
from hearth.apps.directory.models import Person
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building


@pytest.fixture
def house(db: None) -> Iterator[houses.House]:
    built = houses.build()
    with scope(built.city.path):
        yield built


@pytest.fixture
def campaign(house: houses.House) -> Campaign:
    return building.start(house)


@pytest.fixture
def duty(house: houses.House, campaign: Campaign) -> Duty:
    return actions.assign(
        campaign=campaign,
        number="FG-1",
        part=Part.VISITS,
        task="走访",
        lead=house.city,
        person=house.person,
        deputy=house.deputy,
        due=building.day(29),
        by=house.officer(),
    )


@pytest.mark.parametrize("name", ["试验日活动", "2019年试验日活动"])
def test_a_name_is_told_with_one_year(campaign: Campaign, name: str) -> None:
    campaign.name = name
    assert str(campaign) == ("2019年试验日活动" if "年" in name else f"{campaign.year}年{name}")


def test_progress_counts_each_part_and_names_who_carries_most_of_it(
    house: houses.House, campaign: Campaign, duty: Duty
) -> None:
    def assign(number: str, part: Part, on: int, person: Person) -> Duty:
        return actions.assign(
            campaign=campaign,
            number=number,
            part=part,
            task="走访",
            lead=house.city,
            person=person,
            deputy=None,
            due=building.day(on),
            by=house.officer(),
        )

    assign("FG-2", Part.VISITS, 22, house.deputy)
    assign("FG-3", Part.LETTER, 25, house.person)
    actions.finish(duty=assign("FG-4", Part.VISITS, 24, house.deputy), evidence="照片", by=house.officer())

    found = queries.progress(campaign, on=building.day(23), by=house.officer())

    assert found == (
        queries.PartProgress(
            Part.LETTER, house.person.name, building.day(25), building.day(25), done=0, total=1, late=0
        ),
        queries.PartProgress(
            Part.VISITS, house.deputy.name, building.day(22), building.day(29), done=1, total=3, late=1
        ),
    )
    assert (found[1].share, found[1].is_done) == (33, False)


def test_a_duty_is_finished_today_and_opened_again(house: houses.House, duty: Duty) -> None:
    done = actions.finish(duty=duty, evidence="签到表", by=house.officer())
    assert (done.state, done.done_on, done.evidence) == (DutyState.DONE, timezone.localdate(), "签到表")
    again = actions.reopen(duty=done, by=house.officer())
    assert (again.state, again.done_on) == (DutyState.RUNNING, None)
    assert list(Event.objects.values_list("verb", flat=True)[:3]) == ["重新办理", "完成", "分工"]


def test_a_campaign_is_its_own_subject(campaign: Campaign) -> None:
    assert (campaign.pk, campaign.subject.name) == (campaign.subject_id, "2020年试验日活动")


@pytest.mark.parametrize(
    ("damage", "constraint"),
    [
        ({"state": DutyState.DONE}, "done_duty_has_a_date"),
        ({"done_on": building.day(29)}, "done_duty_has_a_date"),
    ],
)
def test_a_done_duty_has_a_date_and_no_other(duty: Duty, damage: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Duty.objects.update(**damage)


def test_a_deputy_is_somebody_else(house: houses.House, duty: Duty) -> None:
    with pytest.raises(IntegrityError, match="deputy_is_somebody_else"), transaction.atomic():
        Duty.objects.update(deputy=house.person)


def test_a_declined_suggestion_is_answered(house: houses.House, campaign: Campaign) -> None:
    actions.receive(
        campaign=campaign,
        number="YJ-1",
        received_on=building.day(1),
        proposer="",
        from_org=house.county,
        text="多办夜校",
        by=house.officer(),
    )
    with pytest.raises(IntegrityError, match="declined_suggestion_is_answered"), transaction.atomic():
        Suggestion.objects.update(handling=Handling.DECLINED)


def test_one_level_is_in_force(house: houses.House, campaign: Campaign) -> None:
    for rank in (1, 2):
        actions.plan_level(
            campaign=campaign,
            rank=rank,
            name=f"{rank}级",
            trigger="有",
            lead=house.person,
            measures="照常",
            in_force_since=building.day(12) if rank == 1 else None,
            by=house.officer(),
        )
    with pytest.raises(IntegrityError, match="one_level_in_force"), transaction.atomic():
        Level.objects.update(in_force_since=building.day(13))


def test_a_campaign_ends_after_it_starts_and_is_held_once_a_year(
    house: houses.House, campaign: Campaign
) -> None:
    with pytest.raises(IntegrityError, match="campaign_ends_after_it_starts"), transaction.atomic():
        Campaign.objects.update(ends=building.day(20))
    with pytest.raises(actions.CampaignRefused, match="不能再建一次"):
        building.start(house)
    other = building.start(house, name="另一次活动")
    with pytest.raises(IntegrityError, match="campaign_once_a_year"), transaction.atomic():
        Campaign.objects.filter(pk=other.pk).update(name=campaign.name)


def test_a_sister_city_sees_nothing_of_it(house: houses.House, campaign: Campaign) -> None:
    with scope(house.sister.path):
        assert not Campaign.objects.exists()
    assert not Campaign.objects.visible_to(house.officer(house.sister)).exists()
