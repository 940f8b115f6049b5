"""A file from outside before anyone trusts it: its name, its bytes, and what its bytes really are."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PureWindowsPath
from typing import NoReturn, Self

from hearth.lib.faults import Fault, Refused

LARGEST = 20 * 1024 * 1024
"""Bytes of the largest file that is read at all."""


class Content(StrEnum):
    """What a file is by its first bytes, whatever its name says."""

    EMPTY = "空文件"
    ZIP = "压缩包"
    LEGACY = "旧版 Office 文件"
    ENCRYPTED = "加密的 Office 文件"
    PDF = "PDF 文件"
    RTF = "RTF 文件"
    PAGE = "网页"
    IMAGE = "图片"
    PACKED = "压缩文件"
    PROGRAM = "程序"
    OTHER = "其他内容"


_MAGIC: tuple[tuple[bytes, Content], ...] = (
    (b"PK\x03\x04", Content.ZIP),
    (b"PK\x05\x06", Content.ZIP),
    (b"%PDF", Content.PDF),
    (b"{\\rtf", Content.RTF),
    (b"\x89PNG", Content.IMAGE),
    (b"\xff\xd8\xff", Content.IMAGE),
    (b"GIF8", Content.IMAGE),
    (b"\x1f\x8b", Content.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Content.PACKED),
    (b"Rar!", Content.PACKED),
    (b"MZ\x90", Content.PROGRAM),
    (b"\x7fELF", Content.PROGRAM),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Arrival:
    """A file from outside: `name` as the sender called it, without folders, and its bytes."""

    name: str
    data: bytes

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", PureWindowsPath(self.name).name or "未命名")
        if len(self.data) > LARGEST:
            _refuse_size(self.name, len(self.data))

    @classmethod
    def at(cls, path: Path) -> Self:
        """Read a file of this machine; one that is too large is refused by its size, unread."""
        try:
            size = path.stat().st_size
            if size > LARGEST:
                _refuse_size(path.name, size)
            return cls(path.name, path.read_bytes())
        except OSError as error:
            raise Refused(
                [Fault(file=path.name, cure="没有读到这个文件，请核对文件名和所在的文件夹")]
            ) from error

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case with its dot; empty when there is none."""
        return PureWindowsPath(self.name).suffix.lower()

    @property
    def content(self) -> Content:
        """What the bytes are."""
        return sniff(self.data)

    def refuse(self, *, found: str = "", wanted: str = "", cure: str = "") -> NoReturn:
        """Refuse the file as a whole with one fault."""
        raise Refused([Fault(file=self.name, found=found, wanted=wanted, cure=cure)])


def sniff(data: bytes) -> Content:
    """Tell what bytes are by their beginning; text of any encoding is OTHER."""
    if not data:
        return Content.EMPTY
    if data.startswith(_COMPOUND):
        return Content.ENCRYPTED if _ENCRYPTED_STREAM in data else Content.LEGACY
    start = data[:512]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    if start.lstrip().lower().startswith(_PAGE_STARTS):
        return Content.PAGE
    return next((content for magic, content in _MAGIC if data.startswith(magic)), Content.OTHER)


def _refuse_size(name: str, size: int) -> NoReturn:
    sizes = f"文件有 {size / 1024 / 1024:.0f} MB，不能超过 {LARGEST // 1024 // 1024} MB"
    cure = f"{sizes}。请删去图片和空行，或分成几个文件再传"
    raise Refused([Fault(file=name, cure=cure)])
