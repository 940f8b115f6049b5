"""Every page at three widths, for those who work with it: accessible, no sideways scroll, nothing fetched from outside."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser]
Open = Callable[..., Page]
NARROWEST = {"width": 360, "height": 640}

PAGES = {
    "": (
        "/",
        "/campaigns/",
        "/events/",
        "/papers/",
        "/search/",
        "/search/?q=科技工作者",
        "/search/?q=没有这样的词组",
        "/check/",
        "/account/login/",
    ),
    "officer": (
        "/desk/",
        "/desk/campaigns/",
        "/desk/campaigns/new/",
        "/desk/campaigns/1/",
        "/desk/campaigns/1/meeting/",
        "/desk/campaigns/1/consultation/",
        "/desk/campaigns/1/consultation/new/",
        "/desk/campaigns/1/sessions/new/",
        "/desk/campaigns/session/1/",
        "/desk/campaigns/1/duties/",
        "/desk/campaigns/1/duties/new/",
        "/desk/campaigns/1/duties/board/",
        "/desk/campaigns/duty/1/",
        "/desk/duties/",
        "/desk/people/1/duties/",
        "/desk/campaigns/1/contingency/",
        "/desk/campaigns/1/contingency/level/",
        "/desk/campaigns/1/contingency/plan/",
        "/desk/campaigns/level/1/",
        "/desk/campaigns/level/2/switch/",
        "/desk/campaigns/1/notices/",
        "/desk/campaigns/notice/2/",
        "/desk/campaigns/notice/2/roll-up/?of=people",
        "/desk/campaigns/notice/2/links/",
        "/desk/campaigns/1/notices/new/?from=2",
        "/desk/campaigns/1/publicity/",
        "/desk/campaigns/1/publicity/plan/",
        "/desk/campaigns/1/publicity/plan/new/",
        "/desk/campaigns/1/publicity/place/",
        "/desk/campaigns/1/publicity/letters/",
        "/desk/campaigns/1/publicity/letters/new/",
        "/desk/campaigns/1/publicity/sent/",
        "/desk/campaigns/1/publicity/release/",
        "/desk/campaigns/1/profiles/",
        "/desk/campaigns/1/profiles/new/",
        "/desk/campaigns/1/articles/",
        "/desk/campaigns/1/articles/new/",
        "/desk/campaigns/placement/1/",
        "/desk/campaigns/profile/1/",
        "/desk/press/",
        "/desk/press/new/",
        "/desk/campaigns/1/visits/",
        "/desk/campaigns/1/cases/",
        "/desk/campaigns/1/outreach/",
        "/desk/campaigns/1/outreach/new/",
        "/desk/campaigns/1/labels/",
        "/desk/campaigns/event/1/",
        "/desk/campaigns/event/1/registrations/",
        "/desk/campaigns/event/1/write/",
        "/desk/campaigns/material/1/hand-out/",
        "/desk/campaigns/movement/5/",
        "/desk/campaigns/visit/1/",
        "/desk/campaigns/case/1/",
        "/desk/field/",
        "/desk/contacts/",
        "/desk/papers/",
        "/desk/papers/5/",
        "/desk/papers/5/?figure=35",
        "/desk/papers/5/versions/",
        "/desk/papers/5/pages/",
        "/desk/papers/4/",
        "/desk/papers/4/countersign/sheet/",
        "/desk/papers/new/",
        "/desk/papers/register/",
        "/desk/papers/countersigns/",
        "/desk/measures/",
        "/desk/measures/1/outreach.booklets/",
        "/desk/demands/",
        "/desk/demands/1/",
        "/desk/matches/1/",
        "/desk/offers/",
        "/desk/forums/",
        "/desk/forums/1/",
        "/desk/agreements/",
        "/desk/agreements/1/",
        "/desk/organisations/",
        "/desk/people/",
        "/desk/people/1/",
        "/desk/jobs/",
        "/messages/",
    ),
    "auditor": ("/desk/", "/desk/audit/"),
    "liaison": ("/desk/", "/desk/campaigns/return/1/", "/desk/campaigns/return/56/"),
    "company": ("/partner/", "/messages/"),
    "expert": ("/partner/",),
}
CASES = [(who, path) for who, paths in PAGES.items() for path in paths]


@pytest.mark.parametrize(("who", "path"), CASES)
def test_a_page_is_accessible_and_fits_at_each_width(visit: Open, who: str, path: str) -> None:
    page = visit(path, as_=who)
    for size in (DESK, PHONE, NARROWEST):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if size != NARROWEST:
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


def test_on_a_phone_demand_and_offer_stand_one_below_the_other(visit: Open) -> None:
    page = visit("/desk/matches/1/", as_="officer", size=PHONE)
    asked = page.locator("[aria-labelledby=asked-h]").bounding_box()
    offered = page.locator("[aria-labelledby=offered-h]").bounding_box()
    assert asked and offered
    assert asked["x"] == offered["x"]
    assert asked["y"] + asked["height"] <= offered["y"]


def test_an_english_screen_has_english_menus(visit: Open) -> None:
    page = visit("/desk/", as_="officer")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": page.url}])
    page.reload()
    assert page.locator("nav.h-side").inner_text().isascii()
    assert page.get_by_role("heading", level=1).inner_text().isascii()
