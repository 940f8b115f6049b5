import datetime

import pytest

from hearth.apps.agreements import actions, intake, queries
from hearth.apps.agreements.models import Agreement, Clause
from hearth.apps.agreements.states import AgreementKind, ClauseState
from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.measures.queries import measure
from hearth.lib.faults import Refused
from hearth.lib.sheets import read_xlsx
from hearth.lib.wall import scope
from tests.apps.campaigns import example
from tests.apps.campaigns.building import day, names_of, typed
from tests.apps.exchange import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def x():
    built = building.build()
    with scope(built.house.province.path):
        yield built


def promise(x, number: str = "TK-1", **more) -> actions.Promise:
    given = {"lead": x.house.enterprise, "person": x.house.person, "due": day(30, 9), **more}
    return actions.Promise(number=number, clause="第四条", text="设立工作站", **given)


def sign(x, *promises: actions.Promise, **more) -> Agreement:
    given = {
        "number": "XY-1",
        "signed_on": day(12, 6),
        "parties": [x.house.city, x.institute, x.house.enterprise],
        "by": x.by,
        **more,
    }
    return actions.sign_agreement(
        campaign=x.campaign,
        name="战略合作框架协议",
        kind=AgreementKind.FRAMEWORK,
        promises=promises,
        **given,
    )


def test_an_agreement_keeps_its_parties_in_order_and_its_clauses(x):
    agreement = sign(x, promise(x), promise(x, "TK-2"))
    assert [str(party) for party in agreement.parties.all()] == [
        "甲方 甲市科协",
        "乙方 省材料所",
        "丙方 丑厂",
    ]
    assert [clause.who for clause in agreement.clauses.all()] == ["赵一", "赵一"]
    assert Event.objects.filter(thing="agreements.agreement").count() == 1


def test_who_owes_a_clause_is_told_in_its_own_scope_and_learns_what_becomes_of_it(x):
    agreement = sign(x, promise(x, lead=x.institute, person=x.outsider))
    actions.begin(clause=agreement.clauses.get(), by=x.by)
    theirs = Actor(org=x.institute, role=Role.LEADER, user_id=None, name="所长")
    with scope(x.institute.path):
        assert not Clause.objects.exists()
        (owed,) = queries.undertakings(theirs)
    assert (owed.text, owed.who, owed.state) == ("设立工作站", "孙三", ClauseState.RUNNING)


def test_a_clause_of_a_person_beyond_the_wall_is_listed_with_his_name(x):
    sign(x, promise(x, lead=x.institute, person=x.outsider))
    with scope(x.house.city.path):
        assert [(clause.who, clause.lead.short_name) for clause in queries.clauses(x.by)] == [
            ("孙三", "省材料所")
        ]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"number": "XY-0"}, "已经用过"),
        ({"valid_until": day(12, 6)}, "晚于签订日期"),
    ],
)
def test_an_agreement_that_contradicts_the_records_is_refused(x, more, says):
    sign(x, number="XY-0")
    with pytest.raises(actions.AgreementRefused, match=says):
        sign(x, **more)


def test_parties_are_at_least_two_and_each_once(x):
    with pytest.raises(actions.AgreementRefused, match="2 到 5 方"):
        sign(x, parties=[x.house.city])
    with pytest.raises(actions.AgreementRefused, match="不能签两次"):
        sign(x, parties=[x.house.city, x.house.city])


def test_only_a_party_can_owe_a_clause(x):
    with pytest.raises(actions.AgreementRefused, match="不是签约方"):
        sign(x, promise(x, lead=x.lab))


def test_a_clause_goes_its_way_and_back(x):
    clause = sign(x, promise(x)).clauses.get()
    assert actions.begin(clause=clause, by=x.by).state == ClauseState.RUNNING
    assert actions.declare_late(clause=clause, by=x.by).state == ClauseState.LATE
    done = actions.fulfil(clause=clause, evidence="挂牌照片", by=x.by)
    assert (done.state, done.evidence) == (ClauseState.DONE, "挂牌照片")
    assert actions.reopen(clause=clause, by=x.by).state == ClauseState.RUNNING


def test_a_kept_clause_names_its_evidence_for_good(x):
    clause = sign(x, promise(x)).clauses.get()
    with pytest.raises(actions.AgreementRefused, match="写明佐证"):
        actions.fulfil(clause=clause, evidence=" ", by=x.by)
    actions.fulfil(clause=clause, evidence="挂牌照片", by=x.by)
    with pytest.raises(actions.AgreementRefused, match="写明佐证"):
        actions.amend_clause(clause=clause, text="改", due=day(1, 10), evidence="", by=x.by)
    amended = actions.amend_clause(clause=clause, text="改", due=day(1, 10), evidence="照片", by=x.by)
    assert (amended.text, amended.due, amended.evidence) == ("改", day(1, 10), "照片")


def test_only_those_who_manage_agreements_do(x):
    clause = sign(x, promise(x)).clauses.get()
    liaison = Actor(org=x.house.city, role=Role.LIAISON, user_id=None, name="联络员")
    for act in (
        lambda: sign(x, by=liaison, number="XY-2"),
        lambda: actions.begin(clause=clause, by=liaison),
        lambda: actions.fulfil(clause=clause, evidence="照片", by=liaison),
        lambda: actions.amend_clause(clause=clause, text="改", due=day(1), evidence="", by=liaison),
    ):
        with pytest.raises(actions.AgreementRefused, match="领导、干事或经纪人"):
            act()


