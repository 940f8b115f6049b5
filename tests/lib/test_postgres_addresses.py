"""DATABASE_URL, read and written."""

from pathlib import Path

import pytest

from hearth.lib import postgres
from hearth.lib.postgres import Account, Server, Way

HOUSE = Path("/tmp/众创 之家")
SERVER = Server(HOUSE, HOUSE, HOUSE, 5432, HOUSE, Account(Way.SELF, 1, 1, HOUSE), reused=False)


def test_every_part_is_read_and_decoded() -> None:
    assert postgres.parse("postgres://li%40city:p%2Fw@db.example:6432/hearth?sslmode=require") == {
        "HOST": "db.example",
        "PORT": "6432",
        "USER": "li@city",
        "PASSWORD": "p/w",
        "NAME": "hearth",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "address",
    ["postgresql://a@/hearth?host=/run/postgresql", "postgresql://a@%2Frun%2Fpostgresql/hearth"],
)
def test_a_socket_folder_is_a_host(address: str) -> None:
    settings = postgres.parse(address)
    assert (settings["HOST"], settings["PORT"], settings["USER"]) == ("/run/postgresql", "", "a")


def test_a_servers_address_reads_back() -> None:
    settings = postgres.parse(postgres.url(SERVER, "hearth_app", "test_1?"))
    assert settings == {
        "HOST": str(HOUSE),
        "PORT": "5432",
        "USER": "hearth_app",
        "PASSWORD": "",
        "NAME": "test_1?",
        "OPTIONS": {},
    }


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "the scheme is missing"),
        ("sqlite:///x.db", "the scheme is sqlite"),
        ("postgresql://a@b", "the database's name is missing"),
        ("postgresql://a@b:port/c", "port"),
        ("postgresql://a@b/c?sslmode", "bad query field"),
    ],
)
def test_a_wrong_address_says_what_a_right_one_looks_like(address: str, why: str) -> None:
    with pytest.raises(
        ValueError, match=rf"DATABASE_URL: .*{why}.*postgresql://user:password@host:5432/name"
    ):
        postgres.parse(address)
