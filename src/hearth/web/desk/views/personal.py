"""The register of what is kept about people: what for, how long, how it is shown. It names fields, never values."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hearth.apps.directory.states import Permission
from hearth.lib import personal
from hearth.web.ui.access import requires


@requires(Permission.SEE_ORGANISATIONS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    declared = personal.register()
    groups = [
        (model._meta.verbose_name, list(fields))
        for model, fields in groupby(declared, key=lambda one: one.model)
    ]
    return render(request, "desk/personal.html", {"groups": groups, "total": len(declared)})
