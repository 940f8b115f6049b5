"""A visitor without an account: finds what is on, reads a paper, takes it along, says whether it was of use, passes it on."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from hearth.cli import gongwen
from hearth.engines import gongwen as engine
from tests.web.conftest import DESK
from tests.web.steps import SIZES, Open, looks_right, path_of, taken_along

pytestmark = [pytest.mark.browser]
CAMPAIGN = "2020年“全国科技工作者日”活动"
PLAN = "关于印发《2020年“全国科技工作者日”活动实施方案》的通知"
ATOM = "{http://www.w3.org/2005/Atom}"


def menu(page: Page, name: str) -> None:
    """Go to a section of the site; on a phone the sections are folded away."""
    folded = page.locator("summary", has_text="菜单")
    if folded.is_visible():
        folded.click()
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).locator("visible=true").click()


@SIZES
def test_a_visitor_finds_the_campaign_and_reads_its_plan(
    visit: Open, tmp_path: Path, size: dict[str, int]
) -> None:
    page = visit("/", size=size)
    looks_right(page)
    page.get_by_role("link", name=CAMPAIGN, exact=True).first.click()
    expect(page.get_by_role("heading", name="科技为民、奋斗有我", level=1)).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name=PLAN, exact=True).click()
    expect(page.get_by_text(re.compile("全文共 [0-9]+ 字，约 [0-9]+ 分钟"))).to_be_visible()
    looks_right(page)

    page.locator("a.fig").first.click()
    expect(page.locator("tr:target, details[open] tr:target")).to_be_visible()
    word = taken_along(page, re.compile("^下载 Word"), tmp_path)
    assert engine.verify(word.read_bytes(), key=gongwen.key()).ok

    shown = page.get_by_role("img", name="这一页的二维码")
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("async shown => { await shown.decode(); return shown.naturalWidth; }") > 0
    expect(page.get_by_role("button", name="复制网址")).to_be_visible()


@SIZES
def test_a_visitor_rates_once_and_may_think_again(visit: Open, size: dict[str, int]) -> None:
    page = visit("/papers/", size=size)
    looks_right(page)
    page.get_by_role("link", name=PLAN, exact=True).click()
    rated = re.compile("[0-9]+ 人评过|还没有人评过")
    before = page.get_by_text(rated).inner_text()
    page.get_by_role("button", name="很有用").click()
    once = page.get_by_text(rated).inner_text()
    assert once != before
    page.get_by_role("button", name="有点用").click()
    expect(page.get_by_role("button", name="有点用")).to_have_attribute("aria-pressed", "true")
    again = page.get_by_text(rated).inner_text()
    assert re.findall("([0-9]+) 人评过", again) == re.findall("([0-9]+) 人评过", once)
    looks_right(page)


def test_a_paper_prints_without_the_house_around_it(visit: Open, tmp_path: Path) -> None:
    page = visit("/papers/", size=DESK)
    page.get_by_role("link", name=PLAN, exact=True).click()
    expect(page.get_by_role("button", name="打印", exact=True)).to_be_visible()
    place = tmp_path / "plan.pdf"
    page.pdf(path=place, prefer_css_page_size=True)
    pages = pypdfium2.PdfDocument(place)
    printed = "".join(one.get_textpage().get_text_bounded() for one in pages).replace("\r\n", "")
    assert "实施方案" in printed
    assert not [word for word in ("登录", "下载 Word", "这篇文件对您有用吗") if word in printed]


@SIZES
def test_a_visitor_searches_and_is_told_calmly_when_there_is_nothing(
    visit: Open, size: dict[str, int]
) -> None:
    page = visit("/", size=size)
    page.get_by_role("searchbox").fill("慰问信")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("link", name="致全市广大科技工作者的慰问信")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("慰问信")
    looks_right(page)
    page.get_by_role("searchbox").fill("zzzz")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".h-empty")).to_be_visible()
    looks_right(page)


@SIZES
def test_a_visitor_reads_of_people_and_of_the_forum(visit: Open, size: dict[str, int]) -> None:
    page = visit("/", size=size)
    page.get_by_role("link", name="茶山上的审评师").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("茶山上的审评师")
    expect(page.get_by_text("骆采薇").first).to_be_visible()
    looks_right(page)
    menu(page, "首页")
    page.get_by_role("link", name=re.compile("对接洽谈暨签约仪式$")).first.click()
    expect(page.get_by_text(re.compile("技术需求"))).to_be_visible()
    looks_right(page)


def test_others_are_told_by_feeds_the_sitemap_and_a_card(visit: Open) -> None:
    page = visit("/", size=DESK)
    feed = page.request.get(
        page.get_by_role("link", name=re.compile("Atom")).first.get_attribute("href") or ""
    )
    titles = [one.text for one in ElementTree.fromstring(feed.text()).iter(f"{ATOM}title")]
    assert PLAN in titles
    page.get_by_role("link", name=CAMPAIGN, exact=True).first.click()
    page.get_by_role("link", name=PLAN, exact=True).click()
    card = page.locator("meta[property='og:title']").get_attribute("content")
    assert card == PLAN
    assert path_of(page.url) in page.request.get("/sitemap.xml").text()


@SIZES
def test_what_is_not_there_is_said_calmly(visit: Open, size: dict[str, int]) -> None:
    page = visit("/", size=size)
    answer = page.request.get("/papers/none/")
    assert answer.status == 404
    page.set_content(answer.text())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    looks_right(page)
