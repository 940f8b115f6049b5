"""What the columns of a statistical table stand for: names, values, units, dates, whose numbers they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hearth.lib import quantities
from hearth.lib.cells import header_key, narrow

MOST_HEADER_ROWS = 3
_NUMERIC_FROM = 0.5
_SCOPES_FROM = 0.6
_LONGEST_UNIT = 5

Row = tuple[int, Sequence[str]]
"""Number of a row as shown, and its cells."""


class Role(StrEnum):
    """What a column holds."""

    NAME = "name"
    VALUE = "value"
    UNIT = "unit"
    DATE = "date"
    SCOPE = "scope"
    SYNONYMS = "synonyms"
    UNUSED = "unused"


HEADERS: dict[Role, str] = {
    Role.NAME: """
        名称 项目 项目名称 指标 指标名称 指标项 事项 内容 类别 类型 数据项 名目 活动 活动名称 统计项 统计指标 物料 品名 name item
    """,
    Role.VALUE: """
        数量 数值 值 数 数字 数据 实际数 实数 完成数 完成情况 合计 总数 总计 共计 小计 全市 value number amount
    """,
    Role.UNIT: "单位 计量单位 unit",
    Role.DATE: "日期 时间 年份 年度 年月 时期 期间 举办时间 举办日期 date year",
    Role.SCOPE: """
        地区 区县 县区 县市区 县(市、区) 单位名称 填报单位 报送单位 组织 部门 范围 学校 乡镇 镇街 街道 区域 scope
    """,
    Role.SYNONYMS: "别名 又名 又称 也叫 同义词 synonyms",
    Role.UNUSED: "序号 编号 序 no no. 备注 说明 来源 数据来源 口径 佐证 key",
}
"""Headers by what they mean; separated by spaces."""

UNITS = """
人次 人 名 位 个 家 场次 场 次 册 本 份 块 项 件 篇 条 所 户 亩 公里 千米 米 吨 公斤 千克 元 角 % 个百分点 百分点 倍 台套 台 套 期
部 张 只 支 幅 类 种 对 级 小时 分钟 天 年 个月 周 平方米 ㎡ 平方公里 公顷 辆 座 处 间 批 组 门 课时 学时 节 字 页 枚 项次 家次 户次
度 千瓦时
"""
"""Units that may stand in brackets after a name; 万 and 亿 before them too."""

_SCOPE_ENDS = """
省 市 县 区 旗 州 镇 乡 村 街道 社区 学校 中学 小学 大学 学院 医院 公司 科协 协会 学会 局 委 处 中心 研究院 研究所 合作社 厂
"""
_TOTALS = frozenset(["合计", "总计", "共计", "小计", "总数", "全市", "全县", "全区", "全省", "总和"])
_ROLE_OF = {header_key(word): role for role, words in HEADERS.items() for word in words.split()}
KNOWN = frozenset(_ROLE_OF)
"""Every header that is known, as a key."""

_UNIT = "|".join(sorted(map(re.escape, UNITS.split()), key=len, reverse=True))
_BRACKETED = re.compile(rf"[（(/]\s*(?:单位[:：]\s*)?(?P<unit>[万亿百千]*(?:{_UNIT}))\s*[）)]?$")
_COUNTED = re.compile(r"(?:(?P<long>人次|家次|场次)|(?P<unit>[人次场家件册份项个篇户条期块所本])数)$")
_SAID_UNIT = re.compile(rf"单位\s*[:：]\s*(?P<unit>[万亿百千]*(?:{_UNIT}))(?![\u4e00-\u9fff])")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、．](?!\d)|其中[:：]?|[#*·•\-]\s*)\s*"
)
_SPACES = re.compile(r"\s+")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_PERIOD = re.compile(
    r"(?:19|20)\d\d年(?:度|\d{1,2}月(?:\d{1,2}日)?|[上下]半年|[一二三四]季度)?|(?:19|20)\d\d"
)
_SCOPE = re.compile(f"[\u4e00-\u9fffA-Za-z0-9（）()]*(?:{'|'.join(_SCOPE_ENDS.split())})")


@dataclass(frozen=True)
class Said:
    """What the labels of a row and of a column say of the number where they meet."""

    name: str
    unit: str
    date: str | None
    scope: str | None
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column at a place (from 0): its header as written and what it holds.

    ``days`` tells of a column of dates that its cells are whole days, ``is_scope`` that the header is whose numbers
    stand below it.
    """

    place: int
    header: str
    role: Role
    days: bool = False
    is_scope: bool = False


