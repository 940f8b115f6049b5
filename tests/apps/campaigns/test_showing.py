"""A campaign's public page: a copy of name, theme and period, put up and taken down by who may."""

import pytest

from hearth.apps.campaigns import actions, queries
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import PublicCampaign
from hearth.apps.catalogue import queries as catalogue
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.lib.wall import scope
from tests.apps.campaigns import building
from tests.apps.houses import House, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return build()


def test_a_published_campaign_is_read_without_a_scope(house: House):
    with scope(house.city.path):
        campaign = building.start(house)
        actions.publish(campaign=campaign, by=house.officer())
    with scope(""):
        shown = queries.public_campaigns().get()
        listed = [entry.title for entry in catalogue.of_subject(campaign.pk)]
    assert (shown.name, shown.starts, listed) == (str(campaign), campaign.starts, [str(campaign)])


def test_withdrawn_it_is_gone_and_keeps_its_address_for_the_next_time(house: House):
    with scope(house.city.path):
        campaign, by = building.start(house), house.officer()
        address = actions.publish(campaign=campaign, by=by).address
        actions.withdraw(campaign=campaign, by=by)
        assert (queries.public_campaigns().count(), catalogue.listed().count()) == (0, 0)
        with pytest.raises(CampaignRefused, match="没有公开"):
            actions.withdraw(campaign=campaign, by=by)
        actions.publish(campaign=campaign, by=by)
    assert PublicCampaign.objects.get().address == address


@pytest.mark.parametrize("act", [actions.publish, actions.withdraw])
def test_who_does_not_manage_campaigns_neither_publishes_nor_withdraws(house: House, act):
    by = Actor(house.city, Role.EXPERT, None, "专家")
    with scope(house.city.path):
        campaign = building.start(house)
        with pytest.raises(CampaignRefused, match="请干事或领导"):
            act(campaign=campaign, by=by)
