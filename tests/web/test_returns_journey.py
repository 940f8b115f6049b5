"""A notice goes down the tree: weighed before, signed for, answered by a link on a phone, sent back, chased, summed."""

import datetime
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.lib.test_photographs import png
from tests.web.conftest import DESK, PHONE
from tests.web.steps import (
    IN_TWO_WEEKS,
    SIZES,
    SOON,
    Open,
    looks_right,
    path_of,
    rows_of,
    start_a_campaign,
    taken_along,
)

pytestmark = [pytest.mark.browser]


def test_a_county_answers_on_a_phone_and_the_city_sends_it_back(visit: Open) -> None:
    desk = visit("/desk/campaigns/notice/2/links/?q=青溪县医院", as_="officer", size=DESK)
    phone = visit(path_of(desk.locator("input[readonly]").input_value()), size=PHONE)
    looks_right(phone)
    phone.get_by_label("学习讨论场次").fill("2")
    phone.get_by_label("参加人数", exact=True).fill("三十")
    phone.get_by_label("学习讨论场次").focus()
    expect(phone.locator("#saved")).to_contain_text("已存草稿")
    phone.reload()
    expect(phone.get_by_label("学习讨论场次")).to_have_value("2")
    phone.get_by_role("button", name="报送给市科协").click()
    expect(phone.get_by_role("alert").first).to_contain_text("要改")
    phone.get_by_label("参加人数", exact=True).fill("30")
    phone.get_by_label("科普活动场次").fill("1")
    phone.get_by_role("button", name="报送给市科协").click()
    expect(phone.get_by_text("已报送，发文单位看得到了")).to_be_visible()

    desk.goto("/desk/campaigns/notice/2/?q=青溪县医院")
    desk.get_by_role("link", name="青溪县医院", exact=True).first.click()
    desk.get_by_label(re.compile("“参加人数”为什么退回")).fill("少了线上的")
    desk.get_by_role("button", name="退回，请对方重报").click()
    expect(desk.get_by_text("已退回修改")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("退回：少了线上的")).to_be_visible()


def add_field(officer: Page, kind: str, label: str) -> int:
    """Add a field to the form of a notice; its place."""
    at = officer.locator("fieldset").count()
    officer.get_by_label("加一项").select_option(kind)
    officer.get_by_role("button", name="加在后面").click()
    officer.locator(f"#f{at}-label").fill(label)
    return at


def design_a_notice(officer: Page, campaign: str, title: str) -> None:
    officer.goto(f"{campaign}notices/new/")
    officer.get_by_label("标题").fill(title)
    officer.get_by_label("正文").fill("请报送科普活动情况。")
    choices = add_field(officer, "choice", "主要形式")
    officer.locator(f"#f{choices}-choices").fill("讲座、展览、大篷车")
    table = add_field(officer, "table", "各类活动")
    officer.locator(f"#f{table}-columns").fill("数量，整数，场")
    officer.locator(f"#f{table}-lines").fill("科普报告会、科普展览")
    add_field(officer, "file", "现场照片")


def weigh(officer: Page, due: datetime.date) -> None:
    officer.get_by_label("报送期限").fill(due.isoformat())
    officer.get_by_role("button", name="核对负担").last.click()
    expect(officer.get_by_text(re.compile("^每家约 [0-9]+ 分钟（7 项"))).to_be_visible()


@SIZES
def test_a_notice_is_weighed_signed_for_answered_chased_and_summed(
    visit: Open, tmp_path: Path, size: dict[str, int]
) -> None:
    title = f"关于报送科普活动情况的通知{size['width']}"
    officer = visit("/desk/", as_="officer", size=size)
    campaign = start_a_campaign(officer, title)
    design_a_notice(officer, campaign, title)
    weigh(officer, SOON)
    expect(officer.get_by_text(re.compile("个工作日"))).to_be_visible()
    looks_right(officer)
    weigh(officer, IN_TWO_WEEKS)
    officer.get_by_role("button", name=re.compile("^下发给 [0-9]+ 家")).click()
    expect(officer.get_by_text("每家有自己的链接")).to_be_visible()
    notice = path_of(officer.url)

    officer.goto(f"{notice}links/?q=石桥区科协")
    own = path_of(officer.locator("input[readonly]").input_value())
    looks_right(officer)
    county = visit(own, size=size)
    looks_right(county)
    county.get_by_role("button", name="签收这份通知").click()
    expect(county.get_by_text("已签收")).to_be_visible()
    officer.goto(f"{notice}?q=石桥区科协")
    expect(officer.get_by_text("签收了，没有报")).to_be_visible()

    county.get_by_label("学习讨论场次").fill("2")
    county.get_by_label("参加人数", exact=True).fill("60")
    county.get_by_label("科普活动场次").fill("3")
    county.get_by_label("主要形式").select_option("大篷车")
    table = county.get_by_role("table", name="各类活动")
    table.get_by_role("textbox").nth(0).fill("1")
    table.get_by_role("textbox").nth(1).fill("2")
    county.get_by_label("现场照片").set_input_files(
        {"name": "现场.png", "mimeType": "image/png", "buffer": png()}
    )
    county.get_by_role("button", name="报送给市科协").click()
    expect(county.get_by_text("已报送，发文单位看得到了")).to_be_visible()
    expect(county.get_by_text("现场.png")).to_be_visible()
    looks_right(county)

    officer.goto(notice)
    listed = taken_along(officer, re.compile("没有答复的 [0-9]+ 家（Excel）"), tmp_path)
    missing = {row[0] for row in rows_of(listed)}
    assert "云岭区科学技术协会" in missing
    assert "石桥区科学技术协会" not in missing
    officer.get_by_role("button", name=re.compile("^催办全部没报的")).click()
    expect(officer.get_by_text(re.compile("已催办"))).to_be_visible()
    looks_right(officer)

    officer.get_by_role("link", name="汇总", exact=True).click()
    looks_right(officer)
    officer.get_by_role("link", name="市科协 参加人数 60").click()
    parts = officer.get_by_role("region", name=re.compile("的“参加人数”：1 家"))
    parts.get_by_role("link", name="石桥区科协").click()
    expect(officer.get_by_role("heading", name="石桥区科协", level=1)).to_be_visible()
    looks_right(officer)
