"""Public pages of stories and letters: what is withdrawn is gone with its picture, and links open only what they are for."""

import pytest
from django.test import Client
from django.urls import reverse

from hearth.apps.campaigns.models import Campaign
from hearth.apps.files import actions as files
from hearth.apps.links import actions as links
from hearth.apps.links import queries as link_queries
from hearth.apps.links.states import Purpose
from hearth.apps.publicity import actions
from hearth.apps.publicity.models import Article, Profile, PublicStory
from hearth.apps.publicity.states import Stage
from hearth.lib.wall import scope
from tests.apps.campaigns import building
from tests.apps.houses import House, build
from tests.lib.test_photographs import png

pytestmark = pytest.mark.usefixtures("static")


@pytest.fixture
def house(db, settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    return build()


@pytest.fixture
def campaign(house: House) -> Campaign:
    with scope(house.city.path):
        return building.start(house)


def asked(house: House, campaign: Campaign) -> tuple[Profile, str]:
    """A profile whose person was asked, and his address."""
    with scope(house.city.path):
        by = house.officer()
        profile = actions.write_profile(
            campaign=campaign, person=house.person, title="灯下的人", text="多年如一日。", by=by
        )
        link = actions.ask_consent(profile=profile, by=by)
        return profile, reverse("public:profile", args=[link.token])


def stage(house: House, profile: Profile) -> Stage:
    with scope(house.city.path):
        return Stage(Profile.objects.get(pk=profile.pk).stage)


SAID = {"title": "灯下的人", "text": "多年如一日。", "comment": "把年份写对"}


@pytest.mark.parametrize(
    ("answer", "then"),
    [("consent", Stage.CONSENTED), ("changes", Stage.DRAFT), ("decline", Stage.DECLINED)],
)
def test_the_person_answers_without_an_account(
    house: House, campaign: Campaign, answer: str, then: Stage
) -> None:
    profile, address = asked(house, campaign)
    assert Client().get(address).headers["Cache-Control"] == "private, no-store"
    assert Client().post(address, {**SAID, "answer": answer}).status_code == 302
    assert stage(house, profile) == then
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"answer": ""}, "没有收到您的选择"),
        ({"answer": "consent", "text": ""}, "还没有填"),
        ({"answer": "changes", "comment": ""}, "请写明要改什么"),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(
    house: House, campaign: Campaign, said: dict, told: str
) -> None:
    profile, address = asked(house, campaign)
    page = Client().post(address, {**SAID, "title": "我改的标题", **said})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert "我改的标题" in page.content.decode()
    assert stage(house, profile) == Stage.ASKED


def test_a_revoked_link_decides_nothing(house: House, campaign: Campaign) -> None:
    profile, address = asked(house, campaign)
    with scope(house.city.path):
        link = link_queries.of(Purpose.PROFILE, [profile.pk])[profile.pk]
        links.revoke(link=link, by=house.officer())
    assert Client().post(address, {**SAID, "answer": "consent"}).status_code == 404
    assert Client().post(f"{address}withdraw/").status_code == 404
    assert stage(house, profile) == Stage.ASKED


def test_a_withdrawn_article_is_gone_with_its_picture(house: House, campaign: Campaign) -> None:
    with scope(house.city.path):
        by = house.officer()
        picture = files.keep(name="现场.png", data=png(), by=by)
        article = actions.write_article(
            campaign=campaign, title="试验动态", text="办了一场。", picture=picture, by=by
        )
        address = actions.publish(story=actions.review(story=article, by=by), by=by).get_absolute_url()
    page = Client().get(address)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    shown = Client().get(f"{address}picture/")
    assert (shown.content, shown.headers["Content-Type"]) == (png(), "image/png")

    with scope(house.city.path):
        actions.withdraw(story=Article.objects.get(), by=house.officer())
    gone = Client().get(address)
    assert (gone.status_code, "办了一场" in gone.content.decode()) == (410, False)
    assert Client().get(f"{address}picture/").status_code == 404
    assert PublicStory.objects.get().text == ""
