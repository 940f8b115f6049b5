"""Sums, shares, growth and averages that a text states beside the numbers they come from, recomputed.

Each rule of ``RULES`` looks at one figure of a sentence with those before it and says what the figure should be. Numbers
are taken as intervals, as wide as their approximation and their last printed digit, so 20.2% agrees with 23 of 114.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from hearth.engines.figures import units
from hearth.engines.figures.approximations import has_decimals, plain, printed_place
from hearth.engines.figures.model import Approx, Figure, FigureType, Number, Reading

_MOST = 12
"""Figures of a sentence that are looked back upon."""

_COUNTED = frozenset({FigureType.COUNT, FigureType.MONEY, FigureType.MEASURE})
_AMOUNTS = _COUNTED | {FigureType.PERCENT}
_SENTENCE = re.compile(r"[。！!？?\n]")
_OPENS = r"[,，、;；(（]?\s?"
_SINCE = r"(?:同比|环比|(?:比|较|与)[^,，。;；]{1,10}?)?"
_MORE = "增长|增加|增|上升|提高|提升|上涨|增幅|扩大|多"
_LESS = "下降|减少|降低|降|回落|降幅|缩短|少|节约"
_CHANGED = re.compile(rf"{_OPENS}{_SINCE}净?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?:了|达|为|达到|约)?")
_FOLDED = re.compile(rf"{_OPENS}{_SINCE}翻了?")
_TURNED = re.compile(
    r"(?:,|，)?(?:增加|增长|提高|提升|上升|扩大|发展|拓展|减少|下降|降低|缩短|降|增|升|变|调整|跃升|攀升)+(?:到|至|为)(?:[^,，。;；]{0,10}的)?"
)
_AGAINST = re.compile(r"[,，]?(?:比|较)[^,，。;；]{0,12}?(?:的|为)?")
_SHARE = re.compile(rf"{_OPENS}约?占(?:比|总数|全部|总量|总额|总人数|总投资|到)?(?:的|为|达|达到|约)?")
_REST = re.compile(rf"{_OPENS}(?:其余|余下|剩余|剩下)的?")
_TOGETHER = re.compile(rf"{_OPENS}(?:共|共计|合计|总计|两项合计|三项合计)")
_GRADED = re.compile(r"[一二三]等奖|男|女|[金银铜]奖")
_PER = {
    "人": "人 名 位",
    "户": "户",
    "场": "场 场次",
    "期": "期",
    "次": "次",
    "个": "个",
    "家": "家",
    "亩": "亩",
    "村": "村 个",
    "校": "所",
}
_AVERAGE = re.compile(
    rf"(?:(?P<one>[{''.join(_PER)}])均|平均每[一]?(?P<each>[{''.join(_PER)}]))[^,，。;；]{{0,8}}$"
)
_EACH = re.compile(rf"每(?P<one>[{''.join(_PER)}])[^,，。;；]{{0,6}}$")
_TOTAL = re.compile(rf"{_OPENS}(?:共|共计|合计|总计|累计)[^,，。;；]{{0,6}}")


class RelationKind(Enum):
    """How a number follows from others."""

    SHARE = "share"
    GROWTH = "growth"
    DIFFERENCE = "difference"
    SUM = "sum"
    AVERAGE = "average"
    PRODUCT = "product"


_QUOTIENTS = frozenset({RelationKind.SHARE, RelationKind.GROWTH, RelationKind.AVERAGE})


@dataclass(frozen=True, slots=True)
class Relation:
    """A figure and the ``sources`` it follows from; ``right`` is what follows from them, rounded as the figure is.

    ``right`` is in the figure's unit (money in 元). ``holds`` says whether the text's own numbers agree; ``why`` is a
    Chinese sentence with both places.
    """

    kind: RelationKind
    figure: Figure
    sources: tuple[Figure, ...]
    right: Number
    holds: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Interval:
    """What a number may be; ``high`` None is without bound."""

    low: Decimal
    high: Decimal | None

    def meets(self, other: "_Interval") -> bool:
        return (self.high is None or other.low <= self.high) and (
            other.high is None or self.low <= other.high
        )


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The figures of one sentence and the words before each."""

    figures: tuple[Figure, ...]
    words: tuple[str, ...]

    def between(self, first: int, last: int) -> str:
        """The words before the figures after ``first`` up to ``last``, put together."""
        return "|".join(self.words[first + 1 : last + 1])


