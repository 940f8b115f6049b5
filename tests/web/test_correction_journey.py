"""A paper that went down the tree is corrected: who was given the first is sent the second, told, and signs for it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.web.steps import SIZES, Open, begin_a_paper, looks_right, path_of, start_a_campaign

pytestmark = [pytest.mark.browser]
SOURCE = """---
文种：通知
机关：云州市科学技术协会
文号：云科协{code}〔{year}〕号
主送：各县区科协
成文日期：{year}-06-20
---
# {title}

请各单位{words}。
"""


def write(officer: Page, before: str, after: str) -> None:
    """Put these words into the source in place of others."""
    source = officer.locator("#source")
    with officer.expect_response("**/preview/"):
        source.fill(source.input_value().replace(before, after) if before else after)
    officer.get_by_role("button", name="存原文，重新取数").click()
    expect(officer.get_by_text("已存，数字已按现在的记录取好。")).to_be_visible()


def sign_and_issue(officer: Page, leader: Page) -> str:
    """Send the open draft for review, sign and issue it; its number."""
    address = officer.url.partition("#")[0]
    officer.get_by_role("button", name="送审").click()
    leader.goto(address)
    leader.get_by_role("button", name="签发", exact=True).click()
    expect(leader.get_by_text("已签发。文字和数字从现在起不再变")).to_be_visible()
    officer.goto(address)
    officer.get_by_role("button", name="印发").click()
    expect(officer.locator("#sheet .no")).to_contain_text(re.compile("〔[0-9]{4}〕[0-9]+号"))
    return officer.locator("#sheet .no").inner_text().strip()


@SIZES
def test_a_correction_reaches_everybody_who_was_given_the_first(visit: Open, size: dict[str, int]) -> None:
    code = "正" if size["width"] > 1000 else "补"
    title = f"关于做好展品更新工作的通知{code}"
    officer, leader = (visit("/desk/", as_=who, size=size) for who in ("officer", "leader"))
    campaign = start_a_campaign(officer, title)
    begin_a_paper(officer, "通知")
    year = timezone.localdate().year
    write(officer, "", SOURCE.format(code=code, year=year, title=title, words="抓紧更新展品"))
    paper = officer.url.partition("#")[0]
    number = sign_and_issue(officer, leader)

    officer.goto(f"{campaign}notices/new/")
    officer.get_by_label("标题").fill(title)
    officer.get_by_label("文号").fill(number)
    officer.get_by_label("报送期限").fill("")
    officer.get_by_role("button", name="核对负担").last.click()
    officer.get_by_role("button", name=re.compile("^下发给 [0-9]+ 家")).click()
    notice = path_of(officer.url)
    county = visit("/desk/", as_="liaison", size=size)
    county.get_by_role("link", name=title).click()
    expect(county.get_by_text("抓紧更新展品")).to_be_visible()
    county.get_by_role("button", name="签收这份通知").click()

    officer.goto(paper)
    officer.locator("summary", has_text="有差错？").click()
    looks_right(officer)
    officer.get_by_role("button", name="发更正件").click()
    write(officer, "抓紧更新展品", "年底前更新展品")
    second = sign_and_issue(officer, leader)
    assert second != number

    county.goto("/desk/")
    expect(county.get_by_text(f"有更正件：{title}")).to_be_visible()
    row = county.get_by_role("listitem").filter(has_text="有更正件要签收").filter(has_text=title)
    looks_right(county)
    row.get_by_role("link", name=title).click()
    expect(county.get_by_text(f"文号：{second}")).to_be_visible()
    expect(county.get_by_text("年底前更新展品")).to_be_visible()
    looks_right(county)
    county.get_by_role("button", name="签收更正件").click()
    expect(county.get_by_text("已签收，发文单位看得到了。")).to_be_visible()
    expect(county.get_by_role("heading", name="通知原文（已被更正）")).to_be_visible()

    officer.goto(notice)
    expect(officer.get_by_text("1 家已签收")).to_be_visible()
    looks_right(officer)
