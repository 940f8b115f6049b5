import json
from decimal import Decimal

import pytest
from django.db import IntegrityError

from hearth.apps.audit.models import Event
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.exchange import actions, queries
from hearth.apps.exchange.models import Match, Offer, Proposal
from hearth.apps.exchange.rules import outward
from hearth.apps.exchange.states import Answer, Judgement, Secrecy
from hearth.apps.jobs import tasks
from hearth.apps.jobs.models import Job
from hearth.lib.wall import scope
from tests.apps.exchange import building
from tests.apps.exchange.building import match_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def x():
    built = building.build()
    with scope(built.house.city.path):
        yield built


def match(x) -> int:
    return actions.match_all(campaign=x.campaign, by=x.by)


def company(x) -> Actor:
    return Actor(org=x.house.enterprise, role=Role.COMPANY, user_id=None, name="丑厂代表")


def test_an_offer_from_beyond_the_wall_is_kept_by_the_exchange(x):
    assert (x.expert.org, x.expert.provider, x.expert.holder) == (x.house.city, x.institute, "孙三")
    assert x.facility.org == x.lab
    assert {offer.number for offer in queries.offers(x.by)} == {"ZJ-1", "CG-1", "SS-1"}


def test_a_number_twice_in_one_organisation_is_refused(x):
    with pytest.raises(actions.ExchangeRefused, match=r"XQ-1.*换一个"):
        actions.register_demand(
            entry=building.demand("XQ-1", "另一项"), org=x.house.enterprise, campaign=x.campaign, by=x.by
        )


def test_negative_funds_are_refused(x):
    entry = building.demand("XQ-9", "另一项", funds=Decimal(-1))
    with pytest.raises(actions.ExchangeRefused, match="投入万元"):
        actions.register_demand(entry=entry, org=x.house.enterprise, by=x.by)


def test_an_expert_without_a_person_is_refused(x):
    entry = building.offer("ZJ-9", "无名", x.expert.kind)
    with pytest.raises(actions.ExchangeRefused, match="哪位专家"):
        actions.register_offer(entry=entry, provider=x.lab, campaign=x.campaign, by=x.by)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.OFFICER, True),
        (Role.BROKER, True),
        (Role.COMPANY, True),
        (Role.LIAISON, True),
        (Role.AUDITOR, False),
        (Role.SYSTEM_ADMIN, False),
    ],
)
def test_who_may_register_a_demand(x, role, may):
    by = Actor(org=x.house.enterprise, role=role, user_id=None, name="某人")
    entry = building.demand("XQ-9", "另一项")
    if may:
        assert actions.register_demand(entry=entry, org=x.house.enterprise, by=by).pk
    else:
        with pytest.raises(actions.ExchangeRefused, match="角色"):
            actions.register_demand(entry=entry, org=x.house.enterprise, by=by)


def test_a_company_cannot_register_for_another_organisation(x):
    with pytest.raises(actions.ExchangeRefused, match="不在您的单位之下"):
        actions.register_demand(entry=building.demand("XQ-9", "另一项"), org=x.lab, by=company(x))


def test_an_amended_demand_says_the_new(x):
    actions.amend_demand(demand=x.slag, entry=building.demand("XQ-1", "钢渣改性"), by=x.by)
    x.slag.refresh_from_db()
    assert (x.slag.title, x.slag.campaign) == ("钢渣改性", x.campaign)


def test_matching_ranks_from_one_with_reasons_whose_shares_sum_to_one(x):
    assert match(x) == 6
    listed = list(queries.matches_of(x.slag, x.by))
    assert [one.rank for one in listed] == [1, 2, 3]
    assert sum(reason.share for reason in queries.reasons(listed[0])) == pytest.approx(1)
    assert any("钢渣" in reason.words for reason in queries.reasons(listed[0]))


def test_matching_twice_gives_the_same_rows(x):
    match(x)
    before = list(Match.objects.order_by("pk").values("pk", "demand", "offer", "rank", "score", "reasons"))
    match(x)
    assert (
        list(Match.objects.order_by("pk").values("pk", "demand", "offer", "rank", "score", "reasons"))
        == before
    )


def test_a_secret_demand_is_matched_and_its_words_stay_hidden(x):
    match(x)
    kept = json.dumps(
        list(Match.objects.filter(demand=x.secret).values_list("reasons", flat=True)), ensure_ascii=False
    )
    assert queries.matches_of(x.secret, x.by).count() == 3
    assert not any(word in kept for word in ("涂层", "烧结", "钢渣", "水泥"))
    assert "保密" in kept
    assert queries.text_of(x.secret, x.by).title == "窑内耐蚀涂层"
    assert queries.text_of(x.secret, x.by).hidden
    assert queries.text_of(x.secret, company(x)).title == building.SECRET_TITLE


