"""The organisation tree by answers to notices: who answered what was asked, summed from the leaves to the top."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from hearth.apps.directory.models import Organisation
from hearth.apps.directory.states import Kind
from hearth.apps.notices.models import Return
from hearth.apps.notices.states import ReturnState


@dataclass
class Twig:
    """A kind of organisation, or one organisation with all below it: asked, answered, late; ``missing`` names who has not."""

    label: str | Promise
    asked: int = 0
    answered: int = 0
    late: int = 0
    missing: list[str] = field(default_factory=list)
    twigs: list[Twig] = field(default_factory=list)

    @property
    def most_missing(self) -> list[str]:
        return self.missing[:6]

    def count(self, returned: Return, is_late: bool) -> None:
        self.asked += 1
        if returned.state == ReturnState.SENT:
            self.answered += 1
            return
        self.late += is_late
        if returned.org.short_name not in self.missing:
            self.missing.append(returned.org.short_name)


def grow(
    returns: Iterable[Return], organisations: Sequence[Organisation], top: Organisation, on: datetime.date
) -> Twig:
    """The tree below ``top``: kinds, their organisations, and those below these that were asked themselves.

    ``organisations`` are all that the actor sees; ``returns`` come with their ``org``.
    """
    named = {one.path: one for one in organisations}
    whole = Twig(top.short_name)
    kinds: dict[str, Twig] = {}
    branches: dict[str, Twig] = {}
    for returned in sorted(returns, key=lambda one: one.org.path):
        is_late = bool(returned.due and returned.due < on)
        path = _first_below(top.path, returned.org.path)
        branch = named.get(path, returned.org)
        kind = kinds.setdefault(branch.kind, Twig(Kind(branch.kind).label))
        if path not in branches:
            branches[path] = Twig(branch.short_name)
            kind.twigs.append(branches[path])
        for twig in (whole, kind, branches[path]):
            twig.count(returned, is_late)
        if returned.org.path != path:
            _leaf(branches[path], returned, is_late)
    whole.twigs = [kinds[kind] for kind in Kind if kind in kinds]
    return whole


def _first_below(top: str, path: str) -> str:
    """Of ``0001.0003.0007.`` below ``0001.`` the path ``0001.0003.``"""
    rest = path.removeprefix(top)
    return top + rest.partition(".")[0] + "." if rest else top


def _leaf(branch: Twig, returned: Return, is_late: bool) -> None:
    name = returned.org.short_name
    leaf = next((one for one in branch.twigs if one.label == name), None)
    if leaf is None:
        leaf = Twig(name)
        branch.twigs.append(leaf)
    leaf.count(returned, is_late)
