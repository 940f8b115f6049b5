"""The page of one record: what it says, who recorded it, the papers that stand on it, and a form to correct it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.forms import Form, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise

from hearth.apps.campaigns.models import Campaign
from hearth.apps.campaigns.queries import day_of
from hearth.apps.files.models import File
from hearth.web.desk import traces
from hearth.web.desk.records import address_of
from hearth.web.ui.access import acting

Text = str | Promise
# a record and the event of its making are written in one act
ONE_ACT = datetime.timedelta(seconds=10)


@dataclass(frozen=True)
class Fact:
    """One thing that a record says; an empty value is not shown."""

    label: Text
    value: Any
    href: str = ""


@dataclass(frozen=True)
class Deed:
    """A form under the record and the address it is sent to."""

    form: Form
    href: str
    title: Text
    button: Text


@dataclass(frozen=True)
class Place:
    """The list to which the record belongs."""

    label: Text
    href: str


def show(
    request: HttpRequest,
    record: Model,
    *,
    campaign: Campaign | None,
    place: Place,
    facts: Sequence[Fact],
    deeds: Sequence[Deed] = (),
    evidence: File | None = None,
    template: str = "desk/record.html",
    **context: Any,
) -> HttpResponse:
    refused = any(deed.form.is_bound for deed in deeds)
    left = traces.of(record, acting(request))
    shown = {
        "record": record,
        "recorder": _recorder(record, left),
        "campaign": campaign,
        "year": campaign.year if campaign else None,
        "on": day_of(campaign) if campaign else timezone.localdate(),
        "back": place,
        "facts": [fact for fact in facts if fact.value not in (None, "")],
        "deeds": deeds,
        "evidence": evidence,
        "traces": left,
        **context,
    }
    return render(request, template, shown, status=422 if refused else 200)


def _recorder(record: Model, left: traces.Traces) -> str:
    """Who recorded it; empty when that event stands in a house above, and the first one seen is a later one."""
    created = getattr(record, "created_at", None)
    if left.first is None or created is None:
        return ""
    return left.first.who if left.first.at - created < ONE_ACT else ""


def carry_out(
    request: HttpRequest,
    form: Form,
    act: Callable[[], Model],
    refusal: type[Exception] | tuple[type[Exception], ...],
    said: Text,
) -> HttpResponse | None:
    """Do what a form asks and lead to the record; None when the form is wrong or the act was refused, which the form tells."""
    if not form.is_valid():
        return None
    try:
        record = act()
    except refusal as refused:
        only = next(iter(form.fields)) if len(form.fields) == 1 else None
        form.add_error(only, str(refused))
        return None
    traces.say_changed(request, record, str(said), by=acting(request))
    return redirect(address_of(record._meta.label_lower, str(record.pk)))


def offer(form: Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of the form choose among these rows."""
    cast("ModelChoiceField[Any]", form.fields[name]).queryset = rows


def changes(form: Form) -> dict[str, Any]:
    """What a form changes: only the fields that now say something else."""
    return {name: form.cleaned_data[name] for name in form.changed_data}
