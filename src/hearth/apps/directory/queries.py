"""Questions to the directory."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hearth.apps.directory.models import Actor, House, Membership, Organisation, Person
from hearth.apps.directory.states import Kind, Role


def organisations(by: Actor, *, search: str = "", kind: str = "") -> QuerySet[Organisation]:
    found = Organisation.objects.visible_to(by)
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if search:
        found = found.filter(
            Q(name__contains=search) | Q(short_name__contains=search) | Q(code__contains=search)
        )
    return found


def people(by: Actor, *, search: str = "") -> QuerySet[Person]:
    found = Person.objects.visible_to(by).select_related("org")
    return found.filter(Q(name__contains=search) | Q(org__name__contains=search)) if search else found


def memberships_of(user_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(user_id=user_id, org__active=True).select_related("org", "user")


@dataclass(frozen=True)
class ExamplePerson:
    """Somebody whom the example lets in with one click."""

    username: str
    name: str
    role: str
    organisation: str


def example_people() -> tuple[ExamplePerson, ...]:
    roles = Role.values
    found = Membership.objects.select_related("user", "org").order_by("org__path")
    return tuple(
        ExamplePerson(one.user.username, str(one.user), one.get_role_display(), str(one.org))
        for one in sorted(found, key=lambda one: roles.index(one.role))
    )


def house() -> House | None:
    return House.objects.first()


def root() -> Organisation | None:
    return Organisation.objects.filter(parent=None).order_by("path").first()
