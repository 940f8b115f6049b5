"""Reads text files of delimited cells (.csv): encoding, delimiter and quoting found out, and said."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from hearth.lib.arrivals import Arrival, Content
from hearth.lib.cells import Mismatch, header_key, plain
from hearth.lib.faults import Fault, Notice, Refused
from hearth.lib.grids import Grid, is_blank
from hearth.lib.scans import MOST_COLUMNS, TOO_LARGE, Place

_DELIMITERS = ",\t;"
_MOST_SIGNS = 1_000_000
_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_PASTE_VALUES = "请在表格里选择性粘贴为“数值”，另存再传"


@dataclass(frozen=True)
class Text:
    """A text file as characters, and what was found out about it."""

    characters: str
    notices: tuple[Notice, ...]


def decoded(arrival: Arrival) -> Text:
    """Read UTF-8, UTF-16 or GB18030. Raises Refused for anything that is no text."""
    if arrival.content is Content.EMPTY:
        arrival.refuse(cure="文件是空的，请重新导出再传")
    if arrival.content is not Content.OTHER or arrival.suffix not in _SUFFIXES:
        arrival.refuse(
            found=arrival.suffix if arrival.content is Content.OTHER else arrival.content.value,
            wanted=".csv 文件",
            cure="请打开原文件，另存为“CSV UTF-8”再传；只改名字不行",
        )
    encoding = _encoding(arrival.data)
    try:
        characters = arrival.data.decode(encoding)
    except UnicodeDecodeError:
        _refuse_encoding(arrival)
    if "\0" in characters:
        _refuse_encoding(arrival)
    notices = () if encoding != "gb18030" else (_gbk_notice(arrival),)
    return Text(characters, notices)


def grid(arrival: Arrival, text: Text, headers: frozenset[str], most_rows: int) -> Grid:
    """The cells of a text; the delimiter is the one that finds most of the `headers`, given as keys.

    A cell that begins with = counts as a formula. Raises Refused when quotes do not close, a cell is longer
    than 131,072 characters, or there are too many rows or columns.
    """
    _check_amount(arrival, text)
    best = max(_DELIMITERS, key=lambda delimiter: len(headers & _first_line(text, delimiter)))
    lines: list[tuple[int, Sequence[str]]] = []
    spoiled: dict[Place, Mismatch] = {}
    for number, line in _records(arrival, text, best):
        if all(is_blank(cell) for cell in line):
            continue
        if number > most_rows + 1:
            _refuse_row(arrival, number, f"一张表最多读 {most_rows} 行。请分成几个文件再传")
        lines.append((number, line))
        spoiled.update(_formulas(number, line))
    return Grid(arrival.name, "", lines, spoiled)


def cells(text: str, delimiter: str) -> Iterator[list[str]]:
    """The cells of pasted lines; a cell between quotation marks may hold line breaks, a mark without its pair is kept."""
    lines = io.StringIO(text, newline="")
    if text.count('"') % 2:
        yield from csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        yield from csv.reader(lines, delimiter=delimiter)


def _check_amount(arrival: Arrival, text: Text) -> None:
    """Refuse what would take seconds to split: millions of delimiters or of empty lines."""
    if sum(text.characters.count(sign) for sign in f"{_DELIMITERS}\n\r") > _MOST_SIGNS:
        arrival.refuse(cure=TOO_LARGE)


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = data[:1024]
    if b"\0" in start:  # the empty half of every ASCII sign tells the order of the halves
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _gbk_notice(arrival: Arrival) -> Notice:
    return Notice(
        file=arrival.name, said="不是 UTF-8 编码，已按 GBK（GB18030）读取；如有乱码，请另存为“CSV UTF-8”再传"
    )


def _first_line(text: Text, delimiter: str) -> frozenset[str]:
    start = io.StringIO(text.characters[:65_536], newline="")
    try:
        line = next(csv.reader(start, delimiter=delimiter), [])
    except csv.Error:
        return frozenset()
    return frozenset(header_key(cell) for cell in line)


def _records(arrival: Arrival, text: Text, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.characters, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, line in enumerate(reader, 1):
            if len(line) > MOST_COLUMNS and any(not is_blank(cell) for cell in line[MOST_COLUMNS:]):
                _refuse_row(arrival, number, f"一行超过 {MOST_COLUMNS} 列。请删去表格以外的内容再传")
            yield number, line
    except csv.Error:
        _refuse_row(arrival, number + 1, "引号没有配对，或一格太长。请在表格里打开，另存为“CSV UTF-8”再传")


def _formulas(number: int, line: list[str]) -> Iterator[tuple[Place, Mismatch]]:
    for index, cell in enumerate(line):
        if plain(cell).startswith("="):
            yield (number, index), Mismatch(plain(cell), "填好的值，不是公式", _PASTE_VALUES)


def _refuse_row(arrival: Arrival, number: int, cure: str) -> NoReturn:
    raise Refused([Fault(file=arrival.name, row=number, cure=cure)])


def _refuse_encoding(arrival: Arrival) -> NoReturn:
    arrival.refuse(wanted="UTF-8 或 GBK 编码的文字", found="认不出的编码", cure="请另存为“CSV UTF-8”再传")
