"""The example's records are taken whole, and their measures say what its story says."""

import pytest

from hearth.apps.campaigns import intake as campaigns
from hearth.apps.measures.queries import measure
from hearth.apps.notices import intake as notices
from hearth.apps.outreach import intake as outreach
from hearth.apps.outreach import queries as stock
from hearth.apps.publicity import intake as publicity
from hearth.apps.visits import intake as visits
from hearth.lib.faults import Refused
from hearth.lib.sheets import read_xlsx
from hearth.lib.wall import scope
from tests.apps.campaigns import example

STEPS = (
    ("duties", (campaigns.DUTIES,), campaigns.take_duties),
    ("consultation", (campaigns.SUGGESTIONS, campaigns.SESSIONS), campaigns.take_consultation),
    ("placements", publicity.TABLES, publicity.take_placements),
    ("visits", visits.TABLES, visits.take_visits),
    ("notices", notices.TABLES, notices.take_notices),
    ("materials", outreach.TABLES, outreach.take_materials),
)
NUMBERS = {
    "科普.场次": 6,
    "科普.展板": 33,
    "科普.读本": 1000,
    "科普.宣传页": 2000,
    "科普.礼品": 2000,
    "走访.人数": 14,
    "走访.困难": 11,
    "走访.建议": 8,
    "宣传.刊播": 28,
    "宣传.渠道": 6,
    "宣传.事迹": 5,
}


def test_the_example_is_taken_whole(db: None) -> None:
    root = example.take_directory()
    with scope(root.path):
        campaign, names = example.take_frame(root)
        for stem, tables, take in STEPS:
            take(read_xlsx(example.FOLDER / f"{stem}.xlsx", tables), campaign, names)
        found = {name: measure(name, campaign.pk).value for name in NUMBERS}
        assert {name: value.number for name, value in found.items() if value} == NUMBERS
        for event in stock.events(names.by, campaign=campaign):
            lines = stock.reconcile(event, by=names.by)
            assert lines
            assert all(line.adds_up and line.still_there == 0 for line in lines)


@pytest.mark.parametrize("stem", ["placements", "visits", "notices", "materials"])
def test_a_file_taken_twice_is_refused_by_its_numbers(db: None, stem: str) -> None:
    root = example.take_directory()
    tables, take = next((tables, take) for name, tables, take in STEPS if name == stem)
    with scope(root.path):
        campaign, names = example.take_frame(root)
        reading = read_xlsx(example.FOLDER / f"{stem}.xlsx", tables)
        take(reading, campaign, names)
        with pytest.raises(Refused, match="这个编号已经登记过"):
            take(reading, campaign, names)
