"""The tour of docs/tour.md, walked in a real browser on a fresh example house; its pictures are taken on the way.

What the tour tells to do is done here by the same names of links and buttons, so a tour that no longer works ends with the
step that failed. Printed is how long each stop took: what a reader waits for, not what he reads.
Run:  ./hearth bench tour       writes docs/pictures/tour/
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench import served

from hearth.config import environment
from hearth.lib import browsers, postgres

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_PICTURES = environment.HOME / "docs" / "pictures" / "tour"
_DESK = (1200, 760)
_PHONE = (390, 760)


class Walk:
    """The browsers of those who walk: one for each role, and the pictures they take."""

    def __init__(self, browser: Browser, port: int) -> None:
        self._browser = browser
        self._address = f"http://127.0.0.1:{port}"
        self._contexts: dict[tuple[str, tuple[int, int]], BrowserContext] = {}

    def enter(self, role: str, path: str, size: tuple[int, int] = _DESK) -> Page:
        """Open a page as this role; as a visitor when it is empty."""
        context = self._contexts.get((role, size)) or self._sign_in(role, size)
        page = context.new_page()
        page.goto(path)
        return page

    def take(self, page: Page, name: str) -> None:
        page.evaluate("document.activeElement?.blur()")
        page.screenshot(path=_PICTURES / f"{name}.png")

    def _sign_in(self, role: str, size: tuple[int, int]) -> BrowserContext:
        width, height = size
        context = self._browser.new_context(
            base_url=self._address, viewport={"width": width, "height": height}, locale="zh-CN"
        )
        self._contexts[role, size] = context
        if role:
            page = context.new_page()
            page.goto("/account/login/")
            page.locator(f"form[action='/enter/{role}/'] button").click()
            page.wait_for_load_state()
            page.close()
        return context


def main(data: Path | None) -> int:  # noqa: ARG001  # walks on the example
    """Walk every stop and print how long it took."""
    from playwright.sync_api import sync_playwright

    _PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="hearth-tour-") as folder,
        _house(Path(folder)),
        served.house() as (port, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=str(browsers.find()), args=list(browsers.launch_arguments())
        )
        walk = Walk(browser, port)
        for stop in STOPS:
            begun = time.monotonic()
            stop(walk)
            print(f"{stop.__name__:>12}  {time.monotonic() - begun:5.1f} s", flush=True)
        browser.close()
    return 0


def instruction(walk: Walk) -> None:
    page = walk.enter("officer", "/desk/")
    page.get_by_role("link", name="关于组织开展").last.click()
    page.get_by_role("link", name="按这份通知发起活动").wait_for()
    walk.take(page, "instruction")


def meeting(walk: Walk) -> None:
    page = walk.enter("leader", "/desk/campaigns/")
    page.get_by_role("link", name="年“全国科技工作者日”活动").first.click()
    page.get_by_role("link", name="会议用一页").click()
    walk.take(page, "meeting")


def duties(walk: Walk) -> None:
    page = _campaign(walk, "方案与分工")
    page.get_by_role("link", name="迟的和有风险的").first.click()
    walk.take(page, "duties")


def notice(walk: Walk) -> None:
    page = _campaign(walk, "通知与报送")
    page.get_by_role("link", name="关于报送").first.click()
    walk.take(page, "notice")


def answer(walk: Walk) -> None:
    page = walk.enter("liaison", "/desk/", _PHONE)
    page.get_by_role("link", name="关于报送").first.click()
    page.get_by_text("学习讨论场次").first.evaluate("one => one.scrollIntoView({block: 'start'})")
    walk.take(page, "answer")


def asking(walk: Walk) -> None:
    page = walk.enter("", "/", _PHONE)
    page.get_by_role("link", name="今年的科技工作者日怎么办").click()
    walk.take(page, "asking")
    page = _campaign(walk, "征求意见")
    walk.take(page, "suggestions")


def rain(walk: Walk) -> None:
    page = _campaign(walk, "预案")
    page.get_by_role("link", name="启动“下雨：改到体育馆”").click()
    walk.take(page, "rain")


def story(walk: Walk) -> None:
    page = _campaign(walk, "宣传")
    walk.take(page, "publicity")
    page.get_by_role("link", name="慰问信 1 封").click()
    walk.take(page, "letter")


def event(walk: Walk) -> None:
    page = walk.enter("", "/events/", _PHONE)
    page.get_by_role("link", name="科普进校园河湾分会场").first.click()
    page.get_by_label("姓名").fill("林小满")
    page.get_by_label("单位").fill("河湾学校")
    page.get_by_label("手机或邮箱").fill("000-0000-0999")
    page.locator("form[action$='/register/'] button").click()
    page.wait_for_url("**/ticket/**")
    walk.take(page, "ticket")


def visit(walk: Walk) -> None:
    page = walk.enter("officer", "/desk/field/", _PHONE)
    page.wait_for_selector("[data-kept=yes]", state="attached")
    page.get_by_label("走访对象").fill("蓝映雪")
    page.get_by_label("工作进展").fill("手掌大的听漏仪出了第三版。")
    walk.take(page, "visit")
    page = _campaign(walk, "走访慰问")
    page.get_by_role("link", name="困难 5 件").click()
    walk.take(page, "cases")


def countersign(walk: Walk) -> None:
    page = walk.enter("bureau", "/desk/papers/")
    page.get_by_role("link", name="送来会签").click()
    page.get_by_role("link", name="关于印发").first.click()
    walk.take(page, "countersign")


def summary(walk: Walk) -> None:
    page = walk.enter("officer", "/desk/papers/")
    page.get_by_role("link", name="2020年“全国科技工作者日”活动总结").first.click()
    page.get_by_role("link", name="48条", exact=True).first.click()
    page.wait_for_load_state()
    walk.take(page, "summary")


def public(walk: Walk) -> None:
    page = walk.enter("", "/")
    walk.take(page, "public")


def check(walk: Walk) -> None:
    page = walk.enter("", "/check/")
    walk.take(page, "check")


STOPS: tuple[Callable[[Walk], None], ...] = (
    instruction,
    meeting,
    duties,
    notice,
    answer,
    asking,
    rain,
    story,
    event,
    visit,
    countersign,
    summary,
    public,
    check,
)


def _campaign(walk: Walk, part: str) -> Page:
    """This year's campaign, at one of its parts, as the officer."""
    page = walk.enter("officer", "/desk/campaigns/")
    page.get_by_role("link", name="年“全国科技工作者日”活动").first.click()
    page.get_by_role("link", name=part, exact=True).first.click()
    return page


@contextmanager
def _house(folder: Path) -> Iterator[None]:
    """A fresh house with the example and this year's campaign, as the first ./hearth up makes it."""
    os.environ["HEARTH_DATA"] = str(folder / "data")
    server = postgres.start(folder / "postgres")
    try:
        postgres.prepare(server)
        environment.use_database(postgres.url(server, postgres.APP, "hearth"))
        from hearth.cli import house, serving

        with house.opened():
            serving.collect_static()
            serving.load_example_into_an_empty_house()
            yield
    finally:
        postgres.stop(server)


if __name__ == "__main__":
    raise SystemExit(main(None))
