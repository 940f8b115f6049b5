"""Pages of a PDF: their glyphs with places, their ink as an array, and pictures of them.

Lengths are millimetres from the page's upper left corner. PDFium is not made for threads, so one reads at a time.
"""

import ctypes
import struct
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

MM = 25.4 / 72
"""Millimetres of a point."""

LARGEST_SIDE = 2000.0
"""Millimetres of the longest page that is drawn: a page of metres would fill memory."""

_ONE_AT_A_TIME = threading.Lock()
_RED_ABOVE_OTHERS = 60

Ink = npt.NDArray[np.uint8]
"""Rows by columns of a page; 0 is paper, 255 full ink."""


class BadPdf(ValueError):
    """No PDF that can be read; the message says the cure."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as printed. `x`, `y`: its origin on the baseline.

    The boxes that PDFium gives beside it are wrong for some fonts (0.1 字, measured), so ink is read from `Page.ink`.
    `size` in points; `font` as the PDF names it, without the prefix of a subset; `thickened`: outlined as well as
    filled, which is how a program makes a bold of a font that has none.
    """

    char: str
    x: float
    y: float
    size: float
    font: str
    red: bool
    thickened: bool


@dataclass(frozen=True)
class Page:
    """A page: `number` from 1, width and height in mm, its glyphs in reading order, and its ink.

    `ink` is the darkest channel, `red` only what is clearly red; of one shape.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = field(repr=False)
    ink: Ink = field(repr=False)
    red: Ink = field(repr=False)

    @property
    def across(self) -> float:
        """Pixels of a millimetre from left to right; a page is drawn to whole pixels."""
        return float(self.ink.shape[1] / self.width)

    @property
    def down(self) -> float:
        """Pixels of a millimetre downwards."""
        return float(self.ink.shape[0] / self.height)


@contextmanager
def opened(pdf: bytes) -> Iterator["Document"]:
    """Open a PDF for the block. Raises BadPdf when it is damaged or locked."""
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise BadPdf("这不是读得懂的 PDF，或者加了密码。请重新导出，取消密码再试。") from error
        try:
            yield Document(document)
        finally:
            document.close()


def picture(pdf: bytes, number: int, dpi: float) -> bytes:
    """Return page `number` (from 1) as PNG. IndexError when there is no such page; raises BadPdf."""
    with opened(pdf) as document:
        return document.picture(number, dpi)


def count(pdf: bytes) -> int:
    """The number of pages. Raises BadPdf."""
    with opened(pdf) as document:
        return len(document)


class Document:
    """An opened PDF. Page numbers count from 1."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    @property
    def producer(self) -> str:
        """The program that wrote the PDF, as it calls itself; may be empty."""
        said: Mapping[str, str] = self._document.get_metadata_dict()
        return " ".join(filter(None, (said.get("Creator", ""), said.get("Producer", ""))))

    def picture(self, number: int, dpi: float) -> bytes:
        """A page as PNG. IndexError when there is none of this number; raises BadPdf."""
        page = self._page(number)
        return _png(_drawn(page, dpi))

    def page(self, number: int, dpi: float) -> Page:
        """A page with its glyphs, and its ink at `dpi`. IndexError when there is none; raises BadPdf."""
        page = self._page(number)
        pixels = _drawn(page, dpi).astype(np.int16)
        red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
        ink = 255 - np.minimum(np.minimum(red, green), blue)
        is_red = red - np.maximum(green, blue) > _RED_ABOVE_OTHERS
        return Page(
            number,
            page.get_width() * MM,
            page.get_height() * MM,
            tuple(_glyphs(page)),
            ink.astype(np.uint8),
            np.where(is_red, ink, 0).astype(np.uint8),
        )

    def _page(self, number: int) -> pypdfium2.PdfPage:
        if not 1 <= number <= len(self):
            raise IndexError(number)
        try:
            return self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise BadPdf(f"PDF 的第 {number} 页损坏了。请重新导出再试。") from error


def _drawn(page: pypdfium2.PdfPage, dpi: float) -> npt.NDArray[np.uint8]:
    """The page in three channels, red first."""
    if max(page.get_width(), page.get_height()) * MM > LARGEST_SIDE:
        raise BadPdf("PDF 的一页有两米多大，不像是公文。请重新导出再试。")
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True, no_smoothtext=False)
    try:
        return np.array(bitmap.to_numpy()[..., :3])
    finally:
        bitmap.close()


def _png(pixels: npt.NDArray[np.uint8]) -> bytes:
    height, width, channels = pixels.shape
    assert channels == 3
    # A filter byte of 0 before each row: rows are stored as they are.
    rows = np.zeros((height, width * 3 + 1), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """The printed characters; blanks and the line ends that PDFium adds are left out."""
    text = page.get_textpage()
    try:
        _, bottom, _, top = page.get_mediabox()
        height = page.get_height() if page.get_rotation() % 180 else top - bottom
        fonts = _Fonts()
        for index in range(text.count_chars()):
            glyph = _glyph(text, index, height, fonts)
            if glyph is not None:
                yield glyph
    finally:
        text.close()


def _glyph(text: pypdfium2.PdfTextPage, index: int, height: float, fonts: "_Fonts") -> Glyph | None:
    code = raw.FPDFText_GetUnicode(text, index)
    char = chr(code) if code < 0x110000 else "\ufffd"
    if char.isspace() or code == 0 or raw.FPDFText_IsGenerated(text, index) == 1:
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * float(np.hypot(matrix.c, matrix.d) or 1.0)
    return Glyph(
        char,
        x.value * MM,
        (height - y.value) * MM,
        size,
        fonts.name(text, index),
        _is_red(text, index),
        _is_thickened(text, index),
    )


def _is_red(text: pypdfium2.PdfTextPage, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    return red.value - max(green.value, blue.value) > _RED_ABOVE_OTHERS


def _is_thickened(text: pypdfium2.PdfTextPage, index: int) -> bool:
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, index))
    return bool(mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE)


class _Fonts:
    """Reads the name of a character's font; neighbours usually share theirs."""

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()

    def name(self, text: pypdfium2.PdfTextPage, index: int) -> str:
        length = raw.FPDFText_GetFontInfo(text, index, self._buffer, 256, self._flags)
        name = self._buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
        return name.split("+", 1)[1] if name[6:7] == "+" else name