def test_nothing_outside_its_organisation_names_a_secret_demand(x):
    match(x)
    actions.propose(match=match_of(x.secret, x.expert), by=x.by)
    with scope(x.house.province.path):
        told = list(Proposal.objects.filter(org=x.institute).values_list("title", flat=True))
        trail = list(Event.objects.values_list("label", flat=True))
    assert told == ["窑内耐蚀涂层"]
    assert not any(building.SECRET_TITLE in label for label in trail)
    assert not queries.demands(x.by, search="烧结配方").exists()
    assert queries.demands(company(x), search="烧结配方").exists()


@pytest.mark.parametrize("avoiding", ["demand", "offer"])
def test_an_avoided_organisation_is_never_listed(x, avoiding):
    if avoiding == "demand":
        entry = building.demand("XQ-1", "钢渣微粉替代水泥", secrecy=Secrecy.PUBLIC, avoid=[x.institute])
        actions.amend_demand(demand=x.slag, entry=entry, by=x.by)
        barred, listed = {x.expert, x.achievement}, {x.facility}
    else:
        entry = building.offer(
            "ZJ-1", "孙三 研究员", x.expert.kind, person=x.outsider, avoid=[x.house.enterprise]
        )
        actions.amend_offer(offer=x.expert, entry=entry, by=x.by)
        barred, listed = {x.expert}, {x.achievement, x.facility}
    match(x)
    assert {one.offer for one in queries.matches_of(x.slag, x.by)} == listed
    x.slag.refresh_from_db()
    for offer in Offer.objects.select_related("provider").filter(pk__in=[one.pk for one in barred]):
        assert "回避" in queries.why_not(x.slag, offer, x.by).text


def test_an_own_offer_is_never_listed(x):
    own = actions.register_offer(
        entry=building.offer("SS-9", "丑厂自有窑"), provider=x.house.enterprise, campaign=x.campaign, by=x.by
    )
    match(x)
    assert not Match.objects.filter(offer=own).exists()
    assert queries.why_not(x.slag, own, x.by).text == "未列入：供需双方是同一单位"


def test_why_not_of_a_listed_offer_gives_its_rank(x):
    match(x)
    first = queries.matches_of(x.slag, x.by)[0]
    standing = queries.why_not(x.slag, first.offer, x.by)
    assert (standing.rank, standing.score) == (1, pytest.approx(first.score))


def test_judgements_survive_a_new_run(x):
    match(x)
    actions.propose(match=match_of(x.slag, x.expert), by=x.by)
    actions.dismiss(match=match_of(x.slag, x.facility), note="设备在检修", by=x.by)
    match(x)
    assert match_of(x.slag, x.expert).judgement == Judgement.PROPOSED
    dismissed = match_of(x.slag, x.facility)
    assert (dismissed.judgement, dismissed.note, dismissed.judged_by) == (
        Judgement.DISMISSED,
        "设备在检修",
        "干事甲",
    )


def test_a_judged_match_that_falls_out_of_the_list_stays_behind_it(x):
    match(x)
    actions.propose(match=match_of(x.slag, x.expert), by=x.by)
    entry = building.offer("ZJ-1", "孙三", x.expert.kind, person=x.outsider, avoid=[x.house.enterprise])
    actions.amend_offer(offer=x.expert, entry=entry, by=x.by)
    match(x)
    kept = match_of(x.slag, x.expert)
    assert (kept.judgement, kept.rank, kept.score) == (Judgement.PROPOSED, actions.TOP + 1, 0)
    assert not Match.objects.filter(demand=x.secret, offer=x.expert).exists()


def test_a_proposal_is_told_to_each_side_in_its_own_scope(x):
    match(x)
    actions.propose(match=match_of(x.slag, x.expert), by=x.by)
    assert [(one.counterpart, one.title) for one in queries.proposals(company(x))] == [
        ("孙三", "孙三 研究员")
    ]
    with scope(x.institute.path):
        told = queries.proposals(Actor(org=x.institute, role=Role.EXPERT, user_id=None, name="孙三"))
        assert [(one.own, one.counterpart, one.title) for one in told] == [
            ("孙三 研究员", "试验丑厂", "钢渣微粉替代水泥")
        ]
    assert Event.objects.filter(verb="推荐").get().detail == {"told": ["丑厂", "省材料所"]}


