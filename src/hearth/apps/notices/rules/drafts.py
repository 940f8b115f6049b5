"""Two windows that write the same draft: what each changed is kept, and where both changed it people are told."""

from collections.abc import Mapping
from dataclasses import dataclass

from hearth.apps.notices.rules.fields import Said


@dataclass(frozen=True)
class Merged:
    """``said`` is to be kept; ``clashes`` tells by name what another window wrote meanwhile and what still stands."""

    said: dict[str, str]
    clashes: Mapping[str, str]


def merge(base: Said, mine: Said, kept: Said) -> Merged:
    """Three ways: what this window saw when it opened, what it says now, and what is kept by now.

    Only what this window changed is written. What another window changed to something else meanwhile is not overwritten:
    it stands, and the difference is told. A window that saves again knowing it (its base is what is kept) prevails.
    """
    said = dict(kept)
    clashes = {}
    for name, text in mine.items():
        before, now = base.get(name, ""), kept.get(name, "")
        if text in (before, now):
            continue
        if now == before:
            said[name] = text
        else:
            clashes[name] = now
    return Merged({name: text for name, text in said.items() if text}, clashes)
