"""A plan B is drilled, pulled on a phone and undone; a duty passes to the deputy and is proven; a director prints one page."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import DESK, PHONE
from tests.web.steps import SIZES, TOMORROW, Open, looks_right, put_up_an_event, register, start_a_campaign

pytestmark = [pytest.mark.browser]


def make_a_plan(officer: Page, campaign: str, *, cancels: bool) -> None:
    officer.goto(f"{campaign}contingency/plan/")
    officer.get_by_label("名称").fill("雨天进礼堂")
    officer.get_by_label("触发条件", exact=True).fill("预计雨量 30 毫米以上")
    officer.get_by_label("负责人").select_option(index=1)
    officer.get_by_label("代理人").select_option(index=2)
    officer.get_by_label("写好的短信").fill("因大雨改变安排，请看网页。")
    officer.get_by_role("button", name="定下这个 B 案").click()
    if cancels:
        officer.get_by_label("怎么变").select_option(label="取消")
    else:
        officer.get_by_label("改到哪里").fill("学校礼堂")
    officer.get_by_role("button", name="写进预案").click()
    expect(officer.get_by_text("现在什么都没有变")).to_be_visible()


@SIZES
def test_rain_moves_an_event_into_the_hall_and_sunshine_brings_it_back(
    visit: Open, size: dict[str, int]
) -> None:
    officer = visit("/desk/", as_="officer", size=size)
    campaign = start_a_campaign(officer, f"雨天活动{size['width']}")
    public = put_up_an_event(officer, campaign, f"雨天专场{size['width']}", day=TOMORROW, places=20)
    visitor = visit(public, size=PHONE)
    register(visitor, public, "何小雨", "13900002222")
    make_a_plan(officer, campaign, cancels=False)

    officer.get_by_role("link", name="看会变什么，再启动或演练").click()
    looks_right(officer)
    expect(officer.get_by_role("cell", name="学校礼堂")).to_be_visible()
    expect(officer.get_by_text("报名的人：1 人")).to_be_visible()
    officer.get_by_label("为什么启动").fill("试一遍")
    officer.get_by_role("button", name=re.compile("^演练")).click()
    expect(officer.get_by_text("演练记下了，什么都没有改")).to_be_visible()
    visitor.goto(public)
    expect(visitor.get_by_text("操场")).to_be_visible()

    officer.goto(f"{campaign}contingency/")
    looks_right(officer)
    officer.get_by_role("link", name=re.compile("^启动“雨天进礼堂”")).click()
    officer.get_by_label("为什么启动").fill("气象台发橙色预警")
    officer.get_by_role("button", name=re.compile("^启动“雨天进礼堂”，告诉")).click()
    expect(officer.get_by_text("“雨天进礼堂”已启动：改了 1 件活动")).to_be_visible()
    visitor.goto(public)
    expect(visitor.get_by_text("学校礼堂")).to_be_visible()

    calls = officer.get_by_role("region", name=re.compile("要打电话的"))
    expect(calls.get_by_text("13900002222")).to_have_count(0)
    calls.get_by_role("button", name=re.compile("显示全部电话")).click()
    expect(calls.get_by_role("link", name="13900002222")).to_be_visible()
    officer.get_by_role("button", name="已经告诉何小雨").click()
    expect(officer.get_by_text(re.compile("告诉了$")).first).to_be_visible()
    looks_right(officer)

    officer.get_by_label("为什么撤销").fill("雨停了")
    officer.get_by_role("button", name="撤销，再告诉一遍").click()
    expect(officer.get_by_text("改回了")).to_be_visible()
    visitor.goto(public)
    expect(visitor.get_by_text("操场")).to_be_visible()


def test_a_cancelled_event_says_so_to_anyone_and_takes_no_more_visitors(visit: Open) -> None:
    officer = visit("/desk/", as_="officer", size=DESK)
    campaign = start_a_campaign(officer, "停办活动")
    public = put_up_an_event(officer, campaign, "停办专场", day=TOMORROW, places=20)
    visitor = visit(public, size=PHONE)
    register(visitor, public, "何小雨", "13900003333")
    make_a_plan(officer, campaign, cancels=True)
    officer.get_by_role("link", name="看会变什么，再启动或演练").click()
    officer.get_by_label("为什么启动").fill("红色预警")
    officer.get_by_role("button", name=re.compile("^启动“雨天进礼堂”，告诉")).click()

    visitor.reload()
    expect(visitor.get_by_role("heading", name="这一场取消了")).to_be_visible()
    visitor.goto(public)
    expect(visitor.get_by_role("heading", name="这一场取消了")).to_be_visible()
    looks_right(visitor)
    expect(visitor.get_by_label("手机或邮箱")).to_have_count(0)


@SIZES
def test_a_duty_is_given_handed_over_and_proven(visit: Open, size: dict[str, int]) -> None:
    officer = visit("/desk/", as_="officer", size=size)
    campaign = start_a_campaign(officer, f"分工活动{size['width']}")
    officer.goto(f"{campaign}duties/new/")
    looks_right(officer)
    task = f"印展板{size['width']}"
    officer.get_by_label("任务").fill(task)
    officer.get_by_label("责任人").select_option(index=1)
    officer.get_by_label("期限").fill(TOMORROW.isoformat())
    officer.get_by_label("代理人").select_option(index=2)
    officer.get_by_role("button", name="分给责任人，告诉本人").click()
    expect(officer.get_by_text("已告诉责任人和代理人")).to_be_visible()

    officer.get_by_role("button", name="开始办").click()
    officer.get_by_label("为什么移交").fill("出差")
    officer.get_by_role("button", name=re.compile("^移交给代理人")).click()
    expect(officer.get_by_text("两个人都告诉了")).to_be_visible()
    duty = officer.url
    officer.goto(f"{campaign}duties/board/")
    expect(officer.get_by_role("region", name="有风险：1 件")).to_contain_text(task)
    looks_right(officer)

    officer.goto(duty)
    officer.get_by_label("佐证文件").set_input_files(
        {"name": "签收单.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    officer.get_by_role("button", name="记为已完成").click()
    expect(officer.get_by_role("link", name="签收单.pdf").first).to_be_visible()
    officer.goto(f"{campaign}duties/board/")
    expect(officer.get_by_role("region", name="做完，有佐证：1 件")).to_contain_text("签收单.pdf")


@SIZES
def test_a_person_takes_his_duties_into_his_calendar(visit: Open, size: dict[str, int]) -> None:
    officer = visit("/desk/duties/", as_="officer", size=size)
    looks_right(officer)
    with officer.expect_download() as begun:
        officer.get_by_role("link", name="存进日历（.ics）").click()
    assert begun.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR")


@SIZES
def test_a_director_finds_one_page_for_the_meeting(visit: Open, size: dict[str, int]) -> None:
    leader = visit("/desk/campaigns/1/", as_="leader", size=size)
    leader.get_by_role("link", name="会议用一页").click()
    looks_right(leader)
    expect(leader.get_by_role("heading", name=re.compile("^走到哪里"))).to_be_visible()
    expect(leader.get_by_role("link", name=re.compile("^预案：三级"))).to_be_visible()
    leader.get_by_role("link", name=re.compile("科普展板")).click()
    expect(leader).to_have_url(re.compile("measures/1/outreach.boards"))
    leader.go_back()
    leader.locator(".h-tree summary").first.click()
    expect(leader.locator(".h-tree details[open] .leaf, .h-tree details[open] summary").first).to_be_visible()


def test_the_page_for_the_meeting_prints_on_one_sheet(visit: Open, tmp_path) -> None:
    leader = visit("/desk/campaigns/1/meeting/", as_="leader", size=DESK)
    place = tmp_path / "meeting.pdf"
    leader.pdf(path=place, prefer_css_page_size=True)
    printed = pypdfium2.PdfDocument(place)
    assert len(printed) == 1
    assert "走到哪里" in printed[0].get_textpage().get_text_bounded().replace("\r\n", "")
