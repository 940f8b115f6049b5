"""Who may open what: every page declares it, and for each role every page answers as the policy says.

The matrix is made from the resolver, so that a new page is in it, and it compares what is shown: a county never sees a word
of its city.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hearth.apps.directory import rules
from hearth.apps.directory.models import Membership, Organisation
from hearth.apps.directory.states import Permission, Role
from hearth.apps.notices.models import Return
from hearth.lib.wall import scope
from hearth.web.desk.records import PAGES
from hearth.web.ui.access import PUBLIC, SIGNED_IN, Access, access_of
from tests import databases

pytestmark = pytest.mark.usefixtures("house_db")

# Pages whose argument is not told by their name: the model that has a sample, by the beginning of the address.
SAMPLES = {
    "papers/comments/": "papers.comment",
    "papers/versions/": "papers.version",
    "papers/countersigns/": "papers.disclosure",
    "papers/<int:pk>/": "papers.paper",
    "campaigns/<int:pk>/": "campaigns.campaign",
    "campaigns/material/": "outreach.material",
    "measures/": "campaigns.campaign",
    "demands/match/": "campaigns.campaign",
    "forums/": "meetings.forum",
    "participants/": "meetings.participant",
    "meetings/": "meetings.meeting",
    "people/": "directory.person",
    "jobs/": "jobs.job",
    "campaigns/letter/": "papers.paper",
    "campaigns/sent/": "publicity.mailing",
    "press/": "publicity.mediacontact",
    "evidence/": "files.file",
    "contacts/": "visits.contact",
    "campaigns/duplicate/": "notices.duplicate",
    "campaigns/change/": "contingency.change",
    "campaigns/resource/": "contingency.resource",
    "campaigns/call/": "contingency.call",
    "demands/": "exchange.demand",
    "offers/": "exchange.offer",
    "proposals/": "exchange.proposal",
}
# Pages of libraries that answer a visitor in some state of their own; they hold no business.
OF_LIBRARIES = ("account_", "mfa_")


@dataclass(frozen=True)
class Entry:
    """One page: its address with a sample of its arguments, and who may open it."""

    name: str
    path: str
    access: Access | None
    posts_only: bool


@pytest.fixture(scope="module")
def house_db(example: str, static: None, own_name: str, django_db_blocker) -> Iterator[str]:
    name = f"test_access_{own_name}"
    with django_db_blocker.unblock():
        databases.copy(example, name)
        with databases.use(name):
            yield name
        databases.drop(name)


@pytest.fixture(scope="module")
def pages(house_db: str) -> list[Entry]:
    root = Organisation.objects.get(parent=None)
    with scope(root.path):
        return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list, space: str) -> Iterator[Entry]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            name = f"{space}{pattern.name}"
            arguments = {key: _sample(name, str(pattern.pattern), key) for key in pattern.pattern.converters}
            allowed = _closure(pattern.callback, "request_method_list")
            yield Entry(
                name,
                reverse(name, kwargs=arguments),
                access_of(pattern.callback, pattern.name),
                posts_only=allowed == ["POST"],
            )


def _closure(view, name: str):
    """What django's require_http_methods was told, found in the closures of a view."""
    while view is not None:
        cells = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=False))
        if name in cells:
            return cells[name].cell_contents
        view = getattr(view, "__wrapped__", None)
    return None


def _sample(name: str, route: str, key: str) -> object:
    """An argument that leads to a real record: the first of the model that the page is about."""
    if key in ("address", "username", "token"):
        return "none"
    if key == "key":
        return "outreach.booklets"
    if key == "kind":
        return "paper"
    if key == "page":
        return 1
    row = apps.get_model(_model(name, route)).objects.first()
    return row.pk if row else 1


def _model(name: str, route: str) -> str:
    begun = next((model for start, model in SAMPLES.items() if route.startswith(start)), None)
    named = [page for page in PAGES.values() if name.startswith(page)]
    assert begun or named, f"{name} ({route}): give the matrix a sample of its argument"
    return begun or next(thing for thing, page in PAGES.items() if page == max(named, key=len))


def test_every_page_declares_who_may_open_it(pages: list[Entry]) -> None:
    assert len(pages) > 40
    assert [page.name for page in pages if page.access is None] == []


