"""A served house with the example campaign in it, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, sync_playwright

from hearth.config.environment import HOME
from hearth.lib import browsers
from tests import databases

DATA = Path(os.environ["HEARTH_DATA"])
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def example(migrated: str, django_db_blocker) -> str:
    """The name of a database that holds the loaded example; made once a run."""
    from hearth.cli import example as loader
    from hearth.cli.serving import EXAMPLE

    name = f"test_example_{os.environ['HEARTH_TEST_RUN']}"
    with databases.one_at_a_time(DATA, "example"), django_db_blocker.unblock():
        if not databases.exists(name):
            databases.copy(migrated, f"{name}_making")
            with databases.use(f"{name}_making"):
                loader.load(EXAMPLE, lambda step: None)
            databases.rename(f"{name}_making", name)
    return name


@pytest.fixture(scope="session")
def static(django_db_blocker) -> None:
    """The collected static files, as a served house has them; this process may have read an older list of them."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    from hearth.cli.serving import collect_static

    with databases.one_at_a_time(DATA, "static"):
        collect_static()
    staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()


@dataclass(frozen=True)
class House:
    """A served house: where it answers, the name of its database, and the cookies of those who came in before."""

    address: str
    database: str
    cookies: dict[str, StorageState] = field(default_factory=dict)


@pytest.fixture(scope="module")
def house(example: str, static: None, own_name: str, request: pytest.FixtureRequest) -> Iterator[House]:
    """A server of its own for each module, on a fresh copy of the example."""
    name = f"test_served_{own_name}"
    databases.copy(example, name)
    port = _free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "hearth.config.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--threads=4",
            "--worker-class=gthread",
            "--no-control-socket",
            "--log-level=warning",
        ],
        env={**os.environ, "DATABASE_URL": databases.address(name), "PYTHONPATH": str(HOME / "src")},
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield House(f"http://127.0.0.1:{port}", name)
    finally:
        process.terminate()
        process.wait(20)
        databases.drop(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(browsers.find()), args=list(browsers.launch_arguments())
        )
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """Open a page in a new session; at the end no script failed and nothing was asked from outside."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(path: str = "/", *, as_: str = "", size: dict[str, int] = DESK, **options) -> Page:
        context = browser.new_context(
            base_url=house.address,
            viewport=size,
            locale="zh-CN",
            storage_state=house.cookies.get(as_),
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("console", lambda said: _is_trouble(said) and troubles.append(f"console: {said.text}"))
        page.on("request", lambda asked: _is_ours(asked.url, house) or troubles.append(f"asked: {asked.url}"))
        if as_ and as_ not in house.cookies:
            enter(page, as_)
            house.cookies[as_] = context.storage_state()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def enter(page: Page, username: str) -> None:
    """Sign in by the example's button."""
    page.goto("/account/login/")
    page.locator(f"form[action='/enter/{username}/'] button").click()
    page.wait_for_load_state()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def _is_trouble(said: ConsoleMessage) -> bool:
    """An error, except that a form was refused (422): what the page then says is for its test to read."""
    return said.type == "error" and "status of 422" not in said.text


def _is_ours(url: str, house: House) -> bool:
    return url.startswith((house.address, "data:"))
