"""A notice that is answered on a phone by the organisation's own link, and sent back at the desk."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser]
Open = Callable[..., Page]


def test_a_county_answers_on_a_phone_and_the_city_sends_it_back(visit: Open) -> None:
    desk = visit("/desk/campaigns/notice/2/links/?q=青溪县医院", as_="officer", size=DESK)
    link = desk.locator("input[readonly]").input_value()
    own = re.sub(r"^https?://[^/]+", "", link)

    phone = visit(own, size=PHONE)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Axe().run(phone).violations_count == 0
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
