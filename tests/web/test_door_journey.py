"""A visitor registers on a phone and gets a ticket; the door lets it in once, with and without a network."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import PHONE, House
from tests.web.steps import SIZES, Open, looks_right, put_up_an_event, register

pytestmark = [pytest.mark.browser]

# asked inside the page, since the page's policy lets nothing evaluate text a second time
TICKETS_KEPT = """async () => {
    while ((await all('tickets')).length < 2) await new Promise((later) => setTimeout(later, 50));
}"""


def open_the_door(officer: Page, name: str) -> tuple[str, str]:
    """Put up an event of today with two places; the addresses of its public page and of its door."""
    public = put_up_an_event(officer, "/desk/campaigns/1/", name, day=timezone.localdate(), places=2)
    officer.get_by_role("button", name="开门口签到页").click()
    door = officer.get_by_role("link", name="打开签到页").get_attribute("href")
    assert door
    return public, door


def scan(door: Page, code: str, word: str, why: str) -> None:
    door.get_by_label("票号或姓名").fill(code)
    door.get_by_role("button", name="找", exact=True).click()
    expect(door.locator("#why")).to_contain_text(why)
    expect(door.locator("#word")).to_have_text(word)


@SIZES
def test_a_ticket_is_let_in_once_and_what_was_scanned_offline_survives_a_reload(
    visit: Open, browser: Browser, house: House, size: dict[str, int]
) -> None:
    name = f"试验专场{size['width']}"
    officer = visit("/desk/", as_="officer", size=size)
    public, address = open_the_door(officer, name)
    looks_right(officer)

    visitor = visit("/events/", size=PHONE)
    visitor.get_by_role("link", name=name, exact=True).click()
    looks_right(visitor)
    first = register(visitor, public, "甲来人", "13900000001")
    looks_right(visitor)
    second = register(visitor, public, "乙来人", "13900000002")
    assert register(visitor, public, "丙来人", "13900000003") == ""

    # a context of its own: without a network the browser itself complains, which visit() would not allow
    context = browser.new_context(base_url=house.address, viewport=size, locale="zh-CN")
    door = context.new_page()
    door.goto(address)
    door.wait_for_selector("[data-kept=yes]")
    door.evaluate(TICKETS_KEPT)
    looks_right(door)
    scan(door, first, "请进", "1 人")
    scan(door, first, "已进过", "这张票不能再用")

    context.set_offline(True)
    scan(door, second, "请进", "没有网络，已记在本机")
    door.reload()
    expect(door.locator("#queue")).to_have_attribute("data-waiting", "1")
    scan(door, second, "已进过", "本机记着")
    context.set_offline(False)
    expect(door.locator("#queue")).to_have_attribute("data-waiting", "0", timeout=30_000)
    expect(door.locator("#arrived")).to_have_text("2")
    context.close()

    officer.reload()
    expect(officer.get_by_text("2 人，其中 0 人没报名")).to_be_visible()
