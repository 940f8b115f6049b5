"""The page of a public event: requests a second and CPU a request, beside pretix's own event page on the same machine.

Both are asked by the same client, in turn, several times; both have two workers, and their databases lie in the same
PostgreSQL. The house runs as ./hearth up serves it, with 50 other events and one asked for; pretix as its documentation says
(peer.py). Told is the median of the rounds. The house's rows: a visitor who comes for the first time (the page whole), the
same with every asking preceded by a registration in another process (nothing can be kept), and one who comes again (304).
It fails when a place that was taken is not told by the very next answer.
Run:  ./hearth bench public      HEARTH_BENCH_PEERS=1 makes pretix's environment, about 5 minutes.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import os
import re
import statistics
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from bench import served
from bench.public import load, peer

from hearth.config import environment
from hearth.lib import postgres

_FOLDER = environment.HOME / ".hearth" / "bench" / "public"
_CONNECTIONS = (2, 8)
_ROUNDS = 5
_SECONDS = 5.0
_WARM_UP = 2.0
_EVENTS = 50
_PLACES = 500
_HEADING = ("page", "at once", "per s", "p50 ms", "p99 ms", "CPU ms", "bytes")


@dataclass(frozen=True)
class Served:
    """A page that answers: the port, its path, the process of its server, and what a visitor sends along."""

    name: str
    port: int
    path: str
    process: int
    headers: str = ""


def main(data: Path | None, rounds: int = _ROUNDS, seconds: float = _SECONDS) -> int:  # noqa: ARG001  # makes its own data
    """Serve both, ask in turn, print the table and the ratios. 1 when a taken place was not told at once."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    server = postgres.start(_FOLDER / "postgres")
    try:
        with _house(server) as address, served.house() as (port, process):
            true_at_once = _tells_at_once(port, address)
            pages = [
                Served("hearth", port, address, process),
                Served("hearth, again", port, address, process, _validators(port, address)),
            ]
            with _peer(server) as found:
                _compare([*pages, *found], rounds, seconds)
            with _registering():
                _compare([Served("hearth, changing", port, address, process)], rounds, seconds)
    finally:
        postgres.stop(server)
    print(f"a place that is taken is told by the next answer: {'yes' if true_at_once else 'NO'}")
    return 0 if true_at_once else 1


def _compare(pages: list[Served], rounds: int, seconds: float) -> None:
    print("  ".join(f"{heading:>16}" for heading in _HEADING), flush=True)
    for page in pages:
        _ask(page, max(_CONNECTIONS), _WARM_UP)
    for connections in _CONNECTIONS:
        runs = [[_ask(page, connections, seconds) for page in pages] for _ in range(rounds)]
        found = [_median([one[at] for one in runs]) for at in range(len(pages))]
        for page, one in zip(pages, found, strict=True):
            row = (
                page.name,
                connections,
                f"{one.rate:.0f}",
                f"{one.p50:.1f}",
                f"{one.p99:.1f}",
                f"{one.cpu:.2f}",
                one.size,
            )
            print("  ".join(f"{cell:>16}" for cell in row), flush=True)
        if pages[-1].name == "pretix":
            ratios = [one[0].rate / one[-1].rate for one in runs]
            print(
                f"hearth / pretix at {connections}: {statistics.median(ratios):.1f} times the requests a second "
                f"({min(ratios):.1f}—{max(ratios):.1f}), {found[-1].cpu / found[0].cpu:.1f} times less CPU, "
                f"p99 {found[0].p99:.0f} against {found[-1].p99:.0f} ms",
                flush=True,
            )


def _ask(page: Served, connections: int, seconds: float) -> load.Load:
    return load.run(
        page.port, page.path, page.process, connections=connections, seconds=seconds, headers=page.headers
    )


def _median(runs: list[load.Load]) -> load.Load:
    return load.Load(
        rate=statistics.median(one.rate for one in runs),
        p50=statistics.median(one.p50 for one in runs),
        p99=statistics.median(one.p99 for one in runs),
        cpu=statistics.median(one.cpu for one in runs),
        size=runs[0].size,
    )


@contextmanager
def _house(server: postgres.Server) -> Iterator[str]:
    """A new house with its events; gives the path of one."""
    os.environ["HEARTH_DATA"] = str(_FOLDER / "house")
    with psycopg.connect(postgres.url(server, peer.SUPERUSER, "postgres"), autocommit=True) as database:
        database.execute("DROP DATABASE IF EXISTS hearth")
    postgres.prepare(server)
    environment.use_database(postgres.url(server, postgres.APP, "hearth"))
    from hearth.cli import house, serving

    with house.opened():
        serving.collect_static()
        yield _event()