_Formula = Callable[[Sequence[Decimal]], Decimal]


@dataclass(frozen=True, slots=True)
class _Claim:
    """That a figure is ``formula`` of its sources, said as ``reads``.

    ``rising`` tells for each source whether the result grows with it, ``at_least`` that the sources need not be all.
    """

    kind: RelationKind
    sources: tuple[Figure, ...]
    formula: _Formula
    rising: tuple[bool, ...]
    reads: str
    at_least: bool = False


def check_arithmetic(text: str, reading: Reading) -> tuple[Relation, ...]:
    """The relations of ``text`` that do not hold: each names the figure, its sources and the right value."""
    return tuple(one for one in relations(text, reading) if not one.holds)


def relations(text: str, reading: Reading) -> tuple[Relation, ...]:
    """Every number of ``text`` that follows from others of its sentence, right or wrong, in the order of the text."""
    found = []
    for sentence in _sentences(text, reading):
        for place in range(len(sentence.figures)):
            claim = next((claim for rule in RULES if (claim := rule(sentence, place))), None)
            if claim and (relation := _weighed(sentence.figures[place], claim)):
                found.append(relation)
    return tuple(found)


def _sentences(text: str, reading: Reading) -> Iterator[_Sentence]:
    """Amounts by sentence; dates and spans of time are words here."""
    figures: list[Figure] = []
    words: list[str] = []
    end = 0
    for figure in reading.figures:
        if figure.type not in _AMOUNTS:
            continue
        if figures and _SENTENCE.search(text, figures[-1].end, figure.start):
            yield _Sentence(tuple(figures), tuple(words))
            figures, words = [], []
        end = figures[-1].end if figures else max(end, figure.start - 40)
        words.append(text[max(end, figure.start - 60) : figure.start])
        figures.append(figure)
        end = figure.end
    if figures:
        yield _Sentence(tuple(figures), tuple(words))


def _weighed(figure: Figure, claim: _Claim) -> Relation | None:
    said = _interval(figure, derived=claim.kind in _QUOTIENTS)
    sources = [_interval(one) for one in claim.sources]
    nominal = [_middle(one) for one in claim.sources]
    if said is None or any(one is None for one in (*sources, *nominal)):
        return None
    bounds = [one for one in sources if one is not None]
    try:
        right = claim.formula([one for one in nominal if one is not None])
        low = claim.formula(
            [one.low if up else _top(one) for one, up in zip(bounds, claim.rising, strict=True)]
        )
        high = claim.formula(
            [_top(one) if up else one.low for one, up in zip(bounds, claim.rising, strict=True)]
        )
    except ArithmeticError:
        return None
    expected = _Interval(min(low, high, right), None if claim.at_least else max(low, high, right))
    place = printed_place(figure)
    rounded = (right / place).to_integral_value(ROUND_HALF_UP) * place
    holds = said.meets(expected)
    why = f"“{figure.text}”{claim.reads}" + ("，相符" if holds else f"，应为{_written(rounded, figure)}")
    return Relation(claim.kind, figure, claim.sources, plain(rounded), holds, why)


def _interval(figure: Figure, *, derived: bool = False) -> _Interval | None:
    if figure.low is None:
        return None
    low, high = Decimal(str(figure.low)), None if figure.high is None else Decimal(str(figure.high))
    if figure.text.endswith("番"):
        return _Interval(low * Decimal("0.9"), low * Decimal("1.25"))
    if figure.approx is Approx.EXACT and high is not None:
        slack = _slack(figure, derived=derived)
        return _Interval(low - slack, high + slack)
    return _Interval(low, high)


def _slack(figure: Figure, *, derived: bool) -> Decimal:
    """Half of the last printed place where it may be rounded: decimals, percentages and quotients; 3万份 is exact."""
    rounded = derived or figure.type is FigureType.PERCENT or has_decimals(figure)
    return printed_place(figure) / 2 if rounded else Decimal(0)


def _middle(figure: Figure) -> Decimal | None:
    return Decimal(str(figure.value)) if isinstance(figure.value, int | float) else None


def _top(interval: _Interval) -> Decimal:
    return interval.high if interval.high is not None else interval.low * 10


def _written(value: Decimal, figure: Figure) -> str:
    scale = next((10**power for sign, power in (("亿", 8), ("万", 4)) if sign in figure.text), 1)
    sign = {10**8: "亿", 10**4: "万"}.get(scale, "")
    return f"{plain(value / scale)}{sign}{figure.unit}"


