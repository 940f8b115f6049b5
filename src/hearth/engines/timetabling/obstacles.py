"""Reasons why an event can have no timetable that need no search, each with the names of those concerned."""

from collections.abc import Iterator

from hearth.engines.timetabling.event import Event, Meeting, Participant
from hearth.engines.timetabling.hall import Shortage, shortage
from hearth.engines.timetabling.result import Conflict, ConflictKind
from hearth.engines.timetabling.wording import listed, pair, partner


def obstacles(event: Event) -> tuple[Conflict, ...]:
    """Every obstacle found; empty means only that none of these simple proofs applies."""
    hopeless = tuple(_no_common_slot(event))
    if hopeless:  # every other proof would repeat the same meetings
        return hopeless
    found = [conflict for person in event.participants for conflict in _of_participant(event, person)]
    found.extend(_tables(event))
    found.extend(_precedence(event))
    return tuple(found)


def fewest_breaks(event: Event, person: Participant) -> int:
    """A lower bound on the person's breaks, exact when they could swap their partners' diaries at will.

    Slot by slot, the fewest breaks for each number of meetings held so far and for being busy or idle last;
    their fixed slots are busy, slots that suit none of their meetings idle. O(slots x meetings).
    """
    meetings = event.meetings_of[person.id]
    open_slots = {t for m in meetings for t in event.allowed_slots(m)}
    fixed = {m.fixed_slot for m in meetings}
    fewest = {(0, False): 0}
    for slot in event.slot_numbers:
        following: dict[tuple[int, bool], int] = {}
        for (held, busy), breaks in fewest.items():
            if slot not in fixed:
                _keep_fewest(following, (held, False), breaks)
            if slot in open_slots and held < len(meetings):
                _keep_fewest(following, (held + 1, True), breaks + (held > 0 and not busy))
        fewest = following
    return min((breaks for (held, _), breaks in fewest.items() if held == len(meetings)), default=0)


def _keep_fewest(fewest: dict[tuple[int, bool], int], state: tuple[int, bool], breaks: int) -> None:
    fewest[state] = min(breaks, fewest.get(state, breaks))


def _no_common_slot(event: Event) -> Iterator[Conflict]:
    for meeting in event.meetings:
        if not event.allowed_slots(meeting):
            text = f"{pair(event, meeting)}没有一个双方都合适的时段{_demand(meeting)}"
            yield Conflict(ConflictKind.NO_COMMON_SLOT, (meeting.a, meeting.b), (meeting.id,), text)


def _demand(meeting: Meeting) -> str:
    if meeting.fixed_slot is not None:
        return f"（已固定在第 {meeting.fixed_slot} 时段）"
    return {"morning": "（限上午）", "afternoon": "（限下午）"}.get(meeting.session, "")


def _of_participant(event: Event, person: Participant) -> Iterator[Conflict]:
    meetings = event.meetings_of[person.id]
    free = len(event.slots) - len(person.unavailable)
    if len(meetings) > free:
        text = f"{person.name}要谈 {len(meetings)} 场，只有 {free} 个空档"
        yield Conflict(ConflictKind.OVERBOOKED, (person.id,), tuple(m.id for m in meetings), text)
        return
    short = shortage({m.id: event.allowed_slots(m) for m in meetings}, 1)
    if short is not None:
        yield _too_few_slots(event, person, short)
        return
    if fewest_breaks(event, person) > event.fairness:
        breaks = fewest_breaks(event, person)
        text = (
            f"{person.name}要谈 {len(meetings)} 场，空档和固定时段太零散，"
            f"至少有 {breaks} 次间隔，最多允许 {event.fairness} 次"
        )
        yield Conflict(ConflictKind.FAIRNESS, (person.id,), tuple(m.id for m in meetings), text)