@contextmanager
def _peer(server: postgres.Server) -> Iterator[list[Served]]:
    """pretix with its event, or nothing and why."""
    with peer.cache(_FOLDER):
        try:
            peer.prepare(_FOLDER, server)
        except peer.NotThere as missing:
            print(f"pretix not measured: {missing}")
            yield []
            return
        with served.answering(
            lambda port: peer.command(_FOLDER, port, served.WORKERS),
            peer.PAGE,
            surroundings=peer.surroundings(_FOLDER),
            folder=_FOLDER / "empty",
        ) as (port, process):
            yield [Served("pretix", port, peer.PAGE, process)]


def _validators(port: int, path: str) -> str:
    """What a browser sends that was here before."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return f"Cookie: {cookie}\r\nIf-None-Match: {answer.headers['ETag']}\r\n"


def _tells_at_once(port: int, path: str) -> bool:
    """Register 20 times; after each, the next answer tells one place less."""
    told = []
    for number in range(20):
        told.append(_free(port, path))
        _register(f"试验{number}", f"at-once-{time.time_ns()}@example.cn")
    told.append(_free(port, path))
    return [before - 1 for before in told[:-1]] == told[1:]


def _free(port: int, path: str) -> int:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        body = gzip.decompress(answer.read()).decode()
    found = re.search(r"还有 (\d+) 个名额", body)
    assert found, "the page says nothing of places"
    return int(found.group(1))


@contextmanager
def _registering() -> Iterator[None]:
    """Places are taken and given back all the time, so that no page stays true for long."""
    ended = threading.Event()

    def go_on() -> None:
        from django.db import connection

        while not ended.wait(0.02):
            _give_back(_register("来去", f"changing-{time.time_ns()}@example.cn"))
        connection.close()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _event() -> str:
    """The path of a public event with places, among others."""
    from django.utils import timezone

    from hearth.apps.campaigns import actions as campaigns
    from hearth.apps.directory import actions as directory
    from hearth.apps.directory.models import Actor
    from hearth.apps.directory.states import Kind, PersonKind, Role
    from hearth.apps.outreach import actions
    from hearth.lib.wall import scope

    city = directory.found(code="C", name="试验市科协", short_name="市科协", kind=Kind.CITY)
    by = Actor(org=city, role=Role.OFFICER, user_id=None, name="干事甲")
    today = timezone.localdate()
    with scope(city.path):
        person = directory.add_person(org=city, name="试验", kind=PersonKind.CADRE, by=by)
        campaign = campaigns.start(org=city, name="试验日", year=today.year, starts=today, ends=today, by=by)
        campaigns.publish(campaign=campaign, by=by)
        for number in range(_EVENTS):
            event = actions.plan_event(
                campaign=campaign,
                number=f"KP-{number}",
                name=f"科普进校园 第{number}场",
                school=city,
                held_on=today + datetime.timedelta(30),
                starts=datetime.time(9),
                ends=datetime.time(11),
                place="第二中学操场",
                about="展板、读本和两个小实验，四年级以上都听得懂。" * 6,
                person=person,
                capacity=_PLACES,
                by=by,
            )
            shown = actions.publish_event(event=event, by=by)
    global _measured
    _measured = event.pk
    return shown.get_absolute_url()


_measured = 0


def _register(name: str, contact: str):  # type: ignore[no-untyped-def]
    from hearth.apps.directory import queries
    from hearth.apps.directory.models import Actor
    from hearth.apps.outreach import actions
    from hearth.apps.outreach.models import OutreachEvent
    from hearth.lib.wall import scope

    city = queries.root()
    assert city
    with scope(city.path):
        event = OutreachEvent.objects.get(pk=_measured)
        return actions.sign_up(event=event, name=name, unit="试验单位", contact=contact, by=Actor.house(city))


def _give_back(registration) -> None:  # type: ignore[no-untyped-def]
    from hearth.apps.directory.models import Actor
    from hearth.apps.outreach import actions
    from hearth.lib.wall import scope

    with scope(registration.org.path):
        actions.give_up(registration=registration, by=Actor.house(registration.org))


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    wanted.add_argument("--rounds", type=int, default=_ROUNDS)
    wanted.add_argument("--seconds", type=float, default=_SECONDS)
    chosen = wanted.parse_args()
    sys.exit(main(None, chosen.rounds, chosen.seconds))
