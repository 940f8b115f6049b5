"""A paper in the browser: written, commented, answered, compared, reviewed, signed, issued with a number, published."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.steps import SIZES, Open, begin_a_paper

pytestmark = [pytest.mark.browser]
SOURCE = """---
文种：通知
机关：云州市科学技术协会
文号：云科协〔2020〕号
主送：各县区科协
成文日期：2020-06-20
---
# 关于报送科普读本使用情况的通知

全市共发放约900册科普读本，请于{{规定：6月25日}}前报送使用情况。
"""
WORDS = "报送使用情况"


def type_over(page: Page, source: str) -> None:
    with page.expect_response("**/preview/"):
        page.locator("#source").fill(source)


def open_paper(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state()


def say(page: Page, quote: str, text: str) -> None:
    page.locator("summary", has_text="写一条批注").click()
    page.get_by_label("针对哪几个字").fill(quote)
    page.get_by_label("要说的话").fill(text)
    page.get_by_role("button", name="记下批注").click()
    expect(page.locator("#comments")).to_contain_text(text)


@SIZES
def test_a_paper_goes_the_whole_way(visit: Open, size: dict[str, int]) -> None:
    officer = visit("/desk/papers/", as_="officer", size=size)
    begin_a_paper(officer, "通知")
    address = officer.url.partition("#")[0]

    # the page follows, and the number that nothing backs is replaced by one click
    type_over(officer, SOURCE)
    expect(officer.locator("#sheet .title")).to_contain_text("科普读本使用情况")
    expect(officer.locator("#sheet .fig-none")).to_have_text("约900册")
    expect(officer.locator("#mirror .fig-wrong")).to_have_text("约900册")
    expect(officer.locator("#numbers")).to_contain_text("“约900册”与记录不符：科普.读本是 1000册。")
    expect(officer.get_by_role("button", name="送审")).to_be_disabled()
    with officer.expect_response("**/preview/"):
        officer.locator("[data-replace]").first.click()
    expect(officer.locator("#source")).to_have_value(SOURCE.replace("约900册", "{{科普.读本}}"))
    expect(officer.locator("#sheet .fig", has_text="1000册")).to_be_visible()
    expect(officer.locator("#sheet .fig-none")).to_have_count(0)
    officer.get_by_role("button", name="存原文，重新取数").click()
    expect(officer.get_by_text("已存，数字已按现在的记录取好。")).to_be_visible()
    officer.get_by_role("button", name="送审").click()
    expect(officer.get_by_text("已送审，等领导签发。")).to_be_visible()

    # the leader comments and sends it back
    leader = visit(address, as_="leader", size=size)
    open_paper(leader, address)
    say(leader, WORDS, "写明用什么表报")
    leader.locator("summary", has_text="退回修改").click()
    leader.get_by_label("退回修改的原因").fill("见批注")
    leader.get_by_role("button", name="退回拟稿人").click()
    expect(leader.get_by_text("已退回拟稿人。")).to_be_visible()

    # the officer jumps to the place, changes it, answers and settles
    open_paper(officer, address)
    expect(officer.locator("#way")).to_contain_text("见批注")
    officer.locator("#comments [data-jump]").click()
    selected = "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))"
    assert officer.locator("#source").evaluate(selected) == WORDS
    now = officer.locator("#source").input_value().replace(WORDS, "用附表报送使用情况")
    type_over(officer, now)
    officer.get_by_label("改了什么").fill("写明用附表")
    officer.get_by_role("button", name="存原文，重新取数").click()
    officer.locator("#comments summary", has_text="答复").click()
    officer.locator("#comments textarea").first.fill("已写明")
    officer.get_by_role("button", name="记下答复").click()
    officer.get_by_role("button", name="办结", exact=True).click()
    expect(officer.locator("#comments-h")).to_have_text("批注：都办结了")

    # what changed is seen
    officer.get_by_role("link", name="第 3 版").click()
    expect(officer.locator(".h-compared ins").first).to_contain_text("＋")
    expect(officer.get_by_text("写明用附表")).to_be_visible()
    open_paper(officer, address)
    officer.get_by_role("button", name="送审").click()

    # signed, issued with the next number, published
    open_paper(leader, address)
    leader.get_by_role("button", name="签发", exact=True).click()
    open_paper(officer, address)
    number = next(iter(re.findall("云科协〔2020〕[0-9]+号", officer.locator("#way").inner_text())))
    officer.get_by_role("button", name="印发").click()
    expect(officer.locator("#sheet .no")).to_contain_text(number)
    officer.get_by_role("button", name="公开", exact=True).click()
    officer.get_by_role("link", name="看公开页").click()
    expect(officer.get_by_text(number)).to_be_visible()
    officer.goto("/desk/papers/register/")
    expect(officer.get_by_role("link", name="关于报送科普读本使用情况的通知").first).to_be_visible()


MINUTES = (
    """---
