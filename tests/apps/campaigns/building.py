"""A small invented campaign in the small house, and tables as a clerk would type them."""

import datetime
from collections.abc import Mapping

from hearth.apps.campaigns import actions
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names
from hearth.apps.directory.models import Actor
from hearth.lib.arrivals import Arrival
from hearth.lib.sheets import Reading, read_csv
from hearth.lib.tables import Row, Table
from tests.apps.houses import House


def start(house: House, name: str = "试验日活动") -> Campaign:
    return actions.start(
        org=house.city,
        name=name,
        year=2020,
        starts=datetime.date(2020, 5, 21),
        ends=datetime.date(2020, 6, 10),
        by=house.officer(),
    )


def day(number: int, month: int = 5) -> datetime.date:
    return datetime.date(2020, month, number)


def typed(tables: Mapping[Table, str]) -> Reading:
    """Tables typed as lines of cells with spaces between them; ``-`` is an empty cell."""
    rows: dict[str, tuple[Row, ...]] = {}
    for table, text in tables.items():
        lines = [",".join("" if cell == "-" else cell for cell in line.split()) for line in text.split("\n")]
        filled = "\n".join(line for line in lines if line)
        rows[table.name] = read_csv(Arrival(f"{table.name}.csv", filled.encode()), table).of(table)
    return Reading(rows, ())


def names_of(house: House) -> Names:
    """The directory as the house itself knows it."""
    names = Names(Actor.house(house.province))
    names.load()
    return names
