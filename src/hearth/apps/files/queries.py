"""Finding kept files."""

from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db.models import QuerySet

from hearth.apps.files.models import File


class Onlooker(Protocol):
    @property
    def path(self) -> str: ...


def visible_to(actor: Onlooker) -> QuerySet[File]:
    return File.objects.filter(org_path__gte=actor.path, org_path__lt=actor.path + "~")


def place_of(digest: str) -> Path:
    """Where the file with this SHA-256 (64 hexadecimal digits) lies."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def content(file: File) -> bytes:
    return place_of(file.sha256).read_bytes()
