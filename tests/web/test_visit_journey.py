"""A visit is written on a phone without a network and sent once; its difficulty gets an answer the person is satisfied with;
it becomes a draft demand; at the quarter's end one sees who was not visited."""

import base64
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Cookie, Page, expect

from tests.web.conftest import DESK, PHONE, House, enter
from tests.web.steps import SIZES, Open, looks_right

pytestmark = [pytest.mark.browser]
SECRET = "腰伤复发，要去外地手术"


@pytest.fixture
def phone(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """A device of its own, where the browser may complain that there is no network."""
    contexts: list[BrowserContext] = []

    def open_phone(as_: str, size: dict[str, int] = PHONE) -> Page:
        context = browser.new_context(base_url=house.address, viewport=size, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        enter(page, as_)
        return page

    yield open_phone
    for context in contexts:
        context.close()


def photo(page: Page) -> dict[str, object]:
    """A photo as large as phones take them."""
    drawn = page.evaluate(
        """() => {
            const sheet = Object.assign(document.createElement("canvas"), { width: 3000, height: 2000 });
            sheet.getContext("2d").fillRect(0, 0, 1500, 2000);
            return sheet.toDataURL("image/jpeg").split(",")[1];
        }"""
    )
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": base64.b64decode(drawn)}


def open_field(page: Page) -> None:
    page.goto("/desk/field/")
    page.wait_for_selector("[data-kept=yes]", state="attached")


def write(page: Page, name: str, unit: str = "市一医院") -> None:
    page.get_by_label("走访对象").fill(name)
    page.get_by_label("单位").fill(unit)
    page.get_by_label("工作进展").fill(f"{name}的试验做完了")


def end_session(context: BrowserContext) -> list[Cookie]:
    """Let the session end, as it does after hours; what it was is told, so that it can go on."""
    session = [one for one in context.cookies() if one["name"] == "sessionid"]
    context.clear_cookies(name="sessionid")
    return session


def add_difficulty(page: Page, text: str, *, owner: str = "", private: bool = False) -> None:
    page.get_by_role("button", name="加一条困难").click()
    row = page.locator("[data-rows=difficulties] .h-again").last
    row.get_by_label("困难", exact=True).fill(text)
    if owner:
        row.get_by_label("谁来办").select_option(label=owner)
    if private:
        row.get_by_label("要保密吗").select_option("health")


def waiting(page: Page, number: int) -> None:
    expect(page.locator("#here")).to_have_attribute("data-waiting", str(number), timeout=30_000)


@SIZES
def test_a_visit_written_without_a_network_survives_a_reload_and_is_sent_once(
    phone: Callable[..., Page], size: dict[str, int]
) -> None:
    page = phone("officer", size)
    name = f"吴新{size['width']}"
    open_field(page)
    looks_right(page)

    page.context.set_offline(True)
    write(page, name)
    add_difficulty(page, "缺标定水槽")
    add_difficulty(page, SECRET, private=True)
    page.get_by_role("button", name="加一条建议").click()
    page.get_by_label("意见建议", exact=True).fill("评审早通知")
    page.get_by_role("button", name="加一样慰问品").click()
    page.get_by_label("慰问品", exact=True).fill("慰问金")
    page.get_by_label("金额").fill("1000")
    page.locator("#photos").set_input_files(photo(page))
    expect(page.locator("#pictures li")).to_have_count(1)  # it moves the frame below
    page.get_by_role("button", name="本人签收").click()
    sign(page)
    expect(page.locator("#pictures li")).to_have_count(2)  # shown once they are kept
    page.reload()  # the page comes from the device, with all that was written
    expect(page.get_by_label("走访对象")).to_have_value(name)
    expect(page.locator("[data-rows=difficulties] textarea").first).to_have_value("缺标定水槽")
    expect(page.locator("#pictures li")).to_have_count(2)
    expect(page.locator(".h-again.h-only")).to_have_count(1)
    looks_right(page)
    page.get_by_role("button", name="写完了，送出").click()
    waiting(page, 1)
    expect(page.locator("#here")).to_contain_text("存在本机")
    expect(page.locator("#offline")).to_be_visible()
    page.close()

    context = page.context
    page = context.new_page()  # a closed tab loses nothing either
    page.goto("/desk/field/")
    waiting(page, 1)
    context.set_offline(False)
    waiting(page, 0)
    expect(page.locator("#here")).to_contain_text("已送出")
    assert page.evaluate("async () => (await all('visits')).length") == 0
    page.get_by_role("link", name="打开看").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.get_by_text("说到的困难：2 件")).to_be_visible()
    expect(page.get_by_text("手写签名", exact=True)).to_be_visible()
    shot = page.locator(".h-shots img").first
    shot.scroll_into_view_if_needed()
    assert shot.evaluate("async shot => { await shot.decode(); return shot.naturalWidth; }") == 1600
    assert SECRET not in page.content()
    assert "1000" not in page.content()
    looks_right(page)

    page.goto(f"/desk/campaigns/1/visits/?q={name}")
    expect(page.get_by_role("table").get_by_role("link", name=name)).to_have_count(1)


def sign(page: Page) -> None:
    page.locator("#signature").scroll_into_view_if_needed()
    box = page.locator("#signature").bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="签好了").click()
    expect(page.locator("#signing")).to_be_hidden()


