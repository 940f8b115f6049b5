"""Checks a zip-based Office file (.xlsx, .docx) before any parser sees it.

The directory is judged first (counts, declared sizes, names), which takes about a millisecond; then every
member is inflated once, in pieces and never beyond its declared size, so that a directory that lies is found
out here and not in a parser. Whatever passes can be read whole: it is at most `Limits.total_bytes` large.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NoReturn

from hearth.lib.arrivals import Arrival, Content

_EOCD = struct.Struct("<4s4H2IH")
_EOCD_MAGIC = b"PK\x05\x06"
_ZIP64_LOCATOR = struct.Struct("<4sIQI")
_ZIP64_LOCATOR_MAGIC = b"PK\x06\x07"
_ZIP64_EOCD = struct.Struct("<4sQ2H2I4Q")
_ZIP64_EOCD_MAGIC = b"PK\x06\x06"
_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC = b"PK\x03\x04"
_FLAG_ENCRYPTED = 0x1 | 0x40 | 0x2000
_FLAG_SUMS_FOLLOW = 0x8
_SEE_EXTRA = 0xFFFFFFFF
_DIRECTORY_BYTES_A_MEMBER = 512
_PIECE = 256 * 1024
_KEPT = 2 * 1024 * 1024
_RATIO_MATTERS_FROM = 1024 * 1024
_LONGEST_NAME = 255
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|^/|(^|/)\.\.?(/|$)|//")
_NESTED = (".zip", ".7z", ".rar", ".gz", ".tar", ".jar", ".xlsx", ".xlsm", ".docx", ".docm", ".pptx")
_XML = (".xml", ".rels", ".vml")
_DECLARATION = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00", b"L\x6f\xa7\x94")


class Kind(Enum):
    """The Office files that are accepted: ending, main part, the folder of embedded files nobody opens."""

    XLSX = (".xlsx", "xl/workbook.xml", None)
    DOCX = (".docx", "word/document.xml", "word/embeddings/")

    def __init__(self, suffix: str, main: str, inert: str | None) -> None:
        self.suffix = suffix
        self.main = main
        self.inert = inert


@dataclass(frozen=True)
class Limits:
    """What an archive may hold: number of members, bytes of one and of all unpacked, unpacked/packed."""

    members: int = 2000
    member_bytes: int = 96 * 1024 * 1024
    total_bytes: int = 128 * 1024 * 1024
    ratio: int = 300


STANDARD = Limits()
"""Enough for a sheet of 100,000 rows of ten columns."""


@dataclass(frozen=True)
class Archive:
    """An archive that was checked: reading a member cannot surprise any more."""

    arrival: Arrival
    _members: dict[str, "_Member"] = field(repr=False)
    _kept: dict[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names in the order of the directory."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The whole content of a member. KeyError when there is none of that name."""
        kept = self._kept.get(name)
        return b"".join(self.pieces(name)) if kept is None else kept

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a member in pieces of at most 256 KB. KeyError when there is none of that name."""
        return _inflated(self.arrival.data, self._members[name])


@dataclass(frozen=True)
class _Member:
    name: str
    method: int
    crc: int
    start: int
    packed: int
    unpacked: int

    @property
    def end(self) -> int:
        return self.start + self.packed


class _DamagedError(Exception):
    """The archive contradicts itself."""


def check(arrival: Arrival, kind: Kind, limits: Limits = STANDARD) -> Archive:
    """Check a file that calls itself `kind`. Raises Refused, with the cure, when anything is out of order."""
    _check_content(arrival, kind)
    try:
        infos = _directory(arrival, limits)
        _check_names(arrival, infos, kind)
        _check_sizes(arrival, infos, limits)
        members = _located(arrival.data, infos)
        kept = {}
        left = _KEPT
        for member in members:
            content = _check_member(arrival, member, kind)
            if content is not None and len(content) <= left:
                kept[member.name] = content
                left -= len(content)
    except (_DamagedError, zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError):
        arrival.refuse(cure=f"文件损坏或经过改动。请用 Office 或 WPS 打开，另存为 {kind.suffix} 再传")
    return Archive(arrival, {member.name: member for member in members}, kept)


_LEGACY_CURES = {
    Content.EMPTY: "文件是空的，请重新导出再传",
    Content.ENCRYPTED: "文件加了密码。请打开后取消密码，另存再传",
    Content.LEGACY: "这是旧版格式（.xls、.doc、.et、.wps）。请打开后另存为 {suffix} 再传",
    Content.PAGE: "这是网页，只是改了名字。请用 Excel 打开，另存为 {suffix} 再传",
}


def _check_content(arrival: Arrival, kind: Kind) -> None:
    content = arrival.content
    if content is not Content.ZIP:
        cure = _LEGACY_CURES.get(content, "请打开原文件，另存为 {suffix} 再传；只改名字不行")
        found = "" if content is Content.EMPTY else content.value
        wanted = "" if content is Content.EMPTY else f"{kind.suffix} 文件"
        arrival.refuse(found=found, wanted=wanted, cure=cure.format(suffix=kind.suffix))
    if arrival.suffix != kind.suffix:
        arrival.refuse(
            found=arrival.suffix or arrival.name,
            wanted=f"{kind.suffix} 文件",
            cure=f"请打开后另存为 {kind.suffix} 再传，不要只改名字",
        )


def _directory(arrival: Arrival, limits: Limits) -> list[zipfile.ZipInfo]:
    count, size = _declared_directory(arrival.data)
    if count > limits.members or size > limits.members * _DIRECTORY_BYTES_A_MEMBER:
        _refuse_bomb(arrival, f"压缩包里有 {count} 个文件，超过 {limits.members} 个")
    with zipfile.ZipFile(io.BytesIO(arrival.data)) as opened:
        infos = opened.infolist()
    if len(infos) != count:
        raise _DamagedError
    return infos


def _declared_directory(data: bytes) -> tuple[int, int]:
    """Number of members and bytes of the directory, from the end record, which must end the file."""
    at = len(data) - _EOCD.size
    if at < 0:
        raise _DamagedError
    magic, *_, count, size, _, comment = _EOCD.unpack_from(data, at)
    if magic != _EOCD_MAGIC or comment or not data.startswith(_LOCAL_MAGIC):
        raise _DamagedError
    return _declared_zip64(data, at) or (count, size)


def _declared_zip64(data: bytes, eocd: int) -> tuple[int, int] | None:
    locator = eocd - _ZIP64_LOCATOR.size
    if locator < 0 or not data.startswith(_ZIP64_LOCATOR_MAGIC, locator):
        return None
    record = locator - _ZIP64_EOCD.size
    if record < 0 or _ZIP64_LOCATOR.unpack_from(data, locator)[2] != record:
        raise _DamagedError
    magic, *_, count, size, _ = _ZIP64_EOCD.unpack_from(data, record)
    if magic != _ZIP64_EOCD_MAGIC:
        raise _DamagedError
    return count, size


def _check_names(arrival: Arrival, infos: list[zipfile.ZipInfo], kind: Kind) -> None:
    names = [info.orig_filename for info in infos]
    for info in infos:
        if info.flag_bits & _FLAG_ENCRYPTED:
            arrival.refuse(found="加密的压缩包", wanted=f"{kind.suffix} 文件", cure="请取消密码，另存再传")
        if _is_trick(info):
            arrival.refuse(
                found=info.orig_filename, cure="压缩包里有不合规的文件名，不是 Office 存的文件。请不要再传它"
            )
    if len({name.casefold() for name in names}) != len(names):
        raise _DamagedError
    _check_parts(arrival, names, kind)


def _is_trick(info: zipfile.ZipInfo) -> bool:
    name = info.orig_filename
    link = stat.S_ISLNK(info.external_attr >> 16)
    return link or not name or len(name) > _LONGEST_NAME or _BAD_NAME.search(name) is not None


def _check_parts(arrival: Arrival, names: list[str], kind: Kind) -> None:
    for name in names:
        if name.lower().endswith("vbaproject.bin"):
            arrival.refuse(found="宏", cure=f"文件带宏。请另存为不带宏的 {kind.suffix} 再传")
        if name.lower().endswith(_NESTED) and not (kind.inert and name.startswith(kind.inert)):
            arrival.refuse(found=name, cure="压缩包里套着压缩包。请删去嵌入的文件再传")
    if kind.main not in names or "[Content_Types].xml" not in names:
        arrival.refuse(
            found=Content.ZIP.value,
            wanted=f"{kind.suffix} 文件",
            cure=f"请用 Office 或 WPS 打开原文件，另存为 {kind.suffix} 再传；只改名字不行",
        )


def _check_sizes(arrival: Arrival, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    for info in infos:
        if info.file_size > limits.member_bytes:
            size, most = _megabytes(info.file_size), _megabytes(limits.member_bytes)
            _refuse_bomb(arrival, f"解开后“{info.filename}”有 {size} MB，超过 {most} MB")
        if info.file_size > max(_RATIO_MATTERS_FROM, limits.ratio * info.compress_size):
            _refuse_bomb(arrival, f"“{info.filename}”压缩得不合常理")
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        _refuse_bomb(arrival, f"解开后有 {_megabytes(total)} MB，超过 {_megabytes(limits.total_bytes)} MB")


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


def _refuse_bomb(arrival: Arrival, found: str) -> NoReturn:
    arrival.refuse(cure=f"{found}。请删去多余的行、格式和图片，或分成几个文件再传")


def _located(data: bytes, infos: list[zipfile.ZipInfo]) -> list[_Member]:
    """Members with the place of their bytes; they may not overlap, or one stretch is read many times."""
    members = [_member(data, info) for info in infos if not info.is_dir()]
    end = 0
    for info, member in sorted(zip((i for i in infos if not i.is_dir()), members, strict=True), key=_offset):
        if info.header_offset < end:
            raise _DamagedError
        end = member.end
    if end > len(data):
        raise _DamagedError
    return members


def _offset(pair: tuple[zipfile.ZipInfo, _Member]) -> int:
    return pair[0].header_offset


def _member(data: bytes, info: zipfile.ZipInfo) -> _Member:
    magic, _, flags, method, _, _, *sums, named, extra = _LOCAL.unpack_from(data, info.header_offset)
    name_at = info.header_offset + _LOCAL.size
    encoding = "utf-8" if info.flag_bits & 0x800 else "cp437"
    same = data[name_at : name_at + named].decode(encoding) == info.orig_filename and (
        bool(flags & _FLAG_SUMS_FOLLOW) or _agree(sums, info)
    )
    if magic != _LOCAL_MAGIC or method != info.compress_type or flags & _FLAG_ENCRYPTED or not same:
        raise _DamagedError
    return _Member(
        info.filename, method, info.CRC, name_at + named + extra, info.compress_size, info.file_size
    )


def _agree(sums: Sequence[int], info: zipfile.ZipInfo) -> bool:
    """Whether the header before a member says what the directory says: parsers differ in which they believe."""
    directory = (info.CRC, info.compress_size, info.file_size)
    return all(here in {there, _SEE_EXTRA} for here, there in zip(sums, directory, strict=True))


def _inflated(data: bytes, member: _Member) -> Iterator[bytes]:
    """The content in pieces. _DamagedError when it is not as long as declared or its sum differs."""
    left, crc = member.unpacked, 0
    for piece in _unpacked(data, member):
        left -= len(piece)
        if left < 0:
            raise _DamagedError
        crc = zlib.crc32(piece, crc)
        yield piece
    if left or crc != member.crc:
        raise _DamagedError


def _unpacked(data: bytes, member: _Member) -> Iterator[bytes]:
    packed = memoryview(data)[member.start : member.end]
    if member.method == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    if member.method != zipfile.ZIP_DEFLATED:
        raise _DamagedError
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _PIECE):
        waiting: bytes | memoryview = packed[at : at + _PIECE]
        while waiting:
            yield inflater.decompress(waiting, _PIECE)
            waiting = inflater.unconsumed_tail
    while rest := inflater.decompress(b"", _PIECE):
        yield rest
    if not inflater.eof or inflater.unused_data:
        raise _DamagedError


def _check_member(arrival: Arrival, member: _Member, kind: Kind) -> bytes | None:
    """Inflate once; refuse archives in disguise, XML that declares entities or is in a wide encoding.

    The content of a member of one piece is returned, so that it need not be inflated again.
    """
    is_xml = member.name.lower().endswith(_XML)
    before = b""
    only: bytes | None = None
    for number, piece in enumerate(_inflated(arrival.data, member)):
        if number == 0 and piece.startswith(_LOCAL_MAGIC) and not _is_inert(member, kind):
            arrival.refuse(found=member.name, cure="压缩包里套着压缩包。请删去嵌入的文件再传")
        if is_xml and _is_unsafe_xml(before, piece, first=number == 0):
            arrival.refuse(
                found=member.name,
                cure=f"含有 Office 不会写的内容。请用 Office 或 WPS 打开原文件，另存为 {kind.suffix} 再传",
            )
        before = piece[-16:]
        only = piece if number == 0 else None
    return only


def _is_inert(member: _Member, kind: Kind) -> bool:
    return kind.inert is not None and member.name.startswith(kind.inert)


def _is_unsafe_xml(before: bytes, piece: bytes, *, first: bool) -> bool:
    if first and (piece.startswith(_WIDE_TEXT) or _foreign_encoding(piece[:200])):
        return True
    joined = before + piece
    return any(mark in joined for mark in _DECLARATION)


_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", re.ASCII)


def _foreign_encoding(start: bytes) -> bool:
    found = _ENCODING.search(start)
    return found is not None and found[1].lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
