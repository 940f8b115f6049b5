"""A campaign begins: because a notice from above asks for it, or as last year's went, with what that one left open."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.steps import IN_TWO_WEEKS, SIZES, TOMORROW, Open, looks_right, start_a_campaign

pytestmark = [pytest.mark.browser]


def instruct(province: Page, title: str) -> None:
    """The province sends its cities a notice that wants a report in two weeks."""
    campaign = start_a_campaign(province, title)
    province.goto(f"{campaign}notices/new/")
    province.get_by_label("标题").fill(title)
    province.get_by_label("文号").fill("东科协〔2026〕9号")
    province.get_by_label("正文").fill("请各市科协组织本地区的活动，按期报送情况。")
    expect(province.get_by_label("市科协（1 家）")).to_be_checked()
    province.get_by_label("报送期限").fill(IN_TWO_WEEKS.isoformat())
    province.get_by_role("button", name="核对负担").last.click()
    looks_right(province)
    province.get_by_role("button", name="下发给 1 家").click()
    expect(province.get_by_text("已下发给 1 家")).to_be_visible()


@SIZES
def test_a_notice_from_above_becomes_a_campaign_with_its_report_as_a_duty(
    visit: Open, size: dict[str, int]
) -> None:
    title = f"关于组织开展科技工作者日活动的通知{size['width']}"
    instruct(visit("/desk/", as_="province", size=size), title)

    officer = visit("/desk/", as_="officer", size=size)
    officer.get_by_role("link", name=title).first.click()
    officer.get_by_role("button", name="签收这份通知").click()
    looks_right(officer)
    officer.get_by_role("link", name="按这份通知发起活动").click()
    expect(officer.get_by_label("依据")).to_have_value(f"东澜省科学技术协会《{title}》（东科协〔2026〕9号）")
    looks_right(officer)
    name = f"科技工作者日{size['width']}"
    officer.get_by_label("名称").fill(name)
    officer.get_by_label("主题").fill("科技为民")
    officer.get_by_label("开始日期").fill(TOMORROW.isoformat())
    officer.get_by_label("结束日期").fill(IN_TWO_WEEKS.isoformat())
    officer.get_by_label("走访慰问").uncheck()
    officer.get_by_label("报送责任人").select_option(index=1)
    officer.get_by_role("button", name="建活动").click()

    expect(officer.get_by_text("活动建好了。")).to_be_visible()
    parts = officer.get_by_role("navigation", name="活动各部分")
    expect(parts.get_by_role("link", name="科普活动")).to_be_visible()
    expect(parts.get_by_role("link", name="走访慰问")).to_have_count(0)
    looks_right(officer)
    parts.get_by_role("link", name="分工").click()
    row = officer.get_by_role("row").filter(has_text=f"按《{title}》报送情况")
    expect(row).to_contain_text(f"{IN_TWO_WEEKS.month}月{IN_TWO_WEEKS.day}日")


@SIZES
def test_a_campaign_that_goes_as_the_last_one_shows_what_that_left_open(
    visit: Open, size: dict[str, int]
) -> None:
    officer = visit("/desk/campaigns/", as_="officer", size=size)
    officer.get_by_role("link", name="发起活动").click()
    officer.get_by_role("link", name=re.compile("^2020年")).click()
    looks_right(officer)
    officer.get_by_label("开始日期").fill(TOMORROW.isoformat())
    officer.get_by_label("结束日期").fill(IN_TWO_WEEKS.isoformat())
    officer.get_by_label("名称").fill(f"接着办{size['width']}")
    officer.get_by_role("button", name="建活动").click()

    left = officer.get_by_role("region", name=re.compile("^上一次没办完的："))
    expect(left.get_by_role("listitem").nth(4)).to_be_visible()
    expect(left.get_by_role("listitem").nth(5)).to_be_hidden()
    left.get_by_text(re.compile("^还有 [0-9]+ 件")).click()
    expect(left.get_by_role("listitem").nth(5)).to_be_visible()
    looks_right(officer)
    officer.get_by_role("navigation", name="活动各部分").get_by_role("link", name="分工").click()
    expect(officer.get_by_role("row").nth(20)).to_be_visible()
