"""What the form of a return draws: ``{% load answering %}``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hearth.web.ui.answering import Asked
from hearth.web.ui.forms import Origin, row

register = template.Library()


@register.inclusion_tag("ui/forms/row.html")
def answer_row(asked: Asked) -> dict[str, Any]:
    """A field with what is wrong, why it was sent back, and the file that is already there."""
    assert asked.row is not None
    if asked.faults:
        asked.row.field.widget.attrs["class"] = "bad"
        asked.row.field.widget.attrs["aria-invalid"] = "true"
    back = (_("退回：%s") % asked.reason,) if asked.reason else ()
    drawn = replace(row(asked.row), errors=(*back, *asked.faults))
    if asked.kept:
        size = filesizeformat(asked.kept.size)
        told = _("已传：%(name)s（%(size)s）。再选一个就换掉它。") % {"name": asked.kept.name, "size": size}
        drawn = replace(drawn, origin=Origin(told), optional=False)
    hidden = "" if not asked.field.is_file else str(asked.row.form[asked.field.key])
    return {"row": replace(drawn, drawn=SafeString(drawn.drawn + hidden))}


@register.simple_tag
def bare(cell: BoundField) -> SafeString:
    """A cell of a table: the control alone, named by its line and column."""
    kind = "form-select" if isinstance(cell.field.widget, forms.Select) else "form-control"
    return cell.as_widget(attrs={"class": kind})
