"""The duties of a campaign for whoever directs it: late, at risk, done with evidence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hearth.apps.campaigns import queries
from hearth.apps.directory.states import Permission
from hearth.web.desk.campaign_frame import frame
from hearth.web.ui.access import acting, requires


@requires(Permission.SEE_CAMPAIGNS)
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    shown = frame(request, pk, "desk:duties")
    found = queries.board(shown.campaign, on=shown.on, by=acting(request))
    return render(request, "desk/duty_board.html", {"frame": shown, "board": found})
