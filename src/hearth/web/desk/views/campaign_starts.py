"""Starting a campaign: from nothing, as one before went, or because a notice from above asks for it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearth.apps.campaigns import actions
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import Campaign
from hearth.apps.campaigns.states import Part
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.notices import queries as notices
from hearth.apps.notices.models import Return
from hearth.web.desk.record_page import offer
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, Origin, RowForm


class CampaignForm(RowForm):
    name = forms.CharField(
        label=_("名称"), max_length=120, help_text=_("如“全国科技工作者日”活动。年份按开始日期自动加在前面。")
    )
    theme = forms.CharField(label=_("主题"), max_length=120, required=False)
    starts = forms.DateField(label=_("开始日期"), widget=DayInput())
    ends = forms.DateField(label=_("结束日期"), widget=DayInput())
    basis = forms.CharField(
        label=_("依据"), max_length=300, required=False, help_text=_("上级的通知和文号。")
    )
    partners: forms.ModelMultipleChoiceField[Organisation] = forms.ModelMultipleChoiceField(
        label=_("联合主办"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("没有就不选。"),
    )
    parts = forms.MultipleChoiceField(
        label=_("包括"), choices=Part.choices, initial=Part.values, widget=forms.CheckboxSelectMultiple
    )

    def told(self, org: Organisation) -> dict[str, Any]:
        """The arguments of starting a campaign."""
        said = {name: self.cleaned_data[name] for name in CampaignForm.base_fields}
        year = self.cleaned_data["starts"].year
        # the year stands before the name everywhere
        said["name"] = said["name"].removeprefix(f"{year}年") or said["name"]
        return {**said, "org": org, "year": year, "parts": [Part(one) for one in said["parts"]]}


class InstructedForm(CampaignForm):
    report = forms.CharField(label=_("要报送的"), max_length=200)
    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("报送责任人"), queryset=None, help_text=_("到期前三天、前一天和当天提醒他。")
    )


@dataclass(frozen=True)
class Pattern:
    """What the new campaign begins with: the one before, or the notice from above; neither for one from nothing."""

    previous: Campaign | None = None
    returned: Return | None = None

    def form(self, by: Actor, data: QueryDict | None) -> CampaignForm:
        asks = bool(self.returned and self.returned.due)
        kind = InstructedForm if asks else CampaignForm
        form = kind(data, initial=self._initial(), origins=self._origins())
        offer(form, "partners", directory.organisations(by).exclude(pk=by.org.pk))
        if asks:
            offer(form, "person", directory.people(by))
        return form

    def start(self, form: CampaignForm, by: Actor) -> Campaign:
        told = form.told(by.org)
        if self.previous:
            return actions.start_again(previous=self.previous, told=told, by=by)
        if self.returned:
            return actions.start_on_instruction(
                told=told,
                report=form.cleaned_data.get("report", ""),
                due=self.returned.due,
                person=form.cleaned_data.get("person"),
                by=by,
            )
        return actions.start(**told, by=by)

    def _initial(self) -> dict[str, Any]:
        if self.previous:
            one = self.previous
            starts, ends = _next_year(one.starts), _next_year(one.ends)
            return {"name": one.name, "starts": starts, "ends": ends, "parts": one.parts}
        if self.returned:
            report = gettext("按《%(notice)s》报送情况") % {"notice": self.returned.notice_title}
            return {"basis": _basis(self.returned), "report": report[:200]}
        return {}

    def _origins(self) -> dict[str, Origin]:
        if self.previous:
            return {"starts": Origin(_("上一次的日期加一年")), "name": Origin(_("上一次的名称"))}
        return {"basis": Origin(_("上级通知"))} if self.returned else {}


@requires(Permission.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    pattern = _pattern(request, by)
    form = pattern.form(by, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = pattern.start(form, by)
        except CampaignRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext("活动建好了。分工照上一次的，请逐件看看责任人和期限。")
            notes.done(request, said if pattern.previous else gettext("活动建好了。"))
            return redirect("desk:campaign", made.pk)
    context = {
        "form": form,
        "pattern": pattern,
        "before": Campaign.objects.visible_to(by).order_by("-starts")[:10],
    }
    return render(request, "desk/campaign_start.html", context, status=422 if form.errors else 200)


def _pattern(request: HttpRequest, by: Actor) -> Pattern:
    before, notice = request.GET.get("before", ""), request.GET.get("notice", "")
    if before.isdecimal():
        return Pattern(previous=get_object_or_404(Campaign.objects.visible_to(by), pk=int(before)))
    if notice.isdecimal():
        return Pattern(returned=get_object_or_404(notices.inbox(by), pk=int(notice)))
    return Pattern()


def _basis(returned: Return) -> str:
    number = f"（{returned.document_number}）" if returned.document_number else ""
    return f"{returned.issuer.name}《{returned.notice_title}》{number}"[:300]


def _next_year(day: datetime.date) -> datetime.date:
    """The same day of the year that comes after it and is not over; 28 February for the leap day."""
    year = max(day.year + 1, timezone.localdate().year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
