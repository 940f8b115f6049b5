"""What a door loses when its database is killed again and again, and what a phone loses without a network.

A house of its own, with an embedded PostgreSQL of its own, is filled with an event and its tickets and served by gunicorn as
./hearth up serves it. Eight doors send every ticket over HTTP on 127.0.0.1, one request a scan, a tenth of the tickets a
second time at another door, while all processes of the database are killed (SIGKILL) and the database is started again. A
door that gets no answer sends the same scan with the same key until it gets one. Lost is a scan that was answered and is
not in the database; twice is a ticket that counts in two times.
The control does the same with synchronous_commit off, where an answer may come before the log is on disk: it must lose.
Then a phone (a real browser) scans without a network, is reloaded, and gets its network back.
Run:  ./hearth bench door       or  PYTHONPATH=.:src .venv/bin/python bench/door/run.py --tickets 1000 --kills 4
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import queue
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg
from bench import served

from hearth.config import environment
from hearth.lib import postgres
from hearth.lib.postgres import processes

_TICKETS = 10_000
_KILLS = 20
_DOORS = 8
_AGAIN = 0.1
_OFFLINE = 200
_PATIENCE = 60.0
_WAIT = 0.05
_HEADING = (
    "run",
    "tickets",
    "scans",
    "kills",
    "resent",
    "lost",
    "twice",
    "told in",
    "per s",
    "p50 ms",
    "p99 ms",
)


@dataclass(frozen=True)
class Event:
    """An event with its tickets, and the address of its door."""

    pk: int
    path: str
    door: str
    codes: tuple[str, ...]


@dataclass
class Answers:
    """What the doors were told: verdict by key, code by key, milliseconds of each, how often something was sent again."""

    verdicts: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    taken: list[float] = field(default_factory=list)
    resent: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, key: str, code: str, verdict: str, seconds: float, tries: int) -> None:
        with self.lock:
            self.verdicts[key], self.codes[key] = verdict, code
            self.taken.append(seconds * 1000)
            self.resent += tries - 1


def main(data: Path | None, tickets: int = _TICKETS, kills: int = _KILLS) -> int:  # noqa: ARG001  # makes its own data
    """Fill, serve, kill, count, print the table. 1 when something was lost or the control lost nothing."""
    with tempfile.TemporaryDirectory(prefix="hearth-door-") as folder, _house(Path(folder)) as server:
        print("  ".join(f"{heading:>9}" for heading in _HEADING))
        held = _killed("durable", server, tickets, kills)
        _commit_before_disk(server)
        lost = _killed("control", server, tickets, kills)
        kept = _without_network(min(_OFFLINE, tickets))
    return 0 if held == 0 and lost > 0 and kept else 1


def _killed(name: str, server: postgres.Server, tickets: int, kills: int) -> int:
    """One run; the number of answered scans that are lost or counted twice."""
    event = _event(name, tickets)
    scans = _dealt(event.codes)
    answers, begun = Answers(), time.perf_counter()
    with served.house(quiet=True) as (port, _):
        doors = [threading.Thread(target=_door, args=(port, event, scans, answers)) for _ in range(_DOORS)]
        for door in doors:
            door.start()
        _kill(server, kills, len(event.codes) + round(len(event.codes) * _AGAIN), answers)
        for door in doors:
            door.join()
    seconds = time.perf_counter() - begun
    lost, twice = _missing(event, answers), _counted_twice(event)
    told = Counter(answers.codes[key] for key, verdict in answers.verdicts.items() if verdict == "admitted")
    row = (
        name,
        len(event.codes),
        len(answers.verdicts),
        kills,
        answers.resent,
        lost,
        twice,
        sum(number > 1 for number in told.values()),
        f"{len(answers.verdicts) / seconds:.0f}",
        f"{statistics.median(answers.taken):.0f}",
        f"{statistics.quantiles(answers.taken, n=100)[-1]:.0f}",
    )
    print("  ".join(f"{cell:>9}" for cell in row), flush=True)
    return lost + twice


def _dealt(codes: tuple[str, ...]) -> queue.SimpleQueue[str]:
    """Every ticket once, a tenth of them again, in one shuffled row from which all doors take."""
    chance = random.Random(0)
    row = [*codes, *chance.sample(codes, round(len(codes) * _AGAIN))]
    chance.shuffle(row)
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for code in row:
        waiting.put(code)
    return waiting


def _door(port: int, event: Event, scans: queue.SimpleQueue[str], answers: Answers) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    while True:
        try:
            code = scans.get_nowait()
        except queue.Empty:
            connection.close()
            return
        key, begun, tries = str(uuid.uuid4()), time.perf_counter(), 1
        while (verdict := _send(connection, event.door, key, code)) is None:
            time.sleep(_WAIT)
            tries += 1
        answers.keep(key, code, verdict, time.perf_counter() - begun, tries)


def _send(connection: HTTPConnection, door: str, key: str, code: str) -> str | None:
    """Send a scan; the verdict, None when there was no answer."""
    now = datetime.datetime.now(datetime.UTC).isoformat()
    body = json.dumps({"scans": [{"key": key, "act": "in", "said": code, "at": now}]})
    try:
        connection.request("POST", f"{door}scans/", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
    except (OSError, HTTPException):
        connection.close()
        return None
    return str(json.loads(said)["answers"][0]["verdict"]) if answer.status == 200 else None


def _kill(server: postgres.Server, kills: int, scans: int, answers: Answers) -> None:
    """Kill the whole database each time another part of the scans is answered, and start it again."""
    for number in range(1, kills + 1):
        while len(answers.verdicts) < scans * number // (kills + 1):
            time.sleep(0.002)
        for pid in processes.marked(processes.mark(server.data)):
            os.kill(pid, signal.SIGKILL)
        postgres.start(server.folder)


def _missing(event: Event, answers: Answers) -> int:
    rows = _asked("SELECT key::text FROM outreach_scan WHERE event_id = %s", event)
    return len(set(answers.verdicts) - {key for (key,) in rows})


def _counted_twice(event: Event) -> int:
    return len(
        _asked(
            "SELECT registration_id FROM outreach_scan WHERE event_id = %s AND verdict = 'admitted'"
            " AND undone_at IS NULL GROUP BY registration_id HAVING count(*) > 1",
            event,
        )
    )


def _asked(question: str, event: Event) -> list[tuple[str]]:
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        database.execute("SELECT set_config('hearth.scope', %s, true)", [event.path])
        return database.execute(question, [event.pk]).fetchall()


def _without_network(number: int) -> bool:
    """Scan so many tickets in a browser without a network, reload it, and give the network back: is each there once?"""
    from playwright.sync_api import sync_playwright

    from hearth.lib import browsers

    event = _event("offline", number)
    with served.house(quiet=True) as (port, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(browsers.find()), args=list(browsers.launch_arguments())
        )
        context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
        page = context.new_page()
        page.goto(event.door)
        page.wait_for_selector("[data-kept=yes]")
        page.wait_for_function("async (number) => (await all('tickets')).length === number", arg=number)
        context.set_offline(offline=True)
        page.evaluate("async (codes) => { for (const code of codes) await act('in', code); }", event.codes)
        page.reload()
        page.wait_for_selector(f"#queue[data-waiting='{number}']")
        kept = page.evaluate("async () => (await all('queue')).length")
        context.set_offline(offline=False)
        page.wait_for_selector("#queue[data-waiting='0']", timeout=_PATIENCE * 1000)
        browser.close()
    admitted = _asked(
        "SELECT key::text FROM outreach_scan WHERE event_id = %s AND verdict = 'admitted'", event
    )
    print(
        f"offline: {number} scans, {kept} kept across the reload, {len(admitted)} counted in once, "
        f"{_counted_twice(event)} twice"
    )
    return kept == len(admitted) == number and _counted_twice(event) == 0


@contextmanager
def _house(folder: Path) -> Iterator[postgres.Server]:
    """A house of its own on a database of its own, whose every commit is on disk before it is answered."""
    os.environ["HEARTH_DATA"] = str(folder / "data")
    server = postgres.start(folder / "postgres")
    try:
        postgres.prepare(server)
        environment.use_database(postgres.url(server, postgres.APP, "hearth"))
        from hearth.cli import house, serving

        with house.opened():
            serving.collect_static()
            yield server
    finally:
        postgres.stop(server)


def _commit_before_disk(server: postgres.Server) -> None:
    with psycopg.connect(postgres.url(server, "postgres", "postgres"), autocommit=True) as database:
        database.execute("ALTER DATABASE hearth SET synchronous_commit = off")


def _event(name: str, tickets: int) -> Event:
    """An event of today with so many tickets of one person each, and its door."""
    from django.db import connection
    from django.urls import reverse
    from django.utils import timezone

    from hearth.apps.campaigns import actions as campaigns
    from hearth.apps.directory import actions as directory
    from hearth.apps.directory import queries
    from hearth.apps.directory.models import Actor
    from hearth.apps.directory.states import Kind, PersonKind
    from hearth.apps.outreach import actions
    from hearth.apps.outreach.models import OutreachEvent, Registration
    from hearth.apps.outreach.states import Standing
    from hearth.lib.wall import scope

    connection.close()  # the database may have been killed since
    today = timezone.localdate()
    city = queries.root() or directory.found(code="C", name="试验市科协", short_name="市科协", kind=Kind.CITY)
    by = Actor.house(city)
    with scope(city.path):
        person = directory.add_person(org=city, name=f"试验{name}", kind=PersonKind.CADRE, by=by)
        campaign = campaigns.start(org=city, name=name, year=today.year, starts=today, ends=today, by=by)
        event = actions.plan_event(
            campaign=campaign,
            number="KP-1",
            name=f"试验专场 {name}",
            school=city,
            held_on=today,
            person=person,
            capacity=tickets,
            by=by,
        )
        made = Registration.objects.bulk_create(
            Registration(
                org=city,
                org_path=city.path,
                event=event,
                name=f"来人{number}",
                unit="试验单位",
                contact=f"139{number:08d}",
                party=1,
                standing=Standing.HELD,
                code=f"{name[0].upper()}{number:07d}",
            )
            for number in range(tickets)
        )
        OutreachEvent.objects.filter(pk=event.pk).update(taken=tickets)
        door = reverse("public:door", args=[actions.open_door(event=event, by=by).token])
    connection.close()
    return Event(event.pk, city.path, door, tuple(one.code for one in made))


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    wanted.add_argument("--tickets", type=int, default=_TICKETS)
    wanted.add_argument("--kills", type=int, default=_KILLS)
    chosen = wanted.parse_args()
    sys.exit(main(None, chosen.tickets, chosen.kills))
