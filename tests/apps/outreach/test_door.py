"""The door: verdicts, counts, what is sent again, undoing, leaving and coming back; feedback of those who came."""

import uuid
from collections.abc import Iterator

import pytest

from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.outreach import actions, queries
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import Feedback, OutreachEvent, Scan
from hearth.apps.outreach.states import Act, Audience, Rating, Verdict
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building
from tests.apps.outreach import visits
from tests.apps.outreach.visits import Opening, done


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture
def opening(house: houses.House) -> Iterator[Opening]:
    """An event of today with three places."""
    with scope(house.city.path):
        yield visits.build(house, days=0)


def counts(opening: Opening) -> tuple[int, int, int]:
    found = queries.arrivals(opening.event)
    return found.arrived, found.inside, found.expected


def test_a_ticket_lets_its_whole_party_in_once(opening: Opening) -> None:
    code = opening.come(2).code
    assert opening.scan(f" {code[:4]}-{code[4:].lower()} ").verdict == Verdict.ADMITTED
    assert opening.scan(code).verdict == Verdict.TWICE
    assert counts(opening) == (2, 2, 2)


def test_what_was_sent_before_gets_the_same_answer_and_counts_once(opening: Opening) -> None:
    sent = [done(opening.come().code), done("", Act.WALK_IN, people=2)]
    first = actions.receive(event=opening.event, done=sent, by=opening.by)
    again = actions.receive(event=opening.event, done=[*sent, sent[0]], by=opening.by)
    assert [scan.pk for scan in again] == [first[0].pk, first[1].pk, first[0].pk]
    assert counts(opening) == (3, 3, 1)
    assert [event.detail["scans"] for event in Event.objects.filter(verb="门口签到")] == [2]


def test_within_one_batch_a_ticket_goes_in_once_and_a_key_is_kept_once(opening: Opening) -> None:
    code, key = opening.come().code, uuid.uuid4()
    sent = [done(code, key=key), done(code), done(code, key=key)]
    found = actions.receive(event=opening.event, done=sent, by=opening.by)
    assert [scan.verdict for scan in found] == [Verdict.ADMITTED, Verdict.TWICE, Verdict.ADMITTED]
    assert Scan.objects.count() == 2


def test_what_is_no_ticket_of_this_event_stays_out_and_is_kept(house: houses.House, opening: Opening) -> None:
    other = Opening(
        actions.plan_event(
            campaign=building.start(house, "别的活动"),
            number="KP-9",
            name="别的专场",
            school=house.county,
            held_on=opening.event.held_on,
            person=house.person,
            capacity=3,
            by=opening.by,
        ),
        opening.by,
    )
    opening.come(3)
    cancelled, waiting = opening.come(contact="a@example.cn"), opening.come()
    actions.give_up(registration=cancelled, by=opening.by)
    said = ["没有的", other.come().code, cancelled.code, waiting.code]
    assert [opening.scan(one).verdict for one in said] == [
        Verdict.UNKNOWN,
        Verdict.ELSEWHERE,
        Verdict.NOT_HELD,
        Verdict.NOT_HELD,
    ]
    assert (Scan.objects.count(), counts(opening)[0]) == (4, 0)


def test_a_mistaken_scan_is_taken_back_and_the_ticket_is_good_again(opening: Opening) -> None:
    code = opening.come(2).code
    mistaken = opening.scan(code)
    assert opening.scan(str(mistaken.key), Act.UNDO).verdict == Verdict.UNDONE
    assert counts(opening) == (0, 0, 2)
    assert opening.scan(str(mistaken.key), Act.UNDO).verdict == Verdict.UNKNOWN
    assert opening.scan("不是编号", Act.UNDO).verdict == Verdict.UNKNOWN
    assert opening.scan(code).verdict == Verdict.ADMITTED
    assert counts(opening) == (2, 2, 2)


def test_who_leaves_and_comes_back_has_arrived_once(opening: Opening) -> None:
    code = opening.come(2).code
    assert opening.scan(code, Act.OUT).verdict == Verdict.NOT_IN
    opening.scan(code)
    assert opening.scan(code, Act.OUT).verdict == Verdict.LEFT
    assert counts(opening) == (2, 0, 2)
    assert opening.scan(code, Act.BACK).verdict == Verdict.BACK
    assert counts(opening) == (2, 2, 2)


