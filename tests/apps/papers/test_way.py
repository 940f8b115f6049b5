"""The way of a paper: figures come from records, signing freezes them, and changed records are noticed."""

import dataclasses
import io
import zipfile

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hearth.apps.accounts.models import User
from hearth.apps.audit.models import Event
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign, Suggestion
from hearth.apps.campaigns.states import Handling
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.papers import actions, gongwen, queries
from hearth.apps.papers.models import Figure, Opinion, Paper, Publication
from hearth.apps.papers.states import Kind, Rating, State
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

SOURCE = """---
文种：总结
机关：甲市科协
成文日期：2020-06-20
---
# {{活动.年份}}试验日活动总结

征求意见{{意见.收到}}，采纳{{意见.采纳}}。
"""


@dataclasses.dataclass(frozen=True)
class Desk:
    house: houses.House
    campaign: Campaign
    officer: Actor
    leader: Actor

    def suggest(self, number: int, handling: Handling = Handling.OPEN) -> Suggestion:
        return campaigns.receive(
            campaign=self.campaign,
            number=f"YJ-{number}",
            received_on=building.day(number),
            proposer="赵一",
            from_org=self.house.county,
            text=f"第{number}条意见",
            handling=handling,
            by=self.officer,
        )

    def draft(self, source: str = SOURCE) -> Paper:
        return actions.draft(subject=self.campaign.subject, kind=Kind.SUMMARY, source=source, by=self.officer)

    def signed(self) -> Paper:
        paper = actions.submit(paper=self.draft(), by=self.officer)
        return actions.sign(paper=paper, by=self.leader)

    def issued(self) -> Paper:
        return actions.issue(paper=self.signed(), by=self.officer)


@pytest.fixture
def desk(db: None):
    house = houses.build()
    with scope(house.city.path):
        campaign = building.start(house)
        officer, leader = (
            Actor(
                org=house.city,
                role=role,
                user_id=User.objects.create_user(role.value, name=name).pk,
                name=name,
            )
            for role, name in ((Role.OFFICER, "干事甲"), (Role.LEADER, "领导乙"))
        )
        desk = Desk(house, campaign, officer, leader)
        for number in (1, 2, 3):
            desk.suggest(number, Handling.ADOPTED if number < 3 else Handling.OPEN)
        yield desk


def texts(paper: Paper) -> list[str]:
    return [figure.text for figure in queries.figures_of(paper)]


def test_a_draft_takes_its_figures_from_the_records(desk: Desk) -> None:
    paper = desk.draft()
    assert texts(paper) == ["2020年", "3条", "2条"]
    assert [len(figure.records.all()) for figure in queries.figures_of(paper)] == [1, 3, 2]
    assert queries.changes(paper) == ()
    assert queries.loose(paper) == ()


def test_a_measure_that_is_none_is_refused_with_the_nearest_name(desk: Desk) -> None:
    with pytest.raises(actions.PaperRefused, match=r"第 8 行.*没有叫“意见.收”的指标.*意见.收到"):
        desk.draft(SOURCE.replace("意见.收到", "意见.收"))


def test_a_measure_without_records_is_refused(desk: Desk) -> None:
    with pytest.raises(actions.PaperRefused, match="还没有记录"):
        desk.draft(SOURCE.replace("意见.采纳", "活动.归档时间"))


def test_a_style_that_is_not_true_is_refused(desk: Desk) -> None:
    with pytest.raises(actions.PaperRefused, match=r"第 8 行：3 不能写成“余”"):
        desk.draft(SOURCE.replace("意见.收到", "意见.收到|余"))


def test_a_source_that_cannot_be_read_names_the_line(desk: Desk) -> None:
    with pytest.raises(actions.PaperRefused, match="第 8 行"):
        desk.draft(SOURCE.replace("{{意见.收到}}", "{{意见.收到"))


def test_its_own_length_is_true(desk: Desk) -> None:
    paper = desk.draft(SOURCE.replace("征求", "（全文共{{公文.字数}}）征求"))
    layout = gongwen.filled(paper)
    assert f"（全文共{gongwen.characters(layout)}字）" in gongwen.plain(layout)


