"""What stands below the text: signatures (7.3.5), the lists of minutes (10.3), 附注 and 版记 (7.4)."""

from collections.abc import Iterator, Sequence
from datetime import date

from hearth.engines.gongwen.characters import width
from hearth.engines.gongwen.paper import Fixed, Layout, Meta, Text
from hearth.engines.gongwen.pieces import Colophon, Label, Line, Name, Printed, Tab
from hearth.engines.gongwen.profile import Profile, twips
from hearth.engines.gongwen.styles import Style

SEAL = twips(42)
"""Diameter of a seal."""

_SEAL_PITCH = twips(44)
"""Seals beside or below each other do not touch."""

_SEALS_A_ROW = 3
_DATE_GAP = 4
"""字 left free at the right of the date under a seal or a stamp."""


def chinese_date(day: date) -> str:
    """2020年6月20日: Arabic figures, the year in full, no leading zero (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def signature(meta: Meta, profile: Profile) -> Iterator[Line]:
    """署名 and 成文日期: with stamps of persons, with seals, or without."""
    if meta.stamps:
        yield from _stamped(meta, profile)
    elif meta.sealed and meta.signature and meta.date:
        yield from _sealed(meta.signature, chinese_date(meta.date), profile)
    else:
        yield from _unsealed(meta, profile)


def attendance(meta: Meta, profile: Profile) -> Iterator[Line]:
    """出席, 请假 and 列席 below the text of minutes: label 黑体, names hang behind the colon."""
    lists = (("出席", meta.present), ("请假", meta.excused), ("列席", meta.attending))
    for at, (label, names) in enumerate([entry for entry in lists if entry[1]]):
        yield Line(Style.ATTENDANCE, (Label(f"{label}："), Text(names)), before=None if at else profile.line)


def colophon(meta: Meta) -> Colophon | None:
    """版记: 抄送, 印发机关 and 印发日期; a letter has neither rules nor the second line (10.1)."""
    lines = [Line(Style.COPIES, (Text(f"抄送：{meta.copies}。"),))] if meta.copies else []
    letter = meta.layout is Layout.LETTER
    if not letter and (meta.issuer or meta.issued_on):
        words: list[Printed] = [Text(meta.issuer)] if meta.issuer else []
        if meta.issued_on:
            words += (Text("\t"), Fixed(f"{chinese_date(meta.issued_on)}印发"))
        lines.append(Line(Style.ISSUE, tuple(words)))
    return Colophon(tuple(lines), ruled=not letter) if lines else None


def _unsealed(meta: Meta, profile: Profile) -> Iterator[Line]:
    """署名 without a seal (7.3.5.2): 2字 from the right, the date's first 字 2字 right of the longest name's."""
    names = meta.signature
    day = chinese_date(meta.date) if meta.date else ""
    name_gap, date_gap = _gaps(max(map(width, names), default=0.0), width(day))
    for at, name in enumerate(names):
        style = Style.SIGNATURE if at else Style.SIGNATURE_FIRST
        yield Line(style, (Text(name),), right=round(name_gap * profile.char))
    if day:
        style = Style.DATE if names else Style.SIGNATURE_FIRST
        gap = date_gap if names else _DATE_GAP
        yield Line(style, (Fixed(day),), right=round(gap * profile.char))


def _gaps(name: float, day: float) -> tuple[float, float]:
    """字 left free at the right of name and date: the nearer of the two keeps 2 字."""
    if not day or name > 24:
        return 2, 2
    date_gap = max(2.0, name - day)
    return date_gap + 2 + day - name, date_gap


def _stamped(meta: Meta, profile: Profile) -> Iterator[Line]:
    """签名章 (7.3.5.3): two blank lines, right −4字, the office 2字 left of the stamp; a blank line; the date."""
    right = _DATE_GAP * profile.char
    for at, signer in enumerate(meta.stamps):
        style = Style.SIGNATURE if at else Style.SIGNATURE_FIRST
        words = (Text(f"{signer.office}　　"), Name(signer.name))
        yield Line(style, words, right=right, before=profile.line if at else 2 * profile.line)
    if meta.date:
        yield Line(Style.DATE, (Fixed(chinese_date(meta.date)),), right=right, before=profile.line)


def _sealed(names: Sequence[str], day: str, profile: Profile) -> Iterator[Line]:
    """署名 with seals (7.3.5.1): rows of at most three, the last name centred over the date.

    Two blank lines above let a seal of 42 mm begin within one line of the text and press name and date low.
    """
    char = profile.char
    longest = max(map(width, names))
    gap = max(float(_DATE_GAP), (longest - width(day)) / 2 + 1)
    centre = profile.width - round((gap + width(day) / 2) * char)
    pitch = max(_SEAL_PITCH, round((longest + 1) * char))
    half = max(SEAL, round(longest * char)) // 2
    columns = max(1, min(_SEALS_A_ROW, 1 + (centre - half) // pitch))
    for at, row in enumerate(_rows(names, columns)):
        begin = centre - (len(row) - 1) * pitch
        tabs = tuple(Tab(begin + column * pitch, "center") for column in range(len(row)))
        before = _SEAL_PITCH - profile.line if at else 2 * profile.line
        words: tuple[Printed, ...] = tuple(Text(f"\t{name}") for name in row)
        yield Line(Style.SEALED, words, before=before, tabs=tabs)
    yield Line(Style.DATE, (Fixed(day),), right=round(gap * char))


def _rows(names: Sequence[str], columns: int) -> list[Sequence[str]]:
    return [names[at : at + columns] for at in range(0, len(names), columns)]
