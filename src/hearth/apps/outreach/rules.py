"""What the ledger of materials allows: nothing leaves that is not there, nothing is undone that went on."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from hearth.apps.outreach.states import EFFECT_ON_EVENT, EFFECT_ON_STOCK, Direction


@dataclass(frozen=True)
class Balance:
    """How one material stands in stock and at one event: what lies there, what came there, the most shown at once."""

    in_stock: int = 0
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
        return Limit(balance.in_stock + was, "库里只有这么多")
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
        limits.append(Limit(was - balance.in_stock, "入库以后已经出库这么多"))
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
