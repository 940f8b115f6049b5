"""The page of documentation for clerks: each of its examples is a paper."""

import re
from pathlib import Path

import pytest

from hearth.engines.gongwen import Figure, Layout, fill, ledger, parse, plain, verify, write
from hearth.engines.gongwen.frontmatter import KEYS

from .pictures import png

PAGE = Path(__file__).parents[3] / "docs" / "paper-source.md"
EXAMPLES = re.findall(r"### (\d+) .*?\n```gongwen\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
LAYOUTS = [
    Layout.DOCUMENT,
    Layout.DOCUMENT,
    Layout.DOCUMENT,
    Layout.LETTER,
    Layout.MINUTES,
    Layout.GENERAL,
    Layout.GENERAL,
    Layout.GENERAL,
    Layout.GENERAL,
    Layout.DOCUMENT,
]


def test_there_are_ten_examples_of_all_layouts():
    assert [int(number) for number, _ in EXAMPLES] == list(range(1, 11))
    assert [parse(source).meta.layout for _, source in EXAMPLES] == LAYOUTS


@pytest.mark.parametrize("source", [source for _, source in EXAMPLES])
def test_every_example_is_written_and_reads_back_as_printed(source):
    paper = parse(source)
    figures = [Figure(slot.index, f"f{slot.index}", slot.key, slot.key, "30余块", 1) for slot in paper.slots]
    filled = fill(paper, figures)
    found = verify(
        write(filled, key=b"k", pictures={"场地.png": png(640, 480)}), ledger=ledger(filled), key=b"k"
    )
    assert found.ok
    assert found.text == plain(filled)


def test_table_of_the_page_names_every_key():
    table = PAGE.read_text(encoding="utf-8").split("## 标题和正文")[0]
    named = re.findall(r"^\| ([^|]+) \|", table, re.M)[1:]
    assert sorted(" ".join(named).split()) == sorted(KEYS)
