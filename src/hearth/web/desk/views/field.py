"""Recording a visit on a phone, with or without a network: the page, and what it sends."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission, PersonKind
from hearth.apps.visits import actions
from hearth.apps.visits.actions import Difficulty, Entry, Given, Picture, VisitRefused
from hearth.apps.visits.states import CaseKind, Manner, Matter, Shown, Urgency, VisitedKind
from hearth.web.desk.record_page import offer
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, Quantity, RowForm
from hearth.web.ui.keeper import keeper

MOST_PICTURES = 12
MOST_ROWS = 20
MOST_NAMES = 5000
LINES = forms.Textarea(attrs={"rows": 3})


class WhoForm(RowForm):
    campaign: forms.ModelChoiceField[Campaign] = forms.ModelChoiceField(
        label=_("活动"), queryset=None, empty_label=None
    )
    visited_on = forms.DateField(label=_("日期"), widget=DayInput)
    manner = forms.ChoiceField(label=_("方式"), choices=Manner.choices)
    name = forms.CharField(
        label=_("走访对象"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
        help_text=_("从名单里选；名单里没有的，写姓名和单位，送出时登记。"),
    )
    unit = forms.CharField(
        label=_("单位"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    title = forms.CharField(label=_("职务职称"), max_length=40, required=False)
    field = forms.CharField(label=_("领域"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("类别"), choices=[("", _("没有写明")), *VisitedKind.choices], required=False
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        offer(self, "campaign", Campaign.objects.visible_to(by).select_related("org"))

    def clean_unit(self) -> Organisation:
        said = self.cleaned_data["unit"]
        units = directory.organisations(self.by)
        found = units.filter(short_name=said).first() or units.filter(name=said).first()
        if found is None:
            raise ValidationError(
                gettext("组织里没有“%(unit)s”。请从名单里选，或请干事先登记这个单位。") % {"unit": said}
            )
        return found


class WentForm(RowForm):
    leader = forms.CharField(label=_("带队领导"), max_length=40)
    on_behalf_of = forms.CharField(label=_("受谁委托"), max_length=80, required=False)
    companions = forms.CharField(label=_("陪同"), max_length=200, required=False)
    recorder = forms.CharField(label=_("记录人"), max_length=40)


class TalkForm(RowForm):
    progress = forms.CharField(label=_("工作进展"), widget=LINES, help_text=_("可以用输入法的语音。"))
    achievements = forms.CharField(label=_("主要成绩"), widget=LINES, required=False)


class DifficultyForm(RowForm):
    text = forms.CharField(label=_("困难"), widget=forms.Textarea(attrs={"rows": 2}))
    matter = forms.ChoiceField(
        label=_("要保密吗"),
        choices=[("", _("不用，照常登记")), *((one, _("保密：事关%s") % one.label) for one in Matter)],
        required=False,
        help_text=_("健康、钱款、家庭的事另外存放：只有责任人和领导看得到，每看一次留一条记录。"),
    )
    kind = forms.ChoiceField(label=_("类别"), choices=CaseKind.choices)
    urgency = forms.ChoiceField(label=_("急不急"), choices=Urgency.choices)
    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("谁来办"), queryset=None, empty_label=None
    )
    due = forms.DateField(label=_("期限"), widget=DayInput)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", _cadres(by))


class SuggestionForm(RowForm):
    text = forms.CharField(label=_("意见建议"), widget=forms.Textarea(attrs={"rows": 2}))


class GiftForm(RowForm):
    what = forms.CharField(label=_("慰问品"), max_length=60, help_text=_("如：慰问信、科技图书、慰问金"))
    quantity = forms.IntegerField(
        label=_("数量"), min_value=1, max_value=10_000, initial=1, widget=Quantity(_("份"))
    )
    money = forms.DecimalField(
        label=_("金额"),
        min_value=1,
        max_digits=10,
        decimal_places=2,
        required=False,
        widget=Quantity(_("元"), {"inputmode": "decimal"}),
        help_text=_("金额不进清单和导出，只有责任人和领导看得到。"),
    )


class ConsentForm(RowForm):
    may_publish = forms.BooleanField(label=_("姓名、事迹和照片可以公开"), required=False)


# what is written several times: the name in what is sent, the form, and how it is called
ROWS: tuple[tuple[str, type[RowForm], Any], ...] = (
    ("difficulties", DifficultyForm, _("困难")),
    ("suggestions", SuggestionForm, _("意见建议")),
    ("gifts", GiftForm, _("慰问品")),
)


class NotAsWanted(Exception):
    """What was sent cannot be recorded as it is; the message tells where and what would be right."""


@csp_update({"worker-src": [SELF]})  # type: ignore[untyped-decorator]  # its own types are loose
@requires(Permission.RECORD)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The form and the list of what waits on this device; kept on the device, it works without a network."""
    by = acting(request)
    people = directory.people(by).exclude(kind=PersonKind.CADRE)
    own = _cadres(by).filter(user_id=by.user_id).first() if by.user_id else None
    context = {
        "account": request.user.pk,
        "who": WhoForm(by=by, initial={"visited_on": timezone.localdate()}),
        "went": WentForm(initial={"leader": by.name, "recorder": by.name}),
        "talk": TalkForm(),
        "difficulty": DifficultyForm(by=by, initial={"person": own}, auto_id="difficulty-%s"),
        "suggestion": SuggestionForm(auto_id="suggestion-%s"),
        "gift": GiftForm(auto_id="gift-%s"),
        "consent": ConsentForm(),
        "people": people.values_list("name", "org__short_name", "title", "field")[:MOST_NAMES],
        "units": directory.organisations(by).values_list("short_name", flat=True)[:MOST_NAMES],
        "most_pictures": MOST_PICTURES,
    }
    return render(request, "desk/field.html", context)


