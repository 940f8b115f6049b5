"""How fast the desk's lists answer in a house with 10,000 people, duties and demands.

A temporary database is filled, served by gunicorn as ./hearth up serves it, and each page is asked for over one
connection, one request after the other, after a warm-up: 100 times, or until its seconds are over. The floor beside it is
psycopg alone: the same rows and their count behind the same wall, without a page around them. It is no other product,
only what the database itself takes; the ratio tells what the page costs on top.
Run:  ./hearth bench pages
"""

import datetime
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from bench import served

from hearth.cli import house, serving

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign
    from hearth.apps.directory.models import Organisation

_ROWS = 10_000
_ENTERPRISES = 100
_ROUNDS = 100
_SECONDS = 3.0
_WARM_UP = 4
_PER_PAGE = 50
_PATIENCE = 60
_FIELDS = ("材料", "机械", "农业", "医药", "软件")
_HEADING = ("page", "requests", "median ms", "p95 ms", "KB", "floor ms", "ratio")


@dataclass(frozen=True)
class Floor:
    """The rows of a page as plain SQL: columns, tables with their conditions, order, and the part that is shown."""

    columns: str
    source: str
    order: str
    values: tuple[object, ...] = ()
    offset: int = 0
    limit: int | None = _PER_PAGE


@dataclass(frozen=True)
class Asked:
    """One page of the table: its address and its floor."""

    name: str
    path: str
    floor: Floor


@dataclass(frozen=True)
class Filled:
    """The filled house: the path of its city, its campaign and the session of somebody signed in."""

    path: str
    campaign: int
    session: str


def main(data: Path | None) -> int:  # noqa: ARG001  # every bench is called alike; this one makes its own data
    """Fill, serve, measure, print the table."""
    with house.opened():
        from hearth.config.database import temporary

        serving.collect_static()
        with temporary(f"hearth_bench_{os.getpid()}"):
            filled, address = _fill(), served.temporary_database()
            with served.house(address) as (port, _), psycopg.connect(address) as database:
                print("  ".join(f"{heading:>12}" for heading in _HEADING))
                for asked in _pages(filled):
                    print(
                        "  ".join(f"{cell:>12}" for cell in _row(asked, port, database, filled)), flush=True
                    )
    return 0


def _pages(filled: Filled) -> tuple[Asked, ...]:
    people = (
        "p.name, o.name, p.post, p.title, p.kind, p.field, p.phone",
        "directory_person p JOIN directory_organisation o ON o.id = p.org_id",
        "o.path, p.name, p.id",
    )
    demands = (
        "d.title, d.number, o.name, d.field, d.funds, d.due, d.secrecy",
        "exchange_demand d JOIN directory_organisation o ON o.id = d.org_id",
        "d.number, d.id",
    )
    duties = (
        "t.task, p.name, o.short_name, t.due, t.state, t.evidence",
        "campaigns_duty t JOIN directory_person p ON p.id = t.person_id"
        " JOIN directory_organisation o ON o.id = t.lead_id",
        "t.due, t.number, t.id",
    )
    return (
        *_list("people", "/desk/people/", people, "kind=expert", "p.kind = 'expert'", "p.name"),
        *_list("demands", "/desk/demands/", demands, "secrecy=public", "d.secrecy = 'public'", "d.title"),
        *_list(
            "duties",
            f"/desk/campaigns/{filled.campaign}/duties/",
            duties,
            "part=visits",
            "t.part = 'visits'",
            "t.task",
        ),
    )


def _list(
    name: str, path: str, plain: tuple[str, str, str], chosen: str, kept: str, searched: str
) -> tuple[Asked, ...]:
    """A list five times: first page, page 100, filtered, searched, as Excel."""
    columns, source, order = plain
    found = f"{source} WHERE {searched} ILIKE %s"
    return (
        Asked(name, path, Floor(columns, source, order)),
        Asked(f"{name} deep", f"{path}?page=100", Floor(columns, source, order, offset=99 * _PER_PAGE)),
        Asked(f"{name} kept", f"{path}?{chosen}", Floor(columns, f"{source} WHERE {kept}", order)),
        Asked(f"{name} found", f"{path}?q=77", Floor(columns, found, order, values=("%77%",))),
        Asked(f"{name} xlsx", f"{path}?export=xlsx", Floor(columns, source, order, limit=None)),
    )


def _row(asked: Asked, port: int, database: psycopg.Connection, filled: Filled) -> tuple[str, ...]:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    size = 0

    def ask() -> None:
        nonlocal size
        size = _get(connection, asked.path, filled.session)

    page = _timed(ask)
    connection.close()
    floor = _timed(lambda: _fetch(database, asked.floor, filled.path))
    median, lowest = statistics.median(page), statistics.median(floor)
    return (
        asked.name,
        str(len(page)),
        f"{median:.1f}",
        f"{statistics.quantiles(page, n=20)[-1]:.1f}",
        f"{size / 1024:.0f}",
        f"{lowest:.1f}",
        f"{median / lowest:.1f}",
    )