def _share(sentence: _Sentence, place: int) -> _Claim | None:
    """23家,其中省级8家,占34.8%."""
    figure = sentence.figures[place]
    if figure.unit != "%" or place < 2 or not _SHARE.fullmatch(sentence.words[place]):
        return None
    part = sentence.figures[place - 1]
    if part.type not in _COUNTED or sentence.words[place - 1].startswith("、"):
        return None
    whole = next(
        (
            sentence.figures[one]
            for one in range(place - 2, max(-1, place - _MOST), -1)
            if _same(sentence.figures[one], part) and "其中" in sentence.between(one, place - 1)
        ),
        None,
    )
    if whole is None:
        return None
    reads = f"是“{part.text}”占“{whole.text}”的比重"
    return _Claim(RelationKind.SHARE, (part, whole), lambda of: of[0] / of[1] * 100, (True, False), reads)


def _growth(sentence: _Sentence, place: int) -> _Claim | None:
    """137项,同比增加23项,增长20.2%; 由1.9万增至2.4万,增长26.3%; 120家,比上年的100家增长20%."""
    figure = sentence.figures[place]
    changed = _CHANGED.fullmatch(sentence.words[place])
    if figure.unit not in ("%", "倍") or place < 2:
        return None
    if not changed:
        return _folded(sentence, place)
    earlier, later = sentence.figures[place - 2], sentence.figures[place - 1]
    factor, sign = Decimal(100 if figure.unit == "%" else 1), -1 if changed["less"] else 1
    if not _same(earlier, later):
        return None
    step = _CHANGED.fullmatch(sentence.words[place - 1])
    if step and earlier.type in _COUNTED:
        back = -1 if step["less"] else 1
        reads = f"应由“{later.text}”和“{earlier.text}”算出"
        return _Claim(
            RelationKind.GROWTH,
            (later, earlier),
            lambda of: of[0] / (of[1] - back * of[0]) * factor,
            (True, False),
            reads,
        )
    if _TURNED.fullmatch(sentence.words[place - 1]):
        before, after = earlier, later
    elif _AGAINST.fullmatch(sentence.words[place - 1]):
        before, after = later, earlier
    else:
        return None
    reads = f"是“{before.text}”到“{after.text}”的变化"
    return _Claim(
        RelationKind.GROWTH,
        (after, before),
        lambda of: sign * (of[0] - of[1]) / of[1] * factor,
        (sign > 0, sign < 0),
        reads,
    )


def _folded(sentence: _Sentence, place: int) -> _Claim | None:
    """由300亩扩大到600亩,翻了一番."""
    before, after = sentence.figures[place - 2], sentence.figures[place - 1]
    turned = _TURNED.fullmatch(sentence.words[place - 1]) and _same(before, after)
    if not turned or not _FOLDED.fullmatch(sentence.words[place]):
        return None
    reads = f"是“{before.text}”到“{after.text}”的倍数"
    return _Claim(RelationKind.GROWTH, (after, before), lambda of: of[0] / of[1], (True, False), reads)


def _difference(sentence: _Sentence, place: int) -> _Claim | None:
    """由51%提高到58%,提高7个百分点; 由1.9万增至2.4万,净增5000人."""
    figure = sentence.figures[place]
    changed = _CHANGED.fullmatch(sentence.words[place])
    if place < 2 or not changed or not _TURNED.fullmatch(sentence.words[place - 1]):
        return None
    before, after = sentence.figures[place - 2], sentence.figures[place - 1]
    points = figure.unit == "百分点" and before.unit == after.unit == "%"
    if not points and not (figure.type in _COUNTED and _same(before, after) and _same(after, figure)):
        return None
    sign = -1 if changed["less"] else 1
    reads = f"是“{before.text}”到“{after.text}”的差"
    return _Claim(
        RelationKind.DIFFERENCE,
        (after, before),
        lambda of: sign * (of[0] - of[1]),
        (sign > 0, sign < 0),
        reads,
    )


def _rest(sentence: _Sentence, place: int) -> _Claim | None:
    """17条,现场答复9条,其余8条."""
    if not _REST.fullmatch(sentence.words[place]):
        return None
    row = _row_before(sentence, place)
    if len(row) < 2:
        return None
    whole, *parts = row
    reads = f"是“{whole.text}”减去{_quoted(parts)}的余数"
    rising = (True, *(False for _ in parts))
    return _Claim(RelationKind.SUM, tuple(row), lambda of: of[0] - sum(of[1:]), rising, reads)


