"""The main job in the browser: from the overview to a signed, downloaded and published summary that a visitor reads."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hearth.cli import gongwen
from hearth.engines import gongwen as engine
from tests.web.steps import Open, taken_along

pytestmark = [pytest.mark.browser]

SUMMARY = "2020年“全国科技工作者日”活动总结"


def open_summary(page: Page) -> None:
    page.goto("/desk/papers/")
    page.get_by_role("link", name=SUMMARY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SUMMARY)


def open_figure(page: Page, text: str) -> None:
    page.locator(".h-sheet-a4 a.fig", has_text=text).first.click()
    expect(page.locator("#figure h3")).to_contain_text(text)


def change_the_first_record(page: Page, quantity: int) -> None:
    """Correct the quantity of the first hand-out behind the opened figure."""
    page.locator("#figure td a").first.click()
    page.get_by_role("textbox", name="数量").fill(str(quantity))
    page.get_by_role("button", name="存数量").click()
    expect(page.get_by_role("status").first).to_be_visible()


def test_an_officer_finds_a_changed_record_a_leader_signs_and_a_visitor_reads(
    visit: Open, tmp_path: Path
) -> None:
    officer = visit("/desk/", as_="officer")

    # the overview: duties, what came in, what is missing
    officer.get_by_role("link", name="2020年“全国科技工作者日”活动").first.click()
    expect(officer.get_by_role("heading", name="谁报了，谁没报")).to_be_visible()
    expect(officer.get_by_role("heading", name="目前的数字")).to_be_visible()
    expect(officer.get_by_text("没有签收").first).to_be_visible()

    # a figure opens to its records
    open_summary(officer)
    open_figure(officer, "1000册")
    expect(officer.locator("#figure tbody tr")).to_have_count(12)

    # a record changes: the paper says so with both values, and cannot go to review as it is
    change_the_first_record(officer, 140)
    open_summary(officer)
    warning = officer.locator(".h-note.warn")
    expect(warning).to_contain_text("写“1000册”，现在的记录是 990册")
    expect(officer.get_by_role("button", name="送审")).to_be_disabled()
    officer.get_by_role("button", name="按现在的记录更新").click()
    expect(officer.locator(".h-sheet-a4 a.fig", has_text="990册")).to_be_visible()
    officer.get_by_role("button", name="送审").click()
    expect(officer.get_by_text("已送审，等领导签发。")).to_be_visible()

    # somebody else signs
    leader = visit("/desk/", as_="leader")
    open_summary(leader)
    leader.get_by_role("button", name="签发").click()
    expect(leader.get_by_text("已签发。文字和数字从现在起不再变")).to_be_visible()

    # issued, downloaded, proven
    open_summary(officer)
    officer.get_by_role("button", name="印发").click()
    word = taken_along(officer, "下载 Word", tmp_path)
    found = engine.verify(word.read_bytes(), key=gongwen.key())
    assert found.ok
    assert "990册" in [figure.found for figure in found.figures]
    assert gongwen.untraced(found) == ()

    # published: anyone reads it, without an account
    officer.get_by_role("button", name="公开", exact=True).click()
    expect(officer.get_by_text("已公开，任何人都能看到")).to_be_visible()
    visitor = visit("/")
    visitor.get_by_role("link", name=SUMMARY).click()
    expect(visitor.get_by_text("全文共 2214 字")).to_be_visible()
    public = taken_along(visitor, "下载 Word", tmp_path)
    assert engine.verify(public.read_bytes(), key=gongwen.key()).ok
    visitor.get_by_role("button", name="很有用").click()
    expect(visitor.get_by_text("1 人评过")).to_be_visible()

    # a record that changes after signing warns where people look, and changes nothing in the paper
    open_summary(officer)
    open_figure(officer, "990册")
    change_the_first_record(officer, 150)
    open_summary(officer)
    expect(officer.locator(".h-note.warn")).to_contain_text("签发后，记录变了")
    expect(officer.locator(".h-note.warn")).to_contain_text("写“990册”，现在的记录是 1000册")
    expect(officer.locator(".h-sheet-a4 a.fig", has_text="990册")).to_be_visible()
    officer.goto("/desk/campaigns/")
    officer.get_by_role("link", name="2020年“全国科技工作者日”活动").first.click()
    expect(officer.get_by_text("990册").first).to_be_visible()


def test_the_source_says_where_it_cannot_stand(visit: Open) -> None:
    officer = visit("/desk/papers/", as_="officer")
    officer.get_by_role("link", name="关于组织广大科技工作者").first.click()
    expect(officer.get_by_label("原文", exact=True).first).to_be_visible()
    expect(officer.get_by_role("button", name="存原文，重新取数")).to_have_count(
        0
    )  # issued papers stay as they are


def test_signing_in_needs_no_script(visit: Open) -> None:
    page = visit("/account/login/", java_script_enabled=False)
    page.locator("form[action='/enter/liaison/'] button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的任务")
