"""What templates may say: ``{% load hearth %}``. How to use each stands in docs/pages.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hearth.apps.agreements.models import Clause, Undertaking
from hearth.apps.directory import queries
from hearth.web.ui import amounts, days, standing
from hearth.web.ui.accounts import home_of
from hearth.web.ui.forms import faults, row
from hearth.web.ui.listing import Listing
from hearth.web.ui.navigation import Place, Section, sections
from hearth.web.ui.parts import Chart, Figure, Shape, Share, Square, Tab, Tally

register = template.Library()


@register.filter
def day(value: days.Day | None, year: int | None = None) -> str:
    return days.day(value, year) if value else ""


@register.filter
def whole_day(value: days.Day | None) -> str:
    return days.whole_day(value) if value else ""


@register.filter
def moment(value: datetime | None, year: int | None = None) -> str:
    return days.moment(value, year) if value else ""


@register.filter
def weekday(value: days.Day | None) -> str:
    return days.weekday(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    return days.clock(value) if value else ""


@register.filter
def amount(value: Decimal | int | None) -> str:
    return "" if value is None else amounts.amount(value)


@register.filter
def masked(value: str | None) -> str:
    return amounts.masked(value or "")


@register.simple_tag
def span(first: days.Day, last: days.Day, year: int | None = None) -> str:
    return days.span(first, last, year)


@register.simple_tag
def state(shape: str, label: Any) -> SafeString:
    return format_html('<span class="st st-{}">{}</span>', Shape(shape), label)


@register.simple_tag
def clause_state(clause: Clause | Undertaking, on: date) -> SafeString:
    said = standing.of_clause(clause, on)
    return format_html('<span class="st st-{}">{}</span>', said.shape, said.text)


@register.simple_tag
def quantity(value: Any, unit: Any) -> SafeString:
    return format_html("{}<small> {}</small>", value, unit)


@register.simple_tag(takes_context=True)
def menu(context: Context, place: str) -> tuple[Section, ...]:
    return sections(
        Place(place),
        actor=context.get("actor"),
        path=context["request"].path,
        counts=context.get("nav"),
    )


@register.simple_tag(takes_context=True)
def home(context: Context) -> str:
    """Where this visitor's work waits."""
    return home_of(context["request"])


@register.simple_tag(takes_context=True)
def memberships(context: Context) -> list[Any]:
    user = context["user"]
    return list(queries.memberships_of(user.pk)) if user.is_authenticated else []


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Sequence[Tab], label: Any) -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("ui/components/mail_off.html")
def mail_off() -> dict[str, Any]:
    """Said where something is to be sent, when this house cannot send e-mails."""
    return {"off": not settings.MAIL_SET_UP}


@register.inclusion_tag("ui/components/figures.html")
def figures(items: Sequence[Figure]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("ui/components/bar.html")
def bar(done: float, total: float, label: Any, late: float = 0) -> dict[str, Any]:
    """Progress: the finished part, and of the rest what is late."""
    whole = total or 1
    return {
        "done": _percent(done, whole),
        "late": _percent(late, whole),
        "finished": bool(total) and done >= total,
        "label": label,
    }


@register.inclusion_tag("ui/components/shares.html")
def shares(items: Sequence[Share], label: Any, of: float = 0, tall: bool = False) -> dict[str, Any]:
    """Parts of a whole; ``of`` is the whole when the parts do not fill it."""
    whole = of or sum(item.value for item in items) or 1
    parts = [(item, _percent(item.value, whole)) for item in items]
    return {"parts": parts, "label": label, "tall": tall}


@register.inclusion_tag("ui/components/track.html")
def track(done: int, total: int, label: Any) -> dict[str, Any]:
    """Steps of a way: the first ``done`` of ``total`` are behind."""
    return {"steps": [step < done for step in range(total)], "label": label}


@register.inclusion_tag("ui/components/cells.html")
def cells(items: Sequence[Square]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("ui/components/legend.html")
def legend(items: Sequence[Tally]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("ui/components/chart.html")
def chart(drawn: Chart) -> dict[str, Any]:
    return {"chart": drawn}


@register.inclusion_tag("ui/components/empty.html")
def empty(title: Any, text: Any = "", href: str = "", action: Any = "") -> dict[str, Any]:
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("ui/components/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any]) -> dict[str, Any]:
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("ui/components/head.html")
def head(listing: Listing) -> dict[str, Any]:
    """The head row of a list, with its links for sorting."""
    return {"heads": listing.heads}


@register.inclusion_tag("ui/forms/rows.html")
def form_rows(form: BaseForm, *names: str) -> dict[str, Any]:
    """The fields of a form as rows: all of them, or those named."""
    chosen = [form[name] for name in names] if names else form.visible_fields()
    hidden = [] if names else form.hidden_fields()
    return {"rows": [row(field) for field in chosen], "hidden": hidden}


@register.inclusion_tag("ui/forms/row.html")
def form_row(field: BoundField) -> dict[str, Any]:
    return {"row": row(field)}


@register.inclusion_tag("ui/forms/stacked.html")
def form_stack(form: BaseForm, *names: str) -> dict[str, Any]:
    """Label above field, for short forms such as the sign-in: all fields, or those named."""
    return form_rows(form, *names)


@register.inclusion_tag("ui/forms/faults.html")
def form_faults(*bound: BaseForm) -> dict[str, Any]:
    """Everything that is wrong, each with a link to its field; nothing when nothing is."""
    return {"faults": [fault for form in bound for fault in faults(form)]}


def _percent(part: float, whole: float) -> str:
    return f"{min(100.0, max(0.0, 100 * part / whole)):.1f}%"
