"""What journeys have in common: how a page is opened, at which sizes, whether it looks right, how a campaign and a paper
begin, an event is put up, a visitor registers, a file is taken along."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from hearth.apps.notices.rules.burden import working_day_from
from tests.web.conftest import DESK, PHONE

Open = Callable[..., Page]
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
TOMORROW = timezone.localdate() + datetime.timedelta(days=1)
SOON, IN_TWO_WEEKS = (working_day_from(TOMORROW + datetime.timedelta(days=after)) for after in (0, 13))
"""Working days, as deadlines are."""


def looks_right(page: Page) -> None:
    """Nothing stands beyond the edge of the screen, and axe finds no fault."""
    size = page.viewport_size
    assert size
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def start_a_campaign(officer: Page, name: str) -> str:
    """Start a campaign of this year; its address."""
    officer.goto("/desk/campaigns/new/")
    officer.get_by_label("名称").fill(name)
    officer.locator("[name=starts]").fill(TOMORROW.isoformat())
    officer.locator("[name=ends]").fill((TOMORROW + datetime.timedelta(days=20)).isoformat())
    officer.get_by_role("button", name="建活动").click()
    officer.wait_for_url(re.compile(r"/desk/campaigns/\d+/$"))
    return path_of(officer.url)


def begin_a_paper(officer: Page, kind: str, *, campaign: str = "") -> None:
    """A new paper of this kind, of this campaign, or of the newest."""
    officer.goto("/desk/papers/")
    officer.get_by_role("link", name="起草公文").first.click()
    if campaign:
        officer.get_by_label("关于哪项活动").select_option(label=campaign)
    officer.get_by_label("文种").select_option(label=kind)
    officer.get_by_role("button", name="存成草稿，接着写").click()
    expect(officer.get_by_text("草稿已存。")).to_be_visible()


def put_up_an_event(officer: Page, campaign: str, name: str, *, day: datetime.date, places: int) -> str:
    """An event on the playground that anyone registers for; its public address."""
    officer.goto(f"{campaign}outreach/new/")
    officer.get_by_label("名称").fill(name)
    officer.get_by_label("学校").select_option(index=1)
    officer.get_by_label("负责人").select_option(index=1)
    officer.get_by_label("日期").fill(day.isoformat())
    officer.get_by_label("地点").fill("操场")
    officer.get_by_label("名额").fill(str(places))
    officer.get_by_role("button", name="登记这一场").click()
    officer.get_by_role("button", name="公开，接受报名").click()
    public = officer.get_by_role("link", name=name, exact=True).get_attribute("href")
    assert public
    return public


def register(visitor: Page, public: str, name: str, contact: str) -> str:
    """Register one person for the event at this address; the code on the ticket, empty for who waits."""
    visitor.goto(public)
    visitor.get_by_label("姓名").fill(name)
    visitor.get_by_label("单位").fill("石桥区居民")
    visitor.get_by_label("手机或邮箱").fill(contact)
    visitor.locator("form[action$='/register/'] button").click()
    expect(visitor).to_have_url(re.compile("/ticket/"))
    code = visitor.locator(".h-code")
    return code.inner_text() if code.count() else ""


def taken_along(page: Page, link: str | re.Pattern[str], folder: Path) -> Path:
    """The file that a link gives, kept in the folder under its own name."""
    with page.expect_download() as begun:
        page.get_by_role("link", name=link).click()
    place = folder / begun.value.suggested_filename
    begun.value.save_as(place)
    return place


def rows_of(workbook: Path) -> list[tuple[object, ...]]:
    """The rows of the first sheet."""
    return list(openpyxl.load_workbook(workbook).worksheets[0].iter_rows(values_only=True))


def path_of(address: str) -> str:
    """An address without its host: a link that was written out opens in the house under test."""
    return re.sub(r"^https?://[^/]+", "", address)
