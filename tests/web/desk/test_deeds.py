"""What the audit trail tells is told in words: every particular that an action writes down has its name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from hearth.apps.audit.models import Event
from hearth.config.environment import HOME
from hearth.web.desk import deeds


def written_down(place: Path) -> Iterator[str]:
    """The names of the particulars in each ``audit.record(verb, thing, by=…, name=…)`` of a file."""
    for node in ast.walk(ast.parse(place.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
            yield from (one.arg for one in node.keywords if one.arg and one.arg != "by")


def test_every_particular_has_a_name():
    named = {
        name: place.name for place in (HOME / "src/hearth/apps").rglob("*.py") for name in written_down(place)
    }
    assert len(named) > 30
    assert {name: place for name, place in named.items() if name not in deeds.KEYS} == {}


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ({"rating": 4}, "满意"),
        ({"standing": "waiting"}, "候补"),
        ({"occasion": "after"}, "逾期"),
        ({"to": "came"}, "来过的人"),
        ({"to": "市科技局"}, "市科技局"),
    ],
)
def test_a_code_is_told_by_its_label(detail: dict[str, object], said: str):
    event = Event(thing="outreach.outreachevent", detail=detail)
    assert [str(value) for _, value in deeds.details(event)] == [said]
