"""From text to comparable terms: single atoms and pairs of neighbouring atoms.

An atom is one Han character, or one word or code of other letters. For Chinese that makes character unigrams and
bigrams, which needed no dictionary and ranked better than words on every set measured; for other scripts it makes
words and word pairs.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from hearth.engines.matching.model import Demand, Offer
from hearth.engines.matching.weights import Weights

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_ATOM = re.compile(rf"[{HAN}]|[^\W_{HAN}]+|[^\w\s-]")
_HAN_CHARACTER = re.compile(rf"[{HAN}]")
_SHORTEST_PLURAL = 4


def clean(text: str) -> str:
    """The text in one character width (NFKC), letter case kept: the form that is shown."""
    return unicodedata.normalize("NFKC", text)


def fold(text: str) -> str:
    """The text in one width and case: the form that is compared."""
    return clean(text).lower()


def is_han(character: str) -> bool:
    """Whether a single character is Chinese."""
    return _HAN_CHARACTER.match(character) is not None


def parts(document: Demand | Offer) -> tuple[str, ...]:
    """The pieces of a document that are compared: title, text and each keyword."""
    return (document.title, document.text, *document.keywords)


def terms(text: str) -> Counter[str]:
    """How often each term occurs; a pair is written with a blank between its atoms, a single atom has none."""
    counts: Counter[str] = Counter()
    for run in _runs(text):
        counts.update(run)
        counts.update(f"{first} {second}" for first, second in pairwise(run))
    return counts


def document_terms(document: Demand | Offer, weights: Weights) -> Counter[str]:
    """Terms of a whole document, title and keywords counted as often as the weights say."""
    counts = terms(document.text)
    for piece, times in ((document.title, weights.title), *((k, weights.keyword) for k in document.keywords)):
        for term, count in terms(piece).items():
            counts[term] += count * times
    return counts


def atoms_in(counts: Counter[str]) -> int:
    """Length of a document: its number of atoms."""
    return sum(count for term, count in counts.items() if " " not in term)


def _runs(text: str) -> Iterator[list[str]]:
    """Atoms between punctuation marks. Bare numbers are left out: they are counts and list marks, not subjects."""
    run: list[str] = []
    for atom in _ATOM.findall(fold(text)):
        if not atom[0].isalnum():
            yield run
            run = []
        elif not atom.isdecimal():
            run.append(_singular(atom))
    yield run


def _singular(atom: str) -> str:
    if atom.isascii() and len(atom) >= _SHORTEST_PLURAL and atom.endswith("s") and not atom.endswith("ss"):
        return atom[:-1]
    return atom
