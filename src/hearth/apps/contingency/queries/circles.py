"""Who is told of a switch: those who take part in what changes, and those who run it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.apps.campaigns.models import Duty, Level
from hearth.apps.campaigns.states import DutyState, Part
from hearth.apps.contingency.models import PlanB
from hearth.apps.directory.models import Membership, Organisation, Person
from hearth.apps.directory.states import Role
from hearth.apps.meetings.models import Forum, Participant
from hearth.apps.messages.actions import Reader
from hearth.apps.outreach import queries as outreach
from hearth.apps.outreach.models import OutreachEvent, Registration
from hearth.apps.outreach.states import Standing

ANSWERING = (Role.LIAISON, Role.COMPANY)


@dataclass(frozen=True)
class Circle:
    """People who are told the same: of ``activity``, or of everything when there is none."""

    label: str | Promise
    readers: tuple[Reader, ...]
    activity: OutreachEvent | Forum | None = None


def reaches(reader: Reader) -> bool:
    """Whether the house itself reaches somebody; others are to be called."""
    return reader.user_id is not None or bool(reader.address and settings.MAIL_SET_UP)


def circles(
    of: Level | PlanB, was: Level | None, changing: Sequence[OutreachEvent | Forum]
) -> tuple[Circle, ...]:
    taking_part = (_taking_part(activity) for activity in changing)
    found = (*taking_part, Circle(_("负责人、代理人和有关任务的责任人"), tuple(_running(of, was, changing))))
    return tuple(circle for circle in found if circle.readers)


def leading(of: Level | PlanB) -> tuple[Reader, ...]:
    """The lead and the deputy: all who are told of a drill."""
    return tuple(Reader.person(one) for one in _distinct((of.lead, of.deputy)))


def _taking_part(activity: OutreachEvent | Forum) -> Circle:
    if isinstance(activity, OutreachEvent):
        registered = Registration.objects.filter(event=activity).exclude(standing=Standing.CANCELLED)
        readers = [outreach.reader_of(one) for one in registered.select_related("org").order_by("pk")]
        return Circle(_("报名的人"), tuple(readers), activity)
    return Circle(_("参加洽谈的各方"), tuple(dict.fromkeys(_participants(activity))), activity)


def _participants(forum: Forum) -> Iterator[Reader]:
    """People who are known; for an organisation those who answer for it, else its contact; its enterprises too."""
    sides = Participant.objects.filter(forum=forum).select_related(
        "organisation", "person__org", "person__user"
    )
    organisations: dict[int, Organisation] = {one.pk: one for one in forum.companies.all()}
    for side in sides:
        if side.person is not None and (side.person.user_id or side.person.phone):
            yield Reader.person(side.person)
        else:
            organisations[side.organisation_id] = side.organisation
    members = _members(organisations)
    for pk, organisation in organisations.items():
        yield from members.get(pk) or [_contact(organisation)]


def _members(organisations: Iterable[int]) -> dict[int, list[Reader]]:
    found: dict[int, list[Reader]] = {}
    rows = Membership.objects.filter(org__in=list(organisations), role__in=ANSWERING, user__is_active=True)
    for row in rows.select_related("user", "org"):
        reader = Reader(row.org, str(row.user)[:40], row.user_id, row.user.email)
        found.setdefault(row.org_id, []).append(reader)
    return found


def _contact(organisation: Organisation) -> Reader:
    return Reader(
        organisation, (organisation.contact or organisation.short_name)[:40], phone=organisation.phone
    )


def _running(
    of: Level | PlanB, was: Level | None, changing: Sequence[OutreachEvent | Forum]
) -> Iterator[Reader]:
    """Leads and deputies of what comes and what goes, who is responsible for what changes, and holders of open duties."""
    events = [one for one in changing if isinstance(one, OutreachEvent)]
    parts = {Part.CONTINGENCY}
    parts |= {Part.OUTREACH} if events else set()
    parts |= {Part.FORUM} if len(events) < len(changing) else set()
    duties = (
        Duty.objects.filter(campaign=of.campaign_id, part__in=parts)
        .exclude(state=DutyState.DONE)
        .select_related("person__org", "person__user", "deputy__org", "deputy__user")
    )
    responsible = Person.objects.filter(pk__in=[one.person_id for one in events])
    going = (was.lead, was.deputy) if was is not None and isinstance(of, Level) else ()
    people = (
        of.lead,
        of.deputy,
        *going,
        *responsible.select_related("org", "user"),
        *(person for duty in duties for person in (duty.person, duty.deputy)),
    )
    return (Reader.person(person) for person in _distinct(people))


def _distinct(people: Iterable[Person | None]) -> list[Person]:
    return list({one.pk: one for one in people if one is not None}.values())
