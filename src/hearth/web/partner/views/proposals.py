"""One recommendation to us: what was offered and why, and our answer to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearth.apps.directory.states import Permission
from hearth.apps.exchange import actions, queries
from hearth.apps.exchange.models import Proposal
from hearth.apps.exchange.states import Answer
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import Pick, Picks, RowForm


class AnswerForm(RowForm):
    answer = forms.ChoiceField(
        label=_("我们的答复"),
        widget=Picks,
        choices=[
            (Answer.WILLING, Pick(Answer.WILLING.label, _("经纪人替双方约时间"))),
            (Answer.NOT_NOW, Pick(Answer.NOT_NOW.label, _("经纪人不再约，这条推荐还留着"))),
        ],
    )
    note = forms.CharField(
        label=_("说明（可不填）"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("经纪人看得到，对方看不到。比如：想先看样品；已经有人在做。"),
    )


@requires(Permission.MANAGE_OWN_ENTRIES)
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(queries.proposals(by), pk=pk)
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm(initial=_said(found))
    if form.is_bound and form.is_valid():
        answer, note = Answer(form.cleaned_data["answer"]), form.cleaned_data["note"]
        actions.answer(proposal=found, answer=answer, note=note, by=by)
        notes.done(request, _thanks(found, answer))
        return redirect("partner:home")
    status = 422 if form.is_bound else 200
    return render(request, "partner/proposal.html", {"proposal": found, "form": form}, status=status)


def _said(found: Proposal) -> dict[str, Any]:
    return {} if found.answer == Answer.OPEN else {"answer": found.answer, "note": found.answer_note}


def _thanks(found: Proposal, answer: Answer) -> str:
    return gettext(
        "已答复“%(answer)s”：%(title)s。%(broker)s的经纪人看得到，对方还不知道。改主意了，可以再答一次。"
    ) % {
        "answer": answer.label,
        "title": found.title,
        "broker": found.broker or gettext("科协"),
    }
