"""./hearth backup and restore: the database and the evidence files in one archive, with a checksum of each part."""

import hashlib
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from hearth.cli import house
from hearth.lib import postgres
from hearth.lib.faults import Fault, Refused

DATABASE = "database.dump"
CONTENTS = "contents.json"
FORMAT = 1


def backup(file: Path) -> None:
    with house.opened():
        parts = {DATABASE: _run("pg_dump", "--format=custom", "--no-owner")}
        media = _media()
        for kept in sorted(media.rglob("*")) if media.exists() else ():
            if kept.is_file():
                parts[f"files/{kept.relative_to(media)}"] = kept.read_bytes()
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
    with _written(file) as place, tarfile.open(place, "w:gz") as archive:
        _add(archive, CONTENTS, json.dumps({"format": FORMAT, "sha256": sums}).encode())
        for name, data in parts.items():
            _add(archive, name, data)
    _say(f"已备份到 {file}：数据库和 {len(parts) - 1} 个文件。")


def restore(file: Path) -> None:
    """Fill an empty house. A damaged archive, or a house that holds something, changes nothing."""
    parts = _read(file)
    with house.opened():
        _require_empty(file)
        for name, data in parts.items():
            if name != DATABASE:
                place = _media() / name.removeprefix("files/")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            given=parts[DATABASE],
        )
    _say(f"已恢复：数据库和 {len(parts) - 1} 个文件。")


def _run(program: str, *options: str, given: bytes | None = None) -> bytes:
    """Run a client program of PostgreSQL as the owner of the database."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    surroundings: dict[str, str] = {
        **os.environ,
        "PGHOST": str(database["HOST"]),
        "PGPORT": str(database["PORT"]),
        "PGUSER": settings.OWNER_LOGIN["USER"],
        "PGPASSWORD": settings.OWNER_LOGIN["PASSWORD"],
    }
    target = ["--dbname", str(database["NAME"])]
    command = [str(_client(program)), *options, *target]
    done = subprocess.run(  # noqa: S603  # a program of PostgreSQL with our own arguments
        command,
        input=given,
        capture_output=True,
        env={name: value for name, value in surroundings.items() if value},
        check=False,
    )
    if done.returncode:
        raise Refused([Fault(file=program, cure=done.stderr.decode(errors="replace").strip()[:500])])
    return done.stdout


def _client(program: str) -> Path:
    """The program of the newest PostgreSQL here that has it; an older one cannot read a newer server."""
    places = [*postgres.machine_binaries(), *postgres.wheel_binaries()]
    from django.db import connection

    major = connection.cursor().connection.info.server_version // 10000
    for place in places:
        if (place / program).exists() and (postgres.binaries.major_of(place) or 0) >= major:
            return place / program
    raise Refused(
        [
            Fault(
                file=program,
                cure=f"没有找到 PostgreSQL {major} 的 {program}，请安装 postgresql-client-{major}",
            )
        ]
    )


def _media() -> Path:
    from django.conf import settings

    return Path(settings.MEDIA_ROOT)


def _require_empty(file: Path) -> None:
    from hearth.apps.directory import queries

    if queries.root() is not None:
        raise Refused(
            [
                Fault(
                    file=file.name,
                    cure="这个库里已经有内容，只能恢复到空库。请换一个 HEARTH_DATA 或空的数据库",
                )
            ]
        )


def _read(file: Path) -> dict[str, bytes]:
    """The parts of a backup, each as its checksum says."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            parts = {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}  # type: ignore[union-attr]  # only files
        contents = json.loads(parts.pop(CONTENTS))
    except (tarfile.TarError, KeyError, ValueError, EOFError, OSError) as error:
        raise Refused([Fault(file=file.name, cure="不是完整的备份文件，请换一份")]) from error
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
    if contents["format"] != FORMAT or sums != contents["sha256"]:
        raise Refused([Fault(file=file.name, cure="备份文件有损坏，没有恢复。请换一份")])
    if any(".." in Path(name).parts or name.startswith("/") for name in parts):
        raise Refused([Fault(file=file.name, cure="备份文件里有不该有的路径，没有恢复")])
    return parts


@contextmanager
def _written(file: Path) -> Iterator[Path]:
    """A place beside ``file`` that takes its name when it is complete."""
    place = file.with_name(f"{file.name}.part")
    try:
        yield place
        place.replace(file)
    finally:
        place.unlink(missing_ok=True)


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


def _say(text: str) -> None:
    Console(stderr=True).print(text, markup=False)