def test_only_these_pages_are_open_to_anyone(pages: list[Entry]) -> None:
    """The signed list of public pages: a new one is added here by hand."""
    assert sorted(page.name for page in pages if page.access == PUBLIC) == [
        "account_login",
        "mfa_authenticate",
        "public:campaign",
        "public:campaign_feed",
        "public:campaigns",
        "public:case",
        "public:check",
        "public:consultation",
        "public:door",
        "public:door_scans",
        "public:door_tickets",
        "public:door_worker",
        "public:enter",
        "public:event",
        "public:event_register",
        "public:events",
        "public:feed",
        "public:feedback",
        "public:forum",
        "public:health",
        "public:home",
        "public:kind_feed",
        "public:letter",
        "public:letter_opened",
        "public:open_consultation",
        "public:paper",
        "public:papers",
        "public:pdf",
        "public:profile",
        "public:profile_withdraw",
        "public:qr",
        "public:rate",
        "public:return",
        "public:robots",
        "public:search",
        "public:sitemap",
        "public:story",
        "public:story_picture",
        "public:ticket",
        "public:ticket_calendar",
        "public:ticket_cancel",
        "public:ticket_qr",
        "public:word",
        "ui:language",
    ]


def test_a_visitor_without_an_account_is_sent_to_sign_in(pages: list[Entry]) -> None:
    client = Client()
    for page in pages:
        if page.access != PUBLIC:
            response = client.get(page.path)
            assert response.status_code == 302, page.name
            assert response.url.startswith("/account/login/"), page.name


def members() -> list[Membership]:
    return list(Membership.objects.select_related("user", "org").order_by("role", "pk"))


def test_each_role_opens_what_the_policy_grants_and_nothing_else(pages: list[Entry]) -> None:
    roles = {Role(member.role): member for member in members()}
    assert len(roles) >= 7
    wrong = []
    for role, member in roles.items():
        client = Client()
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        for page in pages:
            if page.access in (PUBLIC, SIGNED_IN) or page.name.startswith(OF_LIBRARIES):
                continue
            response = client.get(page.path)
            response.close()
            status = response.status_code
            granted = isinstance(page.access, Permission) and rules.allowed(role, page.access)
            expected = (405, 404) if page.posts_only else (200, 302, 404)
            if (status in expected) != granted or (not granted and status != 403):
                wrong.append((role.value, page.name, status))
    assert wrong == []


def _body(response: HttpResponseBase) -> bytes:
    body = b"".join(response) if response.streaming else response.content
    response.close()
    return body


def test_the_city_sees_its_records_and_a_county_gets_not_one_word_of_them(pages: list[Entry]) -> None:
    """Content, not status: words that only the city's records hold never reach a county."""
    by_role = {member.role: member for member in members()}
    officer, liaison = by_role[Role.OFFICER], by_role[Role.LIAISON]
    with scope(officer.org.path):
        canaries = {
            text
            for label, field in (
                ("campaigns.duty", "task"),
                ("campaigns.suggestion", "text"),
                ("visits.visit", "progress"),
                ("visits.case", "text"),
                ("exchange.demand", "problem"),
                ("papers.paper", "source"),
            )
            for text in apps.get_model(label)
            .objects.exclude(org_path__startswith=liaison.org.path)
            .values_list(field, flat=True)[:20]
        }
    with scope(liaison.org.path):  # what the city sent down the tree is the county's to read
        told = "".join(Return.objects.values_list("notice_text", flat=True))
    canaries = {text[:40] for text in canaries if text[:40] not in told}
    seen: dict[str, int] = {}
    for member in (officer, liaison):
        client = Client()
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        bodies = [
            _body(client.get(page.path)).decode(errors="replace")
            for page in pages
            if not page.posts_only and "logout" not in page.name
        ]
        seen[member.role] = sum(canary in body for body in bodies for canary in canaries)
    assert seen[Role.OFFICER] > 20, "the control: the city must see them, or the test proves nothing"
    assert seen[Role.LIAISON] == 0


def test_a_get_writes_nothing(pages: list[Entry], house_db: str) -> None:
    """PostgreSQL itself refuses: a GET that tried would answer 500."""
    member = next(one for one in members() if one.role == Role.OFFICER)
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    for page in pages:
        if not page.posts_only and "logout" not in page.name:
            response = client.get(page.path)
            response.close()
            assert response.status_code < 500, page.name
