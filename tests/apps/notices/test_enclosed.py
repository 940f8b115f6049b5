"""A notice that names a paper by its number gives each receiver a copy of it, whichever of the two comes first."""

import pytest

from hearth.apps.audit.models import Event
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Kind, Role
from hearth.apps.files import queries as files
from hearth.apps.files.models import File
from hearth.apps.measures.rules import fingerprint
from hearth.apps.messages.models import Message
from hearth.apps.notices import actions, queries
from hearth.apps.notices.models import Notice, Return
from hearth.apps.papers import actions as papers
from hearth.apps.papers import gongwen
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import Kind as PaperKind
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

NUMBER = "甲科协〔2020〕3号"
SOURCE = f"""---
文种：通知
机关：甲市科协
文号：{NUMBER}
签发人：领导乙
主送：各单位
成文日期：2020-05-14
---
# 关于印发方案的通知

现将方案印发给你们，请照办。
"""


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def house(db: None):
    house = houses.build()
    with scope(house.city.path):
        yield house


def issued(house: houses.House, campaign: Campaign) -> Paper:
    officer = house.officer()
    paper = papers.draft(subject=campaign.subject, kind=PaperKind.NOTICE, source=SOURCE, by=officer)
    paper = papers.submit(paper=paper, by=officer)
    return actions.issue_paper(paper=papers.sign(paper=paper, by=house.leader()), by=officer)


def notice(house: houses.House, campaign: Campaign, document_number: str = NUMBER) -> Notice:
    return actions.issue(
        campaign=campaign,
        number="TZ-1",
        title="关于印发方案的通知",
        document_number=document_number,
        issuer=house.city,
        issued_on=building.day(14),
        receivers=[Kind.COUNTY, Kind.ENTERPRISE],
        by=house.officer(),
    )


def read_by_the_county(house: houses.House) -> tuple[str, bytes]:
    with scope(house.county.path):
        mine = Return.objects.select_related("word").get(org=house.county)
        assert Paper.objects.count() == 0
        return mine.notice_text, files.content(mine.word)


@pytest.mark.parametrize("paper_first", [True, False])
def test_the_receiver_reads_a_copy_of_the_issued_paper(house: houses.House, paper_first: bool):
    campaign = building.start(house)
    if paper_first:
        paper = issued(house, campaign)
        notice(house, campaign)
    else:
        notice(house, campaign)
        paper = issued(house, campaign)

    text, word = read_by_the_county(house)
    assert "现将方案印发给你们，请照办。" in text
    assert word == gongwen.word(paper)
    assert [file.org_id for file in File.objects.order_by("org_path")] == [
        house.county.pk,
        house.enterprise.pk,
    ]


def test_what_a_notice_encloses_leaves_the_figures_about_it_as_they_were(house: houses.House):
    campaign = building.start(house)
    given = notice(house, campaign)
    returned = Return.objects.get(org=house.county)
    before = [fingerprint(given), fingerprint(returned)]

    issued(house, campaign)

    assert Notice.objects.get(pk=given.pk).text != given.text
    assert [fingerprint(one.__class__.objects.get(pk=one.pk)) for one in (given, returned)] == before


CORRECTED = SOURCE.replace(NUMBER, "甲科协〔2020〕4号").replace("请照办", "请认真照办")


def liaison_of(house: houses.House) -> Actor:
    return Actor(house.county, Role.LIAISON, None, "联络员丁")


def corrected(house: houses.House, paper: Paper, source: str = CORRECTED) -> Paper:
    officer = house.officer()
    draft = papers.correct(paper=paper, by=officer)
    draft = papers.revise(paper=draft, source=source, by=officer)
    draft = papers.submit(paper=draft, by=officer)
    return actions.issue_paper(paper=papers.sign(paper=draft, by=house.leader()), by=officer)


def test_who_was_given_a_paper_is_sent_its_correction_and_signs_for_it(house: houses.House):
    campaign = building.start(house)
    Organisation.objects.filter(pk=house.county.pk).update(contact="联络员丁")
    given = notice(house, campaign)
    first = issued(house, campaign)
    liaison = liaison_of(house)
    with scope(house.county.path):
        mine = Return.objects.get(org=house.county)
        actions.acknowledge(returned=mine, by=liaison)
        before = fingerprint(Return.objects.get(pk=mine.pk))

    second = corrected(house, first)

    assert [(one.number, one.receivers, one.signed) for one in queries.corrections(given)] == [
        (second.number, 2, 0)
    ]
    with scope(house.county.path):
        mine = Return.objects.select_related("word").get(org=house.county)
        assert mine.corrections.count() == 1
        correction = queries.correction_of(mine)
        assert "请认真照办" in correction.text
        assert "请照办" in mine.notice_text
        assert files.content(correction.word) == gongwen.word(second)
        assert queries.with_corrections(queries.inbox(liaison)).get().correction_waits
        assert "有更正件" in Message.objects.latest("pk").subject
        actions.acknowledge_correction(returned=mine, by=liaison)
        assert not queries.with_corrections(queries.inbox(liaison)).get().correction_waits
        assert fingerprint(Return.objects.get(pk=mine.pk)) == before
        with pytest.raises(actions.NoticeRefused, match="已经签收过"):
            actions.acknowledge_correction(returned=mine, by=liaison)
    assert queries.corrections(given)[0].signed == 1


def test_signing_for_a_notice_signs_for_its_correction_too(house: houses.House):
    campaign = building.start(house)
    given = notice(house, campaign)
    corrected(house, issued(house, campaign))
    with scope(house.county.path):
        actions.acknowledge(returned=Return.objects.get(org=house.county), by=liaison_of(house))
    assert queries.corrections(given)[0].signed == 1


def test_a_correction_of_a_correction_is_sent_too(house: houses.House):
    campaign = building.start(house)
    given = notice(house, campaign)
    second = corrected(house, issued(house, campaign))
    corrected(house, second, CORRECTED.replace("4号", "5号"))
    assert [one.number for one in queries.corrections(given)] == ["甲科协〔2020〕5号", "甲科协〔2020〕4号"]


def test_a_notice_with_another_number_gets_nothing(house: houses.House):
    campaign = building.start(house)
    notice(house, campaign, "甲科协〔2020〕4号")
    issued(house, campaign)

    assert set(Return.objects.values_list("notice_text", "word")) == {("", None)}


def test_an_enclosed_paper_is_enclosed_once(house: houses.House):
    campaign = building.start(house)
    notice(house, campaign)
    paper = issued(house, campaign)

    papers.keep_as_signed(paper=paper, reason="改动不大", by=house.leader())
    assert actions.enclose(paper=paper, by=Actor(house.city, Role.OFFICER, None, "干事甲")) == 0
    assert Event.objects.filter(verb="附上公文").count() == 1
