"""The form of a return on a page: with an account at the desk, or by the organisation's own link."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hearth.apps.directory.models import Actor
from hearth.apps.files.actions import FileRefused
from hearth.apps.files.models import File
from hearth.apps.notices import actions, queries
from hearth.apps.notices.actions import AnswerWrong
from hearth.apps.notices.models import Return
from hearth.apps.notices.queries import knowing
from hearth.apps.notices.rules import burden, fields
from hearth.apps.notices.rules.fields import Field, Form
from hearth.apps.notices.states import FieldKind
from hearth.web.ui.forms import DayInput, FileButton, Origin, Quantity, RowForm

FILE_SUFFIX = "__file"
LONGEST_BASE = 400_000
SPARE_LINES = 2


class AnswerForm(RowForm):
    """Texts only: what is right is decided by ``rules.fields``, for every way in alike."""

    def __init__(
        self, asked: Form, said: Mapping[str, str], *, lines: int, origins: Mapping[str, Origin]
    ) -> None:
        super().__init__(initial=dict(said), origins=origins)
        self.asked = asked
        for name, one, _place in fields.names(asked, _widened(asked, said, lines)):
            self.fields[name] = _control(one)
            if one.is_file:
                self.fields[name].widget = forms.HiddenInput()
                self.fields[name + FILE_SUFFIX] = forms.FileField(
                    label=one.label, required=one.required, help_text=one.help, widget=FileButton()
                )


def _widened(asked: Form, said: Mapping[str, str], lines: int) -> dict[str, str]:
    """Room for more lines in the tables that grow."""
    shown = dict(said)
    for one in asked:
        if one.kind == FieldKind.TABLE and not one.lines and one.columns:
            last = min(fields.lines_of(one, said) + lines, fields.MOST_LINES) - 1
            shown.setdefault(fields.name_of(one.key, last, one.columns[0].key), "·")
    return shown


def _control(one: Field) -> forms.Field:
    common: dict[str, Any] = {"label": one.label, "required": one.required, "help_text": _about(one)}
    if one.is_number:
        mode = "numeric" if one.kind == FieldKind.WHOLE else "decimal"
        return forms.CharField(widget=Quantity(one.unit, {"inputmode": mode}), **common)
    if one.kind == FieldKind.CHOICE:
        choices = [("", _("请选")), *((choice, choice) for choice in one.choices)]
        return forms.ChoiceField(choices=choices, **common)
    if one.kind == FieldKind.LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **common)
    return forms.CharField(widget=DayInput() if one.kind == FieldKind.DATE else forms.TextInput(), **common)


def _about(one: Field) -> str:
    return "　".join(filter(None, [one.help, _("口径：%s") % one.definition if one.definition else ""]))


@dataclass(frozen=True)
class TableRow:
    label: str
    cells: tuple[BoundField, ...]


@dataclass(frozen=True)
class Asked:
    """One field as the page draws it: a row, a table, or a file with what is already there."""

    field: Field
    row: BoundField | None = None
    table: tuple[TableRow, ...] = ()
    faults: tuple[str, ...] = ()
    kept: File | None = None
    reason: str = ""


@dataclass(frozen=True)
class Answering:
    """Everything that the form's template needs."""

    returned: Return
    form: AnswerForm
    base: str
    href: str
    asked: tuple[Asked, ...]
    minutes: float
    filled: int
    last: Return | None
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def faulty(self) -> tuple[tuple[str, str, str], ...]:
        """Where, what and why, for the summary above."""
        return tuple(
            (_anchor(self.form, name), _label(self.form, name), text) for name, text in self.faults.items()
        )


@dataclass(frozen=True)
class Typed:
    """What a POST brought."""

    said: dict[str, str]
    base: dict[str, str]
    faults: dict[str, str]


def typed(request: HttpRequest, returned: Return, by: Actor) -> Typed:
    """The texts of a POST, with the files kept and named by their numbers."""
    said = {name: text for name, text in request.POST.items() if isinstance(text, str)}
    faults = {}
    for one in returned.form:
        sent = request.FILES.get(one.key + FILE_SUFFIX) if one.is_file else None
        if sent is None:
            continue
        try:
            said[one.key] = str(_kept(one, str(sent.name), sent.read(), returned, by).pk)
        except FileRefused as refused:
            faults[one.key] = str(refused)
    return Typed(fields.kept(returned.form, said), _base(request.POST.get("base", "")), faults)


def _kept(one: Field, name: str, data: bytes, returned: Return, by: Actor) -> File:
    if one.kind == FieldKind.STAMPED and not name.lower().endswith(".pdf"):
        raise FileRefused(_("“%(name)s”没有存。盖章件请扫描成 PDF 再传。") % {"name": name})
    return actions.keep_file(returned=returned, name=name, data=data, by=by)


def _base(text: str) -> dict[str, str]:
    """What the window showed when it opened. Whoever sends nonsense is merged with nothing."""
    try:
        told = json.loads(text[:LONGEST_BASE] or "{}")
    except ValueError:
        return {}
    return {str(name): str(said) for name, said in told.items()} if isinstance(told, dict) else {}


def base_of(said: Mapping[str, str]) -> str:
    return json.dumps(dict(said), ensure_ascii=False)