@SIZES
def test_what_cannot_be_recorded_stays_with_the_reason_until_it_is_mended(
    phone: Callable[..., Page], size: dict[str, int]
) -> None:
    page = phone("officer", size)
    open_field(page)
    page.get_by_role("button", name="写完了，送出").click()
    expect(page.locator("#wrong")).to_contain_text("走访对象")
    write(page, "孙改", unit="没有这个单位")
    page.get_by_role("button", name="写完了，送出").click()
    expect(page.locator("#here")).to_contain_text("要改")
    expect(page.locator("#here")).to_contain_text("组织里没有“没有这个单位”")
    looks_right(page)
    page.get_by_role("button", name="去改").click()
    expect(page.get_by_label("走访对象")).to_have_value("孙改")
    page.get_by_label("单位").fill("市一医院")
    page.get_by_role("button", name="写完了，送出").click()
    expect(page.locator("#here")).to_contain_text("已送出")


def test_on_a_shared_phone_nobody_sees_what_another_wrote_and_an_ended_session_loses_nothing(
    phone: Callable[..., Page],
) -> None:
    page = phone("officer")
    context = page.context
    open_field(page)
    context.set_offline(True)
    write(page, "周密")
    page.get_by_role("button", name="写完了，送出").click()
    waiting(page, 1)
    session = end_session(context)
    context.set_offline(False)
    expect(page.locator("#expired")).to_be_visible(timeout=30_000)
    waiting(page, 1)
    # as a page does that opens while its session ends
    page.evaluate("() => keepPage(said('worker'), said('scope'))")

    enter(page, "liaison")
    context.set_offline(True)
    page.goto("/desk/field/")  # the page that the officer's phone kept
    expect(page.locator("#locked")).to_be_visible()
    expect(page.get_by_text("周密")).to_be_hidden()
    context.set_offline(False)
    open_field(page)
    expect(page.locator("#open")).to_be_visible()
    expect(page.get_by_text("周密")).to_have_count(0)

    end_session(context)
    context.add_cookies(session)
    open_field(page)
    expect(page.locator("#here")).to_contain_text("已送出", timeout=30_000)


@SIZES
def test_a_case_goes_to_an_answer_that_did_not_help_and_to_one_that_satisfies(
    visit: Open, size: dict[str, int]
) -> None:
    name = f"郑难{size['width']}"
    page = visit("/desk/field/", as_="officer", size=size)
    page.wait_for_selector("[data-kept=yes]", state="attached")
    write(page, name)
    add_difficulty(page, f"{name}缺标定水槽", owner="贺立群")
    page.get_by_role("button", name="写完了，送出").click()
    page.get_by_role("link", name="打开看").click()
    expect(page.get_by_text("交办")).to_be_visible()
    page.get_by_role("link", name=f"{name}缺标定水槽").click()

    close(page, "水槽下个月可以用")
    looks_right(page)
    address = page.get_by_role("textbox", name="给本人的链接").input_value()
    person = visit(address, size=PHONE)
    expect(person.get_by_text("水槽下个月可以用")).to_be_visible()
    looks_right(person)
    person.get_by_label("没有解决，请重新办理").check()
    person.get_by_label("想说的话").fill("下个月太晚了")
    person.get_by_role("button", name="送出回复").click()
    expect(person.get_by_role("heading", name="正在办理")).to_be_visible()

    page.reload()
    expect(page.get_by_text("下个月太晚了")).to_be_visible()
    close(page, "邻县的水槽明天就能用")
    person.reload()
    person.get_by_label("满意", exact=True).check()
    person.get_by_role("button", name="送出回复").click()
    expect(person.get_by_text("已收到您的回复：满意")).to_be_visible()
    expect(person.get_by_role("button", name="送出回复")).to_have_count(0)
    looks_right(person)


