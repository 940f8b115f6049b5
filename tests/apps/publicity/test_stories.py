"""Stories: nobody reads a profile outside before its person consents and somebody else reviews it, nor after he withdraws."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.apps.accounts.models import User
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.files import actions as files
from hearth.apps.links import queries as links
from hearth.apps.links.states import Purpose
from hearth.apps.measures import queries as measures
from hearth.apps.messages.models import Message
from hearth.apps.publicity import actions, queries
from hearth.apps.publicity.actions import PublicityRefused
from hearth.apps.publicity.models import Article, Profile, PublicStory
from hearth.apps.publicity.states import Stage, StoryKind
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building
from tests.lib.test_photographs import png

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Office:
    """``writer`` and ``reviewer`` are two persons, ``person`` speaks through the link."""

    house: houses.House
    campaign: Campaign
    writer: Actor
    reviewer: Actor
    person: Actor

    def profile(self) -> Profile:
        return actions.write_profile(
            campaign=self.campaign,
            person=self.house.person,
            title="灯下的人",
            text="多年如一日。",
            by=self.writer,
        )

    def consented(self) -> Profile:
        profile = self.profile()
        actions.ask_consent(profile=profile, by=self.writer)
        return actions.consent(profile=profile, title=profile.title, text=profile.text, by=self.person)

    def published(self) -> tuple[Profile, PublicStory]:
        profile = actions.review(story=self.consented(), by=self.reviewer)
        return profile, actions.publish(story=profile, by=self.reviewer)


@pytest.fixture
def office(settings, tmp_path) -> Iterator[Office]:
    settings.MEDIA_ROOT = tmp_path
    house = houses.build()
    users = [User.objects.create(username=name, name=name) for name in ("写稿人", "审稿人")]
    writer, reviewer = (Actor(house.city, Role.OFFICER, user.pk, user.name) for user in users)
    with scope(house.city.path):
        yield Office(house, building.start(house), writer, reviewer, Actor.house(house.city, "赵一"))


def test_a_profile_goes_to_the_person_then_to_a_second_reader_then_public(office: Office) -> None:
    profile, shown = office.published()
    profile.refresh_from_db()
    assert (profile.stage, profile.reviewer) == (Stage.PUBLISHED, "审稿人")
    assert (shown.title, shown.name, shown.unit) == ("灯下的人", "赵一", "试验甲市科协")
    assert shown.consented_on == shown.reviewed_on == timezone.localdate()
    assert [one.address for one in queries.public_stories()] == [shown.address]


def test_the_person_gets_one_link_however_often_he_is_asked(office: Office) -> None:
    profile = office.profile()
    first = actions.ask_consent(profile=profile, by=office.writer)
    actions.ask_changes(profile=profile, comment="太夸张", by=office.person)
    assert actions.ask_consent(profile=profile, by=office.writer).token == first.token
    assert links.of(Purpose.PROFILE, [profile.pk])[profile.pk].holder == "赵一"
    told = Message.objects.filter(user_id=office.writer.user_id).values_list("subject", "text")
    assert list(told) == [("本人要求修改：灯下的人", "太夸张")]


def test_the_person_consents_to_his_own_words(office: Office) -> None:
    profile = office.profile()
    actions.ask_consent(profile=profile, by=office.writer)
    with pytest.raises(PublicityRefused, match="不能是空的"):
        actions.consent(profile=profile, title="灯下的人", text=" ", by=office.person)
    said = actions.consent(profile=profile, title="灯下", text="平常人。", by=office.person)
    assert (said.title, said.text, said.stage) == ("灯下", "平常人。", Stage.CONSENTED)


def test_whoever_declines_is_left_alone(office: Office) -> None:
    profile = office.profile()
    actions.ask_consent(profile=profile, by=office.writer)
    declined = actions.decline(profile=profile, comment="不想上报", by=office.person)
    with pytest.raises(PublicityRefused, match="本人不同意"):
        actions.review(story=declined, by=office.reviewer)


def test_nothing_skips_a_step(office: Office) -> None:
    profile = office.profile()
    for step in (actions.review, actions.publish, actions.withdraw):
        with pytest.raises(PublicityRefused):
            step(story=profile, by=office.reviewer)
    with pytest.raises(PublicityRefused, match="不等您答复"):
        actions.consent(profile=profile, title="灯下", text="平常人。", by=office.person)
    with pytest.raises(PublicityRefused, match="审核以后才能公开"):
        actions.publish(story=office.consented(), by=office.reviewer)


def test_who_wrote_a_story_does_not_review_it(office: Office) -> None:
    profile = office.consented()
    with pytest.raises(PublicityRefused, match="不能审核自己写的稿"):
        actions.review(story=profile, by=office.writer)
    actions.review(story=profile, by=office.reviewer)
    with pytest.raises(IntegrityError, match="profile_reviewed_by_another"), transaction.atomic():
        Profile.objects.update(reviewed_by=office.writer.user_id)


def test_a_liaison_writes_and_decides_nothing(office: Office) -> None:
    liaison = Actor(office.house.city, Role.LIAISON, None, "联络员")
    article = actions.write_article(campaign=office.campaign, title="动态", text="办了一场。", by=liaison)
    for step in (actions.review, actions.publish, actions.withdraw):
        with pytest.raises(PublicityRefused, match="联络员 的角色"):
            step(story=article, by=liaison)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"consented_on": None}, "profile_goes_on_with_consent"),
        ({"reviewed_on": None}, "reviewed_profile_has_a_reviewer"),
        ({"reviewer": ""}, "reviewed_profile_has_a_reviewer"),
    ],
)
def test_the_database_publishes_nothing_without_consent_and_review(
    office: Office, changes: dict, constraint: str
) -> None:
    office.published()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Profile.objects.update(**changes)


def test_the_database_keeps_no_copy_without_consent_nor_a_full_one_that_is_withdrawn(office: Office) -> None:
    office.published()
    with pytest.raises(IntegrityError, match="profile_published_with_consent"), transaction.atomic():
        PublicStory.objects.update(consented_on=None)
    with pytest.raises(IntegrityError, match="withdrawn_story_is_empty"), transaction.atomic():
        PublicStory.objects.update(withdrawn_at=timezone.now())
    with pytest.raises(IntegrityError, match="reviewed_on"), transaction.atomic():
        PublicStory.objects.update(reviewed_on=None)


def test_withdrawn_by_the_person_the_copy_is_empty_at_once_and_stays_down(office: Office) -> None:
    profile, shown = office.published()
    actions.withdraw_consent(profile=profile, by=office.person)
    shown.refresh_from_db()
    assert (shown.title, shown.name, shown.unit, shown.text, shown.picture) == ("", "", "", "", None)
    assert list(queries.public_stories()) == []
    with pytest.raises(PublicityRefused, match="本人已撤回同意"):
        actions.publish(story=profile, by=office.reviewer)
    assert "本人撤回同意" in Message.objects.filter(user_id=office.writer.user_id).first().subject


def test_withdrawn_by_the_house_it_may_be_put_up_again_at_the_same_address(office: Office) -> None:
    profile, shown = office.published()
    actions.withdraw(story=profile, by=office.reviewer)
    shown.refresh_from_db()
    assert (shown.text, shown.withdrawn_at is None) == ("", False)
    again = actions.publish(story=profile, by=office.reviewer)
    assert (again.address, again.text) == (shown.address, "多年如一日。")


def test_a_changed_text_needs_a_new_consent(office: Office) -> None:
    profile = actions.review(story=office.consented(), by=office.reviewer)
    changed = actions.amend_story(story=profile, text="又加一段。", by=office.writer)
    assert (changed.stage, changed.consented_on, changed.reviewer) == (Stage.DRAFT, None, "")
    _, shown = office.published()
    with pytest.raises(PublicityRefused, match="请先撤下"):
        actions.amend_story(story=Profile.objects.get(pk=shown.story_id), text="改", by=office.writer)


def test_consent_on_paper_is_kept_with_its_sheet(office: Office) -> None:
    sheet = files.keep(name="同意书.png", data=png(), by=office.writer)
    with pytest.raises(PublicityRefused, match="在今天以后"):
        later = timezone.localdate() + timezone.timedelta(days=1)
        actions.record_consent(profile=office.profile(), consented_on=later, consent=sheet, by=office.writer)
    kept = actions.record_consent(
        profile=office.profile(), consented_on=building.day(20), consent=sheet, by=office.writer
    )
    assert (kept.stage, kept.consent) == (Stage.CONSENTED, sheet)


def test_only_reviewed_profiles_are_counted(office: Office) -> None:
    def counted() -> int:
        return len(measures.measure("publicity.profiles", office.campaign.pk).records)

    office.profile()
    assert counted() == 0
    profile, _ = office.published()
    assert counted() == 1
    actions.withdraw_consent(profile=profile, by=office.person)
    assert counted() == 0


def test_an_article_needs_a_second_reader_and_no_consent(office: Office) -> None:
    article = actions.write_article(
        campaign=office.campaign, title="动态", text="办了一场。", by=office.writer
    )
    article = actions.review(story=article, by=office.reviewer)
    shown = actions.publish(story=article, by=office.reviewer)
    assert (shown.kind, shown.consented_on, shown.name) == (StoryKind.ARTICLE, None, "")
    with pytest.raises(IntegrityError, match="article_asks_no_consent"), transaction.atomic():
        Article.objects.update(stage=Stage.CONSENTED)


def test_a_published_picture_does_not_tell_where_it_was_taken(office: Office) -> None:
    picture = files.keep(name="现场.png", data=png(b"tEXt", b"Comment\0" + b"30.1N"), by=office.writer)
    article = actions.write_article(
        campaign=office.campaign, title="动态", text="办了一场。", picture=picture, by=office.writer
    )
    shown = actions.publish(story=actions.review(story=article, by=office.reviewer), by=office.reviewer)
    assert bytes(shown.picture) == png()


def test_what_is_no_picture_is_refused_with_its_name(office: Office) -> None:
    sheet = files.keep(name="稿件.txt", data="稿件".encode(), by=office.writer)
    with pytest.raises(PublicityRefused, match=r"“稿件\.txt”不是图片"):
        actions.write_article(
            campaign=office.campaign, title="动态", text="文", picture=sheet, by=office.writer
        )
