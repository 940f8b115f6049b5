"""Consulting: who is asked, what is kept of who answers, what is joined, and who is told what became of it."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.campaigns import actions, queries, rules
from hearth.apps.campaigns.actions import CampaignRefused
from hearth.apps.campaigns.models import Consultation, Invitation, Opinion, Suggestion
from hearth.apps.campaigns.states import Handling, Naming
from hearth.apps.directory.models import Actor, Person
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.messages.models import Message
from hearth.lib.wall import scope
from tests.apps.campaigns import building
from tests.apps.houses import House, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = build()
    with scope(house.province.path):
        yield house


@pytest.fixture
def campaign(house: House):
    return building.start(house)


def consult(house: House, campaign, **changes) -> Consultation:
    told = {
        "title": "活动方案征求意见",
        "text": "",
        "questions": ["对安排有什么意见？", "有什么困难？"],
        "naming": Naming.CHOICE,
        "is_public": False,
        "closes_on": timezone.localdate(),
        **changes,
    }
    return actions.consult(campaign=campaign, by=house.officer(), **told)


def invited(house: House, asked: Consultation) -> Invitation:
    actions.invite(consultation=asked, people=[house.person], by=house.officer())
    return Invitation.objects.select_related("person__org", "person__user").get(consultation=asked)


def answer(house: House, asked: Consultation, *answers: str, **who) -> Opinion:
    by = Actor.house(house.city, who.get("name") or "公开")
    return actions.answer(consultation=asked, answers=answers, by=by, **who)


def said(asked: Consultation) -> list[str]:
    rows = Suggestion.objects.filter(campaign=asked.campaign).order_by("number")
    return list(rows.values_list("text", flat=True))


def test_each_answer_that_says_something_becomes_a_numbered_suggestion(house, campaign):
    asked = consult(house, campaign)
    answer(house, asked, "增加进校园场次。", "  ", name="周四")
    answer(house, asked, "", "实验设备不够用。", name="吴五")
    rows = Suggestion.objects.order_by("number").values_list("number", "proposer", "text")
    assert list(rows) == [("YJ-001", "周四", "增加进校园场次。"), ("YJ-002", "吴五", "实验设备不够用。")]
    assert [one.answers for one in Opinion.objects.all()] == [
        ["增加进校园场次。", ""],
        ["", "实验设备不够用。"],
    ]


def test_an_invited_person_has_one_link_and_answers_once(house, campaign):
    asked = consult(house, campaign)
    invitation = invited(house, asked)
    assert actions.invite(consultation=asked, people=[house.person], by=house.officer()) == 0
    link = links.of(Purpose.CONSULTATION, [invitation.pk])[invitation.pk]
    assert Message.objects.get(name="赵一").href == link.get_absolute_url()

    answer(house, asked, "好", "", name="赵一", invitation=invitation)
    with pytest.raises(CampaignRefused, match="已经回答过"):
        answer(house, asked, "再说一条", "", name="赵一", invitation=invitation)
    assert said(asked) == ["好"]


def test_who_stays_unnamed_leaves_no_trace_but_that_he_answered(house, campaign):
    asked = consult(house, campaign)
    invitation = invited(house, asked)
    answer(house, asked, "不要总是填表。", "", name="赵一", invitation=invitation, unnamed=True)

    opinion = Opinion.objects.get()
    assert (opinion.invitation, opinion.name, opinion.unit, opinion.contact) == (None, "", "", "")
    suggestion = Suggestion.objects.get()
    assert (suggestion.proposer, suggestion.from_org) == ("", None)
    assert not Event.objects.filter(verb="收到意见", who__contains="赵一").exists()
    invitation.refresh_from_db()
    assert invitation.answered_on == timezone.localdate()


def test_an_anonymous_consultation_keeps_no_name_that_is_sent(house, campaign):
    asked = consult(house, campaign, naming=Naming.ANONYMOUS)
    assert answer(house, asked, "好", "", name="赵一").name == ""


@pytest.mark.parametrize(
    ("naming", "answers", "who", "cure"),
    [
        (Naming.CHOICE, ["", " "], {"name": "周四"}, "至少回答一个"),
        (Naming.CHOICE, ["好"], {"name": "周四"}, "刷新这一页"),
        (Naming.CHOICE, ["好", ""], {}, "请写上姓名"),
        (Naming.NAMED, ["好", ""], {"name": "周四", "unnamed": True}, "要求实名"),
    ],
)
def test_an_answer_that_cannot_be_taken_in_is_told_the_cure(house, campaign, naming, answers, who, cure):
    asked = consult(house, campaign, naming=naming)
    with pytest.raises(CampaignRefused, match=cure):
        answer(house, asked, *answers, **who)
    assert said(asked) == []


def test_after_closing_nothing_is_taken_in(house, campaign):
    asked = actions.close(consultation=consult(house, campaign), by=house.officer())
    with pytest.raises(CampaignRefused, match="已经截止"):
        answer(house, asked, "晚了", "", name="周四")


def test_a_public_consultation_is_listed_until_its_last_day_and_others_never(house, campaign):
    consult(house, campaign)
    asked = consult(house, campaign, is_public=True)
    assert [one.target for one in links.open_to_all(Purpose.OPEN_CONSULTATION)] == [asked.pk]


def test_questions_and_the_last_day_are_asked_for(house, campaign):
    with pytest.raises(CampaignRefused, match="还没有问题"):
        consult(house, campaign, questions=["", " "])
    with pytest.raises(CampaignRefused, match="已经过了"):
        consult(house, campaign, closes_on=timezone.localdate() - datetime.timedelta(days=1))


def three(house, campaign) -> list[Suggestion]:
    asked = consult(house, campaign)
    for name, text in (
        ("周四", "建议增加科普进校园的场次"),
        ("吴五", "希望科普进校园多增加几场，增加场次"),
        ("郑六", "解决青年人才的住房"),
    ):
        answer(house, asked, text, "", name=name, contact=f"{name}@hearth.invalid")
    return list(Suggestion.objects.order_by("number"))


def test_what_says_the_same_is_found_and_the_rest_is_not(house, campaign):
    first, second, _third = three(house, campaign)
    assert [one.suggestion for one in queries.alike(first, by=house.officer())] == [second]


def test_likeness_is_one_for_the_same_words_and_nothing_for_none():
    assert rules.likeness("增加场次。", "建议增加场次") == 1.0
    assert rules.likeness("增加场次", "解决住房") == 0.0
    assert rules.likeness("建议", "建议") == 0.0


def test_joined_suggestions_share_one_outcome_and_each_proposer_is_told(house, campaign):
    first, second, third = three(house, campaign)
    by = house.officer()
    actions.join(suggestion=second, to=first, by=by)
    actions.handle(suggestion=first, handling=Handling.ADOPTED, clause="二、（三）", by=by)

    rows = Suggestion.objects.order_by("number").values_list("handling", "clause")
    assert list(rows) == [("adopted", "二、（三）"), ("adopted", "二、（三）"), ("open", "")]
    told = Message.objects.filter(subject="您提的意见有了结果").order_by("pk")
    assert [(one.address, one.text.split("\n")[0]) for one in told] == [
        ("周四@hearth.invalid", "建议增加科普进校园的场次"),
        ("吴五@hearth.invalid", "希望科普进校园多增加几场，增加场次"),
    ]
    assert third.text in said(Consultation.objects.get())


def test_what_is_joined_later_takes_the_outcome_over_and_is_told(house, campaign):
    first, second, _third = three(house, campaign)
    actions.handle(suggestion=first, handling=Handling.DECLINED, answer="场地不够。", by=house.officer())
    actions.join(suggestion=second, to=first, by=house.officer())
    second.refresh_from_db()
    assert (second.handling, second.answer) == (Handling.DECLINED, "场地不够。")
    assert Message.objects.filter(address="吴五@hearth.invalid").count() == 1


def test_a_suggestion_taken_out_again_waits_for_its_own_handling(house, campaign):
    first, second, third = three(house, campaign)
    actions.join(suggestion=second, to=first, by=house.officer())
    actions.join(suggestion=first, to=third, by=house.officer())
    assert list(third.joined.order_by("number")) == [first, second]
    actions.part(suggestion=second, by=house.officer())
    second.refresh_from_db()
    assert (second.joined_to, second.handling) == (None, Handling.OPEN)


def test_joining_to_a_joined_one_or_itself_and_handling_a_joined_one_are_refused(house, campaign):
    first, second, third = three(house, campaign)
    actions.join(suggestion=second, to=first, by=house.officer())
    with pytest.raises(CampaignRefused, match="自己已经并入"):
        actions.join(suggestion=third, to=second, by=house.officer())
    with pytest.raises(CampaignRefused, match="另一条"):
        actions.join(suggestion=third, to=third, by=house.officer())
    with pytest.raises(CampaignRefused, match="在那一条上处理"):
        actions.handle(suggestion=second, handling=Handling.ADOPTED, clause="一", by=house.officer())
    with pytest.raises(IntegrityError, match="suggestion_not_joined_to_itself"), transaction.atomic():
        Suggestion.objects.filter(pk=third.pk).update(joined_to=third)


@pytest.mark.parametrize(("handling", "cure"), [(Handling.ADOPTED, "哪一条"), (Handling.DECLINED, "为什么")])
def test_an_outcome_says_where_or_why(house, campaign, handling, cure):
    first, *_rest = three(house, campaign)
    with pytest.raises(CampaignRefused, match=cure):
        actions.handle(suggestion=first, handling=handling, by=house.officer())


def test_an_invited_person_is_told_in_the_house(house, campaign):
    user = get_user_model().objects.create(username="zhao", name="赵一")
    Person.objects.filter(pk=house.person.pk).update(user=user)
    asked = consult(house, campaign)
    answer(house, asked, "好", "", name="赵一", invitation=invited(house, asked))
    actions.handle(
        suggestion=Suggestion.objects.get(), handling=Handling.ADOPTED, clause="一", by=house.officer()
    )
    assert Message.objects.filter(user=user, subject="您提的意见有了结果").count() == 1
