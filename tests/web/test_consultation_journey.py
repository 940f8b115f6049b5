"""People are asked, by links of their own and by a public page; what they say is joined, decided, answered, minuted."""

import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import PHONE
from tests.web.steps import (
    SIZES,
    TOMORROW,
    Open,
    looks_right,
    path_of,
    rows_of,
    start_a_campaign,
    taken_along,
)

pytestmark = [pytest.mark.browser]
HILLS, AGAIN, LONGER = "科普大篷车多去山区学校。", "科普大篷车要多去山区的学校", "展览延长到一个月。"


def ask(officer: Page, campaign: str, title: str) -> None:
    officer.goto(f"{campaign}consultation/")
    officer.get_by_role("link", name="发起征求意见").click()
    officer.get_by_label("题目").fill(title)
    officer.get_by_label("截止日期").fill((TOMORROW + datetime.timedelta(days=5)).isoformat())
    officer.get_by_label("公开征求").check()
    officer.get_by_role("button", name="开始征求").click()
    expect(officer.get_by_text("已经可以回答了")).to_be_visible()


def answer(person: Page, text: str) -> None:
    person.locator("textarea").first.fill(text)
    person.get_by_role("button", name="交意见").click()
    expect(person.get_by_text("您的意见收到了，谢谢。")).to_be_visible()


def record_the_meeting(officer: Page, campaign: str) -> None:
    officer.goto(f"{campaign}consultation/")
    officer.get_by_role("link", name="登记会议").click()
    officer.get_by_label("名称").fill("方案研究会")
    officer.get_by_label("日期").fill(TOMORROW.isoformat())
    officer.get_by_label("议定事项").fill("原则同意活动方案。\n大篷车加开两场。")
    officer.get_by_role("button", name="存会议").click()
    expect(officer.get_by_text("会议已登记")).to_be_visible()


def open_suggestion(officer: Page, campaign: str, text: str) -> None:
    officer.goto(f"{campaign}consultation/")
    officer.get_by_role("link", name=text, exact=True).click()


def handle(officer: Page, word: str, **said: str) -> None:
    officer.get_by_label(word, exact=True).check()
    for name, text in said.items():
        officer.locator(f"[name={name}]").fill(text)
    officer.get_by_label("哪次会议定的").select_option(index=1)
    officer.get_by_role("button", name="存处理结果").click()
    expect(officer.get_by_text("已处理")).to_be_visible()


def listed_in_excel(officer: Page, campaign: str, folder: Path) -> str:
    """Every cell of the list as it is taken out."""
    officer.goto(f"{campaign}consultation/")
    rows = rows_of(taken_along(officer, "导出 Excel", folder))
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


@SIZES
def test_scientists_are_asked_and_each_hears_what_became_of_it(
    visit: Open, tmp_path: Path, size: dict[str, int]
) -> None:
    officer = visit("/desk/", as_="officer", size=size)
    campaign = start_a_campaign(officer, f"征求意见的活动{size['width']}")
    ask(officer, campaign, f"对活动安排的意见{size['width']}")
    asked = path_of(officer.url)
    officer.get_by_label("段知行").check()
    officer.get_by_role("button", name="给选中的 1 人发链接").click()
    expect(officer.get_by_text("请了 1 位")).to_be_visible()
    looks_right(officer)
    own = path_of(officer.get_by_role("row").filter(has_text="段知行").locator("span.small").inner_text())
    for_all = path_of(
        officer.get_by_role("paragraph").filter(has_text="公开网址").get_by_role("link").inner_text()
    )

    scientist = visit(own, size=PHONE)
    looks_right(scientist)
    answer(scientist, HILLS)
    nameless = visit(for_all, size=size)
    looks_right(nameless)
    nameless.locator("textarea").first.fill(AGAIN)
    nameless.get_by_role("button", name="交意见").click()
    expect(nameless.get_by_role("alert").first).to_contain_text("匿名")
    nameless.get_by_label("匿名").check()
    answer(nameless, AGAIN)
    neighbour = visit(for_all, size=PHONE)
    neighbour.get_by_label("姓名").fill("何小雨")
    neighbour.get_by_label("邮箱").fill("hexiaoyu@example.invalid")
    answer(neighbour, LONGER)

    officer.goto(asked)
    expect(officer.get_by_text("收到 3 份")).to_be_visible()
    record_the_meeting(officer, campaign)
    open_suggestion(officer, campaign, AGAIN)
    officer.get_by_label(HILLS).check()
    officer.get_by_role("button", name="并入这一条").click()
    expect(officer.get_by_text("已并入，一起处理。")).to_be_visible()
    looks_right(officer)
    open_suggestion(officer, campaign, HILLS)
    expect(officer.get_by_role("region", name="并入的意见：1 条")).to_contain_text(AGAIN)
    handle(officer, "采纳", clause="二、（三）")
    looks_right(officer)
    open_suggestion(officer, campaign, LONGER)
    officer.get_by_label("未采纳", exact=True).check()
    officer.get_by_role("button", name="存处理结果").click()
    expect(officer.get_by_role("alert").first).to_contain_text("为什么")
    handle(officer, "未采纳", answer="展厅六月另有安排。")

    scientist.reload()
    expect(scientist.get_by_text("写进：二、（三）")).to_be_visible()
    looks_right(scientist)
    everything = listed_in_excel(officer, campaign, tmp_path)
    assert all(text in everything for text in (HILLS, AGAIN, LONGER, "展厅六月另有安排。"))

    officer.goto(f"{campaign}consultation/")
    officer.get_by_role("link", name="方案研究会").first.click()
    expect(officer.get_by_role("region", name="会上定的意见：2 条")).to_be_visible()
    looks_right(officer)
    officer.get_by_role("button", name="起草纪要").click()
    expect(officer.get_by_text("纪要草稿已存")).to_be_visible()
    expect(officer.locator("#sheet").get_by_text("大篷车加开两场")).to_be_visible()
    looks_right(officer)
