"""The words two texts have in common, as a reader would name them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import rjieba

from hearth.engines.matching.model import Demand, Offer
from hearth.engines.matching.text import clean, fold, is_han, parts, terms

_MOST = 5
_LEAST_SHARE = 0.15  # of the strongest phrase; below it come the words any two technical texts share
_LONGEST = 8  # words a phrase
_FREQUENT = (
    "的 了 和 与 及 或 在 是 为 对 等 以 用 于 由 从 向 中 上 下 内 外 有 无 不 可 能 将 把 被 并 而 其 该 此 这 那 各 个 种 "
    "项 类 时 后 前 间 所 之 也 都 就 要 会 使 到 按 至 较 更 最 很 再 又 且 则 若 如 因 经 通过 进行 以及 目前 需要 可以 "
    "能够 实现 具有 采用 利用 提供 解决 满足 要求 主要 相关 问题 方面 情况 其中 由于 因此 但是 同时 不同 一种 一个 我们 本文 "
    "以上 以下 以内 左右 小时 技术 替代 现有 提高 降低 "
    "the a an of and or in on at to for from by with is are was were be as that this these it its we our can which "
    "not no using use used based such into than"
)
_FUNCTION_WORDS = frozenset(_FREQUENT.split())


@dataclass(frozen=True)
class Prose:
    """A document made ready for finding common words: its text as shown and as compared."""

    shown: str
    folded: str

    @classmethod
    def of(cls, document: Demand | Offer) -> "Prose":
        """Read title, text and keywords as one text, a line each."""
        text = "\n".join(parts(document))
        shown, folded = clean(text), fold(text)
        # Lower case of a few letters is longer than the letter; offsets into the shown text would be wrong then.
        return cls(shown if len(shown) == len(folded) else folded, folded)

    @cached_property
    def words(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each word, in code points."""
        return tuple((start, end) for _, start, end in rjieba.tokenize(self.folded))

    @cached_property
    def characters(self) -> tuple[tuple[int, int], ...]:
        """Like ``words``, with every Chinese character on its own."""
        pieces: list[tuple[int, int]] = []
        for start, end in self.words:
            if any(map(is_han, self.folded[start:end])):
                pieces.extend((place, place + 1) for place in range(start, end))
            else:
                pieces.append((start, end))
        return tuple(pieces)

    def has_word(self, word: str) -> bool:
        """Whether the folded string occurs and starts and ends where words of this text do."""
        place = self.folded.find(word)
        while place >= 0:
            if self._bounded(place, place + len(word)):
                return True
            place = self.folded.find(word, place + 1)
        return False

    def has_keyword(self, keyword: str) -> bool:
        """Whether the folded string occurs; letters of other scripts must not continue it."""
        place = self.folded.find(keyword)
        while place >= 0:
            if not self._continued(place, place + len(keyword)):
                return True
            place = self.folded.find(keyword, place + 1)
        return False

    def _bounded(self, start: int, end: int) -> bool:
        starts, ends = self._edges
        return start in starts and end in ends

    @cached_property
    def _edges(self) -> tuple[frozenset[int], frozenset[int]]:
        """Where words start and end, those inside a compound (垃圾 and 处理 in 垃圾处理) included."""
        words = rjieba.tokenize(self.folded, "search")
        return frozenset(start for _, start, _ in words), frozenset(end for _, _, end in words)

    def _continued(self, start: int, end: int) -> bool:
        before, after = self.folded[start - 1 : start], self.folded[end : end + 1]
        return _joined(before, self.folded[start]) or _joined(self.folded[end - 1], after)


def common_phrases(asked: Prose, offered: Prose, contributions: Mapping[str, float]) -> tuple[str, ...]:
    """At most five words or word groups in both texts, those that add most to the score first.

    A group is as long as it stays common and contains no other of the list. Where the two texts are cut into
    different words, common strings of two or more characters take their place.
    """
    found = _weighed(_in_words(asked, offered), contributions) or _weighed(
        _in_characters(asked, offered), contributions
    )
    return tuple(_distinct(found))


def _in_words(asked: Prose, offered: Prose) -> Iterator[str]:
    return _longest_runs(asked, asked.words, offered, offered.has_word)


def _in_characters(asked: Prose, offered: Prose) -> Iterator[str]:
    return _longest_runs(asked, asked.characters, offered, offered.has_keyword)


def _longest_runs(
    asked: Prose, pieces: Sequence[tuple[int, int]], offered: Prose, accepts: Callable[[str], bool]
) -> Iterator[str]:
    first = 0
    while first < len(pieces):
        last = _run_end(asked, pieces, first, offered, accepts)
        if last > first:
            yield asked.shown[pieces[first][0] : pieces[last - 1][1]]
        first = max(last, first + 1)


def _run_end(
    asked: Prose,
    pieces: Sequence[tuple[int, int]],
    first: int,
    offered: Prose,
    accepts: Callable[[str], bool],
) -> int:
    """End of the longest accepted run of content pieces from ``first``, or ``first`` when there is none."""
    end = first
    for place in range(first, min(first + _LONGEST, len(pieces))):
        piece = asked.folded[slice(*pieces[place])]
        run = asked.folded[pieces[first][0] : pieces[place][1]]
        if piece == " " and place > first:
            continue
        if not _has_content(piece) or run not in offered.folded:
            break
        if accepts(run):
            end = place + 1
    return end


def _has_content(piece: str) -> bool:
    return piece not in _FUNCTION_WORDS and not piece.isdecimal() and all(map(_is_letter, piece))


def _is_letter(character: str) -> bool:
    return character.isalnum() or character in "-_+#."


def _weighed(phrases: Iterator[str], contributions: Mapping[str, float]) -> list[str]:
    """The phrases that name something, the strongest first, weak ones left out."""
    weights: dict[str, tuple[float, str]] = {}
    for phrase in phrases:
        if len(phrase) > 1 and any(map(str.isalpha, phrase)):
            weight = sum(contributions.get(term, 0.0) for term in sorted(terms(phrase)))
            weights.setdefault(fold(phrase), (weight, phrase))
    least = _LEAST_SHARE * max((weight for weight, _ in weights.values()), default=0.0)
    strong = [entry for entry in weights.values() if entry[0] > 0 and entry[0] >= least]
    return [phrase for _, phrase in sorted(strong, key=lambda entry: (-entry[0], entry[1]))]


def _distinct(phrases: Sequence[str]) -> list[str]:
    chosen: list[str] = []
    for phrase in phrases:
        if not any(fold(phrase) in fold(other) or fold(other) in fold(phrase) for other in chosen):
            chosen.append(phrase)
    return chosen[:_MOST]


def _joined(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word of a script that writes words apart."""
    return (left + right).isalnum() and len(left + right) > 1 and not is_han(left) and not is_han(right)
