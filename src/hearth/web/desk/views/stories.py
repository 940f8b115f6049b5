"""Stories of a campaign: profiles of people and articles on work, from the draft to the page that anyone may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.directory import queries as directory
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Permission
from hearth.apps.files import actions as files
from hearth.apps.files.actions import FileRefused
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.actions import PublicityRefused, StoryChanges
from hearth.apps.publicity.actions.consenting import ASKABLE
from hearth.apps.publicity.actions.writing import AnyStory
from hearth.apps.publicity.models import Article, Profile
from hearth.apps.publicity.states import Stage
from hearth.lib.tables import Kind
from hearth.web.desk.campaign_frame import frame
from hearth.web.desk.record_page import Deed, Fact, Place, carry_out, offer, show
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import DayInput, FileButton, RowForm
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

REFUSALS = (PublicityRefused, FileRefused)
OF_ARTICLES = (Stage.DRAFT, Stage.REVIEWED, Stage.PUBLISHED)
STAGE = Column(_("状态"), lambda one: one.get_stage_display(), sort="stage", order=("stage",))
PROFILES = ListPage(
    title=_("典型事迹"),
    columns=(
        Column(_("标题"), lambda one: one.title, sort="title", order=("title",)),
        Column(_("人员"), lambda one: one.person.name, sort="person", order=("person__name",)),
        Column(_("单位"), lambda one: one.person.org.short_name),
        STAGE,
        Column(_("同意日期"), lambda one: one.consented_on, kind=Kind.DATE),
        Column(_("审核人"), lambda one: one.reviewer),
        Column(_("审核日期"), lambda one: one.reviewed_on, kind=Kind.DATE),
    ),
    order=("number", "pk"),
    search=("title", "person__name", "person__org__short_name"),
    search_label=_("标题、姓名、单位"),
    filters=(
        Filter("stage", _("状态"), tuple(Choice(one, one.label, Q(stage=one)) for one in Stage), chips=True),
    ),
)
ARTICLES = ListPage(
    title=_("工作动态"),
    columns=(
        Column(_("标题"), lambda one: one.title, sort="title", order=("title",)),
        STAGE,
        Column(_("审核人"), lambda one: one.reviewer),
        Column(_("审核日期"), lambda one: one.reviewed_on, kind=Kind.DATE),
    ),
    order=("-created_at", "-pk"),
    search=("title", "text"),
    search_label=_("标题、正文里的字"),
    filters=(
        Filter(
            "stage", _("状态"), tuple(Choice(one, one.label, Q(stage=one)) for one in OF_ARTICLES), chips=True
        ),
    ),
)


class StoryForm(RowForm):
    title = forms.CharField(label=_("标题"), max_length=200)
    text = forms.CharField(label=_("正文"), widget=forms.Textarea(attrs={"rows": 12}))
    picture = forms.FileField(
        label=_("图片"),
        required=False,
        widget=FileButton(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("JPG 或 PNG，不超过 5 MB。拍摄地点等信息，公开时自动去掉。"),
    )

    def said(self, names: list[str], by: Actor) -> dict[str, Any]:
        """What the action takes of these fields; a picture is checked and kept first."""
        told = {name: self.cleaned_data[name] for name in names}
        file = told.pop("picture", None)
        if file:
            told["picture"] = files.keep(name=file.name, data=file.read(), by=by)
        return told


class ProfileForm(StoryForm):
    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("写谁"), queryset=None, empty_label=_("请选"), help_text=_("本人看过、同意了才会公开。")
    )
    field_order = ("person", "title", "text", "picture")


class ConsentForm(RowForm):
    consented_on = forms.DateField(label=_("同意日期"), widget=DayInput)
    consent = forms.FileField(
        label=_("同意书"), widget=FileButton(), help_text=_("本人签了字的扫描件或照片。")
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def profiles(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:publicity")
    rows = queries.profiles(acting(request), campaign=shown.campaign)
    return PROFILES.show(request, rows, "desk/profiles.html", frame=shown)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def articles(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:publicity")
    rows = queries.articles(acting(request), campaign=shown.campaign)
    return ARTICLES.show(request, rows, "desk/articles.html", frame=shown)


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def new_profile(request: HttpRequest, pk: int) -> HttpResponse:
    by = acting(request)
    form = ProfileForm(request.POST or None, request.FILES or None)
    offer(form, "person", directory.people(by).order_by("org__path", "name"))
    return _new(request, pk, form, actions.write_profile, _("写一篇典型事迹"), "desk:profiles")


@requires(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def new_article(request: HttpRequest, pk: int) -> HttpResponse:
    form = StoryForm(request.POST or None, request.FILES or None)
    return _new(request, pk, form, actions.write_article, _("写一篇工作动态"), "desk:articles")


def _new(
    request: HttpRequest,
    pk: int,
    form: StoryForm,
    write: Callable[..., Profile | Article],
    heading: Promise | str,
    back: str,
) -> HttpResponse:
    shown, by = frame(request, pk, "desk:publicity"), acting(request)
    if form.is_bound:
        done = carry_out(
            request,
            form,
            lambda: write(campaign=shown.campaign, by=by, **form.said(list(form.fields), by)),
            REFUSALS,
            _("草稿已存。"),
        )
        if done:
            return done
    context = {"frame": shown, "form": form, "heading": heading, "back": reverse(back, args=[pk])}
    return render(request, "desk/story_new.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    return _profile_page(request, _profile(request, pk))


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    return _article_page(request, _article(request, pk))


@requires(Permission.RECORD)
@require_POST
def amend_profile(request: HttpRequest, pk: int) -> HttpResponse:
    found = _profile(request, pk)
    form = StoryForm(request.POST, request.FILES, initial=_said(found))
    said = _("已修改。原来的同意和审核不再算数，请重新征求。")
    return _amended(request, found, form, said) or _profile_page(request, _profile(request, pk), form)


@requires(Permission.RECORD)
@require_POST
def amend_article(request: HttpRequest, pk: int) -> HttpResponse:
    found = _article(request, pk)
    form = StoryForm(request.POST, request.FILES, initial=_said(found))
    said = _("已修改，请另一位同志审核。")
    return _amended(request, found, form, said) or _article_page(request, _article(request, pk), form)


def _amended(
    request: HttpRequest, found: AnyStory, form: StoryForm, said: Promise | str
) -> HttpResponse | None:
    by = acting(request)

    def amend() -> AnyStory:
        told = cast(StoryChanges, form.said(form.changed_data, by))
        return actions.amend_story(story=found, by=by, **told)

    return carry_out(request, form, amend, REFUSALS, said)


@requires(Permission.RECORD)
@require_POST
def record_consent(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _profile(request, pk), acting(request)
    form = ConsentForm(request.POST, request.FILES)

    def record() -> Profile:
        sheet = form.cleaned_data["consent"]
        kept = files.keep(name=sheet.name, data=sheet.read(), by=by)
        day = form.cleaned_data["consented_on"]
        return actions.record_consent(profile=found, consented_on=day, consent=kept, by=by)

    done = carry_out(request, form, record, REFUSALS, _("已登记本人同意，可以审核了。"))
    return done or _profile_page(request, _profile(request, pk), form)


def _profile(request: HttpRequest, pk: int) -> Profile:
    return get_object_or_404(queries.profiles(acting(request)), pk=pk)


def _article(request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(queries.articles(acting(request)), pk=pk)


def _ask(*, story: Profile, by: Actor) -> None:
    actions.ask_consent(profile=story, by=by)


def _step(
    find: Callable[[HttpRequest, int], Profile | Article],
    act: Callable[..., Any],
    said: Promise | str,
    permission: Permission = Permission.MANAGE_CAMPAIGNS,
) -> Callable[..., HttpResponse]:
    """A button that takes a story one step on, and back to its page."""

    @requires(permission)
    @require_POST
    def taken(request: HttpRequest, pk: int) -> HttpResponse:
        found = find(request, pk)
        try:
            act(story=found, by=acting(request))
        except PublicityRefused as refused:
            messages.error(request, str(refused))
        else:
            notes.done(request, str(said))
        return redirect(f"desk:{found.KIND}", pk)

    return taken


ask = _step(
    _profile,
    _ask,
    _("已请本人看。有账户或邮箱的，消息里有链接；没有的，请把下面的链接发给本人。"),
    Permission.RECORD,
)
_REVIEWED, _PUBLISHED = _("审核过了，可以公开。"), _("已公开，任何人都能看到。")
_TAKEN_DOWN = _("已撤下，公开页已清空。")
review_profile = _step(_profile, actions.review, _REVIEWED)
review_article = _step(_article, actions.review, _REVIEWED)
publish_profile = _step(_profile, actions.publish, _PUBLISHED)
publish_article = _step(_article, actions.publish, _PUBLISHED)
withdraw_profile = _step(_profile, actions.withdraw, _TAKEN_DOWN)
withdraw_article = _step(_article, actions.withdraw, _TAKEN_DOWN)


def _profile_page(request: HttpRequest, found: Profile, tried: RowForm | None = None) -> HttpResponse:
    link = links.of(Purpose.PROFILE, [found.pk]).get(found.pk)
    facts = (
        Fact(_("人员"), found.person, reverse("desk:person", args=[found.person_id])),
        Fact(_("单位"), found.person.org),
        Fact(_("事迹"), found.text),
        Fact(_("征求同意日期"), found.asked_on),
        Fact(_("本人意见"), found.comment),
        Fact(_("本人同意日期"), found.consented_on),
        Fact(_("撤回同意日期"), found.withdrawn_on),
        Fact(_("审核人"), found.reviewer),
        Fact(_("审核日期"), found.reviewed_on),
    )
    deeds = [*_amending(found, tried, reverse("desk:profile_amend", args=[found.pk]))]
    if found.stage in (Stage.ASKED, *ASKABLE):
        form = tried if isinstance(tried, ConsentForm) else ConsentForm()
        href = reverse("desk:profile_consent", args=[found.pk])
        deeds.append(Deed(form, href, _("本人在纸上同意了"), _("登记同意")))
    place = Place(_("典型事迹"), reverse("desk:profiles", args=[found.campaign_id]))
    asking = found.stage in ASKABLE
    return _page(
        request,
        found,
        place,
        facts,
        deeds,
        evidence=found.consent,
        can_ask=asking,
        can_review=found.stage == Stage.CONSENTED,
        own_address=f"{settings.ADDRESS}{link.get_absolute_url()}" if link and not asking else "",
    )


def _article_page(request: HttpRequest, found: Article, tried: RowForm | None = None) -> HttpResponse:
    facts = (
        Fact(_("正文"), found.text),
        Fact(_("审核人"), found.reviewer),
        Fact(_("审核日期"), found.reviewed_on),
    )
    deeds = _amending(found, tried, reverse("desk:article_amend", args=[found.pk]))
    place = Place(_("工作动态"), reverse("desk:articles", args=[found.campaign_id]))
    return _page(request, found, place, facts, deeds, can_review=found.stage == Stage.DRAFT)


def _amending(found: Profile | Article, tried: RowForm | None, href: str) -> list[Deed]:
    if found.stage == Stage.PUBLISHED:
        return []
    form = tried if isinstance(tried, StoryForm) else StoryForm(initial=_said(found))
    return [Deed(form, href, _("修改"), _("存修改"))]


def _page(
    request: HttpRequest,
    found: Profile | Article,
    place: Place,
    facts: tuple[Fact, ...],
    deeds: list[Deed],
    **context: Any,
) -> HttpResponse:
    by = acting(request)
    steps = {
        name: reverse(f"desk:{found.KIND}_{name}", args=[found.pk])
        for name in ("review", "publish", "withdraw")
    }
    return show(
        request,
        found,
        campaign=found.campaign,
        place=place,
        facts=facts,
        deeds=deeds if by.may(Permission.RECORD) else (),
        template="desk/story.html",
        shown=queries.copy_of(found),
        is_own=by.user_id is not None and found.drafted_by_id == by.user_id,
        steps=steps,
        leads_elsewhere=True,
        **context,
    )


def _said(found: Profile | Article) -> dict[str, object]:
    return {"title": found.title, "text": found.text}
