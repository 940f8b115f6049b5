"""Pictures of a paper: PNG and JPEG only, their size read from their first bytes."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hearth.engines.gongwen.errors import SourceError
from hearth.engines.gongwen.paper import Paper, Picture

MOST_BYTES = 8 * 1024 * 1024
"""Of one picture; a photograph of a telephone is well below."""

MOST_PIXELS = 12_000
"""Of one side."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_TWIPS_A_PIXEL = 15
"""A pixel of 1/96 inch."""

_CURE = "请用 8 MB 以内的 PNG 或 JPEG 图片"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class PictureFile:
    """A picture as it goes into the Word file: bytes, extension, size in pixels, relation."""

    data: bytes
    extension: str
    width: int
    height: int
    relation: str


def picture_files(paper: Paper, given: Mapping[str, bytes], first: int) -> dict[str, PictureFile]:
    """The pictures that the paper shows, by name; relations count from `first`. Raises SourceError."""
    found: dict[str, PictureFile] = {}
    for picture in (block for block in paper.blocks if isinstance(block, Picture)):
        data = given.get(picture.name)
        if data is None:
            named = "、".join(given) or "没有图片"
            raise _error(picture, "找不到", f"请把文件一起给出，或改正名称；现在有：{named}")
        if picture.name not in found:
            found[picture.name] = _file(picture, data, f"rId{first + len(found)}")
    return found


def fitted_size(file: PictureFile, width: int, height: int) -> tuple[int, int]:
    """Width and height in twips: as many pixels as it has, smaller where the room is."""
    shown, high = file.width * _TWIPS_A_PIXEL, file.height * _TWIPS_A_PIXEL
    share = min(1.0, width / shown, height / high)
    return max(1, int(shown * share)), max(1, int(high * share))


def _file(picture: Picture, data: bytes, relation: str) -> PictureFile:
    if len(data) > MOST_BYTES:
        raise _error(picture, f"有 {len(data) // 1024 // 1024} MB，太大", _CURE)
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) > 33:
        size, extension = struct.unpack(">II", data[16:24]), "png"
    elif data.startswith(_JPEG):
        size, extension = next(_jpeg_sizes(data), (0, 0)), "jpeg"
    else:
        raise _error(picture, "不是 PNG 或 JPEG 图片", _CURE)
    if not all(0 < side <= MOST_PIXELS for side in size):
        raise _error(picture, "已损坏，或者边长超过 12000 像素", "请用看图软件另存一份再用")
    return PictureFile(data, extension, size[0], size[1], relation)


def _jpeg_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    """Width and height from the frame header of a JPEG file (ITU T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            yield width, height
            return
        at += 1 if marker == 0xFF else 2 + max(2, length)


def _error(picture: Picture, message: str, cure: str) -> SourceError:
    return SourceError(picture.line, picture.column, f"图片“{picture.name}”{message}", cure)


def extensions(files: Sequence[PictureFile]) -> list[str]:
    """The extensions in use, in order."""
    return sorted({file.extension for file in files})
