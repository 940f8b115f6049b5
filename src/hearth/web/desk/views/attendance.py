"""Who came through the door of a forum."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.meetings import actions, queries
from hearth.apps.meetings.models import Attendance, Forum
from hearth.lib.tables import Kind
from hearth.web.desk import traces
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import RowForm
from hearth.web.ui.listing import Column, ListPage

CAME = ListPage(
    title=_("签到"),
    columns=(
        Column(_("姓名"), lambda came: came.name, sort="name", order=("name",)),
        Column(_("编号"), lambda came: came.number, sort="number", order=("number",)),
        Column(_("单位"), lambda came: came.unit, sort="unit", order=("unit",)),
        Column(_("类别"), lambda came: came.kind, sort="kind", order=("kind",)),
        Column(_("签到时间"), lambda came: came.came_at, sort="at", order=("came_at",), kind=Kind.DATETIME),
        Column(_("入口"), lambda came: came.entrance),
    ),
    order=("came_at", "number", "pk"),
    search=("name", "unit", "kind", "number"),
    search_label=_("姓名、单位或类别"),
)


class CameForm(RowForm):
    name = forms.CharField(label=_("姓名"), max_length=40)
    unit = forms.CharField(label=_("单位"), max_length=80)
    kind = forms.CharField(label=_("类别"), max_length=20)


@requires(Permission.SEE_EXCHANGE)
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    forum, actor = _forum(request, pk), acting(request)
    return CAME.show(
        request,
        queries.attendance(forum, actor),
        "desk/attendances.html",
        forum=forum,
        kinds=queries.kinds_that_came(forum, actor),
        form=CameForm(),
    )


@requires(Permission.MANAGE_FORUMS)
@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """At the desk by the door; the same person twice changes nothing."""
    forum = _forum(request, pk)
    form = CameForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("没有签到：姓名、单位和类别都要填。"))
        return redirect("desk:attendances", pk)
    try:
        with transaction.atomic():
            came = actions.check_in(forum=forum, by=acting(request), **form.cleaned_data)
    except actions.ForumRefused as refused:
        messages.error(request, str(refused))
    else:
        notes.done(request, gettext("%(who)s已签到；同一人只计一次。") % {"who": came})
    return redirect("desk:attendances", pk)


@requires(Permission.SEE_EXCHANGE)
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    actor = acting(request)
    came = get_object_or_404(Attendance.objects.visible_to(actor).select_related("forum"), pk=pk)
    initial = {name: getattr(came, name) for name in CameForm.base_fields}
    form = CameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.correct_attendance(attendance=came, by=actor, **form.cleaned_data)
        except actions.ForumRefused as refused:
            form.add_error(None, str(refused))
        else:
            traces.say_changed(request, came, gettext("签到已更正。"), by=actor)
            return redirect(reverse("desk:attendance", args=[pk]))
    context = {"came": came, "form": form, "traces": traces.of(came, actor)}
    return render(request, "desk/attendance.html", context, status=422 if form.is_bound else 200)


def _forum(request: HttpRequest, pk: int) -> Forum:
    return get_object_or_404(queries.forums(acting(request)), pk=pk)