def test_undo_takes_back_what_was_told(x):
    match(x)
    proposed = actions.propose(match=match_of(x.slag, x.expert), by=x.by)
    actions.undo(match=proposed, by=x.by)
    undone = match_of(x.slag, x.expert)
    assert (undone.judgement, undone.judged_by, undone.judged_at) == (Judgement.OPEN, "", None)
    with scope(x.house.province.path):
        assert not Proposal.objects.exists()


def test_dismissing_needs_a_reason(x):
    match(x)
    with pytest.raises(actions.ExchangeRefused, match="写明原因"):
        actions.dismiss(match=match_of(x.slag, x.expert), note=" ", by=x.by)


def test_only_brokers_and_officers_match_and_judge(x):
    match(x)
    leader = x.house.leader()
    for act in (
        lambda: actions.match_all(campaign=x.campaign, by=leader),
        lambda: actions.match_later(campaign=x.campaign, by=leader),
        lambda: actions.assign(campaign=x.campaign, per_demand=1, per_offer=1, by=leader),
        lambda: actions.propose(match=match_of(x.slag, x.expert), by=leader),
        lambda: actions.propose_assigned(campaign=x.campaign, by=leader),
        lambda: actions.dismiss(match=match_of(x.slag, x.expert), note="不", by=leader),
        lambda: actions.undo(match=match_of(x.slag, x.expert), by=leader),
    ):
        with pytest.raises(actions.ExchangeRefused, match="经纪人"):
            act()


def assigned(x) -> set[tuple[str, str]]:
    return set(Match.objects.filter(assigned=True).values_list("demand__number", "offer__number"))


def test_assignment_gives_every_demand_somebody_within_the_caps(x):
    match(x)
    assert actions.assign(campaign=x.campaign, per_demand=1, per_offer=1, by=x.by) == ()
    pairs = assigned(x)
    assert {demand for demand, _ in pairs} == {"XQ-1", "XQ-2"}
    assert len({"孙三" if offer != "SS-1" else "市检测" for _, offer in pairs}) == 2


def test_one_person_is_one_counterpart_whatever_he_offers(x):
    match(x)
    actions.assign(campaign=x.campaign, per_demand=3, per_offer=9, by=x.by)
    assert sorted(demand for demand, _ in assigned(x)) == ["XQ-1", "XQ-1", "XQ-2", "XQ-2"]


def test_proposed_pairs_are_assigned_first_and_dismissed_ones_never(x):
    match(x)
    weakest = queries.matches_of(x.slag, x.by).last()
    actions.propose(match=weakest, by=x.by)
    actions.dismiss(match=match_of(x.secret, x.facility), note="设备在检修", by=x.by)
    actions.assign(campaign=x.campaign, per_demand=1, per_offer=2, by=x.by)
    assert ("XQ-1", weakest.offer.number) in assigned(x)
    assert ("XQ-2", "SS-1") not in assigned(x)


def test_a_demand_for_which_nobody_is_left_is_named(x):
    match(x)
    actions.dismiss(match=match_of(x.secret, x.facility), note="不合适", by=x.by)
    without = actions.assign(campaign=x.campaign, per_demand=1, per_offer=1, by=x.by)
    assert without == ()
    for one in Match.objects.filter(demand=x.secret).exclude(judgement=Judgement.DISMISSED):
        actions.dismiss(match=one, note="不合适", by=x.by)
    assert actions.assign(campaign=x.campaign, per_demand=1, per_offer=1, by=x.by) == (x.secret.pk,)


def test_all_assigned_pairs_can_be_proposed_at_once(x):
    match(x)
    actions.assign(campaign=x.campaign, per_demand=1, per_offer=2, by=x.by)
    assert actions.propose_assigned(campaign=x.campaign, by=x.by) == 2
    assert Match.objects.filter(judgement=Judgement.PROPOSED).count() == 2
    assert actions.propose_assigned(campaign=x.campaign, by=x.by) == 0


def test_the_job_matches_with_progress_and_again_to_the_same_rows(x):
    job = actions.match_later(campaign=x.campaign, by=x.by)
    tasks.run(job.pk, job.org_path)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.result, done.done, done.total) == ("done", {"matches": 6}, 2, 2)
    assert Event.objects.get(verb="匹配").who == "干事甲"
    rows = set(Match.objects.values_list("pk", flat=True))
    Job.objects.filter(pk=job.pk).update(state="waiting")
    tasks.run(job.pk, job.org_path)
    assert set(Match.objects.values_list("pk", flat=True)) == rows


