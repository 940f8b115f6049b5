"""Hall's theorem: items that cannot all be seated, and the proof."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shortage:
    """`items` suit only `seats` between them, and those hold fewer than the items."""

    items: tuple[str, ...]
    seats: tuple[int, ...]


def shortage(choices: Mapping[str, Sequence[int]], capacity: int) -> Shortage | None:
    """A set of items with too few seats, or None when each can have one of its choices.

    choices: the seat numbers that suit each item; every seat holds `capacity` items.
    Kuhn's augmenting paths; when an item finds none, the items it reached are a violator of Hall's condition
    (P. Hall, "On Representatives of Subsets", 1935). Each augmentation is O(total length of `choices`).
    """
    seated: dict[int, set[str]] = {seat: set() for seats in choices.values() for seat in seats}
    for item in choices:
        found = _augment(item, choices, seated, capacity)
        if found is not None:
            return found
    return None


def _augment(
    item: str, choices: Mapping[str, Sequence[int]], seated: dict[int, set[str]], capacity: int
) -> Shortage | None:
    came_from: dict[int, str] = {}
    sits_on = {item: -1}
    queue = deque([item])
    while queue:
        mover = queue.popleft()
        for seat in choices[mover]:
            if seat in came_from:
                continue
            came_from[seat] = mover
            if len(seated[seat]) < capacity:
                _move_along(seat, came_from, sits_on, seated)
                return None
            for sitter in sorted(seated[seat] - sits_on.keys()):
                sits_on[sitter] = seat
                queue.append(sitter)
    return Shortage(tuple(i for i in choices if i in sits_on), tuple(sorted(came_from)))


def _move_along(
    seat: int, came_from: dict[int, str], sits_on: dict[str, int], seated: dict[int, set[str]]
) -> None:
    while seat != -1:
        mover = came_from[seat]
        left = sits_on[mover]
        seated[seat].add(mover)
        if left != -1:
            seated[left].remove(mover)
        seat = left
