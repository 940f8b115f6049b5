"""A published photograph shows what it shows and tells nothing else."""

import struct
import zlib

from hearth.lib.photographs import without_traces

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXELS = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34\xff\xd9"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(name: bytes = b"", data: bytes = b"") -> bytes:
    """One grey pixel, with one more chunk before it when a name is given."""
    more = chunk(name, data) if name else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return SIGNATURE + head + more + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def exif(orientation: int, order: str = ">") -> bytes:
    """Exif as a camera writes it: the device, then how the picture is to be turned."""
    mark = {">": b"MM", "<": b"II"}[order]
    entries = struct.pack(f"{order}HHI4s", 0x010F, 2, 4, b"Cam\0")
    entries += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    head = mark + struct.pack(f"{order}HI", 42, 8) + struct.pack(f"{order}H", 2)
    return b"Exif\0\0" + head + entries + bytes(4)


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + PIXELS


def test_what_stands_beside_the_pixels_of_a_png_is_gone():
    for name in (b"tEXt", b"iTXt", b"eXIf", b"tIME"):
        assert without_traces(png(name, b"30.1N")) == png()
    assert without_traces(png(b"gAMA", b"\0\0\xb1\x8f")) == png(b"gAMA", b"\0\0\xb1\x8f")


def test_what_a_camera_writes_into_a_jpeg_is_gone():
    frame, colour = segment(0xE0, b"JFIF\0"), segment(0xE2, b"ICC_PROFILE\0")
    traces = (segment(0xE1, exif(1)), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0"), segment(0xFE, b"Li"))
    assert without_traces(jpeg(frame, *traces, colour, segment(0xED, b"IPTC"))) == jpeg(frame, colour)


def test_a_picture_taken_sideways_still_stands_upright():
    for order in ("<", ">"):
        cleaned = without_traces(jpeg(segment(0xE1, exif(6, order))))
        assert b"Cam" not in cleaned
        assert without_traces(cleaned) == cleaned
        assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in cleaned


def test_a_broken_picture_and_any_other_file_are_left_alone():
    assert without_traces(b"%PDF-1.7") == b"%PDF-1.7"
    cut = jpeg(segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff"))
    assert without_traces(cut) == jpeg()