文种：纪要
机关：云州市科学技术协会
标志：云州市科学技术协会会议纪要
成文日期：2020-06-20
---
# 方案研究会纪要

"""
    + "会议研究了活动方案。\n\n" * 30
)


@SIZES
def test_the_sheet_is_as_long_as_its_text_and_its_head_keeps_to_the_margins(
    visit: Open, size: dict[str, int]
) -> None:
    page = visit("/desk/papers/", as_="officer", size=size)
    begin_a_paper(page, "通知")
    type_over(page, MINUTES)
    expect(page.locator(".h-sheet-a4 .organ")).to_have_text("云州市科学技术协会会议纪要")
    sheet, text, head, line = (
        box
        for one in (".h-sheet-a4", ".h-sheet-a4 > div", ".h-sheet-a4 .organ span", ".h-sheet-a4 hr")
        if (box := page.locator(one).first.bounding_box())
    )
    assert sheet["height"] >= text["height"] > sheet["width"]
    assert head["x"] >= line["x"]
    assert head["x"] + head["width"] <= line["x"] + line["width"]


def test_what_was_not_saved_is_offered_again(visit: Open) -> None:
    page = visit("/desk/papers/", as_="officer")
    begin_a_paper(page, "通知")
    address = page.url
    type_over(page, SOURCE)
    page.goto("/desk/papers/")
    page.goto(address)
    expect(page.locator("#kept")).to_be_visible()
    page.get_by_role("button", name="放回原文框").click()
    expect(page.locator("#source")).to_have_value(SOURCE)
    with page.expect_navigation():
        page.get_by_role("button", name="存原文，重新取数").click()
    expect(page.locator("#kept")).to_be_hidden()


def test_a_measure_is_inserted_at_the_cursor(visit: Open) -> None:
    page = visit("/desk/papers/5/", as_="officer")
    page.get_by_label("找指标").fill("展板")
    expect(page.locator("#measure-list > li:visible")).to_have_count(1)
    page.evaluate(
        "() => { const s = document.getElementById('source'); const i = s.value.indexOf('正值'); s.setSelectionRange(i, i) }"
    )
    with page.expect_response("**/preview/"):
        page.get_by_role("button", name="插入科普.展板，写作30余块").click()
    assert "{{科普.展板|余}}正值" in page.locator("#source").input_value()
    expect(page.locator("#problems .h-note")).to_have_count(0)


def test_a_wrong_slot_is_shown_with_a_jump_to_it(visit: Open) -> None:
    page = visit("/desk/papers/5/", as_="officer")
    type_over(page, page.locator("#source").input_value().replace("正值", "{{科普.读}}正值"))
    place = page.locator("#problems [data-jump]")
    expect(place).to_have_text("第 12 行第 21 列")
    place.click()
    assert (
        page.evaluate(
            "() => { const s = document.getElementById('source'); return s.value.slice(s.selectionStart, s.selectionStart + 8) }"
        )
        == "{{科普.读}}"
    )


def test_the_editor_works_without_a_script(visit: Open) -> None:
    page = visit("/desk/papers/5/", as_="officer", java_script_enabled=False)
    page.locator("#source").fill(page.locator("#source").input_value().replace("正值", "恰逢"))
    page.get_by_role("button", name="存原文，重新取数").click()
    expect(page.locator("#sheet")).to_contain_text("恰逢疫情")


@SIZES
def test_the_marks_lie_under_the_words(visit: Open, size: dict[str, int]) -> None:
    """The mirror has the same lines as the text area: same width, same height."""
    page = visit("/desk/papers/5/", as_="officer", size=size)
    page.locator("#source").wait_for()
    heights = page.evaluate(
        "() => [document.getElementById('mirror').scrollHeight, document.getElementById('source').scrollHeight]"
    )
    assert abs(heights[0] - heights[1]) <= 2
