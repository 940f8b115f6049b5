"""Somebody who told a difficulty reads the answer by a link of his own, and says whether it is solved."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearth.apps.directory.models import Actor
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.visits import actions
from hearth.apps.visits.actions import VisitRefused
from hearth.apps.visits.models import Case
from hearth.apps.visits.states import CLOSED, CaseState, Satisfaction
from hearth.web.ui.access import by_link
from hearth.web.ui.forms import RowForm

UNSOLVED = "unsolved"


class ReplyForm(RowForm):
    said = forms.ChoiceField(
        label=_("解决得怎么样"),
        choices=[*Satisfaction.choices, (UNSOLVED, _("没有解决，请重新办理"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("想说的话"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("没有解决的，请写还差什么。"),
    )


@by_link(Purpose.CASE)
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, link: Link) -> HttpResponse:
    found = get_object_or_404(Case.objects.select_related("visit__person", "handled_by"), pk=link.target)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data["said"]
        try:
            actions.reply(
                case=found,
                solved=said != UNSOLVED,
                satisfaction=None if said == UNSOLVED else Satisfaction(said),
                words=form.cleaned_data["words"],
                by=Actor.house(link.org, link.holder),
            )
        except VisitRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("public:case", token=link.token)
    kept = found.confidence if found.private else found
    context = {
        "case": found,
        "text": kept.text,
        "answer": kept.answer,
        "closed": found.state in CLOSED,
        "solved": found.state == CaseState.SETTLED,
        "replied": found.replies.filter(round=found.round).first(),
        "form": form,
        "token": link.token,
    }
    return render(request, "public/case.html", context, status=422 if form.is_bound else 200)
