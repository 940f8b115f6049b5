"""What the checker says: for each clause what the standard wants, what was found, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """The formats of GB/T 9704-2012: 文件 (7), 信函 (10.1), 命令 (10.2), 纪要 (10.3), and papers without a head."""

    DOCUMENT = "文件"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"
    GENERAL = "普通"


class Verdict(StrEnum):
    """How a place stands to the standard."""

    OK = "ok"
    OFF = "off"
    NOT_FOUND = "not_found"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Finding:
    """One row of the table.

    `clause` of GB/T 9704-2012; `what` is measured, in `places` places, `right` of them as wanted, and the worst
    is shown; `wanted` and `found` in words; `deviation` in mm from what is wanted, None where nothing is
    measured in mm; `page` from 1, None for the paper as a whole; `cure` says what to do, empty when all is well.
    """

    clause: str
    what: str
    wanted: str
    found: str
    verdict: Verdict
    deviation: float | None = None
    page: int | None = None
    cure: str = ""
    places: int = 1
    right: int = 0


@dataclass(frozen=True)
class Report:
    """What was found in a paper: the format it was measured by, its pages, and the rows of the table."""

    form: Form
    pages: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing departs from the standard and nothing that should be there is missing."""
        return not self.departures

    @property
    def departures(self) -> tuple[Finding, ...]:
        """The rows that are off or not found."""
        bad = (Verdict.OFF, Verdict.NOT_FOUND)
        return tuple(finding for finding in self.findings if finding.verdict in bad)
