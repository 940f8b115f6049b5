"""Checks a zip-based Office file (.xlsx, .docx) before any parser sees it.

The directory is judged first (counts, declared sizes, names), which takes about a millisecond; then every
member is inflated once, in pieces and never beyond its declared size, so that a directory that lies is found
out here and not in a parser. Whatever passes can be read whole: it is at most `Limits.total_bytes` large.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, NoReturn

from hearth.lib.arrivals import Arrival, Content

_EOCD = struct.Struct("<4s4H2IH")
_EOCD_MAGIC = b"PK\x05\x06"
_ZIP64_LOCATOR = struct.Struct("<4sIQI")
_ZIP64_LOCATOR_MAGIC = b"PK\x06\x07"
_ZIP64_EOCD = struct.Struct("<4sQ2H2I4Q")
_ZIP64_EOCD_MAGIC = b"PK\x06\x06"
_ENTRY = struct.Struct("<4s6H3I5H2I")
_ENTRY_MAGIC = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC = b"PK\x03\x04"
_FLAG_ENCRYPTED = 0x1 | 0x40 | 0x2000
_FLAG_SUMS_FOLLOW = 0x8
_FLAG_UTF_8 = 0x800
_NEWEST_FORM = 63
_ZIP64_EXTRA = 1
_SEE_EXTRA = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
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
        return _pieces(self.arrival.data, self._members[name])


class _Entry(NamedTuple):
    """What the directory says of a member; `raw` is its name as it stands in the archive."""

    name: str
    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    external: int
    offset: int


class _Member(NamedTuple):
    """A member and the place of its bytes."""

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
        entries = _directory(arrival, limits)
        _check_names(arrival, entries, kind)
        _check_sizes(arrival, entries, limits)
        members = _located(arrival.data, entries)
        kept = {}
        left = _KEPT
        for member in members:
            content = _check_member(arrival, member, kind)
            if content is not None and len(content) <= left:
                kept[member.name] = content
                left -= len(content)
    except (_DamagedError, zlib.error, struct.error, ValueError):
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


def _directory(arrival: Arrival, limits: Limits) -> list[_Entry]:
    """The entries of the directory, which must fill the stretch that the end record gives it."""
    data = arrival.data
    count, at, end = _declared_directory(data)
    if count > limits.members or end - at > limits.members * _DIRECTORY_BYTES_A_MEMBER:
        _refuse_bomb(arrival, f"压缩包里有 {count} 个文件，超过 {limits.members} 个")
    entries = []
    for _ in range(count):
        entry, at = _entry(data, at, end)
        entries.append(entry)
    if at != end:
        raise _DamagedError
    return entries


def _declared_directory(data: bytes) -> tuple[int, int, int]:
    """Number of members, begin and end of the directory, from the end record, which must end the file."""
    at = len(data) - _EOCD.size
    if at < 0:
        raise _DamagedError
    magic, *_, count, size, begin, comment = _EOCD.unpack_from(data, at)
    if magic != _EOCD_MAGIC or comment or not data.startswith(_LOCAL_MAGIC):
        raise _DamagedError
    count, size, begin, end = _declared_zip64(data, at) or (count, size, begin, at)
    if begin + size != end:
        raise _DamagedError
    return count, begin, end


def _declared_zip64(data: bytes, eocd: int) -> tuple[int, int, int, int] | None:
    """Members, size, begin and end of the directory from the records for large archives, where there are any."""
    locator = eocd - _ZIP64_LOCATOR.size
    if locator < 0 or not data.startswith(_ZIP64_LOCATOR_MAGIC, locator):
        return None
    record = locator - _ZIP64_EOCD.size
    if record < 0 or _ZIP64_LOCATOR.unpack_from(data, locator)[2] != record:
        raise _DamagedError
    magic, *_, count, size, begin = _ZIP64_EOCD.unpack_from(data, record)
    if magic != _ZIP64_EOCD_MAGIC:
        raise _DamagedError
    return count, size, begin, record


def _entry(data: bytes, at: int, end: int) -> tuple[_Entry, int]:
    """The entry of the directory at a place, and where the next one begins."""
    (
        magic,
        _,
        form,
        flags,
        method,
        _,
        _,
        crc,
        packed,
        unpacked,
        named,
        extra,
        comment,
        _,
        _,
        external,
        offset,
    ) = _ENTRY.unpack_from(data, at)
    name_at = at + _ENTRY.size
    extra_at = name_at + named
    after = extra_at + extra + comment
    if magic != _ENTRY_MAGIC or form & 0xFF > _NEWEST_FORM or after > end:
        raise _DamagedError
    if _SEE_EXTRA in (packed, unpacked, offset):
        unpacked, packed, offset = _large(data[extra_at : extra_at + extra], (unpacked, packed, offset))
    raw = data[name_at:extra_at]
    name = raw.decode("utf-8" if flags & _FLAG_UTF_8 else "cp437")
    return _Entry(name, raw, flags, method, crc, packed, unpacked, external, offset), after


def _large(extra: bytes, small: Sequence[int]) -> Iterator[int]:
    """Sizes and offset of which some did not fit into the entry and stand in its extra field."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == _ZIP64_EXTRA:
            break
        at += 4 + length
    else:
        raise _DamagedError
    place = at + 4
    for value in small:
        if value == _SEE_EXTRA:
            if place + 8 > at + 4 + length:
                raise _DamagedError
            (value,) = struct.unpack_from("<Q", extra, place)
            place += 8
        yield value