def shown(
    returned: Return,
    *,
    href: str,
    said: Mapping[str, str] | None = None,
    base: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    lines: int = SPARE_LINES,
) -> Answering:
    """The form with what is kept of it, or with what was just typed; the house fills in what it knows."""
    kept = queries.started(returned)
    known = knowing.known(returned)
    texts = dict(kept if said is None else said)
    if said is None:
        filled = {name: one.text for name, one in known.items() if one.measure and not texts.get(name)}
        texts |= filled
    origins = {name: _origin(one, texts.get(name, "")) for name, one in known.items()}
    form = AnswerForm(returned.form, texts, lines=lines, origins=origins)
    faults = faults or {}
    files = _files(returned, texts)
    return Answering(
        returned=returned,
        form=form,
        base=base_of(kept if base is None else base),
        href=href,
        asked=tuple(_asked(one, form, faults, files, returned.field_reasons) for one in returned.form),
        minutes=sum(burden.minutes_of(one) for one in returned.form),
        filled=sum(bool(texts.get(one.key)) for one in returned.form),
        last=queries.last_of(returned),
        faults=faults,
    )


def _origin(one: knowing.Known, text: str) -> Origin:
    if one.measure and text == one.text:
        return Origin(_("已填：本单位的记录 %(records)d 条（%(measure)s）") % vars(one))
    if one.measure:
        return Origin(_("本单位的记录是 %(text)s（%(measure)s，%(records)d 条）") % vars(one))
    return Origin(_("上次填 %(text)s（%(last)s）") % {"text": one.text[:60], "last": one.last})


def _files(returned: Return, texts: Mapping[str, str]) -> dict[str, File]:
    asked = {one.key: texts.get(one.key, "") for one in returned.form if one.is_file}
    pks = [int(text) for text in asked.values() if text.isdecimal()]
    found = {file.pk: file for file in File.objects.filter(pk__in=pks, org_id=returned.org_id)} if pks else {}
    return {key: found[int(text)] for key, text in asked.items() if text.isdecimal() and int(text) in found}


def _asked(
    one: Field,
    form: AnswerForm,
    faults: Mapping[str, str],
    files: Mapping[str, File],
    reasons: Mapping[str, str],
) -> Asked:
    reason = reasons.get(one.key, "")
    own = tuple(filter(None, [faults.get(one.key)]))
    if one.kind == FieldKind.TABLE:
        return Asked(one, table=_table(one, form), faults=_of_table(one, faults), reason=reason)
    if one.is_file:
        return Asked(one, form[one.key + FILE_SUFFIX], faults=own, kept=files.get(one.key), reason=reason)
    return Asked(one, form[one.key], faults=own, reason=reason)


def _of_table(one: Field, faults: Mapping[str, str]) -> tuple[str, ...]:
    labels = {column.key: column.label for column in one.columns}
    own = [text for name, text in faults.items() if name == one.key]
    for name, text in faults.items():
        hit = fields.CELL.fullmatch(name)
        if hit and hit[1] == one.key:
            line = int(hit[2])
            place = one.lines[line] if one.lines else _("第 %(line)d 行") % {"line": line + 1}
            own.append(f"{place}“{labels[hit[3]]}”：{text}")
    return tuple(own)


def _table(one: Field, form: AnswerForm) -> tuple[TableRow, ...]:
    rows = []
    for line in range(fields.MOST_LINES):
        names = [fields.name_of(one.key, line, column.key) for column in one.columns]
        if not names or names[0] not in form.fields:
            break
        label = one.lines[line] if one.lines else str(line + 1)
        cells = tuple(form[name] for name in names)
        for cell, column in zip(cells, one.columns, strict=True):
            cell.field.widget.attrs["aria-label"] = f"{label} {column.label}"
        rows.append(TableRow(label, cells))
    return tuple(rows)


def _anchor(form: AnswerForm, name: str) -> str:
    shown = name + FILE_SUFFIX if name + FILE_SUFFIX in form.fields else name
    return f"#{form[shown].auto_id}" if shown in form.fields else f"#field-{name}"


def _label(form: AnswerForm, name: str) -> str:
    one = form.asked.field(name.partition(".")[0])
    return one.label if one else name


def send(request: HttpRequest, returned: Return, brought: Typed, by: Actor) -> Return:
    """Send what a POST brought. Raises AnswerWrong with the fault of each field, files included."""
    if brought.faults:
        raise AnswerWrong(brought.faults)
    return actions.answer(
        returned=returned,
        said=brought.said,
        base=brought.base,
        contact=request.POST.get("contact", "").strip()[:40],
        phone=request.POST.get("phone", "").strip()[:30],
        by=by,
    )


def from_last(returned: Return) -> Mapping[str, str]:
    """What the organisation sent last time, for the fields that are asked again and hold nothing yet; no files."""
    last = queries.last_of(returned)
    if last is None:
        return {}
    asked = {one.key for one in returned.form if not one.is_file}
    held = queries.started(returned)
    told = {name: text for name, text in queries.said(last).items() if name.partition(".")[0] in asked}
    return {name: text for name, text in told.items() if not held.get(name)}


@dataclass(frozen=True)
class Told:
    """A field with its answer as a page shows it."""

    field: Field
    text: str = ""
    file: File | None = None
    rows: Sequence[tuple[str, tuple[tuple[Field, str], ...]]] = ()


def told(returned: Return) -> tuple[Told, ...]:
    """What was sent, field by field."""
    said = queries.said(returned)
    files = _files(returned, said)
    return tuple(_told(one, said, files) for one in returned.form)


def _told(one: Field, said: Mapping[str, str], files: Mapping[str, File]) -> Told:
    if one.is_file:
        return Told(one, file=files.get(one.key))
    if one.kind != FieldKind.TABLE:
        text = said.get(one.key, "")
        return Told(one, text=f"{text} {one.unit}".strip() if text else "")
    rows = []
    for line in range(fields.lines_of(one, said)):
        label = one.lines[line] if one.lines else str(line + 1)
        cells = tuple(
            (column, said.get(fields.name_of(one.key, line, column.key), "")) for column in one.columns
        )
        rows.append((label, cells))
    return Told(one, rows=rows)