def close(page: Page, answer: str) -> None:
    page.get_by_label("已办结").check()
    page.get_by_label("答复本人").fill(answer)
    page.get_by_role("button", name="答复本人，记为办结").click()


@SIZES
def test_what_was_told_in_confidence_is_shown_to_the_leader_on_asking_and_to_no_officer(
    visit: Open, size: dict[str, int]
) -> None:
    officer = visit("/desk/field/", as_="officer", size=size)
    officer.wait_for_selector("[data-kept=yes]", state="attached")
    write(officer, f"王守{size['width']}")
    add_difficulty(officer, SECRET, owner="贺立群", private=True)
    officer.get_by_role("button", name="写完了，送出").click()
    officer.get_by_role("link", name="打开看").click()
    officer.get_by_role("link", name="保密的困难，内容另存").click()
    expect(officer.get_by_text("看不到内容")).to_be_visible()
    expect(officer.get_by_role("button", name="显示保密内容（会记录）")).to_have_count(0)

    leader = visit(officer.url, as_="leader", size=size)
    assert SECRET not in leader.content()
    leader.get_by_role("button", name="显示保密内容（会记录）").click()
    expect(leader.get_by_text(SECRET)).to_be_visible()
    leader.goto(officer.url)
    expect(leader.get_by_text("查看保密内容").first).to_be_visible()


@SIZES
def test_a_visit_becomes_a_draft_demand_with_one_tap(visit: Open, size: dict[str, int]) -> None:
    number = 3 if size == DESK else 4
    page = visit(f"/desk/campaigns/visit/{number}/", as_="officer", size=size)
    page.get_by_role("button", name="起草技术需求").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("改这项需求")
    expect(page.get_by_label("主要问题")).not_to_have_value("")
    page.goto(f"/desk/campaigns/visit/{number}/")
    page.locator("[aria-labelledby=yield-h] ul a").click()
    expect(page.get_by_text("草稿：补全才参加匹配")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="来自走访").click()
    expect(page).to_have_url(f"/desk/campaigns/visit/{number}/")


@SIZES
def test_the_quarter_shows_in_one_click_who_was_not_visited(visit: Open, size: dict[str, int]) -> None:
    page = visit("/desk/contacts/", as_="officer", size=size)
    scientists = page.get_by_label("科技工作者", exact=True).locator("option")
    at = 1 if size == DESK else 3
    chosen = [scientists.nth(at + step).inner_text() for step in range(2)]
    for name in chosen:
        page.get_by_label("联系干部", exact=True).select_option(label="周文澜")
        page.get_by_label("科技工作者", exact=True).select_option(label=name)
        page.get_by_role("button", name="定下这对联系").click()
        expect(page.get_by_text(f"周文澜 联系 {name}")).to_be_visible()
    looks_right(page)

    page.goto("/desk/field/")
    page.wait_for_selector("[data-kept=yes]", state="attached")
    page.get_by_label("走访对象").fill(chosen[0])
    page.get_by_label("日期").fill(timezone.localdate().isoformat())
    expect(page.get_by_label("单位")).not_to_have_value("")  # the directory knows it
    page.get_by_label("工作进展").fill("谈了新课题")
    page.get_by_role("button", name="写完了，送出").click()
    expect(page.locator("#here")).to_contain_text("已送出")

    page.goto("/desk/contacts/")
    page.get_by_role("link", name="没走访够").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("link", name=chosen[1])).to_be_visible()
    expect(table.get_by_role("link", name=chosen[0])).to_have_count(0)