def test_a_number_that_nothing_backs_stops_the_review(desk: Desk) -> None:
    paper = desk.draft(SOURCE.replace("征求", "500名师生参加，征求"))
    assert [number.text for number in queries.loose(paper)] == ["500名"]
    with pytest.raises(actions.PaperRefused, match="“500名”没有记录"):
        actions.submit(paper=paper, by=desk.officer)


def test_a_number_declared_as_a_rule_does_not(desk: Desk) -> None:
    paper = desk.draft(SOURCE.replace("征求", "答复期限{{规定:5个工作日}}，征求"))
    assert actions.submit(paper=paper, by=desk.officer).state == State.REVIEW


def test_a_record_added_later_is_noticed_with_both_values(desk: Desk) -> None:
    paper = desk.draft()
    desk.suggest(4)
    (change,) = queries.changes(paper)
    assert (change.figure.text, change.now, change.added) == ("3条", "4条", ("第4条意见",))
    with pytest.raises(actions.PaperRefused, match="写“3条”，现在是“4条”"):
        actions.submit(paper=paper, by=desk.officer)
    assert texts(actions.retake(paper=paper, by=desk.officer))[1] == "4条"


def test_a_record_that_says_something_else_is_noticed_though_the_number_stays(desk: Desk) -> None:
    paper = desk.draft()
    Suggestion.objects.filter(number="YJ-1").update(text="改过的意见")
    assert [(change.differs, change.altered) for change in queries.changes(paper)] == [
        (False, ("改过的意见",)),
        (False, ("改过的意见",)),
    ]


def test_a_change_after_signing_is_noticed_and_changes_nothing_in_the_paper(desk: Desk) -> None:
    paper = desk.signed()
    before = gongwen.word(paper)
    desk.suggest(4)
    assert [change.now for change in queries.changes(paper)] == ["4条"]
    assert gongwen.word(Paper.objects.get(pk=paper.pk)) == before


def test_a_signed_paper_that_its_records_contradict_is_neither_issued_nor_published(desk: Desk) -> None:
    signed, issued = desk.signed(), desk.issued()
    desk.suggest(4)

    for step, paper in ((actions.issue, signed), (actions.publish, issued)):
        with pytest.raises(actions.PaperRefused, match="写“3条”，现在是“4条”。请发更正件"):
            step(paper=paper, by=desk.officer)


def test_kept_as_signed_it_goes_on_until_the_records_say_something_else_again(desk: Desk) -> None:
    paper = desk.signed()
    desk.suggest(4)
    kept = actions.keep_as_signed(paper=paper, reason="以签发时为准", by=desk.leader)
    assert queries.unsettled(kept) == ()
    issued = actions.issue(paper=kept, by=desk.officer)

    desk.suggest(5)

    assert [change.now for change in queries.unsettled(issued)] == ["5条"]
    with pytest.raises(actions.PaperRefused, match="现在是“5条”"):
        actions.publish(paper=issued, by=desk.officer)


def test_keeping_as_signed_belongs_to_leaders(desk: Desk) -> None:
    with pytest.raises(actions.PaperRefused, match="不能这样办"):
        actions.keep_as_signed(paper=desk.signed(), reason="以签发时为准", by=desk.officer)


def test_a_signed_paper_is_corrected_before_it_is_issued(desk: Desk) -> None:
    paper = desk.signed()
    desk.suggest(4)
    new = actions.submit(paper=actions.correct(paper=paper, by=desk.officer), by=desk.officer)
    with pytest.raises(actions.PaperRefused, match="请印发那一件"):
        actions.issue(paper=paper, by=desk.officer)
    actions.issue(paper=actions.sign(paper=new, by=desk.leader), by=desk.officer)
    assert Paper.objects.get(pk=paper.pk).state == State.SUPERSEDED


