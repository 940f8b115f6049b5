"""Measures: found by either name, answered with the nearest names, and able to speak of an empty campaign."""

from collections.abc import Iterator

import pytest

from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.measures import queries
from hearth.apps.measures.queries import UnknownMeasure
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building


@pytest.fixture
def campaign(db: None) -> Iterator[Campaign]:
    house = houses.build()
    with scope(house.city.path):
        campaign = building.start(house)
        campaigns.quote(
            campaign=campaign,
            name="回信代表",
            value=25,
            unit="名",
            written="25名",
            source="试验来源",
            stated_on=building.day(29),
            by=house.officer(),
        )
        yield campaign


def test_no_name_stands_for_two_measures() -> None:
    names = [name for measure in queries.all_measures() for name in (measure.key, measure.name)]
    assert len(names) > 80
    assert len(names) == len(set(names))


def test_every_measure_says_what_it_counts() -> None:
    assert [measure.key for measure in queries.all_measures() if not measure.definition] == []


@pytest.mark.parametrize("name", ["科普.读本", "outreach.booklets"])
def test_a_measure_is_found_by_its_name_and_its_key(name: str) -> None:
    assert queries.find(name).key == "outreach.booklets"


def test_two_measures_of_one_name_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    one = queries.find("科普.读本")
    monkeypatch.setattr(queries, "_listed", lambda what: (one, one))
    queries.all_measures.cache_clear()
    with pytest.raises(AssertionError, match=r"科普\.读本"):
        queries.all_measures()
    queries.all_measures.cache_clear()


@pytest.mark.parametrize(("name", "near"), [("科普.读物", "科普.读本"), ("走访人数", "走访.人数")])
def test_an_unknown_name_is_answered_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UnknownMeasure, match=f"没有叫“{name}”的指标；是不是 .*{near}"):
        queries.find(name)


def test_a_name_like_no_other_is_answered_plainly() -> None:
    with pytest.raises(UnknownMeasure, match="没有叫“zzz”的指标。"):
        queries.find("zzz")


@pytest.mark.parametrize("name", ["引用.回信代表", "campaigns.quoted.回信代表"])
def test_a_member_of_a_family_is_measured(campaign: Campaign, name: str) -> None:
    measured = queries.measure(name, campaign.pk)
    assert measured.value is not None
    assert (measured.value.written, measured.value.number) == ("25名", 25)
    assert measured.records.get().source == "试验来源"


def test_a_fact_that_nobody_quoted_has_no_value(campaign: Campaign) -> None:
    assert queries.measure("引用.没有的", campaign.pk).value is None


@pytest.mark.parametrize("name", ["引用.", "引用", "campaigns.quoted"])
def test_a_family_alone_is_no_measure(name: str) -> None:
    with pytest.raises(UnknownMeasure, match=f"没有叫“{name}”的指标"):
        queries.find(name)


def test_every_measure_speaks_of_a_campaign_without_records(campaign: Campaign) -> None:
    for measure in queries.all_measures():
        records = measure.records(campaign.pk)
        value = measure.value(records)
        assert value is None or not value.number or measure.key in {"campaigns.year", "campaigns.edition"}


def test_a_measure_counts_only_its_own_campaign(campaign: Campaign) -> None:
    house_campaign = Campaign.objects.get()
    other = campaigns.start(
        org=house_campaign.org,
        name="别的活动",
        year=2020,
        starts=building.day(1),
        ends=building.day(2),
        by=houses.Actor.house(house_campaign.org),
    )
    assert queries.measure("引用.回信代表", other.pk).value is None


def test_a_listing_is_known_by_its_name(campaign: Campaign) -> None:
    assert queries.listing("分工表", campaign.pk)[0].startswith("| 部分 | 任务 |")
    with pytest.raises(UnknownMeasure, match=r"没有叫“名单”的清单；可用的有：.*分工表"):
        queries.listing("名单", campaign.pk)
