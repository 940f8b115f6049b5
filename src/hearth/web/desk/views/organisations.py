"""The organisation tree, opened along a search, and one organisation beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hearth.apps.directory import queries
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Kind, Permission
from hearth.web.desk import traces
from hearth.web.ui.access import acting, requires
from hearth.web.ui.amounts import masked
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

EVERY = 10_000  # the tree shows what was found on one page

ORGANISATIONS = ListPage(
    title=_("组织"),
    columns=(
        Column(_("编码"), lambda org: org.code),
        Column(_("名称"), lambda org: org.name),
        Column(_("简称"), lambda org: org.short_name),
        Column(_("类别"), lambda org: org.get_kind_display()),
        Column(_("上级"), lambda org: org.parent.short_name if org.parent else None),
        Column(_("地区"), lambda org: org.region),
        Column(_("联系人"), lambda org: org.contact),
        Column(_("电话"), lambda org: masked(org.phone)),
    ),
    order=("path",),
    search=("name", "short_name", "code", "contact"),
    search_label=_("组织、编码或联系人"),
    filters=(
        Filter("kind", _("类别"), tuple(Choice(one, one.label, Q(kind=one)) for one in Kind)),
        Filter("contact", _("联系人"), (Choice("none", _("没有联系人"), Q(contact="")),), chips=True),
    ),
    per_page=EVERY,
)


@dataclass
class Branch:
    """An organisation, or those of one kind below it, in the tree. ``below`` counts every level."""

    label: str | Promise
    org: Organisation | None = None
    depth: int = 0
    below: int = 0
    is_open: bool = False
    is_found: bool = False
    left_out: int = 0
    branches: list[Branch] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """Everything the actor sees, ready to be opened along what a search found."""

    top: Organisation
    children: dict[int | None, list[Organisation]]

    @classmethod
    def of(cls, actor: Actor) -> Tree:
        children: dict[int | None, list[Organisation]] = defaultdict(list)
        for org in queries.organisations(actor):
            children[org.parent_id].append(org)
        return cls(actor.org, children)

    def opened(self, found: Collection[Organisation] | None) -> Branch:
        """The tree with the ways to what was found open and the rest left out; without a search, its first level."""
        branch = self._branch(self.top, None if found is None else {org.pk for org in found}, 0)
        branch.is_open = True
        return branch

    def _branch(self, org: Organisation, found: set[int] | None, depth: int) -> Branch:
        branch = Branch(label=org.short_name, org=org, depth=depth, is_found=org.pk in (found or ()))
        for group in self._groups(org, found, depth + 1):
            branch.below += group.below
            branch.left_out += group.left_out
            if group.branches:
                branch.branches.append(group)
        if len(branch.branches) == 1:
            branch.branches = [_raised(one) for one in branch.branches[0].branches]
        branch.is_open = any(_leads_to_found(one) for one in branch.branches)
        return branch

    def _groups(self, org: Organisation, found: set[int] | None, depth: int) -> Iterator[Branch]:
        by_kind: dict[str, list[Organisation]] = defaultdict(list)
        for child in self.children[org.pk]:
            by_kind[child.kind].append(child)
        for kind, members in by_kind.items():
            branches = [self._branch(member, found, depth + 1) for member in members]
            kept = [one for one in branches if found is None or _leads_to_found(one)]
            yield Branch(
                label=Kind(kind).label,
                depth=depth,
                below=sum(1 + one.below for one in branches),
                is_open=any(_leads_to_found(one) for one in kept),
                left_out=len(branches) - len(kept),
                branches=kept,
            )


def _leads_to_found(branch: Branch) -> bool:
    return branch.is_found or branch.is_open


def _raised(branch: Branch) -> Branch:
    """One level higher: a group that stands alone is not shown."""
    branch.depth -= 1
    for one in branch.branches:
        _raised(one)
    return branch


@requires(Permission.SEE_ORGANISATIONS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    chosen = _chosen(request, actor)
    context = {
        "tree": Tree.of(actor),
        "chosen": chosen,
        "members": chosen.memberships.select_related("user").order_by("role", "user__name"),
        "traces": traces.of(chosen, actor),
    }
    rows = queries.organisations(actor).select_related("parent")
    return ORGANISATIONS.show(request, rows, "desk/organisations.html", **context)


def _chosen(request: HttpRequest, actor: Actor) -> Organisation:
    """The organisation asked for, if the actor sees it; else the actor's own."""
    asked = request.GET.get("org", "")
    found = (
        queries.organisations(actor).filter(pk=asked)
        if asked.isdecimal()
        else queries.organisations(actor).none()
    )
    return found.select_related("parent").first() or actor.org