def test_signing_belongs_to_leaders(desk: Desk) -> None:
    paper = actions.submit(paper=desk.draft(), by=desk.officer)
    with pytest.raises(actions.PaperRefused, match="角色"):
        actions.sign(paper=paper, by=desk.officer)


def test_nobody_signs_their_own_draft(desk: Desk) -> None:
    own = actions.draft(subject=desk.campaign.subject, kind=Kind.SUMMARY, source=SOURCE, by=desk.leader)
    own = actions.submit(paper=own, by=desk.leader)
    with pytest.raises(actions.PaperRefused, match="拟稿人"):
        actions.sign(paper=own, by=desk.leader)
    with pytest.raises(IntegrityError, match="signer_is_not_the_drafter"), transaction.atomic():
        Paper.objects.filter(pk=own.pk).update(signed_by_id=desk.leader.user_id)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE papers_paper SET source = 'x'",
        "UPDATE papers_paper SET expanded = 'x'",
        "UPDATE papers_paper SET title = 'x'",
        "UPDATE papers_paper SET state = 'draft'",
        "UPDATE papers_paper SET signer = 'x'",
        "DELETE FROM papers_paper",
        "UPDATE papers_figure SET text = '9条'",
        "DELETE FROM papers_figure",
        "INSERT INTO papers_figure SELECT * FROM papers_figure LIMIT 1",
    ],
)
def test_the_database_keeps_a_signed_paper_as_it_is(desk: Desk, change: str) -> None:
    desk.signed()
    with pytest.raises(DatabaseError, match="kept as"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_sent_back_with_a_reason_it_can_be_changed_again(desk: Desk) -> None:
    paper = actions.submit(paper=desk.draft(), by=desk.officer)
    with pytest.raises(actions.PaperRefused, match="原因"):
        actions.send_back(paper=paper, reason=" ", by=desk.leader)
    paper = actions.send_back(paper=paper, reason="补上日期", by=desk.leader)
    assert (paper.state, paper.returned_because) == (State.DRAFT, "补上日期")
    actions.revise(paper=paper, source=SOURCE.replace("征求", "广泛征求"), by=desk.officer)


@pytest.mark.parametrize(
    "step", [actions.sign, actions.issue, actions.retake, actions.publish, actions.correct]
)
def test_a_step_out_of_turn_is_refused(desk: Desk, step) -> None:
    paper = actions.submit(paper=desk.draft(), by=desk.officer)
    by = desk.leader
    if step is actions.sign:
        paper = actions.sign(paper=paper, by=by)
    with pytest.raises(actions.PaperRefused):
        step(paper=paper, by=by)


def test_the_word_file_proves_its_figures(desk: Desk) -> None:
    paper = desk.signed()
    word = gongwen.word(paper)
    found, loose = gongwen.verify(word, paper)
    assert found.ok
    assert loose == ()
    assert [figure.found for figure in found.figures] == ["2020年", "3条", "2条"]


def test_a_number_changed_in_the_word_file_is_found(desk: Desk) -> None:
    word = gongwen.word(desk.signed())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name,
                data.replace(b">3\xe6\x9d\xa1<", b">8\xe6\x9d\xa1<") if name == "word/document.xml" else data,
            )
    found, _ = gongwen.verify(out.getvalue())
    assert [figure.status.value for figure in found.figures] == ["ok", "edited", "ok"]


def test_a_published_copy_is_read_without_any_scope(desk: Desk) -> None:
    publication = actions.publish(paper=desk.issued(), by=desk.officer)
    with scope(""):
        assert Paper.objects.count() == 0
        found = queries.published().get(address=publication.address)
        assert "征求意见3条，采纳2条" in gongwen.plain(gongwen.public_layout(found))
        assert "第1条意见" not in str(found.figures)
        assert found.characters == gongwen.characters(gongwen.public_layout(found))


def test_withdrawn_it_is_gone_at_once(desk: Desk) -> None:
    paper = desk.issued()
    actions.publish(paper=paper, by=desk.officer)
    assert queries.published().count() == 1

    actions.withdraw(paper=paper, by=desk.officer)

    assert queries.published().count() == 0
    with pytest.raises(actions.PaperRefused, match="没有公开"):
        actions.withdraw(paper=paper, by=desk.officer)


