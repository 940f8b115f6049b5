"""Switching: what changes, who is told, what is written down, and what an undo brings back."""

import dataclasses
import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.campaigns.models import Campaign, Level
from hearth.apps.contingency import actions, queries
from hearth.apps.contingency.actions import SwitchRefused
from hearth.apps.contingency.models import Call, Change, Switch, Turn
from hearth.apps.contingency.states import What
from hearth.apps.directory.states import Role
from hearth.apps.measures import queries as measures
from hearth.apps.messages.models import Message
from hearth.apps.outreach import actions as outreach
from hearth.apps.outreach import tasks
from hearth.apps.outreach.actions import OutreachRefused
from hearth.apps.outreach.models import OutreachEvent, PublicEvent
from hearth.lib.wall import scope
from tests.apps.contingency import storms
from tests.apps.contingency.storms import Storm
from tests.apps.houses import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def storm(settings):
    settings.MAIL_SET_UP = True
    house = build()
    with scope(house.city.path):
        yield storms.build(house)


def levels() -> list[tuple[str, datetime.date | None]]:
    return list(Level.objects.values_list("name", "in_force_since"))


def everything() -> list[dict]:
    """Each event and level with its public copy, column by column, without the times of the last save."""
    return [
        {name: value for name, value in row.items() if name not in ("updated_at", "changed_at")}
        for model in (OutreachEvent, PublicEvent, Level)
        for row in model.objects.order_by("pk").values()
    ]


def told_since(pk: int) -> list[tuple[str, str]]:
    return sorted(Message.objects.filter(pk__gt=pk).values_list("name", "subject"))


def last_message() -> int:
    return Message.objects.latest("pk").pk if Message.objects.exists() else 0


def counted(storm: Storm) -> int:
    return len(measures.measure("outreach.events", storm.plan.campaign_id).records)


def test_a_plan_b_moves_the_event_and_its_public_copy(storm: Storm):
    switch = storm.pull(storm.plan)

    assert storm.event.place == "礼堂"
    assert PublicEvent.objects.get().place == "礼堂"
    turn = switch.turns.get()
    assert (turn.was.place, turn.became.place) == ("", "礼堂")
    assert levels() == [("一级", None), ("二级", datetime.date(2020, 5, 15))]


def test_a_level_cancels_the_event_and_nobody_can_register_any_more(storm: Storm):
    storm.pull(storm.stormy)

    assert storm.event.cancelled_at
    assert PublicEvent.objects.get().cancelled_at
    assert levels() == [("一级", timezone.localdate()), ("二级", None)]
    with pytest.raises(OutreachRefused, match="已经取消"):
        storm.opening.come()


def test_a_cancelled_event_is_not_counted_reminds_nobody_and_moves_nobody_up(storm: Storm):
    held = storm.opening.come(10)
    storm.opening.come(2, "waiting@example.cn")
    before = counted(storm)
    storm.pull(storm.stormy)
    seen = last_message()

    outreach.give_up(registration=held, by=storm.by)
    tasks.remind(storm.event.held_on - datetime.timedelta(days=1))

    assert (before, counted(storm)) == (1, 0)
    assert told_since(seen) == []


def test_visitors_are_mailed_the_lead_is_told_in_the_house_and_others_are_to_be_called(storm: Storm):
    storm.opening.come(2, "a@example.cn")
    storm.opening.come(1, "13900001111")
    seen = last_message()

    switch = storm.pull(storm.plan)

    assert told_since(seen) == [("来人1", "有变动：试验专场"), ("赵一", "预案启动：雨天进礼堂")]
    assert list(switch.calls.values_list("name", "phone")) == [
        ("来人2", "13900001111"),
        ("钱二", "13900009999"),
    ]
    assert (switch.told, switch.to_call) == (2, 2)
    assert "改为" in Message.objects.get(subject="有变动：试验专场").text


