"""What a notice costs those below before it is sent: minutes, and deadlines that are too short."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from hearth.apps.notices.rules.fields import Field, Form
from hearth.apps.notices.states import FieldKind

# Minutes of somebody who has the papers at hand. Conservative: looking up, not only typing, is counted.
MINUTES: dict[FieldKind, float] = {
    FieldKind.WHOLE: 3,  # counted from a ledger or asked by telephone
    FieldKind.DECIMAL: 3,  # the same, with its unit checked
    FieldKind.CHOICE: 0.5,  # read, decide
    FieldKind.SHORT: 1,  # a name, a place
    FieldKind.LONG: 15,  # a paragraph that a superior reads first
    FieldKind.DATE: 0.5,
    FieldKind.FILE: 5,  # found, named, sent up
    FieldKind.STAMPED: 30,  # printed, carried to who keeps the seal, scanned
}
KNOWN_MINUTES = 0.5  # what the house fills in is only looked over
USUAL_LINES = 3  # of a table that grows
FEWEST_WORKING_DAYS = 5
MOST_MINUTES = 60.0

# Legal holidays that fall on the same days each year, and the lunar ones of the years to come as announced or computed.
# Which weekends are worked instead is decided each autumn and not known here.
YEARLY = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
LUNAR = tuple(
    datetime.date.fromisoformat(day)
    for day in [
        "2020-01-25",
        "2020-04-04",
        "2020-06-25",
        "2026-02-17",
        "2026-02-18",
        "2026-02-19",
        "2026-04-05",
        "2026-06-19",
        "2026-09-25",
        "2027-02-06",
        "2027-02-07",
        "2027-02-08",
        "2027-04-05",
        "2027-06-09",
        "2027-09-15",
    ]
)


@dataclass(frozen=True)
class Burden:
    """``minutes`` of one organisation; ``known`` of its fields the house fills in."""

    fields: int
    known: int
    minutes: float
    organisations: int
    warnings: tuple[str, ...]

    @property
    def hours(self) -> float:
        return self.minutes * self.organisations / 60


def weigh(form: Form, *, organisations: int, issued_on: datetime.date, due: datetime.date | None) -> Burden:
    """What this form asks of so many organisations, and what speaks against sending it so."""
    minutes = sum(minutes_of(one) for one in form)
    return Burden(
        fields=len(form),
        known=sum(bool(one.known) for one in form),
        minutes=minutes,
        organisations=organisations,
        warnings=(*_deadline(issued_on, due), *_length(minutes)),
    )


def minutes_of(one: Field) -> float:
    if one.kind == FieldKind.TABLE:
        return (len(one.lines) or USUAL_LINES) * sum(MINUTES[column.kind] for column in one.columns)
    return min(MINUTES[one.kind], KNOWN_MINUTES) if one.known else MINUTES[one.kind]


def is_holiday(day: datetime.date) -> bool:
    return (day.month, day.day) in YEARLY or day in LUNAR


def is_working(day: datetime.date) -> bool:
    return day.weekday() < 5 and not is_holiday(day)


def working_day_from(day: datetime.date) -> datetime.date:
    """This day, or the first working day after it."""
    return next(one for more in range(30) if is_working(one := day + datetime.timedelta(days=more)))


def working_days(issued_on: datetime.date, due: datetime.date) -> int:
    """Working days after the day of issue up to the deadline, it included."""
    days = (issued_on + datetime.timedelta(days=ahead) for ahead in range(1, (due - issued_on).days + 1))
    return sum(map(is_working, days))


def _deadline(issued_on: datetime.date, due: datetime.date | None) -> Iterator[str]:
    if due is None:
        return
    days = working_days(issued_on, due)
    if days < FEWEST_WORKING_DAYS:
        yield (
            f"期限太短：从下发到 {due.month}月{due.day}日只有 {days} 个工作日，"
            f"一般不少于 {FEWEST_WORKING_DAYS} 个。"
        )
    if is_holiday(due):
        yield f"期限 {due.month}月{due.day}日是法定节假日，请改到工作日。"
    elif due.weekday() >= 5:
        yield f"期限 {due.month}月{due.day}日是周{'一二三四五六日'[due.weekday()]}，请改到工作日。"


def _length(minutes: float) -> Iterator[str]:
    if minutes > MOST_MINUTES:
        yield f"每家大约要 {minutes:.0f} 分钟，超过 {MOST_MINUTES:.0f} 分钟。能不能少要几项？"
