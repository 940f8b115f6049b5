"""A stamped PDF beside the numbers that were typed: which of them the paper says too."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hearth.apps.notices.rules.fields import Field, Form
from hearth.apps.notices.states import StampStanding

FEWEST_GLYPHS = 10
"""A page with less text than this is a picture of paper."""

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_WITHIN = 12
"""Characters between a field's label and its number: a bracketed unit, a colon."""


@dataclass(frozen=True)
class Compared:
    """One number: what was typed, and what the paper says beside the same words (None: it is not found there)."""

    field: Field
    typed: Decimal
    printed: Decimal | None

    @property
    def agrees(self) -> bool:
        return self.printed == self.typed


def has_text(text: str) -> bool:
    return len("".join(text.split())) >= FEWEST_GLYPHS


def compare(text: str, form: Form, numbers: Mapping[str, Decimal]) -> tuple[Compared, ...]:
    """Every number of the form (cells of tables are left to a person), looked for after its label in the paper's text."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return tuple(
        Compared(one, numbers[one.key], _after(plain, one, form, numbers[one.key]))
        for one in form
        if one.is_number and one.key in numbers
    )


def standing(text: str, compared: Sequence[Compared]) -> StampStanding:
    """A number that the paper does not show is a difference: what was stamped must carry what was typed."""
    if not has_text(text):
        return StampStanding.UNREAD
    return StampStanding.AGREES if all(one.agrees for one in compared) else StampStanding.DIFFERS


def _after(text: str, one: Field, form: Form, typed: Decimal) -> Decimal | None:
    """The number that follows the label; where the label stands several times, one that agrees is preferred."""
    label = "".join(unicodedata.normalize("NFKC", one.label).split())
    others = [
        "".join(unicodedata.normalize("NFKC", other.label).split()) for other in form if other is not one
    ]
    found = []
    for hit in re.finditer(re.escape(label), text):
        rest = text[hit.end() :]
        number = _NUMBER.search(rest[: _WITHIN + 20])
        if number is None or number.start() > _WITHIN or any(o in rest[: number.start()] for o in others):
            continue
        found.append(Decimal(number[0].replace(",", "")))
    return typed if typed in found else (found[0] if found else None)
