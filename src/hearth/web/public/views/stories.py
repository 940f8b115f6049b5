"""Stories that anyone may read, and the page on which a person decides about the one that tells of him."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.directory.models import Actor
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.actions import PublicityRefused
from hearth.apps.publicity.models import Profile, PublicStory
from hearth.apps.publicity.states import CONSENTED, Stage
from hearth.web.public.views.events import campaign_of
from hearth.web.public.views.gone import gone, kept_nowhere
from hearth.web.ui.access import by_link, public
from hearth.web.ui.card import Card
from hearth.web.ui.forms import RowForm

CONSENT, CHANGES, DECLINE = "consent", "changes", "decline"


class ReadForm(RowForm):
    title = forms.CharField(label=_("标题"), max_length=200)
    text = forms.CharField(
        label=_("事迹"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("写得不对的，直接在这里改。"),
    )
    comment = forms.CharField(
        label=_("您的意见"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@by_link(Purpose.PROFILE)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, link: Link) -> HttpResponse:
    rows = Profile.objects.select_related("person", "org", "campaign")
    found = get_object_or_404(rows, pk=link.target)
    said = {"title": found.title, "text": found.text, "comment": found.comment}
    form = ReadForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_bound and form.is_valid():
        try:
            _answer(found, request.POST.get("answer", ""), form.cleaned_data, link)
        except PublicityRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(link.get_absolute_url())
    context = {
        "profile": found,
        "form": form,
        "is_asked": found.stage == Stage.ASKED,
        "is_consented": found.stage in CONSENTED,
        "shown": queries.copy_of(found),
        "token": link.token,
    }
    return render(request, "public/profile.html", context, status=422 if form.is_bound else 200)


@by_link(Purpose.PROFILE)
@require_POST
def withdraw(request: HttpRequest, link: Link) -> HttpResponse:
    found = get_object_or_404(Profile, pk=link.target)
    try:
        actions.withdraw_consent(profile=found, by=Actor.house(link.org, link.holder))
    except PublicityRefused as refused:
        messages.error(request, str(refused))
    return redirect(link.get_absolute_url())


def _answer(found: Profile, answer: str, said: dict[str, Any], link: Link) -> None:
    by = Actor.house(link.org, link.holder)
    if answer == CONSENT:
        actions.consent(profile=found, by=by, **said)
    elif answer == CHANGES:
        actions.ask_changes(profile=found, comment=said["comment"], by=by)
    elif answer == DECLINE:
        actions.decline(profile=found, comment=said["comment"], by=by)
    else:
        raise PublicityRefused("没有收到您的选择，请再点一次下面的按钮。")


@public
@require_GET
def story(request: HttpRequest, address: str) -> HttpResponse:
    found = get_object_or_404(PublicStory.objects.select_related("org").defer("picture"), address=address)
    if found.withdrawn_at:
        back = (gettext("回首页"), reverse("public:home"))
        return gone(request, gettext("这一篇已撤下"), found.org.name, found.withdrawn_at, back)
    return kept_nowhere(
        render(
            request,
            "public/story.html",
            {"story": found, "card": _card(found), "about": campaign_of(found.get_absolute_url())},
        )
    )


@public
@require_GET
def picture(_request: HttpRequest, address: str) -> HttpResponse:
    found = get_object_or_404(PublicStory, address=address, withdrawn_at=None)
    if found.picture is None:
        raise Http404
    return kept_nowhere(HttpResponse(bytes(found.picture), content_type=found.picture_kind))


def _card(story: PublicStory) -> Card:
    return Card(story.title, story.text, story.get_absolute_url(), "article")
