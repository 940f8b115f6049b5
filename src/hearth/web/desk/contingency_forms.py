"""What is typed into the contingency plan: levels, plans B, what they change, resources, and the switch itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Campaign, Level
from hearth.apps.campaigns.queries import day_of
from hearth.apps.contingency import queries
from hearth.apps.contingency.models import PlanB
from hearth.apps.contingency.states import What
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor
from hearth.apps.meetings.models import Forum
from hearth.apps.outreach.models import OutreachEvent
from hearth.web.desk.person_field import PersonField
from hearth.web.desk.record_page import offer
from hearth.web.ui.forms import ClockInput, DayInput, RowForm


class PlanForm(RowForm):
    """What a plan B says; a level says its rank besides."""

    name = forms.CharField(label=_("名称"), max_length=40)
    trigger = forms.CharField(
        label=_("触发条件"), max_length=300, help_text=_("谁看了都能判断，如：预计雨量 30 毫米以上。")
    )
    set_on = forms.DateField(label=_("触发条件定于"), widget=DayInput)
    lead = PersonField(label=_("负责人"))
    deputy = PersonField(label=_("代理人"), required=False, help_text=_("负责人不在，由谁来定。"))
    measures = forms.CharField(label=_("措施"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    message = forms.CharField(
        label=_("写好的短信"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("启动时发给参加的人，那时还可以改。"),
    )

    @classmethod
    def among(cls, by: Actor, data: QueryDict | None, initial: dict[str, Any]) -> PlanForm:
        form = cls(data, initial=initial)
        for name in ("lead", "deputy"):
            offer(form, name, directory.people(by).order_by("org__path", "name"))
        return form

    @classmethod
    def of(cls, record: Level | PlanB, by: Actor, data: QueryDict | None = None) -> PlanForm:
        return cls.among(by, data, {name: getattr(record, name) for name in cls.base_fields})


class LevelForm(PlanForm):
    rank = forms.IntegerField(label=_("次序"), min_value=1, max_value=99, help_text=_("1 最严，数越大越松。"))
    set_on = forms.DateField(label=_("触发条件定于"), widget=DayInput, required=False)
    measures = forms.CharField(label=_("措施"), widget=forms.Textarea(attrs={"rows": 4}))
    field_order = ("name", "rank")


class ChangeForm(RowForm):
    activity = forms.ChoiceField(label=_("哪一项活动"))
    what = forms.ChoiceField(label=_("怎么变"), choices=What.choices)
    place = forms.CharField(label=_("改到哪里"), max_length=120, required=False)
    held_on = forms.DateField(label=_("改到哪天"), required=False, widget=DayInput)
    starts = forms.TimeField(label=_("改到几点"), required=False, widget=ClockInput)
    ends = forms.TimeField(
        label=_("几点结束"),
        required=False,
        widget=ClockInput,
        help_text=_("不填的不变；取消的，都不用填。对接会的各时段跟着第一个时段走。"),
    )

    def __init__(self, data: QueryDict | None, campaign: Campaign, by: Actor) -> None:
        super().__init__(data)
        today = day_of(campaign)
        coming_first = sorted(queries.activities(by, campaign), key=lambda one: one.held_on < today)
        self.offered = {_key(one): one for one in coming_first}
        choices = [(key, _named(one)) for key, one in self.offered.items()]
        self.fields["activity"].choices = choices  # type: ignore[attr-defined]

    @property
    def prepared(self) -> dict[str, Any]:
        """As ``actions.prepare`` takes it."""
        said = dict(self.cleaned_data)
        return {**said, "activity": self.offered[said["activity"]], "what": What(said["what"])}


def _key(activity: OutreachEvent | Forum) -> str:
    return f"{activity._meta.model_name}-{activity.pk}"


def _named(activity: OutreachEvent | Forum) -> str:
    return f"{activity}（{queries.arrangement_of(activity).said}）"


class ResourceForm(RowForm):
    name = forms.CharField(label=_("什么"), max_length=60)
    amount = forms.CharField(label=_("数量、存放处"), max_length=80, required=False)
    who = forms.CharField(label=_("联系人"), max_length=40, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    level: forms.ModelChoiceField[Level] = forms.ModelChoiceField(
        label=_("给哪一级"), queryset=None, required=False, empty_label=_("各级都用")
    )

    def __init__(self, data: QueryDict | None, campaign: Campaign, by: Actor) -> None:
        super().__init__(data)
        offer(self, "level", queries.levels(by).filter(campaign=campaign))


class SwitchForm(RowForm):
    why = forms.CharField(
        label=_("为什么启动"),
        max_length=300,
        help_text=_("看到了什么，如：气象台 13:40 发橙色预警。会记下来。"),
    )
    message = forms.CharField(
        label=_("短信"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class UndoForm(RowForm):
    why = forms.CharField(label=_("为什么撤销"), max_length=300)
