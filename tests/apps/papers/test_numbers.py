"""Document numbers: given when a paper is issued, by organ, code and year, in order."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from hearth.apps.papers import actions, gongwen, queries, rules
from hearth.apps.papers.models import Paper, Registration, Series
from hearth.apps.papers.rules import DocumentNumber
from hearth.lib.wall import scope
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk

OPEN = "甲科发〔2020〕号"


@pytest.fixture
def desk(db: None):
    desk = desks.build()
    with scope(desk.house.city.path):
        yield desk


def issue(desk: Desk, number: str = OPEN) -> str:
    return desk.issued(desks.source(number)).number


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("甲科发〔2020〕16号", DocumentNumber("甲科发", 2020, 16)),
        ("甲科发〔2020〕号", DocumentNumber("甲科发", 2020)),
        ("甲科发〔2020〕", DocumentNumber("甲科发", 2020)),
        ("甲科发", DocumentNumber("甲科发")),
        ("甲科发16号", None),
        ("甲科发〔2020〕016号", None),
        ("第5期", None),
        ("甲科发[2020]16号", None),
        ("", None),
    ],
)
def test_a_number_is_read(written: str, read: DocumentNumber | None) -> None:
    assert rules.document_number(written) == read


def test_an_open_number_is_given_in_order_when_the_paper_is_issued(desk: Desk) -> None:
    signed = desk.signed(desks.source(OPEN))
    assert signed.number == ""
    assert [issue(desk), issue(desk)] == ["甲科发〔2020〕1号", "甲科发〔2020〕2号"]
    assert actions.issue(paper=signed, by=desk.officer).number == "甲科发〔2020〕3号"


def test_page_and_word_file_show_the_number_that_was_given(desk: Desk) -> None:
    paper = desk.issued(desks.source(OPEN))
    layout = gongwen.filled(paper)
    assert layout.meta.number == "甲科发〔2020〕1号"
    assert "甲科发〔2020〕1号" in gongwen.verify(gongwen.word(paper))[0].text
    publication = actions.publish(paper=paper, by=desk.officer)
    assert gongwen.public_layout(publication).meta.number == "甲科发〔2020〕1号"


def test_each_code_and_year_counts_for_itself(desk: Desk) -> None:
    numbers = [issue(desk, number) for number in (OPEN, "甲科函〔2020〕号", "甲科发〔2021〕号", OPEN)]
    assert numbers == ["甲科发〔2020〕1号", "甲科函〔2020〕1号", "甲科发〔2021〕1号", "甲科发〔2020〕2号"]


def test_a_code_alone_takes_the_year_of_the_issue(desk: Desk) -> None:
    assert issue(desk, "甲科发") == f"甲科发〔{timezone.localdate().year}〕1号"


def test_without_a_number_in_the_source_the_code_is_named_at_the_issue(desk: Desk) -> None:
    year = timezone.localdate().year
    assert desk.issued(desks.source(), code="甲科发").number == f"甲科发〔{year}〕1号"
    assert desk.issued(desks.source()).number == ""


def test_a_number_by_hand_opens_its_series(desk: Desk) -> None:
    assert issue(desk, "甲科发〔2020〕16号") == "甲科发〔2020〕16号"
    assert issue(desk) == "甲科发〔2020〕17号"


def test_a_number_by_hand_that_is_the_next_goes_on(desk: Desk) -> None:
    issue(desk)
    assert issue(desk, "甲科发〔2020〕2号") == "甲科发〔2020〕2号"
    assert issue(desk) == "甲科发〔2020〕3号"


def test_a_number_by_hand_that_leaves_a_gap_is_refused(desk: Desk) -> None:
    issue(desk)
    with pytest.raises(actions.PaperRefused, match=r"会跳号.*下一号是 2"):
        issue(desk, "甲科发〔2020〕3号")


def test_a_number_given_on_paper_before_may_be_registered_later(desk: Desk) -> None:
    actions.open_series(code="甲科发", year=2020, last=15, by=desk.officer)
    assert issue(desk) == "甲科发〔2020〕16号"
    assert issue(desk, "甲科发〔2020〕7号") == "甲科发〔2020〕7号"
    assert issue(desk) == "甲科发〔2020〕17号"
    assert [(one.given, one.missing) for one in queries.series_of(desk.officer)] == [(2, 0)]


def test_a_number_that_a_paper_has_is_refused(desk: Desk) -> None:
    signed = desk.signed(desks.source("甲科发〔2020〕1号"))
    issue(desk)
    with pytest.raises(actions.PaperRefused, match="已经用在"):
        actions.issue(paper=signed, by=desk.officer)
    with pytest.raises(actions.PaperRefused, match=r"已经用在.*印发时给号"):
        desk.draft(desks.source("甲科发〔2020〕1号"))


def test_a_number_of_another_shape_lies_in_no_series(desk: Desk) -> None:
    assert issue(desk, "第5期") == "第5期"
    assert [(one.number, one.series) for one in Registration.objects.all()] == [("第5期", None)]
    with pytest.raises(actions.PaperRefused, match="已经用在"), transaction.atomic():
        issue(desk, "第5期")


def test_a_series_is_opened_once(desk: Desk) -> None:
    actions.open_series(code="甲科发", year=2020, last=15, by=desk.officer)
    with pytest.raises(actions.PaperRefused, match="已经在用，最后一号是 15"):
        actions.open_series(code="甲科发", year=2020, last=3, by=desk.officer)


@pytest.mark.parametrize(("code", "year"), [("甲科发〔2020〕", 2020), ("", 2020), ("甲科发", 20)])
def test_a_series_needs_a_code_and_a_year(desk: Desk, code: str, year: int) -> None:
    with pytest.raises(actions.PaperRefused):
        actions.open_series(code=code, year=year, last=0, by=desk.officer)


def test_a_correction_gets_a_number_of_its_own(desk: Desk) -> None:
    old = desk.issued(desks.source("甲科发〔2020〕1号"))
    new = actions.submit(paper=actions.correct(paper=old, by=desk.officer), by=desk.officer)
    new = actions.issue(paper=actions.sign(paper=new, by=desk.leader), by=desk.officer)
    assert new.number == f"甲科发〔{timezone.localdate().year}〕1号"


def test_the_register_holds_what_was_issued(desk: Desk) -> None:
    issue(desk)
    assert [(one.number, one.recipients, one.given_by) for one in queries.registrations(desk.officer)] == [
        ("甲科发〔2020〕1号", "各县区科协", "干事甲")
    ]


def test_the_database_gives_a_serial_once(desk: Desk) -> None:
    issue(desk)
    other = desk.issued(desks.source())
    with pytest.raises(IntegrityError, match="serial_given_once"), transaction.atomic():
        Registration.objects.create(
            org=other.org, paper=other, series=Series.objects.get(), serial=1, number="x", given_by="x"
        )


def test_the_database_keeps_a_number_that_was_given(desk: Desk) -> None:
    paper = desk.issued(desks.source(OPEN))
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(number="甲科发〔2020〕9号")
