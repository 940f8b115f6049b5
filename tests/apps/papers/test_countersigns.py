"""A paper issued by two organs is agreed by the other one, which sees a copy in its own scope and nothing else."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.files import actions as files
from hearth.apps.files.models import File
from hearth.apps.papers import actions, gongwen, queries
from hearth.apps.papers.models import Countersign, Disclosure, Paper
from hearth.apps.papers.states import Assent, State
from hearth.lib.wall import current_scope, scope
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk

JOINT = desks.source(organs="甲市科协、乙市科协")
WITH_STRANGER = desks.source(organs="甲市科协、某局")


@pytest.fixture
def desk(db: None):
    desk = desks.build()
    with scope(desk.house.city.path):
        yield desk


def partner(desk: Desk) -> Actor:
    return Actor(org=desk.house.sister, role=Role.LEADER, user_id=None, name="领导丙")


def shown(desk: Desk) -> Disclosure:
    with scope(desk.house.sister.path):
        return queries.disclosures(partner(desk)).get()


def answer(desk: Desk, assent: Assent, note: str = "") -> Disclosure:
    with scope(desk.house.sister.path):
        return actions.countersign(disclosure=shown(desk), assent=assent, note=note, by=partner(desk))


def asked(desk: Desk) -> Paper:
    paper = desk.reviewed(JOINT)
    actions.ask_countersign(paper=paper, by=desk.officer)
    return paper


def sheet(desk: Desk) -> File:
    return files.keep(name="会签单.pdf", data=b"%PDF-1.4 test", by=desk.officer)


def standing(paper: Paper) -> list[tuple[str, str | None]]:
    return [(one.organ, one.found.assent if one.found else None) for one in queries.countersigns_of(paper)]


def test_a_paper_of_one_organ_needs_nobody(desk: Desk) -> None:
    assert queries.countersigns_of(desk.reviewed(desks.source())) == ()


def test_a_paper_without_a_head_needs_nobody(desk: Desk) -> None:
    agreement = JOINT.replace("文种：通知", "文种：协议")
    assert queries.countersigns_of(desk.reviewed(agreement)) == ()


def test_a_joint_paper_is_not_signed_before_the_other_organ_agrees(desk: Desk) -> None:
    paper = asked(desk)
    with pytest.raises(actions.PaperRefused, match="乙市科协还没有会签同意"):
        actions.sign(paper=paper, by=desk.leader)
    answer(desk, Assent.AGREED)
    assert actions.sign(paper=paper, by=desk.leader).state == State.SIGNED


def test_the_other_organ_sees_a_copy_and_not_the_paper(desk: Desk) -> None:
    paper = asked(desk)
    disclosure = shown(desk)
    assert (disclosure.host, disclosure.disclosed_by) == (desk.house.city, "干事甲")
    assert gongwen.plain(gongwen.disclosed_layout(disclosure)) == gongwen.plain(gongwen.filled(paper))
    with scope(desk.house.sister.path):
        assert (Paper.objects.count(), Countersign.objects.count()) == (0, 0)
    assert Disclosure.objects.count() == 0


def test_the_scope_is_the_hosts_again_after_asking(desk: Desk) -> None:
    asked(desk)
    assert current_scope() == desk.house.city.path


def test_an_answer_reaches_the_host(desk: Desk) -> None:
    paper = asked(desk)
    answer(desk, Assent.OBJECTED, "第二段再斟酌")
    (needed,) = queries.countersigns_of(paper)
    assert needed.found is not None
    assert (needed.found.assent, needed.found.note, needed.found.answered_by) == (
        Assent.OBJECTED,
        "第二段再斟酌",
        "乙市科协 领导丙",
    )


def test_an_objection_says_what(desk: Desk) -> None:
    asked(desk)
    with pytest.raises(actions.PaperRefused, match="什么意见"):
        answer(desk, Assent.OBJECTED)


def test_it_is_answered_once(desk: Desk) -> None:
    asked(desk)
    answer(desk, Assent.AGREED)
    with pytest.raises(actions.PaperRefused, match="不能再答"):
        answer(desk, Assent.OBJECTED, "改主意了")


def test_answering_belongs_to_leaders(desk: Desk) -> None:
    asked(desk)
    officer = Actor(org=desk.house.sister, role=Role.OFFICER, user_id=None, name="干事丁")
    with scope(desk.house.sister.path), pytest.raises(actions.PaperRefused, match="角色"):
        actions.countersign(disclosure=shown(desk), assent=Assent.AGREED, by=officer)


def test_after_its_day_it_is_not_answered(desk: Desk) -> None:
    asked(desk)
    with scope(desk.house.sister.path):
        Disclosure.objects.update(until=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(actions.PaperRefused, match="期限"):
        answer(desk, Assent.AGREED)


def test_a_day_that_is_past_is_refused(desk: Desk) -> None:
    paper = desk.reviewed(JOINT)
    with pytest.raises(actions.PaperRefused, match="期限已经过了"):
        actions.ask_countersign(paper=paper, until=datetime.date(2020, 1, 1), by=desk.officer)


def test_sent_back_and_changed_it_is_agreed_anew(desk: Desk) -> None:
    paper = asked(desk)
    answer(desk, Assent.AGREED)
    paper = actions.send_back(paper=paper, reason="补一句", by=desk.leader)
    paper = actions.revise(paper=paper, source=JOINT.replace("照此", "遵照"), by=desk.officer)
    paper = actions.submit(paper=paper, by=desk.officer)
    assert standing(paper) == [("乙市科协", None)]
    assert [one.organ for one in actions.ask_countersign(paper=paper, by=desk.officer)] == ["乙市科协"]


def test_sent_back_and_not_changed_the_answer_still_holds(desk: Desk) -> None:
    paper = asked(desk)
    answer(desk, Assent.AGREED)
    paper = actions.send_back(paper=paper, reason="再核对", by=desk.leader)
    assert standing(actions.submit(paper=paper, by=desk.officer)) == [("乙市科协", Assent.AGREED)]


def test_what_was_not_answered_is_recalled_when_the_text_goes_back(desk: Desk) -> None:
    paper = asked(desk)
    actions.send_back(paper=paper, reason="补一句", by=desk.leader)
    with pytest.raises(actions.PaperRefused, match="撤回"):
        answer(desk, Assent.AGREED)


def test_an_organ_that_is_not_in_the_house_signs_on_paper(desk: Desk) -> None:
    paper = desk.reviewed(WITH_STRANGER)
    with pytest.raises(actions.PaperRefused, match="登记"):
        actions.ask_countersign(paper=paper, by=desk.officer)
    actions.record_countersign(
        paper=paper,
        organ="某局",
        answered_on=datetime.date(2020, 6, 18),
        answered_by="某局长",
        evidence=sheet(desk),
        by=desk.officer,
    )
    assert standing(paper) == [("某局", Assent.AGREED)]
    assert actions.sign(paper=paper, by=desk.leader).state == State.SIGNED


def test_an_organ_that_does_not_issue_the_paper_is_refused(desk: Desk) -> None:
    with pytest.raises(actions.PaperRefused, match="机关里没有“别的局”"):
        actions.record_countersign(
            paper=desk.reviewed(WITH_STRANGER),
            organ="别的局",
            answered_on=datetime.date(2020, 6, 18),
            answered_by="局长",
            evidence=sheet(desk),
            by=desk.officer,
        )


def test_the_database_wants_a_file_for_an_answer_on_paper(desk: Desk) -> None:
    paper = desk.reviewed(WITH_STRANGER)
    with pytest.raises(IntegrityError, match="countersign_by_hand_has_a_file"), transaction.atomic():
        Countersign.objects.create(
            org=paper.org,
            paper=paper,
            organ="某局",
            digest="0" * 64,
            assent=Assent.AGREED,
            asked_by="x",
            answered_on=datetime.date(2020, 6, 18),
            answered_by="x",
        )


@pytest.mark.parametrize("change", [{"source": "x"}, {"word": b"x"}, {"disclosed_by": "x"}])
def test_the_database_keeps_a_disclosure_as_it_was_made(desk: Desk, change: dict) -> None:
    asked(desk)
    with (
        scope(desk.house.sister.path),
        pytest.raises(DatabaseError, match="kept as it was made"),
        transaction.atomic(),
    ):
        Disclosure.objects.update(**change)
