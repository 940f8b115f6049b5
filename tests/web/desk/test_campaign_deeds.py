"""What can be done on the pages of a campaign: records corrected, duties finished, notices answered and chased."""

import datetime
import io

import docx
import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.apps.audit.models import Event
from hearth.apps.campaigns.states import DutyState
from hearth.apps.directory.states import Role
from hearth.apps.files import actions as files
from hearth.apps.notices import actions as notices
from hearth.apps.notices import queries
from hearth.apps.notices.states import ReturnState
from hearth.apps.outreach import actions as outreach
from hearth.apps.outreach.models import Material, Movement
from hearth.apps.outreach.states import Direction, MaterialKind
from hearth.apps.visits.states import CLOSED, CaseState, Satisfaction
from hearth.lib.wall import scope
from tests.apps.houses import build
from tests.web.desk import filled
from tests.web.desk.filled import Filled
from tests.web.desk.visitors import visitor

pytestmark = pytest.mark.usefixtures("static")


@pytest.fixture
def things(db) -> Filled:
    return filled.build(build())


@pytest.fixture
def officer(things: Filled) -> Client:
    return visitor(Role.OFFICER, things.house.city)


def again(things: Filled, record):
    with scope(things.house.city.path):
        return type(record).objects.get(pk=record.pk)


def verbs(things: Filled, record) -> list[str]:
    with scope(things.house.city.path):
        rows = Event.objects.filter(thing=record._meta.label_lower, thing_id=str(record.pk))
        return list(rows.values_list("verb", flat=True))


def test_a_corrected_quantity_is_kept_recorded_and_counted(things: Filled, officer: Client):
    address = reverse("desk:movement_amend", args=[things.given.pk])

    answer = officer.post(address, {"quantity": "80"}, follow=True)

    assert again(things, things.given).quantity == 80
    assert verbs(things, things.given) == ["更正数量", "发放"]
    assert "数量已更正" in answer.content.decode()
    assert (
        "还在现场 20" in officer.get(reverse("desk:outreach_event", args=[things.event.pk])).content.decode()
    )


def test_too_much_is_refused_with_the_most_that_goes_and_the_typed_number_stays(
    things: Filled, officer: Client
):
    answer = officer.post(reverse("desk:movement_amend", args=[things.given.pk]), {"quantity": "101"})

    assert answer.status_code == 422
    assert "最多 100 册" in answer.content.decode()
    assert 'value="101"' in answer.content.decode()
    assert again(things, things.given).quantity == 60


def recorded_above(things: Filled) -> Movement:
    """A line that the province wrote into the city's ledger: its event stands in the province's house."""
    with scope(things.house.province.path):
        return outreach.move(
            material=things.given.material,
            number="LS-0",
            moved_on=filled.building.day(20),
            direction=Direction.IN,
            quantity=5,
            by=things.house.officer(things.house.province),
        )


def test_who_recorded_is_only_told_when_that_event_is_seen(things: Filled, officer: Client):
    sent = recorded_above(things)
    with scope(things.house.city.path):
        an_hour_ago = F("created_at") - datetime.timedelta(hours=1)
        Movement.objects.filter(pk=sent.pk).update(created_at=an_hour_ago)
    address = reverse("desk:movement", args=[sent.pk])
    officer.post(reverse("desk:movement_amend", args=[sent.pk]), {"quantity": "6"})

    assert officer.get(reverse("desk:movement", args=[things.given.pk])).context["recorder"] == "干事甲"
    assert officer.get(address).context["recorder"] == ""


