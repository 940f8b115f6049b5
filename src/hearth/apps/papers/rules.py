"""What may happen to a paper when, and how document numbers are written."""

import datetime
import re
from dataclasses import dataclass

from hearth.apps.papers.states import State

STEPS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REVIEW}),
    State.REVIEW: frozenset({State.DRAFT, State.SIGNED}),
    State.SIGNED: frozenset({State.ISSUED, State.SUPERSEDED}),
    State.ISSUED: frozenset({State.SUPERSEDED}),
    State.SUPERSEDED: frozenset(),
}

# the other organ reads the disclosed copy for so many days, unless another day is named
DAYS_TO_ANSWER = 15

_NUMBER = re.compile(
    r"(?P<code>[^\s〔〕\d]{2,20})(?:〔(?P<year>(?:19[5-9]|2\d{2})\d)〕)?(?:第?(?P<serial>[1-9]\d{0,4})?号)?"
)
_NUMBER_LINE = re.compile(r"(?m)^(?P<key>(?:.*[ 　])?(?:文号|发文字号)[：:])[^\S\n]*(?P<number>[^\s　]*)")


def may_become(now: State, then: State) -> bool:
    return then in STEPS[now]


@dataclass(frozen=True)
class DocumentNumber:
    """机关代字, year and serial of 云科协发〔2020〕16号; what is not written yet is None."""

    code: str
    year: int | None = None
    serial: int | None = None

    def __str__(self) -> str:
        return f"{self.code}〔{self.year or ''}〕{self.serial or ''}号"

    @property
    def is_complete(self) -> bool:
        return self.year is not None and self.serial is not None


def document_number(written: str) -> DocumentNumber | None:
    """Read a number, finished or not: 云科协发〔2020〕16号, 云科协发〔2020〕号, 云科协发. None for any other shape."""
    found = _NUMBER.fullmatch(written.strip())
    if found is None or (found["serial"] and not found["year"]):
        return None
    return DocumentNumber(
        found["code"],
        int(found["year"]) if found["year"] else None,
        int(found["serial"]) if found["serial"] else None,
    )


def without_serial(source: str, year: int) -> str:
    """A source whose number waits to be given again in ``year``: for corrections of numbered papers."""

    def opened(found: re.Match[str]) -> str:
        number = document_number(found["number"])
        return f"{found['key']}{DocumentNumber(number.code, year) if number else ''}"

    head, fence, body = source.partition("\n---")
    return _NUMBER_LINE.sub(opened, head, count=1) + fence + body


def last_day_to_answer(today: datetime.date) -> datetime.date:
    return today + datetime.timedelta(days=DAYS_TO_ANSWER)