def _sum(sentence: _Sentence, place: int) -> _Claim | None:
    """手册300份、折页500份,共800份."""
    figure = sentence.figures[place]
    if figure.type not in _COUNTED or not _TOGETHER.fullmatch(sentence.words[place]):
        return None
    row = _row_before(sentence, place)
    if len(row) < 2 or "其中" in sentence.between(place - len(row) - 1, place):
        return None
    return _Claim(RelationKind.SUM, tuple(row), _total, tuple(True for _ in row), f"是{_quoted(row)}的合计")


def _parts(sentence: _Sentence, place: int) -> _Claim | None:
    """145项,其中一等奖20项、二等奖45项、三等奖80项: all grades make the whole; other parts must not exceed it."""
    whole = sentence.figures[place]
    if (
        whole.type not in _COUNTED
        or not sentence.words[place + 1 : place + 2]
        or "其中" not in sentence.words[place + 1]
    ):
        return None
    row: list[Figure] = []
    for one in range(place + 1, min(place + _MOST, len(sentence.figures))):
        more = one == place + 1 or re.match("[、,，和]", sentence.words[one])
        if (
            not more
            or not _same(whole, sentence.figures[one])
            or _says_more(sentence.words[one], first=one == place + 1)
        ):
            break
        row.append(sentence.figures[one])
    if len(row) < 2:
        return None
    graded = all(_GRADED.search(words) for words in sentence.words[place + 1 : place + 1 + len(row)])
    reads = f"含{_quoted(row)}"
    return _Claim(RelationKind.SUM, tuple(row), _total, tuple(True for _ in row), reads, at_least=not graded)


def _average(sentence: _Sentence, place: int) -> _Claim | None:
    """320万元,惠及160人,人均2万元."""
    figure = sentence.figures[place]
    found = _AVERAGE.search(sentence.words[place])
    if not found:
        return None
    counts = _PER[found["one"] or found["each"]].split()
    window = sentence.figures[max(0, place - _MOST) : place]
    totals = [one for one in window if one.type is figure.type and one.unit == figure.unit]
    heads = [one for one in window if one.unit in counts and one.type in _COUNTED]
    if len(totals) != 1 or len(heads) != 1 or totals == heads:
        return None
    reads = f"是“{totals[0].text}”除以“{heads[0].text}”"
    return _Claim(RelationKind.AVERAGE, (totals[0], heads[0]), lambda of: of[0] / of[1], (True, False), reads)


def _product(sentence: _Sentence, place: int) -> _Claim | None:
    """6期,每期50人,共培训300人."""
    figure = sentence.figures[place]
    if place < 2 or not _TOTAL.fullmatch(sentence.words[place]):
        return None
    number, each = sentence.figures[place - 2], sentence.figures[place - 1]
    found = _EACH.search(sentence.words[place - 1])
    if not found or not _same(each, figure) or number.unit not in _PER[found["one"]].split():
        return None
    reads = f"是“{number.text}”乘以“{each.text}”"
    return _Claim(RelationKind.PRODUCT, (number, each), lambda of: of[0] * of[1], (True, True), reads)


def _row_before(sentence: _Sentence, place: int) -> list[Figure]:
    """The figures directly before this one that count in the same unit."""
    row: list[Figure] = []
    for one in range(place - 1, max(-1, place - _MOST), -1):
        if not _same(sentence.figures[one], sentence.figures[place]):
            break
        row.insert(0, sentence.figures[one])
        if re.search("[;；]", sentence.words[one]):
            break
    return row


def _says_more(words: str, *, first: bool) -> bool:
    return bool(re.search("[;；]|增|减|占|比上|较" + ("" if first else "|其中"), words))


def _same(one: Figure, other: Figure) -> bool:
    return one.type is other.type and (units.alike(one.unit, other.unit) or not one.unit or not other.unit)


def _total(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _quoted(figures: Sequence[Figure]) -> str:
    return "、".join(f"“{one.text}”" for one in figures)


RULES: tuple[Callable[[_Sentence, int], _Claim | None], ...] = (
    _share,
    _growth,
    _difference,
    _rest,
    _sum,
    _parts,
    _average,
    _product,
)
"""Tried in this order; the first that applies to a figure counts."""