def test_without_a_mail_server_who_left_an_e_mail_is_to_be_called(storm: Storm, settings):
    settings.MAIL_SET_UP = False
    storm.opening.come(2, "a@example.cn")

    switch = storm.pull(storm.plan)

    assert ("来人1", "a@example.cn") in switch.calls.values_list("name", "phone")


def test_who_gave_up_is_not_told(storm: Storm):
    outreach.give_up(registration=storm.opening.come(1, "a@example.cn"), by=storm.by)
    seen = last_message()

    storm.pull(storm.plan)

    assert told_since(seen) == [("赵一", "预案启动：雨天进礼堂")]


def test_the_sheet_says_exactly_what_then_happens(storm: Storm):
    storm.opening.come(2, "a@example.cn")
    storm.opening.come(1, "13900001111")
    outlook = queries.outlook(storm.plan, by=storm.by)

    switch = storm.pull(storm.plan)

    assert (outlook.reached, outlook.to_call) == (switch.told, switch.to_call)
    assert [step.after for step in outlook.steps] == [turn.became for turn in switch.turns.all()]


def test_what_changed_since_the_sheet_was_opened_is_looked_at_again(storm: Storm):
    outlook = queries.outlook(storm.plan, by=storm.by)
    outreach.amend_event(event=storm.event, place="操场", by=storm.by)

    with pytest.raises(SwitchRefused, match="再看一遍"):
        storm.pull(storm.plan, seen=outlook.mark)

    assert (storm.event.place, Switch.objects.count()) == ("操场", 0)


def test_an_undo_brings_everything_back_exactly(storm: Storm):
    storm.opening.come(2, "a@example.cn")
    before = everything()
    for of in (storm.plan, storm.stormy):
        switch = storm.pull(of)
        assert everything() != before
        seen = last_message()

        undone = actions.undo(switch=switch, why="雨停了", by=storm.by)

        assert everything() == before
        assert ("来人1", "有变动：试验专场") in told_since(seen)
        assert undone.undone_told == 2
        assert [turn.is_undone for turn in undone.turns.all()] == [True]


def test_what_somebody_changed_since_is_left_alone_and_said(storm: Storm):
    switch = storm.pull(storm.plan)
    outreach.amend_event(event=storm.event, place="体育馆", by=storm.by)

    actions.undo(switch=switch, why="雨停了", by=storm.by)

    turn = Turn.objects.get()
    assert storm.event.place == "体育馆"
    assert not turn.is_undone
    assert "体育馆" in turn.left_because


def test_an_undo_happens_once_and_the_last_level_first(storm: Storm):
    first = storm.pull(storm.stormy)
    second = storm.pull(storm.fair)

    with pytest.raises(SwitchRefused, match="先撤销后来的"):
        actions.undo(switch=first, why="", by=storm.by)
    actions.undo(switch=second, why="弄错了", by=storm.by)
    with pytest.raises(SwitchRefused, match="已经撤销过"):
        actions.undo(switch=second, why="弄错了", by=storm.by)
    actions.undo(switch=first, why="弄错了", by=storm.by)

    assert levels() == [("一级", None), ("二级", datetime.date(2020, 5, 15))]
    assert storm.event.cancelled_at is None


def test_a_drill_changes_nothing_and_tells_only_the_lead_and_the_deputy(storm: Storm):
    storm.opening.come(2, "a@example.cn")
    before, seen = everything(), last_message()

    switch = storm.pull(storm.plan, is_drill=True)

    assert everything() == before
    assert told_since(seen) == [("赵一", "演练：雨天进礼堂")]
    assert [call.name for call in switch.calls.all()] == ["钱二"]
    assert switch.turns.get().became.place == "礼堂"
    with pytest.raises(SwitchRefused, match="不用撤销"):
        actions.undo(switch=switch, why="", by=storm.by)


def test_what_holds_already_is_not_pulled_again(storm: Storm):
    storm.pull(storm.plan)
    with pytest.raises(SwitchRefused, match="已经启动"):
        storm.pull(storm.plan)
    with pytest.raises(SwitchRefused, match="现在就是二级"):
        storm.pull(storm.fair)


