"""Many organisations answer one notice within some minutes, each by its own link, without an account.

A temporary database is filled, served by gunicorn as ./hearth up serves it, and each organisation opens its form, keeps a
draft and sends its answer, over HTTP on 127.0.0.1 and spread evenly over the time; every tenth presses 报送 twice at the
same moment. Then it is counted: nothing lost, nothing doubled, the roll-up right. The control puts the same answers in once
more behind every lock: refused by the unique key, and doubled in the roll-up once that key is gone.
Run:  ./hearth bench returns            3,000 organisations in ten minutes
      PYTHONPATH=.:src .venv/bin/python bench/returns/run.py --organisations 300 --minutes 1
"""

import argparse
import datetime
import os
import re
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench import served

from hearth.cli import house, serving

if TYPE_CHECKING:
    from hearth.apps.directory.models import Actor
    from hearth.apps.notices.models import Notice

_COUNTIES = 30
_CLIENTS = 16
_TWICE_EVERY = 10
_PATIENCE = 60
_FIELD = re.compile(r'name="(csrfmiddlewaretoken|base)" value="([^"]*)"')


@dataclass(frozen=True)
class Case:
    """One organisation's link, and the number that it reports."""

    path: str
    people: int
    twice: bool


@dataclass
class Timings:
    """Milliseconds of every request, by what it did, and what answered otherwise than it should."""

    taken: dict[str, list[float]] = field(default_factory=lambda: {"open": [], "draft": [], "send": []})
    wrong: list[str] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main(data: Path | None, organisations: int = 3000, minutes: float = 10.0) -> int:  # noqa: ARG001  # makes its own data
    """Fill, serve, load, count, print; 0 when nothing is lost or doubled."""
    with house.opened():
        from hearth.config.database import temporary

        serving.collect_static()
        with temporary(f"hearth_bench_{os.getpid()}"):
            notice, by, cases = _fill(organisations)
            with served.house(served.temporary_database()) as (port, _):
                timings = _load(port, cases, minutes * 60)
            _print(timings)
            return _count(notice, by, cases, timings)


