"""A clerk pastes a summary and a table, and finds the wrong number: on the desk and on a phone, without an account."""

import pytest
from playwright.sync_api import expect

from tests.web.steps import SIZES, Open, looks_right

pytestmark = [pytest.mark.browser]


@SIZES
def test_a_clerk_finds_the_wrong_number(visit: Open, size: dict[str, int]) -> None:
    page = visit("/", size=size)
    page.get_by_role("link", name="核对一段文字").click()
    page.get_by_label("文字", exact=True).fill("发放科普读本1200册，展出科普展板30余块。")
    page.get_by_label("表格", exact=True).fill("项目\t数量\n科普读本\t1000册\n科普展板\t33块")
    page.get_by_role("button", name="核对数字").click()
    expect(page.get_by_role("heading", name="有 1 个数字要改")).to_be_visible()
    page.get_by_role("article").get_by_role("link", name="1200册").click()
    expect(page.locator("tr:target")).to_contain_text("记录是1000册")
    looks_right(page)
    page.get_by_label("文字", exact=True).fill("发放科普读本1000册，展出科普展板30余块。")
    page.get_by_role("button", name="核对数字").click()
    expect(page.get_by_role("heading", name="每个数字都与表格相符")).to_be_visible()