def test_an_archived_campaign_only_drills(storm: Storm):
    Campaign.objects.update(archived_at=timezone.now())

    with pytest.raises(SwitchRefused, match="只能演练"):
        storm.pull(storm.plan)
    assert storm.pull(storm.plan, is_drill=True).pk


def test_past_and_cancelled_activities_are_not_touched_and_said(storm: Storm):
    OutreachEvent.objects.update(held_on=timezone.localdate() - datetime.timedelta(days=1))

    outlook = queries.outlook(storm.plan, by=storm.by)

    assert outlook.steps == ()
    assert [step.stays_because for step in outlook.staying] == ["已经办过"]


def test_every_pull_and_undo_is_in_the_trail_with_its_changes(storm: Storm):
    switch = storm.pull(storm.plan)
    actions.undo(switch=switch, why="雨停了", by=storm.by)

    found = Event.objects.filter(thing="contingency.switch").order_by("pk")
    assert [one.verb for one in found if one.verb != "告知"] == ["启动预案", "撤销预案"]
    assert "改为" in found[0].detail["fields"][0]


@pytest.mark.parametrize(
    "broken",
    [
        {"event": None},
        {"plan": None},
        {"place": ""},
    ],
)
def test_a_change_without_one_activity_one_owner_or_a_content_is_refused_by_the_database(
    storm: Storm, broken: dict
):
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(plan=storm.plan).update(**broken)


def test_an_activity_has_one_change_in_a_plan(storm: Storm):
    with pytest.raises(SwitchRefused, match="已经准备了变更"):
        actions.prepare(of=storm.plan, activity=storm.event, what=What.CANCELLED, by=storm.by)


def test_a_change_that_ends_before_it_begins_is_refused(storm: Storm):
    OutreachEvent.objects.update(starts=datetime.time(9), ends=datetime.time(11))
    moved = {"of": storm.fair, "activity": storm.event, "what": What.MOVED, "place": "礼堂", "by": storm.by}
    for hours in ({"ends": datetime.time(8)}, {"starts": datetime.time(12), "ends": datetime.time(12)}):
        with pytest.raises(SwitchRefused, match="结束要晚于开始"):
            actions.prepare(**moved, **hours)

    with pytest.raises(IntegrityError, match="change_ends_after_it_starts"), transaction.atomic():
        Change.objects.filter(plan=storm.plan).update(starts=datetime.time(12), ends=datetime.time(12))


def test_an_activity_put_off_past_its_prepared_end_stays_and_the_page_says_why(storm: Storm):
    OutreachEvent.objects.update(starts=datetime.time(9), ends=datetime.time(11))
    moved = {"of": storm.fair, "activity": storm.event, "what": What.MOVED, "place": "礼堂", "by": storm.by}
    actions.prepare(**moved, ends=datetime.time(10))
    OutreachEvent.objects.update(starts=datetime.time(14), ends=datetime.time(16))

    outlook = queries.outlook(storm.fair, by=storm.by)

    assert outlook.steps == ()
    assert [step.stays_because for step in outlook.staying] == [
        "预案写 10:00 结束，活动却 14:00 才开始，请改预案"
    ]


def test_liaisons_do_not_switch(storm: Storm):
    liaison = dataclasses.replace(storm.by, role=Role.LIAISON)
    with pytest.raises(SwitchRefused, match="转给干事或领导"):
        actions.pull(of=storm.plan, why="雨", message="", seen="", by=liaison)


def test_a_call_is_noted_once(storm: Storm):
    call = storm.pull(storm.plan).calls.get()

    first = actions.note_call(call=call, by=storm.by)
    again = actions.note_call(call=call, by=dataclasses.replace(storm.by, name="别人"))

    assert (first.called_at, first.called_by) == (again.called_at, again.called_by)
    assert Call.objects.get().called_by == "干事甲"
