"""What the returns to a notice add up to along the tree, who adds what, and events that are counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Permission
from hearth.apps.notices import actions, queries
from hearth.apps.notices.actions import NoticeRefused
from hearth.apps.notices.models import Duplicate, Notice, Return
from hearth.apps.notices.queries import crediting, rolling
from hearth.apps.notices.queries.rolling import Branch, Rolled
from hearth.apps.notices.rules.fields import Field
from hearth.apps.notices.states import FieldKind, ReturnState
from hearth.lib import workbooks
from hearth.lib.tables import Column as Heading
from hearth.lib.tables import Kind, Value
from hearth.web.desk import said
from hearth.web.desk.campaign_frame import frame
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.amounts import masked
from hearth.web.ui.listing import XLSX

TEXTS = (FieldKind.SHORT, FieldKind.LONG)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def roll_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree with its sums; ``of`` and ``under`` open one number into who adds what to it."""
    found, by = _notice(request, pk), acting(request)
    shown = frame(request, found.campaign_id, "desk:notices")
    columns = rolling.columns(found.form)
    branches = rolling.roll_up(found, by=by)
    rolled = next((one for one in columns if one.name == request.GET.get("of")), None)
    written = found.form.field(request.GET.get("texts", ""))
    under = request.GET.get("under", "")
    return render(
        request,
        "desk/notice_roll_up.html",
        {
            "frame": shown,
            "notice": found,
            "columns": columns,
            "lines": [
                (one, [(column, one.total.of(column.name)) for column in columns])
                for one in branches
                if _is_shown(one)
            ],
            "rolled": rolled,
            "under": Organisation.objects.filter(path=under).first() if under else found.issuer,
            "parts": rolling.drill(found, rolled, under or found.issuer.path, by=by) if rolled else (),
            "texts": [one for one in found.form if one.kind in TEXTS],
            "written": written,
            "said": rolling.texts(found, written.key, by=by) if written else (),
            "missing": queries.outstanding(by, found),
            "pairs": crediting.suggested(found, by=by),
            "confirmed": crediting.confirmed(found, by=by),
            "may_credit": by.may(Permission.ISSUE_NOTICES) and found.issuer.path.startswith(by.path),
        },
    )


def _is_shown(branch: Branch) -> bool:
    """Single organisations stand under an opened number; the tree lists what has something below it."""
    return branch.total.receivers > 1 or branch.depth == 0


@requires(Permission.ISSUE_NOTICES)
@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Count an event that two reported for its owner."""
    found, by = _notice(request, pk), acting(request)
    try:
        owner, copy = (_place(request.POST.get(name, "")) for name in ("owner", "copy"))
        made = actions.share_credit(
            notice=found, key=request.POST.get("key", ""), owner=owner, copy=copy, by=by
        )
    except (NoticeRefused, ValueError) as refused:
        messages.error(request, str(refused))
    else:
        undo = reverse("desk:notice_part", args=[made.pk])
        notes.done(request, _("已并作一件：汇总只计主办的一家，两家都有记录。"), undo=undo)
    return redirect("desk:notice_roll_up", pk)


@requires(Permission.ISSUE_NOTICES)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    rows: QuerySet[Duplicate] = Duplicate.objects.visible_to(acting(request)).select_related("notice__issuer")
    found = get_object_or_404(rows, pk=pk)
    try:
        actions.part_credit(duplicate=found, by=acting(request))
    except NoticeRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(request, _("已分开，两家各计各的。"))
    return redirect("desk:notice_roll_up", found.notice_id)


def _place(text: str) -> tuple[int, int]:
    returned, _comma, line = text.partition(",")
    if not (returned.isdecimal() and line.isdecimal()):
        raise ValueError(_("没有选中要并的两行，请刷新页面再选。"))
    return int(returned), int(line)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything in one Excel file: sums along the tree, every answer with unit and contact, lines of tables, who is missing."""
    found, by = _notice(request, pk), acting(request)
    returns = list(queries.returns(by, found).prefetch_related("answers"))
    sheets = [_sums(found, by), _answers(found, returns), *_tables(found, returns), _missing(returns)]
    name = f"{found.title[:60]}_{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(
        workbooks.write(sheets),
        content_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )


def _sums(notice: Notice, by: Actor) -> workbooks.Sheet:
    columns = rolling.columns(notice.form)
    return workbooks.Sheet(
        title="汇总",
        columns=(
            Heading(name="组织及下级"),
            Heading(name="层级", kind=Kind.INTEGER),
            Heading(name="应报", kind=Kind.INTEGER),
            Heading(name="已报", kind=Kind.INTEGER),
            *(Heading(name=_named(column), kind=Kind.DECIMAL) for column in columns),
        ),
        rows=(
            [
                one.organisation.name,
                one.depth,
                one.total.receivers,
                one.total.answered,
                *(one.total.of(column.name) for column in columns),
            ]
            for one in rolling.roll_up(notice, by=by)
        ),
    )


def _named(column: Rolled) -> str:
    return f"{column.label}（{column.unit}）" if column.unit else column.label


UNIT: tuple[tuple[str, Callable[[Return], Value]], ...] = (
    ("单位", lambda one: one.org.name),
    ("类别", lambda one: str(one.org.get_kind_display())),
    ("联系人", lambda one: one.contact or one.org.contact),
    ("电话", lambda one: masked(one.phone or one.org.phone)),
    ("状态", lambda one: str(one.get_state_display())),
)


def _of_unit(one: Return) -> list[Value]:
    return [read(one) for _label, read in UNIT]


def _answers(notice: Notice, returns: Sequence[Return]) -> workbooks.Sheet:
    columns = said.columns(notice.form)
    return workbooks.Sheet(
        title="各单位",
        columns=(
            *(Heading(name=label) for label, _read in UNIT),
            Heading(name="报送日期", kind=Kind.DATE),
            *(Heading(name=str(column.label), kind=column.kind) for column in columns),
        ),
        rows=([*_of_unit(one), one.sent_on, *(column.value(one) for column in columns)] for one in returns),  # type: ignore[misc]
    )


def _tables(notice: Notice, returns: Sequence[Return]) -> Iterator[workbooks.Sheet]:
    for table in notice.form:
        if table.kind == FieldKind.TABLE and not table.lines:
            yield workbooks.Sheet(
                title=table.label[:31],
                columns=(
                    *(Heading(name=label) for label, _read in UNIT),
                    *(Heading(name=one.label) for one in table.columns),
                    Heading(name="计入汇总"),
                ),
                rows=_lines(table, returns),
            )


def _lines(table: Field, returns: Sequence[Return]) -> Iterator[list[Value]]:
    for one in returns:
        cells = {answer.cell.name: answer for answer in one.answers.all() if answer.key == table.key}
        told = {name: answer.cell.shown for name, answer in cells.items()}
        lines = sorted({answer.line for answer in cells.values()})
        for line in lines:
            own = [f"{table.key}.{line}.{column.key}" for column in table.columns]
            counted = all(cells[name].counted for name in own if name in cells)
            yield [*_of_unit(one), *(told.get(name, "") for name in own), "是" if counted else "并入别家"]


def _missing(returns: Sequence[Return]) -> workbooks.Sheet:
    return workbooks.Sheet(
        title="没有答复",
        columns=tuple(Heading(name=label) for label, _read in UNIT),
        rows=(_of_unit(one) for one in returns if one.due and one.state != ReturnState.SENT),
    )


def _notice(request: HttpRequest, pk: int) -> Notice:
    rows: QuerySet[Notice] = queries.notices(acting(request)).filter(wants_return=True)
    return get_object_or_404(rows, pk=pk)