@dataclass(frozen=True)
class Heading:
    """The columns of a table, the last row above its body (0 without a header), and the unit its title names."""

    columns: tuple[Column, ...] = ()
    last_row: int = 0
    unit: str = ""

    @property
    def values(self) -> tuple[int, ...]:
        """Places whose cells say something."""
        return tuple(one.place for one in self.columns if one.role is Role.VALUE or one.days)

    @property
    def labels(self) -> tuple[int, ...]:
        """Places whose cells say what the others of their row are."""
        return tuple(one.place for one in self.columns if one.role not in (Role.VALUE, Role.UNUSED))

    @property
    def carried(self) -> tuple[int, ...]:
        """Places whose cells may be left out below the first, as merged cells are pasted: all names but the last."""
        return tuple(one.place for one in self.columns if one.role in (Role.NAME, Role.SCOPE))[:-1]

    def name_of(self, place: int) -> str:
        """A column as a message calls it."""
        header = next((one.header for one in self.columns if one.place == place), "")
        return header or f"第 {place + 1} 列"

    def said(self, place: int, labels: dict[int, str]) -> Said:
        """What the labels of a row say of its cell at ``place``."""
        own = next(one for one in self.columns if one.place == place)
        names = [name_and_unit(labels[at]) for at in self._names_for(place, labels)]
        header, header_unit = name_and_unit(own.header)
        scope = self._first(Role.SCOPE, labels)
        date = self._first(Role.DATE, labels) if own.role is not Role.DATE else None
        says_more = not is_general(own.header) and (header != header_unit or not names)
        if own.role is Role.DATE or says_more:
            if own.is_scope:
                scope = scope or header
            elif _PERIOD.fullmatch(header) and own.role is Role.VALUE:
                date = date or header
            else:
                names.append((header, header_unit))
        spoken = [name for name, _ in names if name and name not in _TOTALS] or [
            name for name, _ in names[:1]
        ]
        scope = None if scope in _TOTALS else scope
        units = [
            self._first(Role.UNIT, labels) or "",
            *(unit for _, unit in reversed(names)),
            header_unit,
            self.unit,
        ]
        synonyms = re.split("[、,，;；/]", self._first(Role.SYNONYMS, labels) or "")
        return Said(
            name="".join(dict.fromkeys(spoken)) or scope or "",
            unit=next((unit for unit in units if unit), ""),
            date=f"{date}年" if date and date.isdecimal() else date,
            scope=scope if spoken else None,
            synonyms=tuple(word.strip() for word in synonyms if word.strip()),
        )

    def _names_for(self, place: int, labels: dict[int, str]) -> list[int]:
        """Places of the names of a cell; of several without a header the one nearest on the left."""
        found = [one.place for one in self.columns if one.role is Role.NAME and one.place in labels]
        if self.last_row or len(found) < 2:
            return found
        return [at for at in found if at < place][-1:]

    def _first(self, role: Role, labels: dict[int, str]) -> str | None:
        return next(
            (labels[one.place] for one in self.columns if one.role is role and one.place in labels), None
        )


def heading(rows: Sequence[Row]) -> Heading:
    """Find out the header and the columns of a table; no columns when nothing in it is a number."""
    titles = _titles(rows)
    unit = next(
        (found["unit"] for _, cells in rows[: titles + 1] if (found := _SAID_UNIT.search(" ".join(cells)))),
        "",
    )
    above = list(_header_rows(rows[titles:]))
    body = [cells for _, cells in rows[titles + len(above) :]]
    if not any(quantities.is_quantity(cell) for cells in body for cell in cells):
        return Heading()
    width = max(len(cells) for cells in (*body, *above))
    headers = _joined(above, width)
    settled = _settled([_column(place, headers[place], _filled(body, place)) for place in range(width)])
    return Heading(tuple(settled), rows[titles + len(above) - 1][0] if above or titles else 0, unit)


def name_and_unit(label: str) -> tuple[str, str]:
    """A label without numbering and spaces, and the unit it names: 1.科普展板（块） → 科普展板, 块; 参加人数 → 人."""
    bare = _NUMBERING.sub("", _SPACES.sub("", label)).rstrip(":：")
    bracketed = _BRACKETED.search(bare)
    if bracketed and bracketed.start():
        return bare[: bracketed.start()], bracketed["unit"]
    counted = _COUNTED.search(bare)
    return bare, (counted["long"] or counted["unit"]) if counted else ""


def is_general(header: str) -> bool:
    """Whether a header says no more than that there are numbers."""
    return not name_and_unit(header)[0] or _role_of(header) is Role.VALUE