def test_lists_cost_the_same_number_of_queries_for_one_row_and_for_three(x, django_assert_num_queries):
    match(x)
    for asked, query in (
        (1, lambda rows: [(d.org.name, d.proposed) for d in queries.demands(x.by)[:rows]]),
        (1, lambda rows: [(o.org.name, o.provider.name) for o in queries.offers(x.by)[:rows]]),
        (2, lambda rows: [(m.demand.org.name, *m.replies.all()) for m in queries.matches(x.by)[:rows]]),
    ):
        for rows in (1, 3):
            with django_assert_num_queries(asked):
                query(rows)


def test_a_sister_city_sees_nothing_of_the_exchange(x):
    match(x)
    with scope(x.house.sister.path):
        assert not queries.demands(x.by).exists()
        assert not queries.offers(x.by).exists()
        assert not queries.matches(x.by).exists()


@pytest.fixture
def told(x) -> Match:
    match(x)
    return actions.propose(match=match_of(x.slag, x.facility), by=x.by)


def answered(x, told: Match, answer: Answer, note: str = "", **by) -> Proposal:
    """The enterprise answers what was recommended to it, inside its own wall."""
    with scope(x.house.enterprise.path):
        mine = Proposal.objects.get(match_id=told.pk)
        return actions.answer(proposal=mine, answer=answer, note=note, by=by.get("by", company(x)))


def test_a_recommendation_tells_text_and_reasons_to_the_demander(x, told):
    with scope(x.house.enterprise.path):
        mine = queries.proposals(company(x)).get()
    assert (mine.counterpart_org, mine.text, mine.broker) == (x.lab.name, x.facility.text, x.house.city)
    assert mine.reasons == [reason.text for reason in queries.reasons(told)]


@pytest.mark.parametrize("secrecy", [Secrecy.INTERNAL, Secrecy.SECRET])
def test_the_provider_is_told_no_word_of_a_demand_that_is_not_public(x, secrecy):
    match(x)
    x.secret.secrecy = secrecy
    x.secret.save()
    told = actions.propose(match=match_of(x.secret, x.facility), by=x.by)
    with scope(x.lab.path):
        theirs = Proposal.objects.get(match_id=told.pk)
    assert (theirs.title, theirs.text, theirs.reasons) == ("窑内耐蚀涂层", "", [])


def test_an_answer_reaches_the_broker(x, told):
    answered(x, told, Answer.WILLING, "想先看样品")

    reply = queries.matches(x.by).get(pk=told.pk).replies.get()
    assert (reply.side, reply.answer, reply.note, reply.answered_by) == (
        x.house.enterprise,
        Answer.WILLING,
        "想先看样品",
        "丑厂代表",
    )


def test_a_later_answer_takes_the_place_of_the_first_and_both_are_recorded(x, told):
    answered(x, told, Answer.WILLING)
    answered(x, told, Answer.NOT_NOW, "已经有人在做")

    assert list(told.replies.values_list("answer", "note")) == [(Answer.NOT_NOW, "已经有人在做")]
    assert Event.objects.filter(verb="答复推荐").count() == 2


def test_undoing_a_recommendation_takes_the_answers_back_too(x, told):
    answered(x, told, Answer.WILLING)
    actions.undo(match=told, by=x.by)

    assert (Proposal.objects.count(), told.replies.count()) == (0, 0)


def test_recommending_again_keeps_the_answer(x, told):
    answered(x, told, Answer.WILLING)
    actions.propose(match=told, by=x.by)

    with scope(x.house.enterprise.path):
        assert Proposal.objects.get(match_id=told.pk).answer == Answer.WILLING


@pytest.mark.parametrize(
    ("answer", "role", "org", "words"),
    [
        (Answer.OPEN, Role.COMPANY, "enterprise", "请选"),
        (Answer.WILLING, Role.BROKER, "enterprise", "由收到的单位自己答复"),
        (Answer.WILLING, Role.COMPANY, "city", "只能答复给本单位的推荐"),
    ],
)
def test_an_answer_of_somebody_else_or_without_a_word_is_refused(x, told, answer, role, org, words):
    by = Actor(org=getattr(x.house, org), role=role, user_id=None, name="某人")
    with pytest.raises(actions.ExchangeRefused, match=words):
        answered(x, told, answer, by=by)


def test_the_database_holds_no_answer_without_a_name(x, told):
    with scope(x.house.enterprise.path), pytest.raises(IntegrityError, match="answer_has_a_time"):
        Proposal.objects.filter(match_id=told.pk).update(answer=Answer.WILLING)


def test_the_name_of_a_demand_told_outside_ends_in_no_full_stop():
    assert outward(title="甲", secrecy=Secrecy.INTERNAL, public_summary="窑内耐蚀涂层。") == "窑内耐蚀涂层"