def test_a_correction_starts_from_the_same_source_with_todays_figures(desk: Desk) -> None:
    paper = desk.issued()
    desk.suggest(4)
    new = actions.correct(paper=paper, by=desk.officer)
    assert texts(new) == ["2020年", "4条", "2条"]
    assert new.replaces == paper
    with pytest.raises(actions.PaperRefused, match="已经有更正件"):
        actions.correct(paper=paper, by=desk.officer)


def test_a_correction_that_is_issued_supersedes_the_old_paper(desk: Desk) -> None:
    paper = desk.issued()
    desk.suggest(4)
    new = actions.submit(paper=actions.correct(paper=paper, by=desk.officer), by=desk.officer)
    actions.issue(paper=actions.sign(paper=new, by=desk.leader), by=desk.officer)
    assert Paper.objects.get(pk=paper.pk).state == State.SUPERSEDED


def test_a_visitor_has_one_opinion_and_may_change_it(desk: Desk) -> None:
    publication = actions.publish(paper=desk.issued(), by=desk.officer)
    for rating in (Rating.LITTLE, Rating.VERY):
        actions.rate(publication=publication, visitor="v1", rating=rating)
    actions.rate(publication=publication, visitor="v2", rating=Rating.USEFUL)
    assert queries.ratings(publication).total == 2
    assert dict(queries.ratings(publication).counts)[Rating.VERY] == 1
    with pytest.raises(IntegrityError, match="one_opinion_a_visitor"), transaction.atomic():
        Opinion.objects.create(publication=publication, visitor="v1", rating=Rating.NONE)


def test_two_papers_cannot_share_a_number(desk: Desk) -> None:
    source = SOURCE.replace("机关：甲市科协", "机关：甲市科协\n文号：甲科协〔2020〕1号")
    papers = [actions.submit(paper=desk.draft(source), by=desk.officer) for _ in range(2)]
    first, second = (actions.sign(paper=paper, by=desk.leader) for paper in papers)
    actions.issue(paper=first, by=desk.officer)
    with pytest.raises(actions.PaperRefused, match="“甲科协〔2020〕1号”已经用在"):
        actions.issue(paper=second, by=desk.officer)


def test_every_step_leaves_one_audit_event(desk: Desk) -> None:
    paper = desk.issued()
    actions.publish(paper=paper, by=desk.officer)
    verbs = Event.objects.filter(thing="papers.paper").order_by("id").values_list("verb", "who")
    assert list(verbs) == [
        ("拟稿", "干事甲"),
        ("送审", "干事甲"),
        ("签发", "领导乙"),
        ("印发", "干事甲"),
        ("公开", "干事甲"),
    ]


def test_figures_and_records_stay_with_their_paper(desk: Desk) -> None:
    paper = desk.draft()
    actions.revise(paper=paper, source=SOURCE.replace("，采纳{{意见.采纳}}", ""), by=desk.officer)
    assert Figure.objects.filter(paper=paper).count() == 2


def test_sister_cities_do_not_see_it(desk: Desk) -> None:
    desk.draft()
    with scope(desk.house.sister.path):
        assert Paper.objects.count() == 0
    assert Publication.objects.count() == 0


def test_a_paper_that_comes_back_from_word_keeps_the_styles_of_its_figures_while_they_are_true(desk: Desk):
    for number in range(4, 13):
        desk.suggest(number)
    paper = desk.draft(SOURCE.replace("{{意见.收到}}", "{{意见.收到|余}}"))
    word = gongwen.word(paper)
    assert "{{campaigns.suggestions|余}}" in gongwen.imported(word, desk.campaign.subject.pk).source

    for number in range(13, 31):
        desk.suggest(number)
    assert "{{campaigns.suggestions}}" in gongwen.imported(word, desk.campaign.subject.pk).source
