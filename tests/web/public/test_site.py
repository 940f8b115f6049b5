"""The public site over HTTP: what is published is listed, searched, fed; validators; withdrawals take effect at once."""

import datetime
import gzip
import re
from xml.etree import ElementTree

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml import html

from hearth.apps.accounts.models import User
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import PublicCampaign
from hearth.apps.campaigns.states import Naming
from hearth.apps.directory import actions as directory
from hearth.apps.directory.models import Actor
from hearth.apps.outreach.models import PublicEvent
from hearth.apps.papers import actions as papers
from hearth.apps.papers.models import Publication
from hearth.lib.wall import scope
from hearth.web.ui import fresh
from tests.apps.outreach import visits
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk

pytestmark = pytest.mark.usefixtures("static")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HEAVIEST = 200 * 1024


@pytest.fixture
def desk(db) -> Desk:
    made = desks.build()
    with scope(made.house.city.path):
        papers.publish(paper=made.issued(desks.source()), by=made.officer)
        campaigns.publish(campaign=made.campaign, by=made.officer)
    return made


@pytest.fixture
def opening(desk: Desk) -> visits.Opening:
    with scope(desk.house.city.path):
        return visits.build(desk.house, days=3, campaign=desk.campaign)


def get(path: str, client: Client | None = None, **headers: str) -> HttpResponse:
    return (client or Client()).get(path, headers=headers)


def text(path: str) -> str:
    return get(path).content.decode()


def paper_path() -> str:
    return Publication.objects.get().get_absolute_url()


def event_path() -> str:
    return PublicEvent.objects.get().get_absolute_url()


def campaign_path() -> str:
    return PublicCampaign.objects.get().get_absolute_url()


def test_the_first_page_tells_what_is_on_and_what_was_published(desk: Desk, opening: visits.Opening):
    page = text("/")
    for told in ("试验专场", "还有", "关于试验的通知", "试验日活动"):
        assert told in page


def test_the_search_box_stays_empty_while_opinions_are_asked_for(desk: Desk):
    with scope(desk.house.city.path):
        campaigns.consult(
            campaign=desk.campaign,
            title="试验征求",
            text="",
            questions=["有什么意见？"],
            naming=Naming.CHOICE,
            is_public=True,
            closes_on=timezone.localdate(),
            by=desk.officer,
        )

    page = html.fromstring(text("/"))

    assert page.xpath("//input[@name='q']/@value") == [""]
    assert page.xpath("//section[@aria-labelledby='asked']//a/text()") == ["试验征求"]


def test_an_empty_house_says_what_will_stand_there(db):
    for path in ("/", "/campaigns/", "/events/", "/papers/", "/search/"):
        assert "h-empty" in text(path), path


def test_a_campaigns_page_gathers_what_is_published_of_it(desk: Desk):
    page = text(campaign_path())
    assert ("关于试验的通知" in page, paper_path() in page) == (True, True)
    assert campaign_path() in text(paper_path())


def test_a_search_marks_what_was_found(desk: Desk):
    page = text("/search/?q=照此办理")
    assert "<mark>照此办理</mark>" in page
    assert "没有“没有这回事”" in text("/search/?q=没有这回事")


@pytest.mark.parametrize("asked", ["'", "\\", "&|!", "<script>", "a" * 5000, "%00", "（"])
def test_whatever_is_asked_is_answered(desk: Desk, asked: str):
    answer = Client().get("/search/", {"q": asked, "kind": "no", "page": "x"})
    assert (answer.status_code, b"<script>" in answer.content) == (200, False)


def test_pages_of_a_search_hold_twenty_and_lead_on(desk: Desk):
    with scope(desk.house.city.path):
        for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌":
            paper = desk.issued(desks.source(body=f"# 关于{name}的通知\n\n请照此办理。\n"))
            papers.publish(paper=paper, by=desk.officer)
    first, second = text("/search/?q=照此办理"), text("/search/?q=照此办理&page=2")
    assert (first.count("<mark>照此办理</mark>"), second.count("<mark>照此办理</mark>")) == (20, 2)
    assert "page=2" in first


