"""Photographs as they are published: without what a camera writes beside the picture (place, device, owner, thumbnail).

JPEG: ITU-T T.81 annex B, metadata in the segments APP1, APP3–APP13, APP15 and COM; PNG: ISO/IEC 15948, metadata in
ancillary text, time and Exif chunks. The picture itself is not touched.
"""

import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TRACES = {b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"}
_START_OF_SCAN, _COMMENT, _EXIF = 0xDA, 0xFE, 0xE1
# JFIF, colour profile and Adobe's colour transform are needed to show the picture
_KEPT = {0xE0, 0xE2, 0xEE}
_ORIENTATION = 0x0112


def without_traces(data: bytes) -> bytes:
    """The same picture without its metadata; how a JPEG is to be turned is kept. Any other file comes back as it is."""
    if data.startswith(_PNG):
        return _PNG + b"".join(_png_chunks(data))
    if data.startswith(b"\xff\xd8"):
        return b"\xff\xd8" + b"".join(_jpeg_segments(data))
    return data


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if data[at + 4 : at + 8] not in _PNG_TRACES:
            yield data[at:end]
        at = end


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _START_OF_SCAN:
            yield data[at:]
            return
        if marker == _EXIF:
            yield _turned(_orientation(data[at + 4 : end]))
        elif marker in _KEPT or not (marker == _COMMENT or 0xE0 <= marker <= 0xEF):
            yield data[at:end]
        at = end


def _orientation(exif: bytes) -> int:
    """The value of the Exif tag Orientation, 0 when there is none."""
    tiff = exif[6:] if exif.startswith(b"Exif\0\0") else b""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    first = struct.unpack_from(f"{order}I", tiff, 4)[0]
    if first + 2 > len(tiff):
        return 0
    for entry in range(struct.unpack_from(f"{order}H", tiff, first)[0]):
        place = first + 2 + 12 * entry
        if place + 12 > len(tiff):
            return 0
        if struct.unpack_from(f"{order}H", tiff, place)[0] == _ORIENTATION:
            return int(struct.unpack_from(f"{order}H", tiff, place + 8)[0])
    return 0


def _turned(orientation: int) -> bytes:
    """An Exif segment that says only how the picture is to be turned; nothing when it stands upright."""
    if orientation not in range(2, 9):
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
