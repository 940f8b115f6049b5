"""Words of Chinese and mixed text as PostgreSQL's own text search takes them, without an extension or a dictionary.

A run of Chinese characters becomes its overlapping pairs, one a position, and its last character; a run of letters and
digits becomes one word. A phrase of pairs is then an exact search for the characters. Sources: the ``tsvector`` and
``tsquery`` input syntax, PostgreSQL manual, 8.11.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 16_000
"""Characters of a text that are searched: a position above 16383 is none."""
MOST_POSITIONS = 255
"""Of one word; PostgreSQL drops more."""
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_GAP = 2
_APART = 20


@dataclass(frozen=True)
class Part:
    """A stretch of a cut; ``hit`` when it is what was asked for."""

    text: str
    hit: bool


def vector(title: str, text: str) -> str:
    """The literal of a ``tsvector``: words of the title weigh A, words of the text D."""
    places: dict[str, list[str]] = {}
    end = 0
    for part, weight in ((title, "A"), (text[:LONGEST], "D")):
        start = end + _APART
        for position, word in _placed(part):
            end = min(start + position, 16_383)
            found = places.setdefault(word, [])
            if len(found) < MOST_POSITIONS:
                found.append(f"{end}{weight}")
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def every(asked: str) -> str:
    """The literal of a ``tsquery`` for texts that hold each word of the question; empty when it asks for nothing."""
    return " & ".join(f"({phrase})" for phrase in _phrases(asked))


def near(asked: str) -> str:
    """The literal of a ``tsquery`` for texts that hold some of the question's pairs."""
    words = dict.fromkeys(term for word in words_of(asked) for term in _terms(word) if not term.endswith("*"))
    return " | ".join(words)


def words_of(asked: str) -> list[str]:
    """The words of a question, parted at spaces and punctuation."""
    found = re.findall(r"[^\W_]+", _plain(asked))
    return list(dict.fromkeys(found))


def cut(text: str, asked: str, around: int = 60) -> tuple[Part, ...]:
    """The text around the first hit, its hits set apart; its beginning when the words stand nowhere in it."""
    pattern = _any_of(asked)
    first = pattern.search(text)
    start = max(0, first.start() - around // 2) if first else 0
    end = min(len(text), start + 2 * around)
    shown = f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
    return tuple(_parts(shown, pattern))


def whole(text: str, asked: str) -> tuple[Part, ...]:
    """The whole text, its hits set apart."""
    return tuple(_parts(text, _any_of(asked)))


def _any_of(asked: str) -> re.Pattern[str]:
    words = sorted(words_of(asked), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in words) or r"(?!)", re.IGNORECASE)


def _parts(text: str, pattern: re.Pattern[str]) -> Iterator[Part]:
    done = 0
    for hit in pattern.finditer(text):
        if done < hit.start():
            yield Part(text[done : hit.start()], hit=False)
        yield Part(hit.group(), hit=True)
        done = hit.end()
    if done < len(text):
        yield Part(text[done:], hit=False)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _placed(text: str) -> Iterator[tuple[int, str]]:
    """Each word with its position; what punctuation parts lies apart."""
    position = 0
    end = 0
    plain = _plain(text)
    for run in _RUN.finditer(plain):
        if run.start() != end:
            position += _GAP
        for word in _pairs(run.group()):
            position += 1
            yield position, word
        end = run.end()


def _pairs(run: str) -> Sequence[str]:
    if run[0].isascii():
        return [run[:60]]
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]


def _phrases(asked: str) -> Iterator[str]:
    for word in words_of(asked):
        yield " <-> ".join(_terms(word))


def _terms(word: str) -> list[str]:
    """The terms of a word one after another. Its last character may begin a pair in the text, if it stands alone."""
    runs = _RUN.findall(word)
    found: list[str] = []
    for run in runs[:-1]:
        found += [f"'{one}'" for one in _pairs(run)]
    last = runs[-1]
    if last[0].isascii() or len(last) == 1:
        return [*found, f"'{last[:60]}':*"]
    return [*found, *(f"'{last[at : at + 2]}'" for at in range(len(last) - 1))]
