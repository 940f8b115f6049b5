"""People of the house. A telephone number is masked until somebody asks for it, and asking is recorded."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hearth.apps.directory import actions, queries
from hearth.apps.directory.models import Person
from hearth.apps.directory.states import Permission, PersonKind
from hearth.web.desk import traces
from hearth.web.ui.access import acting, requires
from hearth.web.ui.amounts import masked
from hearth.web.ui.listing import Choice, Column, Filter, ListPage

PEOPLE = ListPage(
    title=_("人员"),
    columns=(
        Column(_("姓名"), lambda person: person.name, sort="name", order=("name",)),
        Column(_("单位"), lambda person: person.org.name, sort="org", order=("org__path",)),
        Column(_("职务"), lambda person: person.post),
        Column(_("职称"), lambda person: person.title),
        Column(_("类别"), lambda person: person.get_kind_display(), sort="kind", order=("kind",)),
        Column(_("专业领域"), lambda person: person.field),
        Column(_("电话"), lambda person: masked(person.phone)),
    ),
    order=("org__path", "name", "pk"),
    search=("name", "org__name", "org__short_name", "field"),
    search_label=_("姓名、单位或领域"),
    filters=(
        Filter(
            "kind", _("类别"), tuple(Choice(one, one.label, Q(kind=one)) for one in PersonKind), chips=True
        ),
    ),
)


@requires(Permission.SEE_ORGANISATIONS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return PEOPLE.show(request, queries.people(acting(request)), "desk/people.html")


@requires(Permission.SEE_ORGANISATIONS)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _person(request, pk))


@requires(Permission.REVEAL_PERSONAL)
@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The number is in this answer only: no address, message or cookie carries it."""
    person = _person(request, pk)
    phone = actions.reveal(person=person, by=acting(request))
    if request.headers.get("HX-Request"):
        return render(request, "desk/_phone.html", {"phone": phone})
    return _page(request, person, phone=phone)


def _page(request: HttpRequest, person: Person, *, phone: str = "") -> HttpResponse:
    context = {
        "person": person,
        "phone": phone,
        "memberships": queries.memberships_of(person.user_id) if person.user_id else (),
        "traces": traces.of(person, acting(request)),
    }
    return render(request, "desk/person.html", context)


def _person(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(queries.people(acting(request)), pk=pk)
