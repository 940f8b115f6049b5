"""发文登记: the numbers that papers were issued under, and the series they come from."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearth.apps.directory.states import Permission
from hearth.apps.papers import actions, queries
from hearth.lib.tables import Kind as Cell
from hearth.web.ui.access import acting, requires
from hearth.web.ui.forms import Quantity, RowForm
from hearth.web.ui.listing import Column, ListPage

REGISTER = ListPage(
    title=_("发文登记"),
    columns=(
        Column(
            _("文号"), lambda one: one.number, sort="number", order=("series__year", "series__code", "serial")
        ),
        Column(_("标题"), lambda one: one.paper.title, sort="title", order=("paper__title",)),
        Column(_("文种"), lambda one: one.paper.get_kind_display(), sort="kind", order=("paper__kind",)),
        Column(_("主送"), lambda one: one.recipients),
        Column(_("签发人"), lambda one: one.paper.signer),
        Column(
            _("印发时间"),
            lambda one: one.paper.issued_at,
            sort="issued",
            order=("paper__issued_at",),
            kind=Cell.DATETIME,
        ),
        Column(_("登记人"), lambda one: one.given_by),
    ),
    order=("-given_at", "-pk"),
    search=("number", "paper__title", "recipients"),
    search_label=_("文号、标题、主送"),
)


class SeriesForm(RowForm):
    code = forms.CharField(label=_("机关代字"), max_length=20, help_text=_("如“云科协发”，不写年份和号。"))
    year = forms.IntegerField(label=_("年份"), min_value=1950, max_value=2999, widget=Quantity(_("年")))
    last = forms.IntegerField(
        label=_("已经用到几号"),
        min_value=0,
        max_value=99999,
        widget=Quantity(_("号")),
        help_text=_("以前在纸上给过的最后一号；没有就写 0。"),
    )


@requires(Permission.SEE_CAMPAIGNS)
@require_http_methods(["GET"])
def register(request: HttpRequest) -> HttpResponse:
    return _register(request, SeriesForm(initial={"year": timezone.localdate().year, "last": 0}))


def _register(request: HttpRequest, form: SeriesForm) -> HttpResponse:
    by = acting(request)
    response = REGISTER.show(
        request,
        queries.registrations(by),
        "desk/paper_register.html",
        series=queries.series_of(by),
        form=form,
    )
    if form.errors:
        response.status_code = 422
    return response


@requires(Permission.ISSUE_PAPERS)
@require_http_methods(["POST"])
def open_series(request: HttpRequest) -> HttpResponse:
    form = SeriesForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                series = actions.open_series(**form.cleaned_data, by=acting(request))
        except actions.PaperRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext("已登记：%(series)s的下一号是 %(number)d。")
            messages.success(request, said % {"series": series, "number": series.last + 1})
            return redirect("desk:paper_register")
    return _register(request, form)
