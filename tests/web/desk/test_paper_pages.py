"""The pages of papers without a browser: the preview writes nothing and equals the saved page, refusals keep what was typed."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from openpyxl import load_workbook

from hearth.apps.directory.states import Role
from hearth.apps.papers import actions, gongwen, queries
from hearth.apps.papers.models import Disclosure, Paper, Registration, Version
from hearth.apps.papers.states import Assent, State
from hearth.lib import office
from hearth.lib.wall import scope
from hearth.web.desk.views import paper_files, paper_writing
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")
BARE = desks.source(body="# 通知\n\n发放300册。\n")


@pytest.fixture
def desk(db: None) -> Desk:
    return desks.build()


@pytest.fixture
def officer(desk: Desk) -> Client:
    return visitor(Role.OFFICER, desk.house.city)


@pytest.fixture
def leader(desk: Desk) -> Client:
    return visitor(Role.LEADER, desk.house.city)


def drafted(desk: Desk, source: str = BARE) -> Paper:
    with scope(desk.house.city.path):
        return desk.draft(source)


def reviewed(desk: Desk, source: str) -> Paper:
    with scope(desk.house.city.path):
        return desk.reviewed(source)


def page(client: Client, paper: Paper) -> str:
    return client.get(f"/desk/papers/{paper.pk}/").content.decode()


def part(html: str, name: str) -> str:
    """What stands in the element with this id, white space and the mark for swapping aside."""
    start = re.search(rf'<(\w+)\b[^>]* id="{name}"[^>]*>', html)
    assert start, name
    depth, at = 1, start.end()
    for tag in re.finditer(rf"<(/?){start[1]}\b", html[at:]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return " ".join(html[at : at + tag.start()].split())
    raise AssertionError(name)


@pytest.mark.parametrize("name", ["sheet", "numbers", "characters"])
def test_the_preview_of_what_is_saved_equals_the_page(desk: Desk, officer: Client, name: str) -> None:
    paper = drafted(desk)
    swapped = officer.post(f"/desk/papers/{paper.pk}/preview/", {"source": BARE}).content.decode()
    assert part(swapped, name) == part(page(officer, paper), name)


def test_the_preview_follows_what_is_typed_and_keeps_nothing(desk: Desk, officer: Client) -> None:
    paper = drafted(desk)
    typed = BARE.replace("300册", "400册")
    swapped = officer.post(f"/desk/papers/{paper.pk}/preview/", {"source": typed}).content.decode()
    assert "“400册”没有记录" in part(swapped, "numbers")
    assert "“300册”没有记录" in part(page(officer, paper), "numbers")


def test_the_preview_names_line_and_column_and_leaves_the_page_as_it_was(desk: Desk, officer: Client) -> None:
    swapped = officer.post(
        f"/desk/papers/{drafted(desk).pk}/preview/", {"source": BARE.replace("300册", "{{")}
    ).content.decode()
    assert "第 10 行第 3 列" in part(swapped, "problems")
    assert 'id="sheet"' not in swapped


def test_the_database_refuses_what_a_preview_would_write(
    desk: Desk, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        paper_writing, "looked", lambda paper, _source: Version.objects.create(org=paper.org, paper=paper)
    )
    with pytest.raises(DatabaseError, match="read-only"):
        officer.post(f"/desk/papers/{drafted(desk).pk}/preview/", {"source": BARE})


def test_a_refused_save_keeps_what_was_typed(desk: Desk, officer: Client) -> None:
    paper = drafted(desk)
    typed = BARE.replace("300册", "{{意见.收}}")
    response = officer.post(f"/desk/papers/{paper.pk}/revise/", {"source": typed})
    assert response.status_code == 422
    assert "发放{{意见.收}}。" in response.content.decode()
    assert "第 10 行第 3 列" in part(response.content.decode(), "problems")


def test_a_save_says_what_was_changed(desk: Desk, officer: Client) -> None:
    paper = drafted(desk)
    typed = BARE.replace("发放300册", "照办")
    officer.post(f"/desk/papers/{paper.pk}/revise/", {"source": typed, "why": "去掉数字"})
    assert "去掉数字" in officer.get(f"/desk/papers/{paper.pk}/versions/").content.decode()


def test_two_versions_are_compared_by_sign_and_not_by_colour_alone(desk: Desk, officer: Client) -> None:
    paper = drafted(desk)
    officer.post(f"/desk/papers/{paper.pk}/revise/", {"source": BARE.replace("发放", "共发放")})
    shown = officer.get(f"/desk/papers/{paper.pk}/versions/?from=1&to=2").content.decode()
    assert '<ins><span class="h-sign">＋</span>共</ins>' in shown
    turned = officer.get(f"/desk/papers/{paper.pk}/versions/?from=2&to=1").content.decode()
    assert "第 1 版到第 2 版" in turned


def test_a_version_is_restored(desk: Desk, officer: Client) -> None:
    paper = drafted(desk)
    officer.post(f"/desk/papers/{paper.pk}/revise/", {"source": BARE.replace("发放", "共发放")})
    with scope(desk.house.city.path):
        first = Version.objects.get(paper=paper, number=1)
    officer.post(f"/desk/papers/versions/{first.pk}/restore/")
    assert "原文已回到第 1 版" in page(officer, paper)


@pytest.mark.parametrize("kind", ["notice", "plan", "letter", "minutes", "report", "agreement", "summary"])
def test_a_paper_of_each_kind_can_be_begun(desk: Desk, officer: Client, kind: str) -> None:
    response = officer.post("/desk/papers/new/", {"campaign": desk.campaign.pk, "kind": kind})
    assert response.status_code == 302
    assert officer.get(response.url).status_code == 200


def test_a_word_file_becomes_a_draft_with_its_notes_beside_it(
    desk: Desk, officer: Client, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with scope(desk.house.city.path):
        word = gongwen.word(desk.draft(BARE))
    sent = SimpleUploadedFile("旧通知.docx", word)
    response = officer.post(
        "/desk/papers/new/", {"campaign": desk.campaign.pk, "kind": "notice", "word": sent}
    )
    assert response.status_code == 302
    shown = officer.get(response.url).content.decode()
    assert "发放300册。" in shown
    assert "“300册”没有记录" in shown


def test_a_file_that_is_no_word_file_is_refused_beside_its_field(desk: Desk, officer: Client) -> None:
    sent = SimpleUploadedFile("旧通知.docx", b"not a zip")
    response = officer.post(
        "/desk/papers/new/", {"campaign": desk.campaign.pk, "kind": "notice", "word": sent}
    )
    assert response.status_code == 422
    assert "旧通知.docx" in response.content.decode()


def test_the_register_is_a_spreadsheet_too(desk: Desk, officer: Client) -> None:
    with scope(desk.house.city.path):
        desk.issued(desks.source("甲科发〔2020〕号"))
    assert "甲科发〔2020〕2号" in officer.get("/desk/papers/register/").content.decode()
    rows = load_workbook(io.BytesIO(officer.get("/desk/papers/register/?export=xlsx").content)).active
    assert [cell.value for cell in rows[2]][:4] == [
        "甲科发〔2020〕1号",
        "关于试验的通知",
        "通知",
        "各县区科协",
    ]


def test_a_series_goes_on_from_the_numbers_on_paper(desk: Desk, officer: Client) -> None:
    asked = {"code": "甲科发", "year": 2020, "last": 15}
    assert officer.post("/desk/papers/register/series/", asked).status_code == 302
    assert officer.post("/desk/papers/register/series/", asked).status_code == 422
    assert "甲科发〔2020〕16号" in officer.get("/desk/papers/register/").content.decode()


def test_the_number_is_chosen_when_the_source_has_none(desk: Desk, officer: Client) -> None:
    with scope(desk.house.city.path):
        paper = desk.signed(desks.source())
    officer.post("/desk/papers/register/series/", {"code": "甲科发", "year": 2026, "last": 0})
    assert "用甲科发的下一号" in page(officer, paper)
    officer.post(f"/desk/papers/{paper.pk}/issue/", {"code": "甲科发"})
    with scope(desk.house.city.path):
        assert Registration.objects.get().paper == paper


def test_a_paper_waits_for_the_leader_who_was_chosen(desk: Desk, officer: Client, leader: Client) -> None:
    paper = drafted(desk, desks.source())
    chosen = re.search(r'<option value="(\d+)">领导丙', page(officer, paper))
    assert chosen
    officer.post(f"/desk/papers/{paper.pk}/submit/", {"to": chosen[1]})
    assert "等 <b>领导丙</b> 签发。" in page(leader, paper)
    assert paper.title in leader.get("/desk/").content.decode()


def test_comments_are_made_answered_and_settled(desk: Desk, officer: Client, leader: Client) -> None:
    paper = reviewed(desk, desks.source())
    leader.post(f"/desk/papers/{paper.pk}/comment/", {"quote": "请各单位", "text": "哪些单位？"})
    with scope(desk.house.city.path):
        made = queries.comments_of(paper).get()
    officer.post(f"/desk/papers/comments/{made.pk}/answer/", {"text": "各县区。"})
    shown = part(page(officer, paper), "comments")
    assert "1 条没有办结" in shown
    assert "第 10 行" in shown
    assert "各县区。" in shown
    leader.post(f"/desk/papers/comments/{made.pk}/settle/")
    assert "都办结了" in part(page(leader, paper), "comments")


def test_another_organ_reads_its_copy_and_answers(desk: Desk, officer: Client) -> None:
    paper = reviewed(desk, desks.source(organs="甲市科协、乙市科协"))
    officer.post(f"/desk/papers/{paper.pk}/countersign/", {"until": "2999-01-01"})
    other = visitor(Role.LEADER, desk.house.sister)
    with scope(desk.house.sister.path):
        disclosed = Disclosure.objects.get()
    address = f"/desk/papers/countersigns/{disclosed.pk}/"
    assert "请各单位照此办理。" in other.get(address).content.decode()
    assert other.get(f"{address}word/").content.startswith(b"PK")
    assert other.get(f"/desk/papers/{paper.pk}/").status_code == 404
    assert officer.get(address).status_code == 404
    assert other.post(f"{address}answer/", {"assent": Assent.OBJECTED}).status_code == 422
    other.post(f"{address}answer/", {"assent": Assent.AGREED})
    assert "会签：都同意了" in page(officer, paper)


def test_after_its_day_the_copy_is_not_shown(desk: Desk, officer: Client) -> None:
    paper = reviewed(desk, desks.source(organs="甲市科协、乙市科协"))
    officer.post(f"/desk/papers/{paper.pk}/countersign/", {"until": "2999-01-01"})
    with scope(desk.house.sister.path):
        Disclosure.objects.update(until="2020-01-01")
        disclosed = Disclosure.objects.get()
    other = visitor(Role.LEADER, desk.house.sister)
    shown = other.get(f"/desk/papers/countersigns/{disclosed.pk}/").content.decode()
    assert "请各单位照此办理。" not in shown
    assert other.get(f"/desk/papers/countersigns/{disclosed.pk}/word/").status_code == 404


def test_a_sheet_signed_on_paper_is_registered(desk: Desk, officer: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    paper = reviewed(desk, desks.source(organs="甲市科协、某局"))
    given = {"organ": "某局", "answered_on": "2020-06-18", "answered_by": "某局长"}
    sheet = SimpleUploadedFile("会签单.pdf", b"%PDF-1.4 test")
    address = f"/desk/papers/{paper.pk}/countersign/sheet/"
    assert officer.post(address, given).status_code == 422
    assert officer.post(address, {**given, "sheet": sheet}).status_code == 302
    assert "会签单.pdf" in page(officer, paper)


def test_without_an_office_there_is_only_word_and_the_page_says_so(
    desk: Desk, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise office.NoOffice

    monkeypatch.setattr(paper_files.office, "find", none)
    paper_files._pdf.cache_clear()
    paper = drafted(desk)
    assert officer.get(f"/desk/papers/{paper.pk}/pdf/").url == f"/desk/papers/{paper.pk}/"
    assert "没有装 LibreOffice" in page(officer, paper)
    assert "没有装 LibreOffice" in officer.get(f"/desk/papers/{paper.pk}/pages/").content.decode()
    assert officer.get(f"/desk/papers/{paper.pk}/pages/1/").status_code == 404


def test_a_withdrawn_page_says_so_and_shows_nothing(desk: Desk, client: Client) -> None:
    with scope(desk.house.city.path):
        paper = desk.issued(desks.source("甲科发〔2020〕号"))
        publication = actions.publish(paper=paper, by=desk.officer)
        assert "甲科发〔2020〕1号" in client.get(publication.get_absolute_url()).content.decode()
        actions.withdraw(paper=paper, by=desk.officer)
    response = client.get(publication.get_absolute_url())
    assert response.status_code == 410
    assert "已撤下" in response.content.decode()
    assert "照此办理" not in response.content.decode()
    assert client.get(f"{publication.get_absolute_url()}word/").status_code == 404


def test_a_superseded_page_leads_to_the_one_that_stands(desk: Desk, client: Client) -> None:
    def corrected(paper: Paper) -> Paper:
        new = actions.submit(paper=actions.correct(paper=paper, by=desk.officer), by=desk.officer)
        return actions.issue(paper=actions.sign(paper=new, by=desk.leader), by=desk.officer)

    with scope(desk.house.city.path):
        paper = desk.issued(desks.source("甲科发〔2020〕号"))
        old = actions.publish(paper=paper, by=desk.officer).get_absolute_url()
        new = corrected(paper)
        assert "更正件还没有公开" in client.get(old).content.decode()
        address = actions.publish(paper=new, by=desk.officer).get_absolute_url()
    assert f'href="{address}"' in client.get(old).content.decode()
    assert "已被更正" not in client.get(address).content.decode()


def test_signing_over_open_comments_needs_a_reason(desk: Desk, leader: Client) -> None:
    paper = reviewed(desk, desks.source())
    leader.post(f"/desk/papers/{paper.pk}/comment/", {"text": "再看看"})
    leader.post(f"/desk/papers/{paper.pk}/sign/")
    with scope(desk.house.city.path):
        assert Paper.objects.get(pk=paper.pk).state == State.REVIEW
    leader.post(f"/desk/papers/{paper.pk}/sign/", {"despite": "急件"})
    with scope(desk.house.city.path):
        assert Paper.objects.get(pk=paper.pk).despite_comments == "急件"