def _fill(organisations: int) -> "tuple[Notice, Actor, list[Case]]":
    from hearth.apps.directory import actions as directory
    from hearth.apps.directory.models import Actor, Organisation
    from hearth.apps.directory.states import Kind
    from hearth.lib.wall import scope

    city = directory.found(code="C", name="试验市科协", short_name="市科协", kind=Kind.CITY)
    by = Actor.house(city)
    with scope(city.path):
        counties = _add(Kind.COUNTY, [(city, number) for number in range(1, _COUNTIES + 1)])
        places = [(counties[number % _COUNTIES], number // _COUNTIES + 1) for number in range(organisations)]
        _add(Kind.SCHOOL, places)
        assert Organisation.objects.filter(kind=Kind.SCHOOL).count() == organisations
        return _issue(by)


def _add(kind, places):  # type: ignore[no-untyped-def]  # Organisations below these, each with its number
    from hearth.apps.directory.models import Organisation

    return Organisation.objects.bulk_create(
        Organisation(
            code=f"{above.code}-{number}",
            name=f"试验{above.code}-{number}",
            short_name=f"{above.code}-{number}",
            kind=kind,
            parent=above,
            path=f"{above.path}{number:04d}.",
            contact="试验",
        )
        for above, number in places
    )


def _issue(by: "Actor") -> "tuple[Notice, Actor, list[Case]]":
    from django.urls import reverse

    from hearth.apps.campaigns import actions as campaigns
    from hearth.apps.directory.states import Kind
    from hearth.apps.links import queries as links
    from hearth.apps.links.states import Purpose
    from hearth.apps.notices import actions
    from hearth.apps.notices.models import Return

    today = datetime.date.today()  # noqa: DTZ011  # the house's own day
    week = datetime.timedelta(7)
    campaign = campaigns.start(
        org=by.org, name="试验活动", year=today.year, starts=today, ends=today + week, by=by
    )
    notice = actions.issue(
        campaign=campaign,
        number="TZ-1",
        title="试验通知",
        issuer=by.org,
        issued_on=today,
        receivers=[Kind.SCHOOL],
        due=today + week,
        by=by,
    )
    returns = Return.objects.filter(notice=notice).order_by("pk").values_list("pk", flat=True)
    given = links.of(Purpose.RETURN, returns)
    cases = [
        Case(reverse("public:return", args=[given[pk].token]), at % 97 + 1, at % _TWICE_EVERY == 0)
        for at, pk in enumerate(returns)
    ]
    return notice, by, cases


def _load(port: int, cases: Sequence[Case], seconds: float) -> Timings:
    """Each organisation begins at its own moment; how much later than that it could begin is kept too."""
    timings, begun = Timings(), time.perf_counter()

    def visit(at: int) -> None:
        due = begun + seconds * at / len(cases)
        time.sleep(max(0.0, due - time.perf_counter()))
        timings.late.append((time.perf_counter() - due) * 1000)
        try:
            _answer(port, cases[at], timings)
        except (OSError, RuntimeError) as trouble:
            timings.wrong.append(f"{cases[at].path}: {trouble}")

    with ThreadPoolExecutor(_CLIENTS) as clients:
        list(clients.map(visit, range(len(cases))))
    return timings


def _answer(port: int, case: Case, timings: Timings) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    status, page, cookie = _ask(connection, "GET", case.path, "open", timings)
    if status != 200:
        raise RuntimeError(f"the form answered {status}")
    said = {name: unescape(value) for name, value in _FIELD.findall(page)}
    said |= {"sessions": "2", "people": str(case.people), "outreach_events": "1", "digest": "试验"}
    body = urlencode(said)
    status, _page, _cookie = _ask(connection, "POST", f"{case.path}?saved", "draft", timings, body, cookie)
    if status != 200:
        raise RuntimeError(f"the draft answered {status}")
    sent = urlencode(said | {"do": "send"})
    second = None
    if case.twice:
        second = threading.Thread(target=_again, args=(port, case.path, timings, sent, cookie))
        second.start()
    status, _page, _cookie = _ask(connection, "POST", case.path, "send", timings, sent, cookie)
    if second:
        second.join()
    connection.close()
    if status != 302:
        raise RuntimeError(f"sending answered {status}")


def _again(port: int, path: str, timings: Timings, body: str, cookie: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    _ask(connection, "POST", path, "send", timings, body, cookie)
    connection.close()


def _ask(
    connection: HTTPConnection,
    method: str,
    path: str,
    what: str,
    timings: Timings,
    body: str = "",
    cookie: str = "",
) -> tuple[int, str, str]:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie} if body else {}
    begun = time.perf_counter()
    connection.request(method, path, body=body or None, headers=headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    taken = (time.perf_counter() - begun) * 1000
    with timings.lock:
        timings.taken[what].append(taken)
    return answer.status, page, (answer.headers.get("Set-Cookie") or "").partition(";")[0]


def _print(timings: Timings) -> None:
    print(
        "  ".join(
            f"{heading:>10}" for heading in ("request", "number", "median ms", "p95 ms", "p99 ms", "max ms")
        )
    )
    for what, taken in timings.taken.items():
        cuts = statistics.quantiles(taken, n=100)
        cells = (what, str(len(taken)), *(f"{one:.0f}" for one in (cuts[49], cuts[94], cuts[98], max(taken))))
        print("  ".join(f"{cell:>10}" for cell in cells))
    print(f"late at the start: {max(timings.late):.0f} ms at most; answered otherwise: {len(timings.wrong)}")
    for one in timings.wrong[:5]:
        print(f"  {one}")


def _count(notice: "Notice", by: "Actor", cases: Sequence[Case], timings: Timings) -> int:
    from hearth.apps.notices.models import Answer, Version
    from hearth.apps.notices.queries import rolling
    from hearth.lib.wall import scope

    with scope(by.path):
        begun = time.perf_counter()
        top = rolling.roll_up(notice, by=by)[0].total
        seconds = time.perf_counter() - begun
        kept = (Answer.objects.filter(key="people").count(), Version.objects.count())
    wanted = sum(case.people for case in cases)
    right = top.answered == len(cases) and top.of("people") == wanted and kept == (len(cases), len(cases))
    print(
        f"answered {top.answered} of {len(cases)}; people {top.of('people'):.0f}, sent {wanted}; answers and versions {kept}"
    )
    print(f"roll-up {seconds:.2f} s: {'right' if right else 'WRONG'}")
    doubled = _control(notice, by, wanted)
    return 0 if right and doubled and not timings.wrong else 1


def _control(notice: "Notice", by: "Actor", wanted: int) -> bool:
    """The same answers once more: the key refuses them; without it they double."""
    from django.conf import settings
    from django.db import IntegrityError, connection

    from hearth.apps.notices.queries import rolling
    from hearth.lib.wall import as_owner, scope

    try:
        _put_again(by.path)
    except IntegrityError:
        refused = True
    else:
        refused = False
    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_answer DROP CONSTRAINT answer_once")
    _put_again(by.path)
    with scope(by.path):
        people = rolling.roll_up(notice, by=by)[0].total.of("people")
    print(f"control: with the unique key {'refused' if refused else 'TAKEN'}; without it people {people:.0f}")
    return refused and people == 2 * wanted


def _put_again(path: str) -> None:
    from django.db import connection

    from hearth.lib.wall import scope

    columns = 'org_id, org_path, returned_id, notice_id, key, line, "column", number, text, file_id, counted'
    with scope(path), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO notices_answer ({columns}) SELECT {columns} FROM notices_answer")


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--organisations", type=int, default=3000)
    asked.add_argument("--minutes", type=float, default=10.0)
    given = asked.parse_args()
    sys.exit(main(None, given.organisations, given.minutes))
