"""What those who came think of an event, told through a link of their own."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearth.apps.directory.models import Actor
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.outreach import actions
from hearth.apps.outreach.models import Feedback
from hearth.apps.outreach.states import Rating
from hearth.web.ui.access import by_link
from hearth.web.ui.forms import RowForm


class FeedbackForm(RowForm):
    rating = forms.TypedChoiceField(
        label=_("满意不满意"),
        choices=[(one.value, one.label) for one in reversed(Rating)],
        coerce=lambda value: Rating(int(value)),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("有什么意见"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    wants = forms.CharField(
        label=_("下次想要什么"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


@by_link(Purpose.FEEDBACK)
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, link: Link) -> HttpResponse:
    asked = get_object_or_404(Feedback.objects.select_related("event"), pk=link.target)
    given = {"rating": asked.rating, "text": asked.text, "wants": asked.wants}
    form = FeedbackForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_bound and form.is_valid():
        actions.give_feedback(feedback=asked, by=Actor.house(link.org, link.holder), **form.cleaned_data)
        return redirect("public:feedback", token=link.token)
    context = {"asked": asked, "event": asked.event, "form": form, "token": link.token}
    return render(request, "public/feedback.html", context, status=422 if form.is_bound else 200)