FEEDS = ("/feed.xml", "/feed/paper.xml")


@pytest.mark.parametrize("which", [*FEEDS, "campaign"])
def test_a_feed_is_valid_atom(desk: Desk, which: str):
    path = f"{campaign_path()}feed.xml" if which == "campaign" else which
    answer = get(path)
    feed = ElementTree.fromstring(answer.content)
    assert (answer.headers["Content-Type"], feed.tag) == (
        "application/atom+xml; charset=utf-8",
        f"{ATOM}feed",
    )
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"{settings.ADDRESS}{path}"]
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for part in (feed, *entries):
        for required in ("id", "title", "updated"):
            assert part.findtext(f"{ATOM}{required}"), required
        assert datetime.datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo
        assert part.findtext(f"{ATOM}author/{ATOM}name")
    assert {entry.find(f"{ATOM}link").get("rel") for entry in entries} == {"alternate"}
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert (len(set(ids)), f"{settings.ADDRESS}{paper_path()}" in ids) == (len(ids), True)


def test_a_feed_of_no_kind_and_of_no_campaign_is_not_there(desk: Desk):
    assert (get("/feed/nothing.xml").status_code, get("/campaigns/none/feed.xml").status_code) == (404, 404)


def test_the_site_map_names_published_pages_with_their_last_change(desk: Desk):
    found = {
        one.findtext(f"{SITEMAP}loc"): one.findtext(f"{SITEMAP}lastmod")
        for one in ElementTree.fromstring(get("/sitemap.xml").content)
    }
    assert datetime.datetime.fromisoformat(found[f"{settings.ADDRESS}{paper_path()}"])
    withdraw(desk)
    assert paper_path() not in text("/sitemap.xml")
    assert f"Sitemap: {settings.ADDRESS}/sitemap.xml" in text("/robots.txt")


def public_paths() -> list[str]:
    lists = ["/", "/campaigns/", "/events/", "/papers/", "/search/", "/check/"]
    return [*lists, campaign_path(), paper_path(), event_path()]


def test_every_page_tells_others_what_it_is(desk: Desk, opening: visits.Opening):
    for path in public_paths():
        page = text(path)
        assert f'<link rel="canonical" href="{settings.ADDRESS}{path}">' in page, path
        for name in ("description", "og:title", "og:url", "og:image", "og:description"):
            assert re.search(rf'(name|property)="{name}" content="[^"]+"', page), (path, name)
        assert '<a class="visually-hidden-focusable" href="#main">' in page
        assert '<html lang="zh-Hans"' in page


def withdraw(desk: Desk) -> None:
    with scope(desk.house.city.path):
        papers.withdraw(paper=desk.campaign.subject.papers.get(), by=desk.officer)


def settle(monkeypatch) -> None:
    """As if the last change were longer ago than Last-Modified needs."""
    monkeypatch.setattr(fresh, "SETTLED", datetime.timedelta(0))


def test_who_has_a_page_already_is_told_so(desk: Desk, opening: visits.Opening):
    for path in {*public_paths(), "/feed.xml", "/sitemap.xml"} - {"/check/"}:
        client = Client()
        client.get(path)
        etag = client.get(path).headers["ETag"]
        again = get(path, client, If_None_Match=etag)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag), path
        assert again.headers["Cache-Control"] == "no-cache"


def test_a_change_shows_with_the_next_request(desk: Desk, opening: visits.Opening):
    client, path = Client(), event_path()
    client.get(path)
    first = client.get(path)
    with scope(desk.house.city.path):
        opening.come(1)
    second = get(path, client, If_None_Match=first.headers["ETag"])
    assert ("还有 3 个名额" in first.content.decode(), second.status_code) == (True, 200)
    assert "还有 2 个名额" in second.content.decode()


