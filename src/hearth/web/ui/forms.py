"""Forms as the house shows them: label left, field right, where a value comes from under it, errors beside the field.

Any Django form is drawn so by ``{% form_rows form %}``; ``RowForm`` adds origins and plainer words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Origin:
    """Where a value that is already filled in comes from, and the way there."""

    text: Text
    href: str = ""
    link: Text = ""


@dataclass(frozen=True)
class Pick:
    """A choice with its reasons: the whole row is the target."""

    title: Text
    why: Text = ""

    def __str__(self) -> str:
        return str(self.title)


class Quantity(forms.TextInput):
    """A number with its unit inside the frame; what was typed wrongly stays to be seen."""

    template_name = "ui/widgets/quantity.html"

    def __init__(self, unit: Text, attrs: dict[str, Any] | None = None) -> None:
        self.unit = unit
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"unit": self.unit}


class ClockInput(forms.TimeInput):
    """A time of the day, to the minute."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class FileButton(forms.FileInput):
    """A file field whose button speaks the language of the page."""

    template_name = "ui/widgets/file.html"

    def __init__(self, said: Text = "", attrs: dict[str, Any] | None = None) -> None:
        self.said = said or _("选文件")
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"said": self.said}


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Picks(forms.RadioSelect):
    """Choices as rows with reasons; labels may be ``Pick``."""

    template_name = "ui/widgets/picks.html"


class RowForm(forms.Form):
    """A form that knows where its values come from; ``origins`` are keyed by field name."""

    def __init__(self, *args: Any, origins: Mapping[str, Origin] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.origins = origins or {}
        for field in self.fields.values():
            field.error_messages["required"] = _("还没有填。")
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == NOTHING_SAID:
                field.empty_label = _("请选") if field.required else _("不选")

    def add_error(self, field: str | None, error: Any) -> None:
        """A fault with its value, what it should be, and an example; a field's own words are kept."""
        if field in self.fields and isinstance(error, ValidationError) and not hasattr(error, "error_dict"):
            typed = str(self[field].data or "")[:LONGEST_TYPED]
            error = ValidationError([_plainer(self.fields[field], one, typed) for one in error.error_list])
        super().add_error(field, error)


LONGEST_TYPED = 40
NOTHING_SAID = "---------"
"""Django's words for no choice."""
SHOULD_BE: tuple[tuple[type[forms.Field], str, Text], ...] = (
    (forms.FloatField, "invalid", _("“%(typed)s”应为数字，如 12.5。")),
    (forms.DecimalField, "invalid", _("“%(typed)s”应为数字，如 12.5。")),
    (forms.IntegerField, "invalid", _("“%(typed)s”应为整数，如 12。")),
    (forms.DateField, "invalid", _("“%(typed)s”应为日期，如 2020-06-12。")),
    (forms.DateTimeField, "invalid", _("“%(typed)s”应为日期和时间，如 2020-06-12 13:30。")),
    (forms.IntegerField, "min_value", _("“%(typed)s”应为 %(limit)s 或更大的数，如 %(limit)s。")),
    (forms.IntegerField, "max_value", _("“%(typed)s”应为 %(limit)s 或更小的数，如 %(limit)s。")),
    (forms.CharField, "max_length", _("最多 %(limit)s 字，现在 %(now)s 字。请删短。")),
    (forms.ChoiceField, "invalid_choice", _("“%(typed)s”不在可选的里面，请从列出的里面选。")),
    (forms.ModelChoiceField, "invalid_choice", _("选的这一项已经不在了，请从列出的里面另选。")),
)


def _plainer(field: forms.Field, error: ValidationError, typed: str) -> ValidationError:
    wanted = next(
        (said for kind, code, said in SHOULD_BE if isinstance(field, kind) and code == error.code), ""
    )
    if not wanted or not _is_djangos(field, error):
        return error
    params = error.params or {}
    words = {"typed": typed, "limit": params.get("limit_value"), "now": params.get("show_value")}
    return ValidationError(wanted % words, code=error.code)


def _is_djangos(field: forms.Field, error: ValidationError) -> bool:
    """Whether the words are Django's own: a validator's, or the default of the field's kind."""
    if error.code in ("min_value", "max_value", "max_length"):
        return error.code not in field.error_messages
    defaults = (getattr(kind, "default_error_messages", {}).get(error.code) for kind in type(field).__mro__)
    return str(error.message) in {str(one) for one in defaults if one}


class Control(StrEnum):
    """What stands in the row: one field with a label, one box to tick, or a group of choices."""

    FIELD = "field"
    TICK = "tick"
    GROUP = "group"


@dataclass(frozen=True)
class Row:
    control: Control
    id: str
    about: str
    label: Text
    optional: bool
    drawn: SafeString
    hint: Text
    origin: Origin | None
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """Something wrong in a form; ``href`` leads to its field and is empty when it concerns the whole."""

    href: str
    label: Text
    text: str


def row(field: BoundField) -> Row:
    control = _control(field.field.widget)
    if control is Control.GROUP and not isinstance(field.field.widget, Picks):
        cast(Any, field.field.widget).template_name = "ui/widgets/choices.html"
    about = f"{field.auto_id}_about"
    attrs: dict[str, str | bool] = {"class": _class(field)}
    if control is not Control.GROUP:
        attrs["aria-describedby"] = about
    return Row(
        control=control,
        id=field.auto_id,
        about=about,
        label=field.label,
        optional=not field.field.required and control is Control.FIELD,
        drawn=field.as_widget(attrs=attrs),
        hint=field.help_text,
        origin=getattr(field.form, "origins", {}).get(field.name),
        errors=tuple(map(str, field.errors)),
    )


def faults(form: BaseForm) -> Iterator[Fault]:
    for text in form.non_field_errors():
        yield Fault(href="", label="", text=str(text))
    for field in form:
        for text in field.errors:
            yield Fault(href=f"#{field.auto_id}", label=field.label, text=str(text))


def _control(widget: forms.Widget) -> Control:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return Control.GROUP
    return Control.TICK if isinstance(widget, forms.CheckboxInput) else Control.FIELD


def _class(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.FileInput):
        kind = "visually-hidden" if isinstance(widget, FileButton) else "form-control"
    elif isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "form-check-input"
    else:
        kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
    return " ".join(filter(None, [widget.attrs.get("class"), kind, "bad" if field.errors else ""]))