def _too_few_slots(event: Event, person: Participant, short: Shortage) -> Conflict:
    meetings = [event.meeting[i] for i in short.items]
    partners = listed([partner(event, m, person.id).name for m in meetings])
    if len(short.seats) == 1 and all(m.fixed_slot is not None for m in meetings):
        text = f"{person.name}的 {len(meetings)} 场洽谈（与{partners}）固定在同一个第 {short.seats[0]} 时段"
        kind = ConflictKind.FIXED_CLASH
    else:
        slots = listed([event.slots[t - 1].label for t in short.seats])
        text = (
            f"{person.name}有 {len(meetings)} 场洽谈（与{partners}）"
            f"只能排在 {len(short.seats)} 个时段（{slots}）"
        )
        kind = ConflictKind.OVERBOOKED
    others = [partner(event, m, person.id).id for m in meetings]
    return Conflict(kind, tuple(dict.fromkeys([person.id, *others])), short.items, text)


def _tables(event: Event) -> Iterator[Conflict]:
    short = shortage({m.id: event.allowed_slots(m) for m in event.meetings}, event.tables)
    if short is not None:
        room = event.tables * len(short.seats)
        meetings = [event.meeting[i] for i in short.items]
        people = tuple(dict.fromkeys(person for m in meetings for person in (m.a, m.b)))
        slots = listed([event.slots[t - 1].label for t in short.seats])
        text = (
            f"{len(short.items)} 场洽谈（{listed([pair(event, m) for m in meetings])}）"
            f"只能排在 {len(short.seats)} 个时段（{slots}），{event.tables} 张桌共容得下 {room} 场"
        )
        yield Conflict(ConflictKind.TABLES, people, short.items, text)


def _precedence(event: Event) -> Iterator[Conflict]:
    """Longest chains: a meeting's earliest slot is one after the latest of the earliest slots before it."""
    order, circle = _in_order(event)
    if circle:
        names = " → ".join(pair(event, event.meeting[i]) for i in (*circle, circle[0]))
        yield _chain_conflict(event, circle, f"先后次序成了一个圈：{names}")
        return
    earliest: dict[str, int] = {}
    last_before: dict[str, str] = {}
    for meeting in order:
        start = 1
        for before in meeting.after:
            if earliest[before] + 1 > start:
                start, last_before[meeting.id] = earliest[before] + 1, before
        fitting = [t for t in event.allowed_slots(meeting) if t >= start]
        if not fitting:
            chain = _chain(meeting.id, last_before)
            names = " → ".join(pair(event, event.meeting[i]) + _demand(event.meeting[i]) for i in chain)
            text = f"先后次序排不下：{names}，最后一场已没有合适的时段"
            yield _chain_conflict(event, chain, text)
            return
        earliest[meeting.id] = fitting[0]


def _chain(last: str, last_before: dict[str, str]) -> tuple[str, ...]:
    chain = [last]
    while chain[-1] in last_before:
        chain.append(last_before[chain[-1]])
    return tuple(reversed(chain))


def _chain_conflict(event: Event, meetings: tuple[str, ...], text: str) -> Conflict:
    people = dict.fromkeys(person for i in meetings for person in (event.meeting[i].a, event.meeting[i].b))
    return Conflict(ConflictKind.PRECEDENCE, tuple(people), meetings, text)


def _in_order(event: Event) -> tuple[list[Meeting], tuple[str, ...]]:
    """Meetings sorted so that each comes after those it waits for, and the ids of a circle if there is one."""
    waiting = {m.id: set(m.after) for m in event.meetings}
    followers: dict[str, list[str]] = {m.id: [] for m in event.meetings}
    for meeting in event.meetings:
        for before in set(meeting.after):
            followers[before].append(meeting.id)
    order = [m.id for m in event.meetings if not waiting[m.id]]
    for done in order:
        for follower in followers[done]:
            waiting[follower].remove(done)
            if not waiting[follower]:
                order.append(follower)
    stuck = {m: waits for m, waits in waiting.items() if waits}
    return [event.meeting[i] for i in order], _circle(stuck)


def _circle(stuck: dict[str, set[str]]) -> tuple[str, ...]:
    if not stuck:
        return ()
    path = [min(stuck)]
    while True:
        before = min(stuck[path[-1]] & stuck.keys())
        if before in path:
            return tuple(reversed(path[path.index(before) :]))
        path.append(before)