def test_last_modified_answers_who_knows_no_etag(desk: Desk, monkeypatch):
    settle(monkeypatch)
    modified = get(paper_path()).headers["Last-Modified"]
    assert get(paper_path(), If_Modified_Since=modified).status_code == 304
    assert get(f"{paper_path()}word/", If_Modified_Since=modified).status_code == 304


def test_just_after_a_change_no_last_modified_is_told(desk: Desk):
    assert "Last-Modified" not in get(paper_path()).headers


def test_what_is_withdrawn_is_gone_whatever_the_browser_has(desk: Desk, monkeypatch):
    settle(monkeypatch)
    client, path, file = Client(), paper_path(), f"{paper_path()}word/"
    client.get(path)
    page, word = client.get(path), client.get(file)
    withdraw(desk)
    for address, before, status in ((path, page, 410), (file, word, 404)):
        headers = {
            "If_None_Match": before.headers["ETag"],
            "If_Modified_Since": before.headers["Last-Modified"],
        }
        assert get(address, client, **headers).status_code == status
    for address in ("/", "/papers/", "/search/?q=照此办理", "/feed.xml", campaign_path()):
        assert path not in text(address), address


def test_each_visitor_gets_a_form_that_is_his_own(desk: Desk, opening: visits.Opening):
    """The body is kept for all; the token in it is not."""
    path = event_path()
    asked = {"name": "甲", "unit": "试验单位", "contact": "13900000001", "party": "1"}
    pages = []
    for _ in range(2):
        client = Client(enforce_csrf_checks=True)
        pages.append(client.get(path).content.decode())
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', pages[-1]).group(1)
        sent = client.post(f"{path}register/", {**asked, "csrfmiddlewaretoken": token, "party": "0"})
        assert sent.status_code == 422
    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)) for page in pages]
    assert not tokens[0] & tokens[1]


def test_the_language_and_the_houses_name_are_told_at_once(desk: Desk):
    assert "首页" in text("/")
    assert "English" not in get("/", Accept_Language="en").content.decode()
    with scope(desk.house.province.path):
        directory.name_house(name="新的名称", by=Actor.house(desk.house.province))
    assert "新的名称" in text("/")


def test_who_is_signed_in_gets_a_page_that_nobody_keeps(desk: Desk, opening: visits.Opening):
    client = Client()
    user = User.objects.get(pk=desk.officer.user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(event_path())
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("private, no-store", False)


def test_pages_are_sent_compressed_as_the_browser_takes_them(desk: Desk):
    plain = get("/")
    packed = get("/", Accept_Encoding="gzip, deflate, br")
    assert (packed.headers["Content-Encoding"], "Accept-Encoding" in packed.headers["Vary"]) == ("br", True)
    assert b"</html>" in brotli.decompress(packed.content)
    assert b"</html>" in gzip.decompress(get("/", Accept_Encoding="gzip, br;q=0").content)
    assert "Content-Encoding" not in plain.headers


def test_no_page_is_heavier_than_200_kilobytes_with_its_styles_and_scripts(
    desk: Desk, opening: visits.Opening
):
    weights = {path: weight(path) for path in public_paths()}
    assert {path: found for path, found in weights.items() if found > HEAVIEST} == {}
    assert min(weights.values()) > 20 * 1024, "the control: styles are counted"


def weight(path: str) -> int:
    """What a browser fetches for a page but pictures, each file compressed as it is served."""
    page = get(path, Accept_Encoding="br")
    body = page.content
    html = brotli.decompress(body) if page.headers.get("Content-Encoding") == "br" else body
    asked = re.findall(r'(?:rel="stylesheet" href|script[^>]* src)="([^"]+)"', html.decode())
    assert len(asked) >= 3
    return len(body) + sum(_served(address) for address in asked)


def _served(address: str) -> int:
    name = address.removeprefix(settings.STATIC_URL if settings.STATIC_URL.startswith("/") else "/static/")
    return (settings.STATIC_ROOT / f"{name}.br").stat().st_size


def test_the_emblem_is_there():
    assert staticfiles_storage.exists("ui/emblem.png")
