"""Every page of a campaign and its records: for whom it opens, how much it asks, what it says."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Person
from hearth.apps.directory.states import Role
from hearth.apps.papers import actions as papers
from hearth.apps.papers.states import Kind
from hearth.apps.publicity.models import Placement
from hearth.lib.wall import scope
from hearth.web.desk.records import PAGES
from tests.apps.houses import build
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")
LOOKING = {Role.LEADER, Role.OFFICER, Role.LIAISON, Role.BROKER}
WRITING = {Role.LEADER, Role.OFFICER, Role.LIAISON}
EMPTY = {"desk:duties", "desk:notices", "desk:visits", "desk:cases", "desk:contingency"} | {
    f"desk:{name}" for name in ("publicity", "publicity_plan", "profiles", "articles", "letters", "mailings")
}
SUMMARY = """---
文种：总结
机关：甲市科协
成文日期：2020-06-20
---
# 试验日活动总结

发放读本{{科普.读本}}。
"""


@pytest.fixture
def things(db) -> Filled:
    return filled.build(build())


def page(things: Filled, name: str, role: Role = Role.OFFICER, **query: str) -> str:
    address = reverse(name, args=[things.pages[name]])
    return visitor(role, things.house.city).get(address, query).content.decode()


def test_every_record_of_a_campaign_has_its_page_here(things: Filled):
    apps = ("campaigns.", "contingency.", "publicity.", "visits.", "notices.", "outreach.")

    assert {name for thing, name in PAGES.items() if thing.startswith(apps)} <= set(things.pages)


def test_pages_open_for_those_who_may_see_campaigns(things: Filled):
    addresses = [reverse(name, args=[number]) for name, number in things.pages.items()]
    for role in Role:
        client = visitor(role, things.house.city)
        wanted = 200 if role in LOOKING else 403

        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
            addresses, wanted
        ), role


def test_home_opens_for_all_staff_and_the_ledger_form_for_those_who_record(things: Filled):
    staff = LOOKING | {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}
    clients = {role: visitor(role, things.house.city) for role in Role}
    new = reverse("desk:move", args=[things.campaign.pk])

    assert {r for r, c in clients.items() if c.get(reverse("desk:home")).status_code == 200} == staff
    assert {r for r, c in clients.items() if c.get(reverse("desk:campaigns")).status_code == 200} == LOOKING
    assert {r for r, c in clients.items() if c.get(new).status_code == 200} == WRITING


@pytest.mark.parametrize(
    ("deed", "roles"),
    [
        ("duty_finish", WRITING),
        ("duty_reopen", WRITING),
        ("duty_begin", WRITING),
        ("duty_hand_over", WRITING),
        ("person_duties_hand_over", WRITING),
        ("duty_amend", {Role.LEADER, Role.OFFICER}),
        ("duty_new", {Role.LEADER, Role.OFFICER}),
        ("level_new", {Role.LEADER, Role.OFFICER}),
        ("level_amend", {Role.LEADER, Role.OFFICER}),
        ("level_prepare", {Role.LEADER, Role.OFFICER}),
        ("level_switch", {Role.LEADER, Role.OFFICER}),
        ("plan_b_new", {Role.LEADER, Role.OFFICER}),
        ("plan_b_amend", {Role.LEADER, Role.OFFICER}),
        ("plan_b_prepare", {Role.LEADER, Role.OFFICER}),
        ("plan_b_switch", {Role.LEADER, Role.OFFICER}),
        ("change_drop", {Role.LEADER, Role.OFFICER}),
        ("resource_new", {Role.LEADER, Role.OFFICER}),
        ("resource_drop", {Role.LEADER, Role.OFFICER}),
        ("resource_reveal", {Role.LEADER, Role.OFFICER}),
        ("switch_undo", {Role.LEADER, Role.OFFICER}),
        ("switch_calls", {Role.LEADER, Role.OFFICER}),
        ("call_done", WRITING),
        ("placement_amend", WRITING),
        ("profile_amend", WRITING),
        ("profile_ask", WRITING),
        ("profile_consent", WRITING),
        ("profile_review", {Role.LEADER, Role.OFFICER}),
        ("profile_publish", {Role.LEADER, Role.OFFICER}),
        ("profile_withdraw", {Role.LEADER, Role.OFFICER}),
        ("article_amend", WRITING),
        ("article_review", {Role.LEADER, Role.OFFICER}),
        ("article_publish", {Role.LEADER, Role.OFFICER}),
        ("article_withdraw", {Role.LEADER, Role.OFFICER}),
        ("planned_amend", WRITING),
        ("publicity_plan_one", WRITING),
        ("publicity_place", WRITING),
        ("press_contact_amend", WRITING),
        ("press_contact_reveal", {Role.LEADER, Role.OFFICER}),
        ("release", {Role.LEADER, Role.OFFICER}),
        ("letter_new", {Role.LEADER, Role.OFFICER}),
        ("letter_send", {Role.LEADER, Role.OFFICER}),
        ("visit_amend", WRITING),
        ("visit_demand", WRITING),
        ("visit_expert", WRITING),
        ("case_assign", WRITING),
        ("case_begin", WRITING),
        ("case_close", WRITING),
        ("case_reopen", WRITING),
        ("case_rate", WRITING),
        ("outreach_event_amend", WRITING),
        ("material_new", WRITING),
        ("movement_amend", WRITING),
        ("notice_remind", {Role.LEADER, Role.OFFICER}),
        ("return_send_back", {Role.LEADER, Role.OFFICER}),
        ("notice_links_give", {Role.LEADER, Role.OFFICER}),
        ("notice_credit", {Role.LEADER, Role.OFFICER}),
        ("return_link_renew", {Role.LEADER, Role.OFFICER}),
        ("return_stamp", {Role.LEADER, Role.OFFICER}),
        ("return_answer", WRITING),
        ("return_acknowledge", WRITING),
        ("suggestion_handle", WRITING),
        ("suggestion_join", WRITING),
        ("suggestion_part", WRITING),
        ("asked_invite", {Role.LEADER, Role.OFFICER}),
        ("asked_close", {Role.LEADER, Role.OFFICER}),
        ("consult", {Role.LEADER, Role.OFFICER}),
    ],
)
def test_deeds_are_refused_to_those_who_may_not(things: Filled, deed: str, roles: set[Role]):
    address = reverse(f"desk:{deed}", args=[things.campaign.pk])
    refused = {role for role in Role if visitor(role, things.house.city).post(address).status_code == 403}

    assert refused == set(Role) - roles


def test_a_sister_city_finds_nothing(things: Filled):
    client = visitor(Role.OFFICER, things.house.sister)

    answers = {
        name: client.get(reverse(name, args=[number])).status_code for name, number in things.pages.items()
    }

    assert set(answers.values()) == {404}


def test_more_records_ask_no_more_questions(things: Filled):
    client = visitor(Role.OFFICER, things.house.city)
    addresses = [reverse(name, args=[number]) for name, number in things.pages.items()]
    addresses += [reverse("desk:home"), reverse("desk:campaigns"), reverse("desk:my_duties")]
    addresses += [reverse("desk:plan_b_switch", args=[things.plan.pk])]
    addresses += [reverse("desk:home"), reverse("desk:campaigns"), reverse("desk:contacts")]
    addresses += [reverse("desk:visit_new")]

    def questions() -> dict[str, int]:
        counts = {}
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts[address] = len(asked)
        return counts

    questions()
    few = questions()
    filled.more(things, 2)
    filled.more(things, 3)

    assert questions() == few


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("desk:consultation", "展板多办几场"),
        ("desk:duties", "试验任务1"),
        ("desk:notices", "第1号通知"),
        ("desk:notice", "子县科协"),
        ("desk:publicity", "试验报道"),
        ("desk:publicity_plan", "试验计划1"),
        ("desk:profiles", "试验事迹"),
        ("desk:articles", "试验动态1"),
        ("desk:mailings", "试验通稿1"),
        ("desk:mailing", "记者1"),
        ("desk:visits", "孙1"),
        ("desk:cases", "缺中试场地"),
        ("desk:outreach", "试验专场1"),
        ("desk:movements", "读本1"),
    ],
)
def test_a_list_is_searched_and_given_as_excel(things: Filled, name: str, cell: str):
    address = reverse(name, args=[things.pages[name]])
    client = visitor(Role.OFFICER, things.house.city)
    listed = client.get(address).context["listing"]

    assert cell in client.get(address).content.decode()
    assert client.get(address, {"q": "没有这样的字"}).context["listing"].total == 0
    assert listed.chips
    assert client.get(address, {"export": "xlsx"}).content.startswith(b"PK")


def test_an_empty_campaign_says_what_to_do_next(things: Filled):
    with scope(things.house.city.path):
        empty = filled.building.start(things.house, "另一个活动")
    client = visitor(Role.OFFICER, things.house.city)
    lists = [name for name, number in things.pages.items() if number == things.campaign.pk]

    for name in set(lists) & EMPTY:
        assert "h-empty" in client.get(reverse(name, args=[empty.pk])).content.decode(), name


def test_what_is_late_stands_first_with_the_person_who_answers_for_it(things: Filled):
    text = page(things, "desk:campaign")

    late = re.findall(r'<td role="cell"><a href="[^"]+">([^<]+)</a></td><td role="cell">([^<]+)', text)
    assert [one for one in late if "报送" not in one[0]] == [
        ("走访困难：保密的困难，内容另存", "赵一"),
        ("走访困难：缺中试场地", "赵一"),
        ("试验任务1", "赵一"),
    ]


def test_a_text_that_the_plan_waits_for_is_late_with_who_owes_it(things: Filled):
    with scope(things.house.city.path):
        Placement.objects.update(planned=None)

    late = re.findall(
        r'<a href="([^"]+)">宣传：试验日报《试验计划1》</a></td><td role="cell">([^<]+)',
        page(things, "desk:campaign"),
    )
    assert late == [(reverse("desk:planned", args=[things.planned.pk]), "赵一")]


def test_lateness_ends_with_the_archive(things: Filled):
    with scope(things.house.city.path):
        moment = datetime.datetime(2020, 5, 27, 1, tzinfo=datetime.UTC)
        Campaign.objects.filter(pk=things.campaign.pk).update(archived_at=moment)
    text = page(things, "desk:duties")

    assert "迟 1 天" in text
    assert "5月27日归档，期限以这一天为准" in text


def test_every_receiver_is_a_cell_that_leads_to_its_return(things: Filled):
    address = reverse("desk:return", args=[things.returned.pk])

    assert f'<a class="l" href="{address}" title="子县科协：逾期未报"' in page(things, "desk:campaign")


def test_a_signed_paper_whose_records_changed_is_told_on_the_overview(things: Filled):
    with scope(things.house.city.path):
        draft = papers.draft(subject=things.campaign.subject, kind=Kind.SUMMARY, source=SUMMARY, by=things.by)
        papers.submit(paper=draft, by=things.by)
        papers.sign(paper=draft, by=things.house.leader())
    client = visitor(Role.OFFICER, things.house.city)
    overview = reverse("desk:campaign", args=[things.campaign.pk])
    before = client.get(overview).content.decode()
    address = reverse("desk:movement_amend", args=[things.given.pk])

    told = client.post(address, {"quantity": "80"}, follow=True).content.decode()

    assert "签发后" not in before
    assert reverse("desk:paper", args=[draft.pk]) in told
    assert "写“60册”，现在的记录是 <b>80册</b>" in client.get(overview).content.decode()


def test_home_lists_my_open_duties_and_what_i_stand_in_for(things: Filled):
    client = visitor(Role.OFFICER, things.house.city)
    with scope(things.house.city.path):
        Person.objects.filter(pk=things.house.deputy.pk).update(user_id=client.session["_auth_user_id"])

    text = client.get(reverse("desk:home")).content.decode()

    assert "试验任务1" in text
    assert "代赵一" in text


def test_home_lists_notices_that_wait_for_an_answer(things: Filled):
    text = visitor(Role.LIAISON, things.house.county).get(reverse("desk:home")).content.decode()

    assert reverse("desk:return", args=[things.returned.pk]) in text


def test_home_lists_papers_that_wait_for_the_leader(things: Filled):
    with scope(things.house.city.path):
        draft = papers.draft(subject=things.campaign.subject, kind=Kind.SUMMARY, source=SUMMARY, by=things.by)
        papers.submit(paper=draft, by=things.by)

    assert (
        "试验日活动总结" in visitor(Role.LEADER, things.house.city).get(reverse("desk:home")).content.decode()
    )
    assert (
        "等我签发" not in visitor(Role.OFFICER, things.house.city).get(reverse("desk:home")).content.decode()
    )


@pytest.mark.parametrize("page", ["desk:campaigns", "desk:measures"])
def test_without_a_campaign_an_officer_is_told_how_it_is_loaded_and_a_liaison_that_none_was_sent(
    db, page: str
):
    house = build()
    officer, liaison = visitor(Role.OFFICER, house.city), visitor(Role.LIAISON, house.county)

    assert "./hearth load" in officer.get(reverse(page)).content.decode()
    shown = liaison.get(reverse(page)).content.decode()
    assert "./hearth" not in shown
    assert "还没有发给您的单位" in shown


def test_a_trigger_of_the_contingency_plan_is_said_once(things: Filled):
    officer = visitor(Role.OFFICER, things.house.city)
    page = officer.get(reverse("desk:contingency", args=[things.campaign.pk])).content.decode()

    assert page.count(things.level.trigger) == 1


def test_what_waits_for_a_signature_stands_before_everything_else(things: Filled):
    leader = visitor(Role.LEADER, things.house.city)
    with scope(things.house.city.path):
        source = "---\n文种：通知\n机关：甲市科协\n成文日期：2020-06-01\n---\n# 关于试验的通知\n\n请照办。\n"
        paper = papers.draft(subject=things.campaign.subject, kind=Kind.NOTICE, source=source, by=things.by)
        papers.submit(paper=paper, by=things.by)
    page = leader.get(reverse("desk:home")).content.decode()

    assert 0 < page.index('id="sign-h"') < page.index('id="duties-h"')