def _check_names(arrival: Arrival, entries: Sequence[_Entry], kind: Kind) -> None:
    names = [entry.name for entry in entries]
    for entry in entries:
        if entry.flags & _FLAG_ENCRYPTED:
            arrival.refuse(found="加密的压缩包", wanted=f"{kind.suffix} 文件", cure="请取消密码，另存再传")
        if _is_trick(entry):
            arrival.refuse(
                found=entry.name, cure="压缩包里有不合规的文件名，不是 Office 存的文件。请不要再传它"
            )
    if len({name.casefold() for name in names}) != len(names):
        raise _DamagedError
    _check_parts(arrival, names, kind)


def _is_trick(entry: _Entry) -> bool:
    name = entry.name
    link = stat.S_ISLNK(entry.external >> 16)
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


def _check_sizes(arrival: Arrival, entries: Sequence[_Entry], limits: Limits) -> None:
    for entry in entries:
        if entry.unpacked > limits.member_bytes:
            size, most = _megabytes(entry.unpacked), _megabytes(limits.member_bytes)
            _refuse_bomb(arrival, f"解开后“{entry.name}”有 {size} MB，超过 {most} MB")
        if entry.unpacked > max(_RATIO_MATTERS_FROM, limits.ratio * entry.packed):
            _refuse_bomb(arrival, f"“{entry.name}”压缩得不合常理")
    total = sum(entry.unpacked for entry in entries)
    if total > limits.total_bytes:
        _refuse_bomb(arrival, f"解开后有 {_megabytes(total)} MB，超过 {_megabytes(limits.total_bytes)} MB")


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


def _refuse_bomb(arrival: Arrival, found: str) -> NoReturn:
    arrival.refuse(cure=f"{found}。请删去多余的行、格式和图片，或分成几个文件再传")


def _located(data: bytes, entries: Sequence[_Entry]) -> list[_Member]:
    """Members with the place of their bytes; they may not overlap, or one stretch is read many times."""
    files = [entry for entry in entries if not entry.name.endswith("/")]
    members = [_member(data, entry) for entry in files]
    end = 0
    for offset, member in sorted(
        (entry.offset, member) for entry, member in zip(files, members, strict=True)
    ):
        if offset < end:
            raise _DamagedError
        end = member.end
    if end > len(data):
        raise _DamagedError
    return members


def _member(data: bytes, entry: _Entry) -> _Member:
    """A member by the header before its bytes, which must say what the directory says.

    Parsers differ in which of the two they believe.
    """
    magic, _, flags, method, _, _, *sums, named, extra = _LOCAL.unpack_from(data, entry.offset)
    name_at = entry.offset + _LOCAL.size
    if (
        magic != _LOCAL_MAGIC
        or method != entry.method
        or flags & _FLAG_ENCRYPTED
        or data[name_at : name_at + named] != entry.raw
        or not (flags & _FLAG_SUMS_FOLLOW or _agree(sums, entry))
    ):
        raise _DamagedError
    start = name_at + named + extra
    return _Member(entry.name, method, entry.crc, start, entry.packed, entry.unpacked)


def _agree(sums: Sequence[int], entry: _Entry) -> bool:
    crc, packed, unpacked = sums
    return (
        crc in (entry.crc, _SEE_EXTRA)
        and packed in (entry.packed, _SEE_EXTRA)
        and unpacked in (entry.unpacked, _SEE_EXTRA)
    )


def _pieces(data: bytes, member: _Member) -> Iterator[bytes]:
    return _inflated(data, member) if member.unpacked > _PIECE else iter((_whole(data, member),))


def _whole(data: bytes, member: _Member) -> bytes:
    """The content of a member of one piece. _DamagedError when it is not as long as declared or its sum differs."""
    content = packed = data[member.start : member.end]
    if member.method != _STORED:
        if member.method != _DEFLATED:
            raise _DamagedError
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        # One byte more than declared is enough to see that there is more, and to reach the end where there is not.
        content = inflater.decompress(packed, member.unpacked + 1)
        if not inflater.eof or inflater.unused_data:
            raise _DamagedError
    if len(content) != member.unpacked or zlib.crc32(content) != member.crc:
        raise _DamagedError
    return content


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
    if member.method == _STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    if member.method != _DEFLATED:
        raise _DamagedError
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _PIECE):
        waiting: bytes | memoryview = packed[at : at + _PIECE]
        while waiting:
            yield inflater.decompress(waiting, _PIECE)
            waiting = inflater.unconsumed_tail
    while not inflater.eof and (rest := inflater.decompress(b"", _PIECE)):
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
    for number, piece in enumerate(_pieces(arrival.data, member)):
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
    joined = before + piece if before else piece
    if b"!" not in joined:
        return False
    doctype, entity = _DECLARATION
    return doctype in joined or entity in joined


_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", re.ASCII)


def _foreign_encoding(start: bytes) -> bool:
    found = _ENCODING.search(start) if b"encoding" in start else None
    return found is not None and found[1].lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
