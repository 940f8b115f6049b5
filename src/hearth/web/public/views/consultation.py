"""Answering a consultation by a link, without an account; later the same link tells what became of the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearth.apps.campaigns import actions
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import Consultation, Invitation, Opinion, Suggestion
from hearth.apps.campaigns.states import Naming
from hearth.apps.directory.models import Actor
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.web.ui.access import by_link
from hearth.web.ui.card import Card
from hearth.web.ui.forms import RowForm

LONGEST = 2000
NAMELESS = {"required": _("请写上姓名；允许匿名的，也可以勾选匿名。")}


class OpinionForm(RowForm):
    """One text for each question, and who answers, as far as the consultation asks for it."""

    def __init__(self, consultation: Consultation, *args: Any, invited: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [f"answer_{at}" for at in range(len(consultation.questions))]
        for name, question in zip(self.questions, consultation.questions, strict=True):
            self.fields[name] = forms.CharField(
                label=question, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
            )
        if consultation.naming != Naming.ANONYMOUS:
            self._ask_who(invited)
        if consultation.naming == Naming.CHOICE:
            hint = _("不留姓名、单位和邮箱，主办单位不知道是谁写的，也没法把结果单独告诉您。")
            self.fields["unnamed"] = forms.BooleanField(label=_("匿名"), required=False, help_text=hint)

    def _ask_who(self, invited: bool) -> None:
        self.fields["name"] = forms.CharField(label=_("姓名"), max_length=40, error_messages=NAMELESS)
        if not invited:
            self.fields["unit"] = forms.CharField(label=_("单位"), max_length=80, required=False)
            self.fields["contact"] = forms.EmailField(
                label=_("邮箱"), required=False, help_text=_("留了邮箱，意见有了结果就发邮件告诉您。")
            )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("unnamed"):
            self.errors.pop("name", None)
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """What the action takes in."""
        given: dict[str, Any] = {
            name: self.cleaned_data.get(name, "")
            for name in ("name", "unit", "contact")
            if name in self.fields
        }
        answers = [self.cleaned_data[name] for name in self.questions]
        return {**given, "answers": answers, "unnamed": self.cleaned_data.get("unnamed", False)}


@by_link(Purpose.CONSULTATION)
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, link: Link) -> HttpResponse:
    rows = Invitation.objects.select_related("person__org", "person__user", "consultation__campaign", "org")
    invitation = get_object_or_404(rows, pk=link.target)
    return _page(request, link, invitation.consultation, invitation)


@by_link(Purpose.OPEN_CONSULTATION)
@require_http_methods(["GET", "POST"])
def anyone(request: HttpRequest, link: Link) -> HttpResponse:
    rows = Consultation.objects.select_related("campaign", "org").filter(is_public=True)
    return _page(request, link, get_object_or_404(rows, pk=link.target), None)


def _page(
    request: HttpRequest, link: Link, consultation: Consultation, invitation: Invitation | None
) -> HttpResponse:
    initial = {"name": invitation.person.name} if invitation else {}
    form = OpinionForm(consultation, request.POST or None, initial=initial, invited=invitation is not None)
    if request.method == "POST" and form.is_valid():
        try:
            by = Actor.house(consultation.org, form.cleaned_data.get("name") or link.holder)
            actions.answer(consultation=consultation, invitation=invitation, by=by, **form.said())
        except CampaignRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{link.get_absolute_url()}?done=1")
    context = {
        "consultation": consultation,
        "form": form,
        "closed": consultation.closes_on < timezone.localdate(),
        "answered": request.GET.get("done") == "1" or bool(invitation and invitation.answered_on),
        "suggestions": _own(invitation),
        "address": link.get_absolute_url(),
    }
    if invitation is None:  # the one that is passed on to others
        text = consultation.text or " ".join(consultation.questions)
        context["card"] = Card(consultation.title, text, link.get_absolute_url())
    return render(request, "public/consultation.html", context, status=422 if form.errors else 200)


def _own(invitation: Invitation | None) -> list[Suggestion]:
    """What the invited person suggested under his name, as it stands now."""
    if invitation is None:
        return []
    opinion = Opinion.objects.filter(invitation=invitation).first()
    return list(Suggestion.objects.filter(opinion=opinion).order_by("pk")) if opinion else []