def test_who_came_cannot_cancel(opening: Opening) -> None:
    registration = opening.come()
    opening.scan(registration.code)
    with pytest.raises(OutreachRefused, match="已经进过场"):
        actions.give_up(registration=registration, by=opening.by)


def test_the_count_of_the_door_becomes_the_attendance(opening: Opening) -> None:
    opening.scan(opening.come(2).code)
    opening.scan("", Act.WALK_IN, people=5)
    actions.take_attendance(event=opening.event, by=opening.by)
    assert OutreachEvent.objects.get().attendance == 7


def test_the_link_of_the_door_ends_the_day_after_also_when_the_event_moves(opening: Opening) -> None:
    first = actions.open_door(event=opening.event, by=opening.by)
    day = building.day(1, month=6).replace(year=opening.event.held_on.year + 1)
    moved = actions.amend_event(event=opening.event, held_on=day, by=opening.by)
    second = actions.open_door(event=moved, by=opening.by)
    assert (first.token, second.ends_on) == (second.token, day.replace(day=2))


def test_only_those_who_came_and_the_school_are_asked_once(opening: Opening) -> None:
    came, stayed_away = opening.come(), opening.come()
    opening.scan(came.code)
    asked = actions.ask_feedback(event=opening.event, by=opening.by)
    assert [one.who for one in asked] == ["试验子县科协", str(came)]
    assert actions.ask_feedback(event=opening.event, by=opening.by) == []
    opening.scan(stayed_away.code)
    assert [one.who for one in actions.ask_feedback(event=opening.event, by=opening.by)] == [str(stayed_away)]
    assert len(links.of(Purpose.FEEDBACK, [one.pk for one in Feedback.objects.all()])) == 3


def test_before_the_event_nobody_is_asked(house: houses.House, db: None) -> None:
    with scope(house.city.path):
        later = visits.build(house, days=1)
        with pytest.raises(OutreachRefused, match="活动还没有办"):
            actions.ask_feedback(event=later.event, by=later.by)


def test_something_is_written_only_to_those_it_concerns(opening: Opening) -> None:
    came, absent = opening.come(2), opening.come()
    waiting = opening.come()
    actions.give_up(registration=opening.come(), by=opening.by)
    opening.scan(came.code)
    concerned = {
        Audience.ALL: {came.name, absent.name, waiting.name},
        Audience.CAME: {came.name},
        Audience.ABSENT: {absent.name},
        Audience.WAITING: {waiting.name},
    }
    for to, names in concerned.items():
        told = actions.write(event=opening.event, to=to, subject="照片", text="在这里", by=opening.by)
        assert {one.name for one in told} == names


def test_before_the_event_nobody_has_come_or_stayed_away(house: houses.House, db: None) -> None:
    with scope(house.city.path):
        later = visits.build(house, days=1)
        later.come()
        with pytest.raises(OutreachRefused, match="分不出谁来了、谁没来"):
            actions.write(event=later.event, to=Audience.ABSENT, subject="照片", text="在", by=later.by)
        with pytest.raises(OutreachRefused, match="没有候补的人"):
            actions.write(event=later.event, to=Audience.WAITING, subject="照片", text="在", by=later.by)


def test_feedback_is_summed_up_and_said_again_it_replaces(opening: Opening) -> None:
    opening.scan(opening.come().code)
    school, party = actions.ask_feedback(event=opening.event, by=opening.by)
    house = Actor.house(opening.event.org, "来人")
    for one, rating in ((school, Rating.POOR), (school, Rating.GOOD), (party, Rating.GREAT)):
        actions.give_feedback(feedback=one, rating=rating, text="好", wants="航模", by=house)
    found = queries.opinions(opening.by, opening.event)
    assert (found.asked, found.answered, found.mean) == (2, 2, 4.5)
    assert [number for _, number in found.counts] == [1, 1, 0, 0, 0]
    assert [one.wants for one in queries.feedback(opening.by, opening.event)] == ["航模", "航模"]