def test_the_rate_counts_what_was_due_by_the_day(x):
    states = (
        (ClauseState.DONE, day(1, 7)),
        (ClauseState.LATE, day(2, 7)),
        (ClauseState.RUNNING, day(3, 7)),
        (ClauseState.DONE, day(1, 12)),
    )
    sign(
        x,
        *(
            promise(x, f"TK-{number}", state=state, due=due, evidence="照片")
            for number, (state, due) in enumerate(states)
        ),
    )
    rows = queries.clauses(x.by)
    kept = queries.keeping(rows, day(2, 7))
    assert (kept.total, kept.done, kept.due, kept.due_done, kept.rate) == (4, 2, 2, 1, 0.5)
    assert queries.keeping(rows, day(1)).rate is None
    assert [clause.number for clause in queries.overdue(x.by, day(3, 7))] == ["TK-1"]


def test_lists_cost_the_same_queries_for_one_and_for_three(x, django_assert_num_queries):
    def listed():
        return [
            (one.campaign.name, one.promised, one.kept, [str(party) for party in one.parties.all()])
            for one in queries.agreements(x.by, search="科协")
        ]

    sign(x, promise(x))
    with django_assert_num_queries(3):
        assert listed()[0][1:3] == (1, 0)
    sign(x, promise(x, "TK-2"), number="XY-2")
    sign(x, promise(x, "TK-3"), number="XY-3")
    with django_assert_num_queries(3):
        assert len(listed()) == 3
    with django_assert_num_queries(1):
        assert len([(one.agreement.name, one.lead.name) for one in queries.clauses(x.by)]) == 3


def test_a_sister_city_sees_no_agreement(x):
    sign(x, promise(x))
    with scope(x.house.sister.path):
        assert not queries.agreements(x.by).exists()
        assert not queries.clauses(x.by).exists()


AGREEMENTS = "编号 名称 类别 甲方 乙方 丙方 签订日期 有效期至"
CLAUSES = "编号 协议编号 条 事项 责任单位 责任人 期限 状态 佐证"


def take(x, agreements: str, clauses: str) -> None:
    reading = typed(
        {intake.AGREEMENTS: f"{AGREEMENTS}\n{agreements}", intake.CLAUSES: f"{CLAUSES}\n{clauses}"}
    )
    intake.take_agreements(reading, x.campaign, names_of(x.house))


def test_agreements_are_taken_with_their_clauses(x):
    take(
        x,
        "XY-1 框架 战略合作框架协议 甲市科协 省材料所 丑厂 2020-06-12 2023-06-11\n"
        "XY-2 技术 技术合作协议 丑厂 省材料所 - 2020-06-12 -",
        "TK-1 XY-1 第一条 挂牌 丑厂 赵一 2020-09-30 已完成 照片\n"
        "TK-2 XY-2 第二条 交付 省材料所 孙三 2020-10-30 未开始 -",
    )
    assert [(one.number, one.promised, one.kept) for one in queries.agreements(x.by).order_by("number")] == [
        ("XY-1", 1, 1),
        ("XY-2", 1, 0),
    ]


def test_every_fault_of_both_tables_is_told_and_nothing_is_kept(x):
    with pytest.raises(Refused) as refused:
        take(
            x,
            "XY-1 框架 战略合作框架协议 甲市科协 甲市科协 丑场 2020-06-12 2020-06-12",
            "TK-1 XY-9 第一条 挂牌 丑厂 赵乙 2020-09-30 已完成 -\n"
            "TK-2 XY-1 第二条 交付 省材料所 孙三 2020-10-30 未开始 -",
        )
    told = [(fault.file[:2], fault.row, fault.column) for fault in refused.value.faults]
    assert told == [
        ("协议", 2, "有效期至"),
        ("协议", 2, "乙方"),
        ("协议", 2, "丙方"),
        ("条款", 2, "责任人"),
        ("条款", 2, "协议编号"),
        ("条款", 2, "佐证"),
        ("条款", 3, "责任单位"),
    ]
    assert not Agreement.objects.exists()


def test_taking_the_same_numbers_again_is_refused(x):
    lines = (
        "XY-1 框架 战略合作框架协议 甲市科协 省材料所 丑厂 2020-06-12 -",
        "TK-1 XY-1 第一条 挂牌 丑厂 赵一 2020-09-30 进行中 -",
    )
    take(x, *lines)
    with pytest.raises(Refused) as refused:
        take(x, *lines)
    assert refused.value.count == 2


def test_the_example_is_taken_whole_and_read_at_the_scope_of_its_city():
    root = example.take_directory()
    with scope(root.path):
        campaign, names = example.take_frame(root)
        names.load()
        reading = read_xlsx(example.FOLDER / "agreements.xlsx", intake.TABLES)
        intake.take_agreements(reading, campaign, names)
    with scope(campaign.org.path):
        by = Actor.house(campaign.org)
        assert queries.agreements(by, campaign).count() == 5
        assert len([clause.who for clause in queries.clauses(by)]) == 18
        kept = queries.keeping(queries.clauses(by), datetime.date(2021, 12, 31))
        assert (kept.total, kept.done) == (18, 14)
        assert measure("协议.签订", campaign.pk).value.number == 5
