"""Long jobs: how far each is, what it says, and stopping it."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory.states import Permission
from hearth.apps.jobs import actions, queries
from hearth.apps.jobs.models import Job
from hearth.apps.jobs.states import OPEN, State
from hearth.lib.tables import Kind
from hearth.web.ui import notes
from hearth.web.ui.access import acting, requires
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

TIMETABLE = "meetings.timetable"

JOBS = ListPage(
    title=_("后台任务"),
    columns=(
        Column(_("任务"), lambda job: job.title, sort="title", order=("title",)),
        Column(_("状态"), lambda job: job.get_state_display(), sort="state", order=("state",)),
        Column(_("谁"), lambda job: job.asked_by),
        Column(
            _("什么时候"), lambda job: job.asked_at, sort="asked", order=("asked_at",), kind=Kind.DATETIME
        ),
        Column(_("说明"), lambda job: job.message),
    ),
    order=("-id",),
    search=("title", "asked_by"),
    search_label=_("任务或谁"),
    filters=(
        Filter("state", _("状态"), tuple(Choice(one, one.label, Q(state=one)) for one in State), chips=True),
    ),
)


@requires(Permission.RUN_JOBS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return JOBS.show(request, queries.visible_to(acting(request)), "desk/jobs.html")


@requires(Permission.RUN_JOBS)
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page; while the job runs, pages that show it ask again for the part that changes."""
    job = _job(request, pk)
    context = {"job": job, "open": job.state in OPEN, "result": _result(job)}
    if not request.headers.get("HX-Request"):
        return render(request, "desk/job.html", context)
    answer = render(request, "desk/_job.html", context)
    if not context["open"]:
        answer["HX-Refresh"] = "true"  # what the job made stands elsewhere on the page
    return answer


@requires(Permission.RUN_JOBS)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    job = actions.cancel(job=_job(request, pk), by=acting(request))
    if job.state == State.CANCELLED:
        notes.done(request, gettext("已取消“%(title)s”，它还没有开始。") % {"title": job.title})
    elif job.state == State.RUNNING:
        notes.done(
            request, gettext("已要求停下“%(title)s”；做到下一步就停，已做好的留着。") % {"title": job.title}
        )
    if job.task == TIMETABLE:  # the forum's page shows its own job
        return redirect(_result(job))
    return redirect("desk:job", pk)


def _result(job: Job) -> str:
    """The page of what the job makes."""
    if job.task == TIMETABLE:
        return reverse("desk:forum", args=[job.arguments["forum"]])
    return reverse("desk:demands") if job.task == "exchange.match" else ""


def _job(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(queries.visible_to(acting(request)), pk=pk)
