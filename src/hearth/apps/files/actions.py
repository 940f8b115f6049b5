"""Keeping evidence: checked by content, stored once by hash, registered to an organisation."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

import puremagic
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from hearth.apps.audit import actions as audit
from hearth.apps.audit.actions import Doer
from hearth.apps.files.models import File
from hearth.apps.files.queries import place_of
from hearth.apps.files.states import LIMITS, Kind
from hearth.lib import archives
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused

OFFICE = (Kind.DOCX, Kind.XLSX)


class Receiver(Protocol):
    """An organisation that is handed a file."""

    @property
    def pk(self) -> int: ...
    @property
    def path(self) -> str: ...


class FileRefused(Exception):
    """A file that is not taken; the message names the file, the reason and the cure."""


@transaction.atomic
def keep(*, name: str, data: bytes, by: Doer) -> File:
    """Store ``data`` under its hash and register it. The same file of the same organisation is registered once."""
    name = PurePosixPath(name.replace("\\", "/")).name.strip()[:200]
    kind = _checked_kind(name, data)
    digest = hashlib.sha256(data).hexdigest()
    _store(digest, data)
    file, created = File.objects.get_or_create(
        org_id=by.org.id,
        sha256=digest,
        name=name,
        defaults={"org_path": by.org.path, "kind": kind, "size": len(data), "kept_by": by.name},
    )
    if created:
        audit.record("存证", file, by=by, sha256=digest)
    return file


@transaction.atomic
def hand_out(*, name: str, data: bytes, to: Sequence[Receiver], by: Doer) -> dict[int, File]:
    """Give each of these organisations a file of its own with the same content, stored once; by the organisation's id.

    The caller records why: one event for all, not one for each.
    """
    kind = _checked_kind(name, data)
    digest = hashlib.sha256(data).hexdigest()
    _store(digest, data)
    File.objects.bulk_create(
        [
            File(
                org_id=org.pk,
                org_path=org.path,
                sha256=digest,
                name=name,
                kind=kind,
                size=len(data),
                kept_by=by.name,
            )
            for org in to
        ],
        ignore_conflicts=True,
    )
    given = File.objects.filter(sha256=digest, name=name, org_id__in=[org.pk for org in to])
    return {file.org_id: file for file in given}


def _checked_kind(name: str, data: bytes) -> Kind:
    kind = next((k for k, limit in LIMITS.items() if name.lower().endswith(limit.endings)), None)
    if kind is None:
        wanted = "、".join(ending for limit in LIMITS.values() for ending in limit.endings)
        raise FileRefused(_("“%(name)s”没有存。请换成 %(wanted)s 再传。") % {"name": name, "wanted": wanted})
    if not data:
        raise FileRefused(_("“%(name)s”没有存：文件是空的。请核对是不是选错了文件。") % {"name": name})
    limit = LIMITS[kind]
    if len(data) > limit.megabytes * 2**20:
        raise FileRefused(
            _("“%(name)s”没有存：超过 %(limit)d MB。请压缩或拆开再传。")
            % {"name": name, "limit": limit.megabytes}
        )
    if not _content_is(kind, data):
        raise FileRefused(
            _("“%(name)s”没有存：内容和后缀不符。请用原来的程序另存一次再传。") % {"name": name}
        )
    if kind in OFFICE:
        try:
            archives.check(
                Arrival(name, data), archives.Kind.DOCX if kind == Kind.DOCX else archives.Kind.XLSX
            )
        except Refused as refused:
            raise FileRefused(str(refused)) from refused
    return kind


def _content_is(kind: Kind, data: bytes) -> bool:
    if kind == Kind.TEXT:
        return b"\0" not in data
    if kind in OFFICE:
        return data.startswith(b"PK\x03\x04")
    try:
        return any(match.mime_type == kind for match in puremagic.magic_string(data[:4096]))
    except puremagic.PureError:
        return False


def _store(digest: str, data: bytes) -> None:
    """Write the whole file beside its place, then move it there: a cut-off write leaves nothing under the hash."""
    place = place_of(digest)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=settings.MEDIA_ROOT, delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            beside.replace(place)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
