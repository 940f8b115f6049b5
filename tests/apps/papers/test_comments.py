"""Comments of reviewers: on words that stand in the source, answered, settled; signing waits for them."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from hearth.apps.papers import actions, queries
from hearth.apps.papers.models import Comment, Paper
from hearth.apps.papers.states import State
from hearth.lib.wall import scope
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk


@pytest.fixture
def desk(db: None):
    desk = desks.build()
    with scope(desk.house.city.path):
        yield desk


def comment(desk: Desk, paper: Paper, quote: str = "请各单位") -> Comment:
    return actions.comment(paper=paper, quote=quote, text="写明是哪些单位。", by=desk.leader)


def test_a_comment_stands_at_the_line_of_its_words(desk: Desk) -> None:
    made = comment(desk, desk.reviewed(desks.source()))
    assert (made.line, made.quote, made.author, made.is_open) == (10, "请各单位", "领导乙", True)


def test_a_comment_without_words_is_on_the_whole(desk: Desk) -> None:
    assert comment(desk, desk.reviewed(desks.source()), quote="").line is None


@pytest.mark.parametrize("quote", ["没有这几个字", "的通知\n\n请各单位", "字" * 201])
def test_words_that_are_not_on_one_line_of_the_source_are_refused(desk: Desk, quote: str) -> None:
    paper = desk.reviewed(desks.source())
    with pytest.raises(actions.PaperRefused):
        comment(desk, paper, quote)


def test_answered_and_settled_it_can_be_opened_again(desk: Desk) -> None:
    made = comment(desk, desk.reviewed(desks.source()))
    actions.answer(comment=made, text="已写明。", by=desk.officer)
    settled = actions.settle(comment=made, by=desk.officer)
    assert (settled.is_open, settled.settled_by) == (False, "干事甲")
    with pytest.raises(actions.PaperRefused, match="已经办结"):
        actions.answer(comment=made, text="再说一句", by=desk.leader)
    assert actions.reopen(comment=made, by=desk.leader).is_open


def test_open_comments_come_first(desk: Desk) -> None:
    paper = desk.reviewed(desks.source())
    first, second = comment(desk, paper), comment(desk, paper, "")
    actions.settle(comment=first, by=desk.officer)
    assert list(queries.comments_of(paper)) == [second, first]


def test_a_paper_with_open_comments_is_signed_only_with_a_reason(desk: Desk) -> None:
    paper = desk.reviewed(desks.source())
    comment(desk, paper)
    with pytest.raises(actions.PaperRefused, match="还有 1 条批注没有办结"):
        actions.sign(paper=paper, by=desk.leader)
    signed = actions.sign(paper=paper, despite="下次再写明", by=desk.leader)
    assert (signed.state, signed.despite_comments) == (State.SIGNED, "下次再写明")


def test_a_paper_whose_comments_are_settled_is_signed_without_one(desk: Desk) -> None:
    paper = desk.reviewed(desks.source())
    actions.settle(comment=comment(desk, paper), by=desk.officer)
    assert actions.sign(paper=paper, despite="用不着", by=desk.leader).despite_comments == ""


def test_a_signed_paper_takes_no_comments(desk: Desk) -> None:
    paper = desk.signed(desks.source())
    with pytest.raises(actions.PaperRefused, match="已签发"):
        comment(desk, paper)


def test_the_database_signs_nothing_over_an_open_comment(desk: Desk) -> None:
    paper = desk.reviewed(desks.source())
    comment(desk, paper)
    with pytest.raises(DatabaseError, match="comments are open"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(
            state=State.SIGNED, signer="x", signed_at="2020-06-20T00:00Z"
        )


def test_who_settled_is_always_known(desk: Desk) -> None:
    made = comment(desk, desk.reviewed(desks.source()))
    with pytest.raises(IntegrityError, match="settled_comment_says_by_whom"), transaction.atomic():
        Comment.objects.filter(pk=made.pk).update(settled_by="x")


def test_a_sister_city_sees_no_comment(desk: Desk) -> None:
    comment(desk, desk.reviewed(desks.source()))
    with scope(desk.house.sister.path):
        assert Comment.objects.count() == 0
