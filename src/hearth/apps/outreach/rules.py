"""What outreach allows: nothing leaves the store that is not there, nothing is undone that went on; who can register."""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import Enum

from hearth.apps.outreach.states import EFFECT_ON_EVENT, EFFECT_ON_STOCK, Direction

MOST_PARTY = 50
CODE_LENGTH = 8
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code is made of: nothing that is taken for something else when it is read out."""

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9]{7,15}")


def contact(typed: str) -> str:
    """A phone number or e-mail address in one writing, so that the same one is known again; empty when it is neither."""
    if "@" in typed:
        mail = typed.strip().lower()
        return mail if _MAIL.fullmatch(mail) else ""
    phone = re.sub(r"[\s()（）-]", "", typed)
    return phone if _PHONE.fullmatch(phone) else ""


def code(typed: str) -> str:
    """A ticket's code as somebody types or scans it: without gaps, in capitals."""
    return re.sub(r"[\s-]", "", typed).upper()


def whereabouts(school: str, place: str) -> str:
    """Where to go: the place with its school, which a place such as “礼堂” does not tell by itself."""
    if not place or place in school:
        return school
    return place if school in place else f"{school} {place}"


class Window(Enum):
    """Whether an event takes registrations now."""

    NONE = "takes none"
    EARLY = "not yet"
    OPEN = "now"
    CLOSED = "no longer"
    CANCELLED = "the event is cancelled"


def window(
    capacity: int | None,
    opens_at: datetime.datetime | None,
    closes_at: datetime.datetime | None,
    held_on: datetime.date,
    now: datetime.datetime,
    cancelled_at: datetime.datetime | None = None,
) -> Window:
    """``now`` stands in the house's own time zone; without a closing time registration ends with the day of the event."""
    if cancelled_at:
        return Window.CANCELLED
    if capacity is None:
        return Window.NONE
    if opens_at and now < opens_at:
        return Window.EARLY
    if (closes_at and now >= closes_at) or now.date() > held_on:
        return Window.CLOSED
    return Window.OPEN


@dataclass(frozen=True)
class Balance:
    """How one material stands in stock and at one event: what lies there, what came there, the most shown at once.

    ``kept`` is the part of the stock that is reserved for other events.
    """

    in_stock: int = 0
    kept: int = 0
    at_event: int = 0
    taken_out: int = 0
    most_shown: int = 0


@dataclass(frozen=True)
class Limit:
    quantity: int
    because: str


def most(direction: Direction, balance: Balance, was: int = 0) -> Limit | None:
    """The most that may move; ``was`` is the quantity already counted when a movement is corrected."""
    if direction == Direction.OUT:
        because = f"在库 {balance.in_stock}，其中 {balance.kept} 留给别的场次"
        return Limit(balance.in_stock - balance.kept + was, because if balance.kept else "库里只有这么多")
    if direction in EFFECT_ON_EVENT:
        return Limit(balance.at_event + was, "活动现场只有这么多")
    if direction == Direction.SHOWN:
        # what was shown may have gone back since: a correction looks at what had come
        return Limit(balance.taken_out if was else balance.at_event, "活动现场只有这么多")
    return None


def least(direction: Direction, balance: Balance, was: int) -> Limit:
    """The least to which a movement of ``was`` may be corrected."""
    limits = [Limit(1, "数量要大于 0")]
    if EFFECT_ON_STOCK.get(direction, 0) > 0:
        because = "入库以后已经出库和留出这么多" if balance.kept else "入库以后已经出库这么多"
        limits.append(Limit(was - balance.in_stock + balance.kept, because))
    if EFFECT_ON_EVENT.get(direction, 0) > 0:
        limits.append(Limit(was - balance.at_event, "出库以后已经发放、退回或损耗这么多"))
        limits.append(Limit(was - balance.taken_out + balance.most_shown, "活动现场已经展出这么多"))
    return max(limits, key=lambda limit: limit.quantity)


def objection(direction: Direction, quantity: int, unit: str, balance: Balance, was: int = 0) -> str:
    """Why this quantity cannot move, with the quantity that can; empty when it can."""
    low, high = least(direction, balance, was), most(direction, balance, was)
    if high is not None and quantity > high.quantity:
        return f"最多 {high.quantity} {unit}：{high.because}"
    if quantity < low.quantity:
        return f"至少 {low.quantity} {unit}：{low.because}"
    return ""


def moved(balance: Balance, direction: Direction, quantity: int) -> Balance:
    """The balance after a movement."""
    return Balance(
        in_stock=balance.in_stock + EFFECT_ON_STOCK.get(direction, 0) * quantity,
        kept=balance.kept,
        at_event=balance.at_event + EFFECT_ON_EVENT.get(direction, 0) * quantity,
        taken_out=balance.taken_out + (quantity if direction == Direction.OUT else 0),
        most_shown=max(balance.most_shown, quantity if direction == Direction.SHOWN else 0),
    )


@dataclass
class Ledger:
    """Movements tried out in memory before any of them is written."""

    _stock: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _events: dict[tuple[str, str], Balance] = field(default_factory=lambda: defaultdict(Balance))

    def move(self, material: str, event: str, direction: Direction, quantity: int, unit: str) -> str:
        """Count a movement in; the objection when it cannot be, and then nothing is counted."""
        balance = replace(self._events[material, event], in_stock=self._stock[material])
        refusal = objection(direction, quantity, unit, balance)
        if not refusal:
            after = moved(balance, direction, quantity)
            self._stock[material], self._events[material, event] = after.in_stock, after
        return refusal