def _timed(once: Callable[[], None]) -> list[float]:
    """Milliseconds of each round, at least two."""
    for _ in range(_WARM_UP):
        once()
    taken: list[float] = []
    end = time.perf_counter() + _SECONDS
    while len(taken) < _ROUNDS and (len(taken) < 2 or time.perf_counter() < end):
        begun = time.perf_counter()
        once()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _get(connection: HTTPConnection, path: str, session: str) -> int:
    """Ask for a page and read it whole; its size in bytes. Anything but the page itself ends the bench."""
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return len(body)


def _fetch(database: psycopg.Connection, floor: Floor, path: str) -> None:
    with database.transaction(), database.cursor() as cursor:
        cursor.execute("SELECT set_config('hearth.scope', %s, true)", [path])
        cursor.execute(
            f"SELECT {floor.columns} FROM {floor.source} ORDER BY {floor.order} LIMIT %s OFFSET %s",
            [*floor.values, floor.limit, floor.offset],
        )
        cursor.fetchall()
        if floor.limit is not None:
            cursor.execute(f"SELECT count(*) FROM {floor.source}", floor.values)
            cursor.fetchall()


def _fill() -> Filled:
    """A city with its enterprises, people, demands and one campaign with its duties; an officer is signed in."""
    from hearth.apps.accounts.models import User
    from hearth.apps.directory import actions
    from hearth.apps.directory.models import Actor, Organisation
    from hearth.apps.directory.states import Kind, Role
    from hearth.lib.wall import scope

    city = actions.found(code="C", name="试验市科协", short_name="市科协", kind=Kind.CITY)
    by = Actor.house(city)
    with scope(city.path):
        actions.declare_example(by=by)  # the example asks for no second factor
        user = User.objects.create(username="bench", name="干事甲")
        actions.appoint(user=user, org=city, role=Role.OFFICER, by=by)
        enterprises = Organisation.objects.bulk_create(
            Organisation(
                code=f"E{number}",
                name=f"试验第{number}厂",
                short_name=f"{number}厂",
                kind=Kind.ENTERPRISE,
                parent=city,
                path=f"{city.path}{number:04d}.",
            )
            for number in range(1, _ENTERPRISES + 1)
        )
        campaign = _fill_tables(city, enterprises)
    _analyse()
    return Filled(city.path, campaign.pk, _session(user.pk))


def _fill_tables(city: "Organisation", enterprises: list["Organisation"]) -> "Campaign":
    from hearth.apps.campaigns import actions as campaigns
    from hearth.apps.campaigns.models import Duty
    from hearth.apps.campaigns.states import Part
    from hearth.apps.directory.models import Actor, Person
    from hearth.apps.directory.states import PersonKind
    from hearth.apps.exchange.models import Demand
    from hearth.apps.exchange.states import Secrecy

    day = datetime.date(2020, 5, 21)
    campaign = campaigns.start(
        org=city,
        name="试验日活动",
        year=2020,
        starts=day,
        ends=day + datetime.timedelta(20),
        by=Actor.house(city),
    )
    owners = [(number, enterprises[number % _ENTERPRISES]) for number in range(_ROWS)]
    people = Person.objects.bulk_create(
        Person(
            org=org,
            org_path=org.path,
            name=f"试验{number}",
            kind=PersonKind.values[number % 6],
            field=_FIELDS[number % 5],
            phone=f"1990000{number:04d}",
        )
        for number, org in owners
    )
    Demand.objects.bulk_create(
        Demand(
            org=org,
            org_path=org.path,
            campaign=campaign,
            number=f"XQ-{number:05d}",
            title=f"第{number}项试验难题",
            field=_FIELDS[number % 5],
            problem="试验用的主要问题。" * 20,
            indicators="试验用的技术指标",
            keywords="试验",
            funds=number % 300,
            due=day + datetime.timedelta(number % 200),
            secrecy=Secrecy.values[number % 3],
        )
        for number, org in owners
    )
    Duty.objects.bulk_create(
        Duty(
            org=city,
            org_path=city.path,
            campaign=campaign,
            number=f"RW-{number:05d}",
            part=Part.values[number % 10],
            task=f"第{number}项试验任务",
            lead=org,
            person=people[number],
            due=day + datetime.timedelta(number % 20),
        )
        for number, org in owners
    )
    return campaign


def _analyse() -> None:
    """What autovacuum would soon do by itself."""
    from django.conf import settings
    from django.db import connection

    from hearth.lib.wall import as_owner

    with as_owner(settings.OWNER_LOGIN), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _session(user: int) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from hearth.apps.accounts.models import User

    session = SessionStore()
    session[SESSION_KEY] = str(user)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = User.objects.get(pk=user).get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    sys.exit(main(None))
