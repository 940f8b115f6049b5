"""The form of a return while a clerk designs it: every field as a group of inputs, all of it in one page's POST.

Nothing is stored before the notice is issued, and no script is needed: each button sends the whole and gets it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from hearth.apps.notices.rules import written
from hearth.apps.notices.rules.fields import MOST_FIELDS, Field, Form, plain
from hearth.apps.notices.states import FieldKind


def read(post: Mapping[str, str]) -> Form:
    """The fields of a POST, in the order in which they stand."""
    count = post.get("fields", "0")
    number = min(int(count), MOST_FIELDS + 1) if count.isdecimal() else 0
    return Form(tuple(_read(post, at) for at in range(number)))


def _read(post: Mapping[str, str], at: int) -> Field:
    def said(name: str, longest: int = 200) -> str:
        return post.get(f"f{at}-{name}", "").strip()[:longest]

    kind = FieldKind(said("kind")) if said("kind") in FieldKind.values else FieldKind.SHORT
    table = kind == FieldKind.TABLE
    return Field(
        key=said("key", 40),
        label=said("label", 80),
        kind=kind,
        unit=said("unit", 10),
        help=said("help"),
        required=bool(said("required")),
        least=_number(said("least")),
        most=_number(said("most")),
        choices=written.words(said("choices", 2000)) if kind == FieldKind.CHOICE else (),
        columns=tuple(written.columns(said("columns", 2000))) if table else (),
        lines=written.words(said("lines", 4000)) if table else (),
        definition=said("definition"),
        known=said("known", 80),
    )


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def changed(form: Form, do: str, kind: str) -> Form:
    """The form after a button: ``add``, ``up:3``, ``down:3``, ``remove:3``. Anything else changes nothing."""
    act, _colon, place = do.partition(":")
    fields = list(form.fields)
    if act == "add" and kind in FieldKind.values:
        return Form((*fields, Field(key=_fresh(form), label="", kind=FieldKind(kind))))
    if not place.isdecimal() or int(place) >= len(fields):
        return form
    at = int(place)
    if act == "remove":
        del fields[at]
    elif act == "up" and at:
        fields[at - 1], fields[at] = fields[at], fields[at - 1]
    elif act == "down" and at + 1 < len(fields):
        fields[at + 1], fields[at] = fields[at], fields[at + 1]
    return Form(tuple(fields))


def _fresh(form: Form) -> str:
    taken = set(form.keys)
    return next(f"f{number}" for number in range(1, MOST_FIELDS + 3) if f"f{number}" not in taken)


def titled(form: Form) -> Form:
    """Keys of fields that came without one."""
    keyed: list[Field] = []
    for one in form:
        keyed.append(one if one.key else replace(one, key=_fresh(Form(tuple(keyed)))))
    return Form(tuple(keyed))


def texts(field: Field) -> dict[str, str]:
    """What the inputs of one field show."""
    return {
        "choices": "、".join(field.choices),
        "lines": "、".join(field.lines),
        "columns": written.columns_text(field),
        "least": "" if field.least is None else plain(field.least),
        "most": "" if field.most is None else plain(field.most),
    }


def summary(kind: FieldKind) -> str:
    """What a new field of this kind asks for, in the list from which one adds."""
    told = {
        FieldKind.TABLE: _("表格：固定的指标，或可以加行的清单"),
        FieldKind.STAMPED: _("盖章件 PDF：自动和填报的数对照"),
    }
    return told.get(kind, str(kind.label))
