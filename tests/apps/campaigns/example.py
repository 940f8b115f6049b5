"""The example campaign's directory and frame, for tests that take in its files."""

from pathlib import Path

from hearth.apps.campaigns import intake as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory import intake as directory
from hearth.apps.directory.models import Actor, Organisation
from hearth.lib.arrivals import Arrival
from hearth.lib.sheets import read_xlsx
from hearth.lib.wall import scope

FOLDER = Path(__file__).parents[3] / "examples/workers-day-2020"


def take_directory() -> Organisation:
    with scope("0001."):
        return directory.take_organisations(
            read_xlsx(FOLDER / "organisations.xlsx", (directory.ORGANISATIONS,))
        )


def take_frame(root: Organisation) -> tuple[Campaign, directory.Names]:
    """Take people and campaign.yaml; to be called inside the root's scope."""
    names = directory.Names(Actor.house(root))
    directory.take_people(read_xlsx(FOLDER / "people.xlsx", (directory.PEOPLE,)), names)
    shape = campaigns.read(Arrival.at(FOLDER / "campaign.yaml"))
    return campaigns.take_campaign(shape, names, "campaign.yaml"), names