def is_unknown(header: str) -> bool:
    """Whether a header is written and none of the known ones."""
    return bool(header) and _role_of(header) is None


def _titles(rows: Sequence[Row]) -> int:
    """Rows above the header with one cell filled, though the table is wider."""
    count = 0
    for _, cells in rows[:3]:
        filled = [cell for cell in cells if cell]
        wide = any(sum(map(bool, others)) > 1 for _, others in rows)
        if not wide or len(filled) != 1 or quantities.is_quantity(filled[0]):
            break
        count += 1
    return count


def _header_rows(rows: Sequence[Row]) -> Iterator[Sequence[str]]:
    """Rows of labels at the top: the first, and those below it that begin with an empty cell."""
    for place, (_, cells) in enumerate(rows[:MOST_HEADER_ROWS]):
        filled = [cell for cell in cells if cell]
        years = [cell for cell in filled[1:] if _is_year(cell)]
        known = any(_role_of(cell) for cell in filled)
        labels = [cell for cell in filled if cell not in years] if known or len(years) > 1 else filled
        if any(quantities.is_quantity(cell) or quantities.is_empty(cell) for cell in labels):
            return
        if place and cells[0]:
            return
        yield cells


def _is_year(cell: str) -> bool:
    return _YEAR.fullmatch(narrow(cell)) is not None


def _joined(above: Sequence[Sequence[str]], width: int) -> list[str]:
    """One header for each column; a cell above stands for the empty ones on its right."""
    headers = ["" for _ in range(width)]
    for depth, cells in enumerate(above):
        last = ""
        for place in range(width):
            said = cells[place] if place < len(cells) else ""
            last = said or (last if depth < len(above) - 1 else "")
            headers[place] += last
    return headers


def _filled(body: Sequence[Sequence[str]], place: int) -> list[str]:
    cells = [cells[place] for cells in body if place < len(cells)]
    return [cell for cell in cells if not quantities.is_empty(cell)]


def _column(place: int, header: str, cells: Sequence[str]) -> Column:
    known = _role_of(header)
    numeric = sum(map(quantities.is_quantity, cells)) >= _NUMERIC_FROM * max(1, len(cells))
    if known is Role.UNIT and any(len(cell) > _LONGEST_UNIT or _is_scope(cell) for cell in cells):
        known = Role.SCOPE
    if known is Role.DATE:
        return Column(place, header, Role.DATE, days=_are_days(cells))
    if known is Role.VALUE or (numeric and cells and known in (None, Role.NAME)):
        return Column(place, header, Role.VALUE)
    if known is not None or not cells:
        return Column(place, header, known or Role.UNUSED)
    if not header and all(map(is_unit, cells)):
        return Column(place, header, Role.UNIT)
    scopes = sum(map(_is_scope, cells)) >= _SCOPES_FROM * len(cells)
    return Column(place, header, Role.SCOPE if scopes else Role.NAME)


def _settled(found: list[Column]) -> list[Column]:
    """One column of names where there is a header; dates are the values of a table that has no others."""
    names = [one for one in found if one.role is Role.NAME]
    chosen = next((one for one in names if _role_of(one.header)), names[0] if names else None)
    values = [one for one in found if one.role is Role.VALUE]
    scoped = [one for one in values if _is_scope(name_and_unit(one.header)[0])]
    by_scope = len(scoped) > 1 and len(scoped) >= _SCOPES_FROM * len(values) and bool(names)
    return [_settle(one, chosen, by_scope=by_scope and one in scoped, dated=not values) for one in found]


def _settle(one: Column, chosen: Column | None, *, by_scope: bool, dated: bool) -> Column:
    if one.role is Role.DATE and dated and one.days:
        return replace(one, role=Role.VALUE)
    if one.role is Role.NAME and one.header and one is not chosen and not _role_of(one.header):
        return replace(one, role=Role.UNUSED)
    return replace(one, is_scope=by_scope)


def is_unit(cell: str) -> bool:
    """Whether a cell is a unit and no name: 块, 万元."""
    return re.fullmatch(rf"[万亿百千]*(?:{_UNIT})", cell.strip()) is not None


def _role_of(header: str) -> Role | None:
    return _ROLE_OF.get(header_key(name_and_unit(header)[0]))


def _are_days(cells: Sequence[str]) -> bool:
    found = [quantities.parse(cell) for cell in cells]
    days = [one for one in found if isinstance(one, quantities.Quantity) and isinstance(one.value, str)]
    return bool(days) and len(days) >= _NUMERIC_FROM * len(cells)


def _is_scope(label: str) -> bool:
    return _SCOPE.fullmatch(label) is not None
