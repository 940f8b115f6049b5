"""Who meets whom: both sides of the matches, meetings arranged by hand, and when somebody cannot come."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.exchange.models import Match
from hearth.apps.exchange.rules import outward
from hearth.apps.exchange.states import Judgement
from hearth.apps.meetings.actions.steps import ForumRefused, locked, may_manage, saved
from hearth.apps.meetings.actions.telling import untell
from hearth.apps.meetings.models import (
    Absence,
    Forum,
    Meeting,
    Participant,
    Slot,
)

LONGEST_TOPIC = 120


@transaction.atomic
def excuse(
    *,
    forum: Forum,
    organisation: Organisation,
    person: Person | None = None,
    slots: Collection[Slot],
    reason: str = "",
    by: Actor,
) -> Participant:
    """Note in which slots somebody cannot come; it replaces what was noted before."""
    may_manage(by)
    participant = participant_of(
        forum, organisation, person.pk if person else None, person.name if person else ""
    )
    Absence.objects.filter(participant=participant).delete()
    for slot in slots:
        Absence.objects.create(org=forum.org, participant=participant, slot=slot, reason=reason)
    audit.record("不能到场", participant, by=by, slots=[str(slot) for slot in slots])
    return participant


@transaction.atomic
def arrange(
    *,
    forum: Forum,
    company: Organisation,
    organisation: Organisation,
    person: Person | None = None,
    topic: str,
    slot: Slot | None = None,
    by: Actor,
) -> Meeting:
    """Set up one meeting by hand, in a slot of one's choice or in any."""
    may_manage(by)
    meeting = Meeting(
        org=forum.org,
        forum=forum,
        company=participant_of(forum, company, None, ""),
        expert=participant_of(
            forum, organisation, person.pk if person else None, person.name if person else ""
        ),
        topic=topic[:LONGEST_TOPIC],
        fixed_slot=slot,
    )
    saved(
        meeting,
        {
            "pair_meets_once": f"{meeting.company}和{meeting.expert}已经有一场，一对只谈一次。",
            "nobody_meets_himself": f"{meeting.company}不能和自己洽谈，请另选专家。",
        },
    )
    audit.record("安排洽谈", meeting, by=by)
    return meeting


@transaction.atomic
def invite(*, forum: Forum, by: Actor) -> int:
    """Make participants and meetings of the assigned and proposed matches, one meeting a pair. Returns their number.

    Meetings whose match is no longer wanted go, and what was told of them; those arranged by hand or fixed stay.
    """
    may_manage(by)
    forum = locked(forum)
    known = {(one.company_id, one.expert_id): one for one in Meeting.objects.filter(forum=forum)}
    wanted = _wanted(forum)
    for pair, matches in wanted.items():
        meeting = known.get(pair) or Meeting(
            org=forum.org, forum=forum, company_id=pair[0], expert_id=pair[1]
        )
        meeting.match, meeting.topic = matches[0], _topic(matches)
        meeting.save()
    gone = [
        one
        for pair, one in known.items()
        if pair not in wanted and one.match_id is not None and one.fixed_slot_id is None
    ]
    _remove(forum, gone)
    number = Meeting.objects.filter(forum=forum).count()
    audit.record("邀请", forum, by=by, meetings=number)
    return number


def _wanted(forum: Forum) -> dict[tuple[int, int], list[Match]]:
    """The matches of each pair of participants, the best first."""
    wanted: dict[tuple[int, int], list[Match]] = {}
    for match in _invited(forum):
        offer = match.offer
        company = participant_of(forum, match.demand.org, None, "")
        expert = participant_of(forum, offer.provider, offer.person_id, offer.holder)
        wanted.setdefault((company.pk, expert.pk), []).append(match)
    return wanted


def _invited(forum: Forum) -> QuerySet[Match]:
    found: QuerySet[Match] = Match.objects.filter(
        Q(assigned=True) | Q(judgement=Judgement.PROPOSED), campaign=forum.campaign
    )
    if forum.companies.exists():
        found = found.filter(demand__org__in=forum.companies.all())
    return found.select_related("demand__org", "offer__provider").order_by("-score", "pk")


def _topic(matches: Sequence[Match]) -> str:
    demands = {match.demand_id: match.demand for match in matches}
    called = (
        outward(title=one.title, secrecy=one.secrecy, public_summary=one.public_summary).rstrip("。；;. ")
        for one in demands.values()
    )
    return "；".join(dict.fromkeys(called))[:LONGEST_TOPIC]


def participant_of(forum: Forum, organisation: Organisation, person_id: int | None, name: str) -> Participant:
    """The side of a meeting; a person is one participant whatever organisation he was asked through."""
    side = {"person_id": person_id} if person_id else {"person": None, "organisation": organisation}
    known: QuerySet[Participant] = Participant.objects.filter(forum=forum, **side)
    found = known.select_related("organisation").first()
    if found is not None:
        return found
    short = name if person_id else organisation.short_name
    taken = Participant.objects.filter(forum=forum, name=short).exists()
    made = Participant(
        org=forum.org,
        forum=forum,
        organisation=organisation,
        person_id=person_id,
        name=f"{short}（{organisation}）" if taken else short,
    )
    made.save()
    return made


def _remove(forum: Forum, meetings: Sequence[Meeting]) -> None:
    untell(forum, [meeting.pk for meeting in meetings])
    Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]).delete()
    sides = Meeting.objects.filter(forum=forum).values_list("company_id", "expert_id")
    busy = {side for pair in sides for side in pair}
    Participant.objects.filter(forum=forum, absences=None).exclude(pk__in=busy).delete()


@transaction.atomic
def fix(*, meeting: Meeting, slot: Slot, by: Actor) -> Meeting:
    """Ask that a meeting be in this slot; the next timetable keeps to it."""
    may_manage(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if slot.forum_id != meeting.forum_id:
        raise ForumRefused("这个时段是另一场对接会的，请选本场的时段。")
    meeting.fixed_slot = slot
    meeting.save()
    audit.record("指定时段", meeting, by=by, slot=str(slot))
    return meeting


@transaction.atomic
def unfix(*, meeting: Meeting, by: Actor) -> Meeting:
    may_manage(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.fixed_slot = None
    meeting.save()
    audit.record("取消指定", meeting, by=by)
    return meeting