@requires(Permission.RECORD)
@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    return keeper("hearth-field")


@requires(Permission.RECORD)
@require_GET
def standing(request: HttpRequest) -> JsonResponse:
    """Who is signed in on this device now, and the word without which nothing is taken from it."""
    return JsonResponse({"account": str(request.user.pk), "token": get_token(request)})


@requires(Permission.RECORD)
@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """Record one visit. Answered only after the database has it for good; sent again, it changes nothing."""
    by = acting(request)
    try:
        said = json.loads(request.POST["visit"])
        if said["account"] != str(request.user.pk):
            return JsonResponse({"reason": gettext("这是别的账号写的，请本人登录后再送。")}, status=409)
        pictures = list(_pictures(request, said["shows"]))
        entry = _entry(said, pictures, by)
        visit = actions.receive(entry=entry, by=by)
    except (NotAsWanted, VisitRefused) as wrong:
        return JsonResponse({"reason": str(wrong)}, status=422)
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"reason": gettext("这一页太旧了，请联网刷新这一页再送。")}, status=400)
    return JsonResponse({"number": visit.number, "href": reverse("desk:visit", args=[visit.pk])})


def _cadres(by: Actor) -> Any:
    return directory.people(by).filter(kind=PersonKind.CADRE)


def _pictures(request: HttpRequest, shows: Sequence[str]) -> Iterator[Picture]:
    files = request.FILES.getlist("picture")
    if len(files) > MOST_PICTURES or len(files) != len(shows):
        raise NotAsWanted(gettext("照片最多 %(most)d 张，请删去几张。") % {"most": MOST_PICTURES})
    for file, what in zip(files, shows, strict=True):
        yield Picture(name=str(file.name), data=file.read(), shows=Shown(what))


def _entry(said: dict[str, Any], pictures: Sequence[Picture], by: Actor) -> Entry:
    values = said["values"]
    head: dict[str, Any] = {}
    for form in (WhoForm(values, by=by), WentForm(values), TalkForm(values), ConsentForm(values)):
        head |= _clean(form)
    rows = {
        name: [_clean(_row(kind, one, by), f"{called} {at}") for at, one in enumerate(said[name], 1)]
        for name, kind, called in ROWS
    }
    if any(len(found) > MOST_ROWS for found in rows.values()):
        raise NotAsWanted(gettext("每样最多写 %(most)d 条，请分成两次走访。") % {"most": MOST_ROWS})
    return Entry(
        key=uuid.UUID(said["key"]),
        **head
        | {"manner": Manner(head["manner"]), "kind": VisitedKind(head["kind"]) if head["kind"] else None},
        difficulties=[
            Difficulty(
                **one
                | {
                    "kind": CaseKind(one["kind"]),
                    "urgency": Urgency(one["urgency"]),
                    "matter": Matter(one["matter"]) if one["matter"] else None,
                }
            )
            for one in rows["difficulties"]
        ],
        suggestions=[one["text"] for one in rows["suggestions"]],
        gifts=[Given(**one) for one in rows["gifts"]],
        pictures=pictures,
    )


def _row(kind: type[RowForm], values: dict[str, Any], by: Actor) -> RowForm:
    return DifficultyForm(values, by=by) if kind is DifficultyForm else kind(values)


def _clean(form: RowForm, where: str = "") -> dict[str, Any]:
    if form.is_valid():
        return form.cleaned_data
    wrong = [
        f"{where} {form[name].label}：{' '.join(map(str, errors))}".strip()
        for name, errors in form.errors.items()
    ]
    raise NotAsWanted("\n".join(wrong))