def test_a_line_of_the_ledger_is_written_with_its_evidence(
    things: Filled, officer: Client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    slip = tmp_path / "签收单.txt"
    slip.write_text("试验签收单")
    with slip.open("rb") as file:
        said = {
            "direction": Direction.RETURNED,
            "material": things.given.material_id,
            "quantity": "40",
            "event": things.event.pk,
            "moved_on": "2020-05-24",
            "number": "LS-9",
            "evidence": file,
        }
        answer = officer.post(reverse("desk:move", args=[things.campaign.pk]), said, follow=True)
    with scope(things.house.city.path):
        written = Movement.objects.select_related("evidence").get(number="LS-9")
    download = officer.get(reverse("desk:evidence", args=[written.evidence_id]))

    assert answer.redirect_chain[-1][0] == reverse("desk:movement", args=[written.pk])
    assert b"".join(download.streaming_content).decode() == "试验签收单"
    assert download["Content-Disposition"].startswith("attachment")


def test_a_material_that_is_registered_can_be_moved_at_once(things: Filled, officer: Client):
    address = reverse("desk:material_new", args=[things.campaign.pk])
    said = {"name": "新展板", "kind": MaterialKind.BOARD, "unit": "块"}

    page = officer.post(address, said, follow=True).content.decode()

    with scope(things.house.city.path):
        made = Material.objects.get(name="新展板")
    assert (made.number, made.in_stock) == ("WL-002", 0)
    assert f'<option value="{made.pk}">新展板（块）</option>' in page
    refused = officer.post(address, {**said, "unit": ""})
    assert (refused.status_code, "还没有填。" in refused.content.decode()) == (422, True)


def test_evidence_of_another_city_is_not_given(things: Filled, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with scope(things.house.city.path):
        kept = files.keep(name="单.txt", data="试验".encode(), by=things.by)
    stranger = visitor(Role.OFFICER, things.house.sister)

    assert stranger.get(reverse("desk:evidence", args=[kept.pk])).status_code == 404


def test_a_line_with_what_is_not_there_is_refused_beside_the_form(things: Filled, officer: Client):
    said = {"direction": Direction.GIVEN, "material": things.given.material_id, "quantity": "41"}
    said |= {"event": things.event.pk, "moved_on": "2020-05-24", "number": "LS-9"}

    answer = officer.post(reverse("desk:move", args=[things.campaign.pk]), said)

    assert answer.status_code == 422
    assert "最多 40 册" in answer.content.decode()


def test_only_what_was_changed_is_amended_and_named_in_the_history(things: Filled, officer: Client):
    visit = things.visit
    said = {"visited_on": "2020-05-22", "person": visit.person_id, "unit": visit.unit_id, "leader": "王五"}

    officer.post(reverse("desk:visit_amend", args=[visit.pk]), said | {"progress": "进展"})

    assert again(things, visit).leader == "王五"
    with scope(things.house.city.path):
        assert Event.objects.get(verb="更正走访").detail == {"fields": ["leader"]}


def test_an_event_a_placement_and_a_profile_are_corrected(things: Filled, officer: Client):
    event, placement, profile = things.event, things.placement, things.profile
    officer.post(
        reverse("desk:outreach_event_amend", args=[event.pk]),
        {
            "name": event.name,
            "school": event.school_id,
            "held_on": "2020-05-23",
            "person": event.person_id,
            "attendance": "120",
        },
    )
    officer.post(
        reverse("desk:placement_amend", args=[placement.pk]),
        {
            "placed_on": "2020-05-22",
            "channel": placement.channel,
            "medium": placement.medium,
            "title": placement.title,
            "kind": placement.kind,
            "origin": placement.origin,
        },
    )
    officer.post(
        reverse("desk:profile_amend", args=[profile.pk]),
        {
            "title": "新题目",
            "text": profile.text,
            "consented_on": "2020-05-01",
            "reviewer": profile.reviewer,
            "reviewed_on": "2020-05-02",
        },
    )

    assert again(things, event).attendance == 120
    assert again(things, placement).placed_on.day == 22
    assert again(things, profile).title == "新题目"


def test_reach_without_its_source_is_refused(things: Filled, officer: Client):
    placement = things.placement
    said = {"placed_on": "2020-05-21", "channel": placement.channel, "medium": "试验日报", "title": "题"}
    said |= {"kind": placement.kind, "origin": placement.origin, "reach": "1000"}

    answer = officer.post(reverse("desk:placement_amend", args=[placement.pk]), said)

    assert answer.status_code == 422
    assert "要写明数据来源" in answer.content.decode()
    assert again(things, placement).reach is None


def test_a_finished_duty_can_be_taken_back_from_the_note(things: Filled, officer: Client):
    address = reverse("desk:duty_reopen", args=[things.duty.pk])
    note = officer.post(
        reverse("desk:duty_finish", args=[things.duty.pk]), {"evidence": "照片"}, follow=True
    ).content.decode()
    finished = again(things, things.duty)
    officer.post(address)

    assert f'<form class="h-btns" method="post" action="{address}">' in note
    assert (finished.state, finished.evidence) == (DutyState.DONE, "照片")
    assert again(things, things.duty).state == DutyState.RUNNING


def test_a_duty_is_not_finished_without_evidence(things: Filled, officer: Client):
    answer = officer.post(reverse("desk:duty_finish", args=[things.duty.pk]), {"evidence": ""})

    assert answer.status_code == 422
    assert again(things, things.duty).state == DutyState.WAITING


def test_a_duty_that_runs_is_not_opened_again(things: Filled, officer: Client):
    officer.post(reverse("desk:duty_reopen", args=[things.duty.pk]))

    assert again(things, things.duty).state == DutyState.WAITING


def test_a_case_goes_its_way_to_an_answer_and_back(things: Filled, officer: Client):
    case = things.case

    def post(deed: str, **said: object) -> CaseState:
        officer.post(reverse(f"desk:case_{deed}", args=[case.pk]), said)
        return CaseState(again(things, case).state)

    person = things.house.person
    assert post("assign", handled_by=things.house.city.pk, person=person.pk, due="2020-06-01") == "assigned"
    assert post("begin") == "handling"
    assert post("close", outcome=CaseState.SETTLED, answer="场地已借到") == "settled"
    assert post("rate", satisfaction=Satisfaction.SATISFIED) == "settled"
    assert again(things, case).satisfaction == Satisfaction.SATISFIED
    assert post("reopen") == "handling"


@pytest.mark.parametrize("deed", ["begin", "rate", "reopen"])
def test_a_step_out_of_turn_is_refused_on_the_page(things: Filled, officer: Client, deed: str):
    said = {"satisfaction": Satisfaction.NOT}

    answer = officer.post(reverse(f"desk:case_{deed}", args=[things.case.pk]), said)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert again(things, things.case).state == CaseState.COLLECTED


def said_in(things: Filled) -> dict[str, str]:
    with scope(things.house.county.path):
        return queries.said(things.returned)


def test_the_receiver_answers_without_seeing_the_campaign(things: Filled):
    liaison = visitor(Role.LIAISON, things.house.county)
    page = reverse("desk:return", args=[things.returned.pk])
    said = {"sessions": "3", "people": "120", "outreach_events": "1", "digest": "学了", "do": "send"}

    answer = liaison.post(reverse("desk:return_answer", args=[things.returned.pk]), said, follow=True)

    assert answer.redirect_chain[-1] == (page, 302)
    assert "已报送，发文单位看得到了" in answer.content.decode()
    assert said_in(things)["people"] == "120"
    assert liaison.get(reverse("desk:campaign", args=[things.campaign.pk])).status_code == 404


def test_an_incomplete_answer_is_not_sent(things: Filled):
    liaison = visitor(Role.LIAISON, things.house.county)

    answer = liaison.post(
        reverse("desk:return_answer", args=[things.returned.pk]), {"sessions": "三", "do": "send"}
    )

    assert answer.status_code == 422
    assert 'value="三"' in answer.content.decode()
    assert again(things, things.returned).state == ReturnState.OPEN


def test_nobody_answers_for_another_organisation(things: Filled, officer: Client):
    said = {"sessions": "3", "people": "120", "outreach_events": "1"}

    answer = officer.post(reverse("desk:return_answer", args=[things.returned.pk]), said)

    assert answer.status_code == 404


def answered(things: Filled) -> None:
    with scope(things.house.county.path):
        notices.answer(
            returned=things.returned,
            said={"sessions": "1", "people": "2", "outreach_events": "0"},
            by=things.house.officer(things.house.county),
        )


def test_an_answer_is_sent_back_with_its_reason(things: Filled, officer: Client):
    answered(things)
    address = reverse("desk:return_send_back", args=[things.returned.pk])

    refused = officer.post(address, {"reason": ""})
    officer.post(address, {"reason": "人数不对"})

    assert refused.status_code == 422
    assert again(things, things.returned).sent_back_because == "人数不对"


def test_the_chosen_receivers_are_reminded_and_no_others(things: Filled, officer: Client):
    with scope(things.house.city.path):
        other = things.notice.returns.exclude(pk=things.returned.pk).get()

    said = {"chosen": [things.returned.pk]}
    answer = officer.post(reverse("desk:notice_remind", args=[things.notice.pk]), said, follow=True)

    assert "已催办 1 家" in answer.content.decode()
    assert again(things, things.returned).reminded_at is not None
    assert again(things, other).reminded_at is None


@pytest.mark.parametrize(("said", "words"), [({}, "没有选中单位"), ({"all": "1"}, "已催办 1 家")])
def test_all_who_have_not_answered_are_reminded_only_on_demand(
    things: Filled, officer: Client, said: dict[str, str], words: str
):
    answered(things)

    answer = officer.post(reverse("desk:notice_remind", args=[things.notice.pk]), said, follow=True)

    assert words in answer.content.decode()


def test_an_opened_row_shows_what_was_answered(things: Filled, officer: Client):
    address = reverse("desk:notice", args=[things.notice.pk])

    assert 'class="open"' not in officer.get(address).content.decode()
    assert 'class="open"' in officer.get(address, {"open": things.returned.pk}).content.decode()


def test_the_receiver_reads_the_notice_and_its_word_file_before_signing(things: Filled, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    county = things.house.county
    with scope(things.house.city.path):
        word = io.BytesIO()
        docx.Document().save(word)
        given = files.hand_out(name="通知.docx", data=word.getvalue(), to=[county], by=things.by)
        things.returned.notice_text, things.returned.word = "请照办。\n按期报送。", given[county.pk]
        things.returned.save()
    liaison = visitor(Role.LIAISON, county)

    shown = liaison.get(reverse("desk:return", args=[things.returned.pk])).content.decode()
    address = reverse("desk:evidence", args=[given[county.pk].pk])
    assert "请照办。<br>按期报送。" in shown
    assert f'href="{address}"' in shown
    assert b"".join(liaison.get(address).streaming_content) == word.getvalue()
    assert visitor(Role.LIAISON, things.house.sister).get(address).status_code == 404


def test_a_notice_without_its_text_says_so(things: Filled):
    liaison = visitor(Role.LIAISON, things.house.county)
    shown = liaison.get(reverse("desk:return", args=[things.returned.pk])).content.decode()
    assert "这里没有通知的原文。" in shown


def archived(things: Filled) -> None:
    with scope(things.house.city.path):
        things.campaign.archived_at = timezone.now()
        things.campaign.save()


def test_a_return_that_has_not_come_is_reminded_on_its_own_page(things: Filled, officer: Client):
    page, address = (
        reverse(name, args=[things.returned.pk]) for name in ("desk:return", "desk:return_remind")
    )

    assert f'action="{address}"' in officer.get(page).content.decode()
    assert "已催办" in officer.post(address, follow=True).content.decode()
    assert again(things, things.returned).reminded_at is not None


def test_nobody_is_reminded_once_the_campaign_is_archived(things: Filled, officer: Client):
    archived(things)
    address = reverse("desk:return_remind", args=[things.returned.pk])
    pages = [
        reverse("desk:notice", args=[things.notice.pk]),
        reverse("desk:return", args=[things.returned.pk]),
    ]

    assert ["催办" in officer.get(page).content.decode() for page in pages] == [False, False]
    assert "已经归档" in officer.post(address, follow=True).content.decode()
    assert again(things, things.returned).reminded_at is None


def test_what_has_not_come_stands_before_what_has(things: Filled, officer: Client):
    answered(things)  # by the county, which comes first in the tree

    listed = officer.get(reverse("desk:notice", args=[things.notice.pk])).context["listing"].page
    assert [one.org for one in listed] == [things.house.enterprise, things.house.county]


def test_closed_cases_stand_behind_open_ones(things: Filled, officer: Client):
    later = filled.more(things, 2)
    with scope(things.house.city.path):
        type(later.case).objects.filter(pk=later.case.pk).update(due=filled.building.day(30))
        closed = {"state": CaseState.SETTLED, "answer": "已解决"}
        type(later.case).objects.filter(pk=things.case.pk).update(**closed)

    listed = officer.get(reverse("desk:cases", args=[things.campaign.pk])).context["listing"].page
    asked = [one.pk for one in listed if one.pk in (later.case.pk, things.case.pk)]
    assert asked == [later.case.pk, things.case.pk]
    assert [one.state in CLOSED for one in listed] == [False, False, False, True]


def test_a_new_line_of_the_ledger_comes_with_the_next_number_and_asks_for_a_material(
    things: Filled, officer: Client
):
    answer = officer.get(reverse("desk:move", args=[things.campaign.pk]))
    form = answer.context["form"]
    with scope(things.house.city.path):
        used = list(Movement.objects.values_list("number", flat=True))

    assert form["number"].initial not in used
    assert form.fields["material"].empty_label == "请选物料"
    assert "（册）</option>" in answer.content.decode()
