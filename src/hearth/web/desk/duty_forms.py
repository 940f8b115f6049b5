"""What is typed about a duty: the task itself, what shows that it is done, why it is handed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Duty
from hearth.apps.campaigns.states import Part
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Organisation
from hearth.web.desk.person_field import PersonField
from hearth.web.desk.record_page import offer
from hearth.web.ui.forms import DayInput, FileButton, RowForm


class DutyForm(RowForm):
    task = forms.CharField(label=_("任务"), max_length=200, help_text=_("做完了看得出来的一件事。"))
    part = forms.ChoiceField(label=_("部分"), choices=Part.choices)
    person = PersonField(label=_("责任人"), help_text=_("一件任务一个人。存了就告诉本人。"))
    deputy = PersonField(label=_("代理人"), required=False, help_text=_("责任人不在岗时接手。"))
    due = forms.DateField(label=_("期限"), widget=DayInput)
    lead: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("牵头单位"), queryset=None)
    supporting = forms.CharField(
        label=_("协办单位"), max_length=200, required=False, help_text=_("几个单位用顿号隔开。")
    )

    @classmethod
    def among(cls, by: Actor, data: QueryDict | None, initial: dict[str, Any]) -> DutyForm:
        form = cls(data, initial=initial)
        for name in ("person", "deputy"):
            offer(form, name, directory.people(by).order_by("org__path", "name"))
        offer(form, "lead", directory.organisations(by))
        return form

    @classmethod
    def of(cls, duty: Duty, by: Actor, data: QueryDict | None = None) -> DutyForm:
        return cls.among(by, data, {name: getattr(duty, name) for name in cls.base_fields})


class FinishForm(RowForm):
    evidence = forms.CharField(
        label=_("佐证"),
        max_length=200,
        required=False,
        help_text=_("文件名、文号或网址，别人照着能找到；或者在下面传文件。"),
    )
    file = forms.FileField(label=_("佐证文件"), required=False, widget=FileButton())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not said.get("evidence") and not said.get("file"):
            self.add_error("evidence", ValidationError(_("还没有填。写在哪里能找到，或者传一个文件。")))
        return said


class HandOverForm(RowForm):
    why = forms.CharField(label=_("为什么移交"), max_length=200, help_text=_("如：6月3日至8日出差。"))
