"""A plan of two organs: begun with its table of duties, countersigned by the other organ, signed, issued, read by anyone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.steps import SIZES, Open, begin_a_paper, looks_right

pytestmark = [pytest.mark.browser]
CAMPAIGN = "2020年“全国科技工作者日”活动"


def begin(officer: Page, title: str) -> str:
    """A joint plan of the campaign, its blanks filled; its address."""
    begin_a_paper(officer, "实施方案", campaign=CAMPAIGN)
    source = officer.locator("#source")
    begun = source.input_value()
    assert "机关：云州市科学技术协会、云州市科学技术局" in begun
    assert "[[分工表]]" in begun
    told = begun.replace("《……实施方案》", f"《{title}》").replace("文号：……", "文号：云科协联")
    with officer.expect_response("**/preview/"):
        source.fill(told.replace("……", "各单位"))
    expect(
        officer.locator("#sheet").get_by_role("cell", name="提出走访对象名单并征得所在单位同意")
    ).to_be_visible()
    officer.get_by_role("button", name="存原文，重新取数").click()
    expect(officer.get_by_text("已存，数字已按现在的记录取好。")).to_be_visible()
    return officer.url.partition("#")[0]


@SIZES
def test_a_joint_plan_is_countersigned_signed_and_issued(visit: Open, size: dict[str, int]) -> None:
    title = f"活动实施方案{'甲' if size['width'] > 1000 else '乙'}"
    officer = visit("/desk/", as_="officer", size=size)
    address = begin(officer, title)
    looks_right(officer)
    officer.get_by_role("button", name="送审").click()
    expect(officer.get_by_text("已送审，等领导签发。")).to_be_visible()
    expect(officer.get_by_role("heading", name="会签：还差 1 个机关")).to_be_visible()
    officer.get_by_role("button", name="送会签").click()
    expect(officer.locator("#countersigns")).to_contain_text("等答复")

    bureau = visit("/desk/papers/", as_="bureau", size=size)
    bureau.get_by_role("link", name="送来会签 1 件").click()
    looks_right(bureau)
    bureau.get_by_role("link", name=re.compile(title)).click()
    expect(bureau.get_by_role("region", name="文稿")).to_contain_text("各项任务落实到人")
    looks_right(bureau)
    bureau.get_by_label("同意").check()
    bureau.get_by_role("button", name="送出答复").click()
    expect(bureau.get_by_role("heading", name="已答复")).to_be_visible()

    leader = visit(address, as_="leader", size=size)
    expect(leader.get_by_role("heading", name="会签：都同意了")).to_be_visible()
    leader.get_by_role("button", name="签发", exact=True).click()
    expect(leader.get_by_text("已签发。文字和数字从现在起不再变")).to_be_visible()
    officer.goto(address)
    officer.get_by_role("button", name="印发").click()
    expect(officer.locator("#sheet .no")).to_contain_text(re.compile("云科协联〔[0-9]{4}〕[0-9]+号"))
    officer.get_by_role("button", name="公开", exact=True).click()
    officer.get_by_role("link", name="看公开页").click()
    expect(officer.get_by_text("云州市科学技术协会、云州市科学技术局")).to_be_visible()
    looks_right(officer)
