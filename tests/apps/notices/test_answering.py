"""A form that was designed is filled in: checked, kept as a draft, sent, sent back by field, reminded, added up."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.accounts.models import User
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Membership, Organisation
from hearth.apps.directory.states import Kind, Role
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.measures import queries as measures
from hearth.apps.messages.models import Message
from hearth.apps.notices import actions, queries
from hearth.apps.notices.actions import AnswerWrong, NoticeRefused
from hearth.apps.notices.models import Answer, Notice, Reminder, Return
from hearth.apps.notices.queries import crediting, rolling
from hearth.apps.notices.rules import fields
from hearth.apps.notices.rules.fields import Field, Form
from hearth.apps.notices.states import FieldKind, StampStanding
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

FORM = Form(
    (
        Field(
            key="people",
            label="参加人数",
            kind=FieldKind.WHOLE,
            unit="人",
            required=True,
            definition="到场的",
        ),
        Field(key="manner", label="形式", kind=FieldKind.CHOICE, choices=("线上", "现场")),
        Field(
            key="events",
            label="活动",
            kind=FieldKind.TABLE,
            columns=(
                Field(key="c1", label="名称", kind=FieldKind.SHORT, required=True),
                Field(key="c2", label="日期", kind=FieldKind.DATE, required=True),
                Field(key="c3", label="人数", kind=FieldKind.WHOLE, unit="人"),
            ),
        ),
        Field(key="stamped", label="盖章件", kind=FieldKind.STAMPED),
    )
)


@dataclass(frozen=True)
class Asked:
    house: houses.House
    campaign: Campaign
    notice: Notice
    by: Actor

    def of(self, organisation: Organisation) -> Return:
        found: Return = Return.objects.get(org=organisation, notice=self.notice)
        return found

    def answer(self, organisation: Organisation, **said: str) -> Return:
        with scope(organisation.path):
            by = Actor(org=organisation, role=Role.LIAISON, user_id=None, name="联络员丁")
            told = {name.replace("__", "."): text for name, text in said.items()}
            return actions.answer(returned=self.of(organisation), said=told, by=by)


@pytest.fixture
def asked(db: None) -> Iterator[Asked]:
    house = houses.build()
    with scope(house.city.path):
        campaign = building.start(house)
        yield Asked(house, campaign, issue(house, campaign), house.officer())


def issue(house: houses.House, campaign: Campaign, form: Form = FORM, number: str = "TZ-1") -> Notice:
    return actions.issue(
        campaign=campaign,
        number=number,
        title="关于报送的通知",
        issuer=house.city,
        issued_on=building.day(29),
        receivers=[Kind.COUNTY, Kind.ENTERPRISE],
        due=building.day(5, 6),
        form=form,
        by=house.leader(),
    )


def test_each_receiver_has_a_link_that_opens_its_own_return(asked: Asked) -> None:
    county = asked.of(asked.house.county)
    link = links.of(Purpose.RETURN, [county.pk])[county.pk]
    assert links.opened_by(link.token, Purpose.RETURN) == link
    former = link.token
    renewed = actions.renew_link(returned=county, link=link, by=asked.by)
    assert links.opened_by(former, Purpose.RETURN) is None
    assert links.opened_by(renewed.token, Purpose.RETURN) == renewed
    actions.revoke_link(returned=county, link=renewed, by=asked.by)
    assert links.opened_by(renewed.token, Purpose.RETURN) is None


def test_each_wrong_field_is_told_and_nothing_is_kept(asked: Asked) -> None:
    with pytest.raises(AnswerWrong) as wrong:
        asked.answer(asked.house.county, people="三十", manner="夜里", events__0__c1="讲座")
    assert wrong.value.faults == {
        "people": "“三十”应为整数，如 12。",
        "manner": "“夜里”不在可选的里面，请从线上、现场里选。",
        "events.0.c2": "还没有填。",
    }
    assert Answer.objects.count() == 0


def test_a_file_of_another_organisation_is_not_taken(asked: Asked) -> None:
    firm = asked.house.enterprise
    file = actions.keep_file(returned=asked.of(firm), name="章.pdf", data=b"%PDF-1.4\nx", by=asked.by)
    with pytest.raises(AnswerWrong, match="不是本单位传的"):
        asked.answer(asked.house.county, people="3", stamped=str(file.pk))


def test_a_stamped_scan_is_told_and_confirmed_by_a_person(asked: Asked) -> None:
    firm = asked.house.enterprise
    file = actions.keep_file(returned=asked.of(firm), name="章.pdf", data=b"%PDF-1.4\nx", by=asked.by)
    answered = asked.answer(firm, people="3", stamped=str(file.pk))
    assert answered.stamp == StampStanding.UNREAD
    seen = actions.confirm_stamp(returned=answered, reason="", by=asked.by)
    assert (seen.stamp, seen.stamp_seen_by) == (StampStanding.CONFIRMED, "干事甲")
    with pytest.raises(NoticeRefused, match="不用再对照"):
        actions.confirm_stamp(returned=seen, reason="", by=asked.by)


def test_two_windows_lose_nothing(asked: Asked) -> None:
    county, by = asked.of(asked.house.county), asked.by

    def save(base: dict[str, str], **said: str) -> dict[str, str]:
        merged = actions.save_draft(returned=county, base=base, said=said, by=by)
        return dict(merged.clashes)

    assert save({}, people="3") == {}
    assert save({}, people="", manner="现场") == {}
    county.refresh_from_db()
    assert county.draft == {"people": "3", "manner": "现场"}
    assert save({}, people="4") == {"people": "3"}
    assert save({"people": "3"}, people="4") == {}
    county.refresh_from_db()
    assert county.draft == {"people": "4", "manner": "现场"}


def test_what_is_sent_back_says_why_by_field_and_every_version_is_kept(asked: Asked) -> None:
    county = asked.house.county
    answered = asked.answer(county, people="3")
    back = actions.send_back(returned=answered, reason="", field_reasons={"people": "少了一场"}, by=asked.by)
    assert (back.sent_back_because, back.field_reasons) == ("参加人数：少了一场", {"people": "少了一场"})
    again = asked.answer(county, people="5", manner="现场")
    later, first = queries.history(again)
    assert (first.version.number, first.version.said, first.version.sent_back_because) == (
        1,
        {"people": "3"},
        "参加人数：少了一场",
    )
    assert [(one.label, one.before, one.now) for one in later.changes] == [
        ("形式", "", "现场"),
        ("参加人数", "3", "5"),
    ]
    assert again.seal != answered.seal


def test_a_later_notice_starts_from_the_last_return(asked: Asked) -> None:
    county = asked.house.county
    asked.answer(county, people="3")
    later = issue(asked.house, asked.campaign, number="TZ-2")
    fresh = Return.objects.get(notice=later, org=county)
    last = queries.last_of(fresh)
    assert last is not None
    assert queries.said(last) == {"people": "3"}


def test_choices_are_counted_and_tables_added(asked: Asked) -> None:
    asked.answer(
        asked.house.county,
        people="3",
        manner="现场",
        events__0__c1="讲座",
        events__0__c2="2020-06-01",
        events__0__c3="30",
    )
    asked.answer(asked.house.enterprise, people="4", manner="现场")
    city, *_rest = rolling.roll_up(asked.notice, by=asked.by)
    assert city.total.numbers == {"people": 7, "manner=现场": 2, "events.all.c3": 30}
    (rolled,) = [one for one in rolling.columns(FORM) if one.name == "people"]
    parts = rolling.drill(asked.notice, rolled, asked.house.city.path, by=asked.by)
    assert [(str(one.returned.org), one.number) for one in parts] == [("丑厂", 4), ("子县科协", 3)]


def test_an_asked_number_feeds_papers_by_its_label(asked: Asked) -> None:
    asked.answer(asked.house.county, people="3")
    measured = measures.measure("报送项.参加人数", asked.campaign.pk)
    assert measured.value is not None
    assert (measured.value.number, measured.value.unit) == (3, "人")
    assert measures.measure("报送项.没有的项", asked.campaign.pk).value is None


def both_report(asked: Asked) -> None:
    for org, name, day in (
        (asked.house.county, "科学家精神主题宣讲进社区", "2020-06-01"),
        (asked.house.enterprise, "科学家精神宣讲进社区活动", "2020-06-02"),
    ):
        asked.answer(org, people="1", events__0__c1=name, events__0__c2=day, events__0__c3="30")


def summed(asked: Asked) -> Decimal:
    return rolling.roll_up(asked.notice, by=asked.by)[0].total.of("events.all.c3")


def test_an_event_that_two_reported_counts_once_until_it_is_undone(asked: Asked) -> None:
    both_report(asked)
    (pair,) = crediting.suggested(asked.notice, by=asked.by)
    assert pair.reasons[0] == "相差一天"
    owner, copy = ((line.returned, line.line) for line in (pair.first, pair.second))
    made = actions.share_credit(notice=asked.notice, key="events", owner=owner, copy=copy, by=asked.by)
    assert (summed(asked), crediting.suggested(asked.notice, by=asked.by)) == (30, ())
    with pytest.raises(NoticeRefused, match=r"已经并作一件|已经并到别家|已经替别家计数"):
        actions.share_credit(notice=asked.notice, key="events", owner=copy, copy=owner, by=asked.by)
    actions.part_credit(duplicate=made, by=asked.by)
    assert summed(asked) == 60


def test_a_return_that_is_sent_back_gives_its_credit_free(asked: Asked) -> None:
    both_report(asked)
    (pair,) = crediting.suggested(asked.notice, by=asked.by)
    owner, copy = ((line.returned, line.line) for line in (pair.first, pair.second))
    actions.share_credit(notice=asked.notice, key="events", owner=owner, copy=copy, by=asked.by)
    actions.send_back(returned=Return.objects.get(pk=owner[0]), reason="请核对", by=asked.by)
    assert summed(asked) == 30
    assert crediting.confirmed(asked.notice, by=asked.by) == ()


def test_the_database_keeps_one_answer_for_a_place(asked: Asked) -> None:
    asked.answer(asked.house.county, people="3")
    copy = Answer.objects.get()
    copy.pk = None
    with pytest.raises(IntegrityError, match="answer_once"), transaction.atomic():
        copy.save()
    with pytest.raises(IntegrityError, match="answer_says_one_thing"), transaction.atomic():
        Answer.objects.update(text="三")


def liaison(organisation: Organisation, name: str) -> None:
    user = User.objects.create(username=name, name=name, email=f"{name}@example.org")
    Membership.objects.create(user=user, org=organisation, role=Role.LIAISON)


def test_the_daily_round_reminds_each_occasion_once_and_only_who_is_missing(asked: Asked) -> None:
    house = asked.house
    liaison(house.county, "ding")
    asked.answer(house.enterprise, people="3")
    for day in (2, 3, 4, 6, 6, 8):
        actions.remind_due(datetime.date(2020, 6, day))
    told = Reminder.objects.order_by("pk").values_list("returned__org__short_name", "occasion", "told")
    assert list(told) == [("子县科协", "before", 1), ("子县科协", "after", 1)]
    assert [one.name for one in Message.objects.order_by("pk")] == ["ding", "ding"]


def test_after_the_deadline_the_superior_below_the_issuer_is_told_too(asked: Asked) -> None:
    house = asked.house
    with scope(house.city.path):
        Organisation.objects.filter(pk=house.enterprise.pk).update(parent=house.county)
    liaison(house.county, "ding")
    liaison(house.enterprise, "wu")
    actions.remind(notice=asked.notice, returns=[asked.of(house.enterprise)], by=asked.by)
    assert sorted(one.name for one in Message.objects.all()) == ["ding", "wu"]


def test_a_form_that_cannot_be_sent_is_refused(asked: Asked) -> None:
    twice = Form((FORM.fields[0], replace(FORM.fields[0], key="other")))
    with pytest.raises(NoticeRefused, match="有两项都叫“参加人数”"):
        issue(asked.house, asked.campaign, twice, "TZ-9")
    assert fields.from_json(fields.as_json(FORM)) == FORM
