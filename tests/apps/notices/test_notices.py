"""A notice goes down the tree, is signed for, answered, sent back, reminded, and added up."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.audit.models import Event
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory import actions as directory
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Kind, Role
from hearth.apps.notices import actions, queries
from hearth.apps.notices.actions import NoticeRefused
from hearth.apps.notices.models import Notice, Return
from hearth.apps.notices.queries import rolling
from hearth.apps.notices.queries.rolling import Sums
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

SAID = {"sessions": "1", "people": "1", "outreach_events": "1"}
KINDS = (Kind.COUNTY, Kind.ENTERPRISE, Kind.MEDICAL)


@dataclass(frozen=True)
class Sent:
    house: houses.House
    clinic: Organisation
    campaign: Campaign
    notice: Notice
    by: Actor

    def of(self, organisation: Organisation) -> Return:
        found: Return = Return.objects.get(org=organisation)
        return found

    def liaison(self, organisation: Organisation) -> Actor:
        return Actor(org=organisation, role=Role.LIAISON, user_id=None, name="联络员丁")

    def answer(self, organisation: Organisation, people: int, day: int = 3) -> Return:
        """The organisation itself answers, inside its own wall."""
        with scope(organisation.path):
            return actions.answer(
                returned=self.of(organisation),
                said={"sessions": "1", "people": str(people), "outreach_events": "0"},
                sent_on=building.day(day, 6),
                by=self.liaison(organisation),
            )


def sums(receivers: int, answered: int, **numbers: int) -> Sums:
    said = {key: Decimal(number) for key, number in numbers.items()}
    return Sums(receivers, answered, said | {"outreach_events": Decimal(0)})


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


def issue(house: houses.House, campaign: Campaign, number: str = "TZ-1", due: int | None = 5) -> Notice:
    return actions.issue(
        campaign=campaign,
        number=number,
        title="关于学习的通知",
        text="请认真学习。",
        issuer=house.city,
        issued_on=building.day(29),
        receivers=KINDS,
        due=building.day(due, 6) if due else None,
        by=house.leader(),
    )


@pytest.fixture
def sent(house: houses.House) -> Iterator[Sent]:
    """The city issues to its county, the clinic below the county, and its enterprise."""
    with scope(house.city.path):
        clinic = directory.add_organisation(
            parent=house.county,
            code="C11",
            name="试验寅县医院",
            short_name="寅县医院",
            kind=Kind.MEDICAL,
            by=house.officer(),
        )
        campaign = building.start(house)
        yield Sent(house, clinic, campaign, issue(house, campaign), house.officer())


def test_every_receiver_gets_a_copy_of_its_own(sent: Sent) -> None:
    assert [r.org for r in queries.returns(sent.by, sent.notice)] == [
        sent.house.county,
        sent.clinic,
        sent.house.enterprise,
    ]
    with scope(sent.house.county.path):
        mine = queries.inbox(sent.liaison(sent.house.county)).get()
        assert (mine.notice_title, mine.notice_text, mine.issuer) == (
            "关于学习的通知",
            "请认真学习。",
            sent.house.city,
        )
        assert Notice.objects.count() == 0
        assert Return.objects.count() == 2


def test_a_sister_receives_nothing(sent: Sent) -> None:
    with scope(sent.house.sister.path):
        assert Return.objects.count() == 0


def test_one_signs_for_a_notice_once(sent: Sent) -> None:
    county = sent.house.county
    with scope(county.path):
        signed = actions.acknowledge(returned=sent.of(county), by=sent.liaison(county))
        assert signed.acknowledged_at is not None
        with pytest.raises(NoticeRefused, match="已经签收过"):
            actions.acknowledge(returned=signed, by=sent.liaison(county))


def test_an_answer_stands_until_it_is_sent_back(sent: Sent) -> None:
    county = sent.house.county
    answered = sent.answer(county, 40)
    with pytest.raises(NoticeRefused, match="子县科协 已经报送；要修改，请先由 甲市科协 退回"):
        sent.answer(county, 50)
    back = actions.send_back(returned=answered, reason="人数不对", by=sent.by)
    assert (back.state, back.sent_back_because) == ("sent_back", "人数不对")
    again = sent.answer(county, 50)
    assert (again.state, queries.said(again)["people"], again.sent_back_because) == ("sent", "50", "")
    assert list(Event.objects.values_list("verb", flat=True)[:3]) == ["报送", "退回修改", "报送"]


def test_an_answer_before_the_notice_is_refused(sent: Sent) -> None:
    with pytest.raises(NoticeRefused, match="不能早于通知下发的 2020-05-29"):
        actions.answer(
            returned=sent.of(sent.house.county),
            said=SAID,
            sent_on=building.day(28),
            by=sent.by,
        )


def test_what_was_not_answered_cannot_be_sent_back(sent: Sent) -> None:
    with pytest.raises(NoticeRefused, match="现在是“未报”"):
        actions.send_back(returned=sent.of(sent.clinic), reason="人数不对", by=sent.by)


def test_sending_back_needs_a_reason_and_the_issuer(sent: Sent) -> None:
    answered = sent.answer(sent.clinic, 10)
    with pytest.raises(NoticeRefused, match="写明原因"):
        actions.send_back(returned=answered, reason=" ", by=sent.by)
    with pytest.raises(NoticeRefused, match="只有发文单位及其上级"):
        actions.send_back(returned=answered, reason="人数不对", by=sent.house.leader(sent.house.county))


def test_only_those_are_reminded_who_have_not_validly_answered(sent: Sent) -> None:
    sent.answer(sent.house.county, 40)
    actions.send_back(returned=sent.answer(sent.clinic, 10), reason="人数不对", by=sent.by)
    assert actions.remind(notice=sent.notice, by=sent.by) == 2
    assert sent.of(sent.house.county).reminded_at is None
    assert sent.of(sent.clinic).reminded_at is not None
    with pytest.raises(NoticeRefused, match="没有要催办的单位"):
        actions.remind(notice=sent.notice, returns=[sent.of(sent.house.county)], by=sent.by)


def test_a_notice_without_a_deadline_is_only_signed_for(house: houses.House, sent: Sent) -> None:
    notice = issue(house, sent.campaign, "TZ-2", due=None)
    assert not notice.wants_return
    (copy, *_) = queries.returns(sent.by, notice)
    with pytest.raises(NoticeRefused, match="不要求报送"):
        actions.answer(returned=copy, said=SAID, by=sent.by)
    with pytest.raises(NoticeRefused, match="没有要催办的单位"):
        actions.remind(notice=notice, by=sent.by)
    assert all(not kind.missing for kind in queries.standing(notice, on=building.day(30, 6), by=sent.by))


def test_the_standing_names_who_answered_who_is_missing_and_who_is_late(sent: Sent) -> None:
    house = sent.house
    sent.answer(house.county, 40, day=6)
    actions.send_back(returned=sent.answer(sent.clinic, 10), reason="人数不对", by=sent.by)
    county, medical, enterprise = queries.standing(sent.notice, on=building.day(5, 6), by=sent.by)
    assert (county.kind, county.answered, county.late) == (Kind.COUNTY, (house.county,), (house.county,))
    assert (medical.sent_back, medical.missing, medical.late) == ((sent.clinic,), (), ())
    assert (enterprise.receivers, enterprise.missing) == ((house.enterprise,), (house.enterprise,))
    later = queries.standing(sent.notice, on=building.day(6, 6), by=sent.by)
    assert [kind.late for kind in later] == [(house.county,), (sent.clinic,), (house.enterprise,)]
    assert later[0].acknowledged == (house.county,)


def test_the_roll_up_counts_every_return_once(sent: Sent) -> None:
    house = sent.house
    sent.answer(house.county, 40)
    sent.answer(sent.clinic, 10)
    city, county, clinic, enterprise = rolling.roll_up(sent.notice, by=sent.by)
    assert (city.organisation, city.depth, city.own) == (house.city, 0, None)
    assert city.total == sums(3, 2, sessions=2, people=50)
    assert county.own == sums(1, 1, sessions=1, people=40)
    assert (county.depth, county.total.of("people")) == (1, 50)
    assert (clinic.depth, clinic.total.of("people")) == (2, 10)
    assert enterprise.total == Sums(receivers=1)


def test_a_county_rolls_up_only_itself_and_below(sent: Sent) -> None:
    county = sent.house.county
    sent.answer(sent.clinic, 10)
    with scope(county.path):
        top, clinic = rolling.roll_up(sent.notice, by=sent.liaison(county))
    assert (top.organisation, top.depth, top.total) == (
        county,
        0,
        sums(2, 1, sessions=1, people=10),
    )
    assert clinic.organisation == sent.clinic


def test_a_used_number_and_an_empty_range_are_refused(house: houses.House, sent: Sent) -> None:
    with pytest.raises(NoticeRefused, match="“TZ-1”已经用过"):
        issue(house, sent.campaign)
    with pytest.raises(NoticeRefused, match="请改下发范围"):
        actions.issue(
            campaign=sent.campaign,
            number="TZ-3",
            title="无人收到",
            issuer=house.city,
            issued_on=building.day(29),
            receivers=[Kind.INSTITUTE],
            by=sent.by,
        )
    with pytest.raises(NoticeRefused, match="早于下发日期"):
        actions.issue(
            campaign=sent.campaign,
            number="TZ-4",
            title="期限早了",
            issuer=house.city,
            issued_on=building.day(29),
            due=building.day(28),
            receivers=KINDS,
            by=sent.by,
        )


def test_a_liaison_issues_and_an_enterprise_answers_nothing(house: houses.House, sent: Sent) -> None:
    with pytest.raises(NoticeRefused, match="联络员丁 的角色不能"):
        actions.remind(notice=sent.notice, by=sent.liaison(house.city))
    firm = Actor(org=house.enterprise, role=Role.COMPANY, user_id=None, name="企业代表戊")
    with pytest.raises(NoticeRefused, match="企业代表戊 的角色不能"):
        actions.acknowledge(returned=sent.of(house.enterprise), by=firm)


@pytest.mark.parametrize(
    ("damage", "constraint"),
    [
        ({"wants_return": False}, "wanted_return_has_a_deadline"),
        ({"due": None}, "wanted_return_has_a_deadline"),
    ],
)
def test_the_database_keeps_deadline_and_return_together(
    sent: Sent, damage: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Notice.objects.update(**damage)


def test_the_database_keeps_one_return_each_and_a_date_on_what_was_sent(sent: Sent) -> None:
    copy = sent.of(sent.clinic)
    copy.pk = None
    with pytest.raises(IntegrityError, match="return_once_per_organisation"), transaction.atomic():
        copy.save()
    with pytest.raises(IntegrityError, match="sent_return_has_a_date"), transaction.atomic():
        Return.objects.update(state="sent")


def test_lists_ask_one_question(sent: Sent, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        (notice,) = queries.notices(sent.by, campaign=sent.campaign, search="学习")
        assert (notice.receiver_count, notice.answered_count, str(notice.issuer)) == (3, 0, "甲市科协")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len([str(r) + str(r.issuer) for r in queries.returns(sent.by, sent.notice)]) == 3
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.standing(sent.notice, on=building.day(5, 6), by=sent.by)
    with django_assert_num_queries(3):  # type: ignore[operator]
        rolling.roll_up(sent.notice, by=sent.by)
    assert queries.returns(sent.by, sent.notice, kind="medical", state="open", search="寅").count() == 1
