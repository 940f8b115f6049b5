"""Releases to the media and letters to people: who got what and how, once each, and nobody is watched opening it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.accounts.models import User
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Role
from hearth.apps.messages.models import Message
from hearth.apps.papers import actions as papers
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import Kind
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.actions import PublicityRefused
from hearth.apps.publicity.models import Delivery, LetterPage, MediaContact
from hearth.apps.publicity.states import Channel
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

SOURCE = """---
文种：慰问信
机关：甲市科协
签发人：领导乙
成文日期：2020-05-30
落款：甲市科协主席　领导乙
---
# 致试验工作者的慰问信

各位：

祝大家节日愉快！
"""


@dataclass(frozen=True)
class Office:
    house: houses.House
    campaign: Campaign
    by: Actor

    def contact(self, name: str, **more: str) -> MediaContact:
        return actions.add_contact(
            org=self.house.city,
            channel=Channel.NEWSPAPER,
            medium="试验日报",
            name=name,
            by=self.by,
            **{"phone": "000-0000-0009", **more},  # type: ignore[arg-type]
        )

    def letter(self) -> Paper:
        paper = papers.draft(subject=self.campaign.subject, kind=Kind.LETTER, source=SOURCE, by=self.by)
        papers.submit(paper=paper, by=self.by)
        papers.sign(paper=paper, by=self.house.leader())
        return papers.issue(paper=paper, by=self.by)


@pytest.fixture
def office(db: None, settings) -> Iterator[Office]:
    settings.MAIL_SET_UP = True
    house = houses.build()
    with scope(house.city.path):
        user = User.objects.create(username="zhao", name="赵一", email="zhao@city.example")
        Person.objects.filter(pk=house.person.pk).update(user=user)
        yield Office(house, building.start(house), house.officer())


def people() -> list[Person]:
    return list(Person.objects.select_related("org", "user").order_by("pk"))


def test_a_contact_is_kept_once_and_can_be_reached(office: Office) -> None:
    office.contact("记者甲")
    with pytest.raises(PublicityRefused, match="已经有同名的联系人"):
        office.contact("记者甲")
    with pytest.raises(PublicityRefused, match="至少填一个"):
        office.contact("记者乙", phone="")
    with pytest.raises(IntegrityError, match="media_contact_is_reachable"), transaction.atomic():
        MediaContact.objects.update(phone="")


def test_a_release_goes_by_mail_and_the_others_are_to_be_called(office: Office) -> None:
    chosen = [office.contact("记者甲", mail="jia@paper.example"), office.contact("记者乙")]
    office.contact("记者丙")
    sent = actions.send_release(
        campaign=office.campaign,
        contacts=chosen,
        subject="通稿",
        text="全文",
        href="/papers/x/",
        by=office.by,
    )
    told = Message.objects.order_by("pk").values_list("name", "address", "phone", "href")
    assert list(told) == [
        ("记者甲", "jia@paper.example", "000-0000-0009", "/papers/x/"),
        ("记者乙", "", "000-0000-0009", "/papers/x/"),
    ]
    listed = queries.mailings(office.by).get()
    assert (listed, listed.sent_count, listed.post_count) == (sent, 2, 1)
    assert [one.name for one in queries.deliveries(office.by, mailing=sent).filter(queries.BY_POST)] == [
        "记者乙"
    ]


def test_a_release_to_nobody_is_refused(office: Office) -> None:
    with pytest.raises(PublicityRefused, match="还没有选发给谁"):
        actions.send_release(campaign=office.campaign, contacts=[], subject="通稿", text="全文", by=office.by)


def test_a_letter_that_nobody_can_open_is_not_sent(office: Office) -> None:
    with pytest.raises(PublicityRefused, match="还没有公开"):
        actions.send_letter(
            campaign=office.campaign, paper=office.letter(), people=people(), text="请看", by=office.by
        )


def test_a_letter_reaches_everybody_once_by_one_address_or_by_post(office: Office) -> None:
    paper = office.letter()
    papers.publish(paper=paper, by=office.by)
    sent = actions.send_letter(
        campaign=office.campaign, paper=paper, people=people()[:1], text="请看", by=office.by
    )
    actions.send_letter(campaign=office.campaign, paper=paper, people=people(), text="请看", by=office.by)
    assert list(Delivery.objects.values_list("name", "message__address")) == [
        ("赵一", "zhao@city.example"),
        ("钱二", None),
    ]
    page = LetterPage.objects.get(mailing_id=sent.pk)
    assert Message.objects.get().href == sent.href == page.get_absolute_url()
    with pytest.raises(PublicityRefused, match="都已经发过"):
        actions.send_letter(campaign=office.campaign, paper=paper, people=people(), text="请看", by=office.by)


def test_the_database_sends_nobody_a_letter_twice(office: Office) -> None:
    paper = office.letter()
    papers.publish(paper=paper, by=office.by)
    actions.send_letter(campaign=office.campaign, paper=paper, people=people(), text="请看", by=office.by)
    with pytest.raises(IntegrityError, match="letter_once_a_person"), transaction.atomic():
        Delivery.objects.update(person=people()[0])
    with pytest.raises(IntegrityError, match="delivery_has_one_addressee"), transaction.atomic():
        Delivery.objects.update(person=None)


def test_openings_are_counted_and_name_nobody(office: Office) -> None:
    paper = office.letter()
    papers.publish(paper=paper, by=office.by)
    sent = actions.send_letter(
        campaign=office.campaign, paper=paper, people=people(), text="请看", by=office.by
    )
    page = LetterPage.objects.get()
    for _ in range(2):
        actions.count_opening(page=page)
    assert queries.openings([sent]) == {sent.pk: 2}
    assert {field.name for field in LetterPage._meta.fields} == {
        "id",
        "mailing_id",
        "publication",
        "address",
        "opened",
    }


def test_only_those_who_decide_send(office: Office) -> None:
    liaison = Actor(office.house.city, Role.LIAISON, None, "联络员")
    with pytest.raises(PublicityRefused, match="联络员 的角色"):
        actions.send_release(
            campaign=office.campaign, contacts=[office.contact("记者甲")], subject="稿", text="文", by=liaison
        )
