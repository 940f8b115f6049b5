"""Calibrates Word or WPS: a page to print and measure with a ruler, and the profile that the numbers make.

An exact line stands a little higher or lower in one program than in another; six numbers tell how much. How it is
done is written in docs/calibration.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from hearth.engines.gongwen.errors import BadProfile
from hearth.engines.gongwen.fitting import Pages
from hearth.engines.gongwen.heads import document_head
from hearth.engines.gongwen.package import assembled
from hearth.engines.gongwen.paper import Layout, Meta, Paper, Text
from hearth.engines.gongwen.pieces import Colophon, Line, Piece, Section, SectionEnd
from hearth.engines.gongwen.profile import GRID, INK, Profile, twips
from hearth.engines.gongwen.styles import Style

PROFILES = {"网格": GRID, "墨迹": INK}
"""The two readings of the margins by their Chinese names (docs/decisions/0005)."""

BASE = "基准"
_TITLE = "版式校准页"
_RULER = "１２３４５６７８９０" * 4
_LINES = 24
_LONGEST = 10_000
_CLOSER_LINE, _CLOSER_CHAR = 6, 3
"""Twips that lines and characters give way for each that was missing: 22 lines lack 18 twips of the page, not a line."""


@dataclass(frozen=True)
class Measured:
    """A number of the calibration: its name, what it should be, and how far it may be off, in mm or pieces."""

    name: str
    wanted: float
    most_off: float
    how: str


MEASURED = (
    Measured("红头上缘", 72, 15, "纸上边到红字上边"),
    Measured("红线距离", 4, 4, "字号下边到红线"),
    Measured("版记末线", 262, 15, "纸上边到最下面的线"),
    Measured("页码横线", 269, 15, "纸上边到页码旁的横"),
    Measured("每页行数", 22, 2, "下一页末行写的数"),
    Measured("每行字数", 28, 2, "下一页首行的字数"),
)
"""The numbers, in the order in which they stand in the YAML file."""


def calibration_page(profile: Profile = GRID) -> bytes:
    """Two pages as a Word file: a head and a foot to measure, then numbered lines to count."""
    meta = Meta(kind="校准页", layout=Layout.DOCUMENT, organs=("版式校准",), number="校准〔2020〕1号")
    paper = Paper(meta, ((Text(_TITLE),),), ())
    return assembled(paper, Pages(tuple(_pieces(meta, profile)), profile), {})


def read_profile(text: str) -> Profile:
    """The profile from the YAML of a calibration; what is left out is taken to be as it should. Raises BadProfile."""
    numbers = _numbers(text)
    base = PROFILES.get(str(numbers.pop(BASE, "网格")))
    if base is None:
        raise BadProfile(f"{BASE}写错了", f"请写“{BASE}: 网格”或“{BASE}: 墨迹”")
    off = {one.name: one.wanted - _number(numbers, one) for one in MEASURED}
    profile = replace(
        base,
        name="calibrated",
        mark=base.mark + twips(off["红头上缘"]),
        red_line=base.red_line + twips(off["红线距离"]),
        colophon=base.colophon + twips(off["版记末线"]),
        page_number=base.page_number + twips(off["页码横线"]),
    )
    return _with_lines(profile, base, round(off["每页行数"]), round(off["每行字数"]))


def _with_lines(profile: Profile, base: Profile, lines: int, chars: int) -> Profile:
    """Lines and characters set a little closer where some were missing."""
    line, spacing = base.line - lines * _CLOSER_LINE, base.spacing - chars * _CLOSER_CHAR
    try:
        return replace(profile, line=line, spacing=spacing)
    except ValueError as error:
        raise BadProfile("行数或字数差得太多", "请确认打印的是原样大小（100%），再量一次") from error


def _numbers(text: str) -> dict[str, Any]:
    if len(text) > _LONGEST:
        raise BadProfile("校准文件太长", "请只写六个数字，每行一个，如“红头上缘: 72.5”")
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "校准文件"
        raise BadProfile(f"{place}读不懂", "请每行写一项，如“红头上缘: 72.5”，冒号后面空一格") from error
    if not isinstance(found, Mapping):
        raise BadProfile("校准文件里没有数字", "请每行写一项，如“红头上缘: 72.5”，冒号后面空一格")
    known = {BASE, *(one.name for one in MEASURED)}
    if stray := [str(name) for name in found if name not in known]:
        raise BadProfile(
            f"没有“{stray[0]}”这一项", f"可写的有：{'、'.join(one.name for one in MEASURED)}、{BASE}"
        )
    return dict(found)


def _number(numbers: Mapping[str, Any], one: Measured) -> float:
    value = numbers.get(one.name, one.wanted)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadProfile(f"“{one.name}”不是数字", f"请写一个数，如“{one.name}: {one.wanted:g}”")
    if not abs(value - one.wanted) <= one.most_off:
        cure = f"应在 {one.wanted:g} 上下 {one.most_off:g} 以内，请确认打印的是原样大小（100%），再量一次"
        raise BadProfile(f"“{one.name}”是 {value:g}，差得太多", cure)
    return float(value)


def _pieces(meta: Meta, profile: Profile) -> Iterator[Piece]:
    yield from document_head(meta, profile, 1)
    yield Line(Style.TITLE_UNDER_HEAD, (Text(_TITLE),))
    for one in MEASURED:
        yield Line(Style.RECIPIENTS, (Text(f"{one.name}：{one.how}，应为{one.wanted:g}"),))
    foot = (
        Line(Style.COPIES, (Text("抄送：打印时请选原样大小（100%），不要“适应纸张”。"),)),
        Line(Style.ISSUE, (Text("版记末线在下面"),)),
    )
    yield Colophon(foot)
    yield SectionEnd(Section())
    yield Line(Style.RECIPIENTS, (Text(_RULER),))
    for at in range(3, _LINES + 1):
        yield Line(Style.RECIPIENTS, (Text(f"第{at}行"),))
    yield SectionEnd(Section())
