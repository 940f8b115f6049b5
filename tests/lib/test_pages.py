"""What is read from the pages of a PDF, and pictures of them."""

import struct
import threading
import zlib

import pytest

from hearth.lib import pages
from hearth.lib.pages import BadPdf
from tests.engines.gongwen.drawing import HEI, Canvas, pdf

PAGE = Canvas().text(28, 50, "公文2", font=HEI, size=22, red=True).box(28, 100, 184, 101, red=True)
TWO = pdf([PAGE, Canvas(width=297, height=210)], "A writer")


def test_glyphs_have_their_place_size_font_and_colour() -> None:
    with pages.opened(TWO) as document:
        glyphs = document.page(1, 72).glyphs
    assert [glyph.char for glyph in glyphs] == ["公", "文", "2"]
    assert [round(glyph.x, 2) for glyph in glyphs] == [28.0, 35.76, 43.52]
    assert {(round(glyph.y, 2), glyph.size, glyph.font, glyph.red) for glyph in glyphs} == {
        (50.0, 22.0, "SimHei", True)
    }


def test_pages_have_their_size_and_the_document_its_program() -> None:
    with pages.opened(TWO) as document:
        assert (len(document), document.producer) == (2, "A writer")
        lying = document.page(2, 72)
    assert (round(lying.width), round(lying.height), lying.glyphs) == (297, 210, ())


def test_red_ink_is_told_from_black() -> None:
    black = pdf([Canvas().box(28, 100, 184, 101)])
    for content, expected in ((TWO, True), (black, False)):
        with pages.opened(content) as document:
            page = document.page(1, 144)
        row = round(100.5 * page.down)
        assert bool(page.ink[row, 300:600].all()) is True
        assert bool(page.red[row, 300:600].any()) is expected


def test_a_picture_is_a_png_of_the_page() -> None:
    made = pages.picture(TWO, 1, 96)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colour = struct.unpack(">2I2B", made[16:26])
    assert (width, height, depth, colour) == (794, 1123, 8, 2)
    length = struct.unpack(">I", made[33:37])[0]
    assert made[37:41] == b"IDAT"
    assert len(zlib.decompress(made[41 : 41 + length])) == height * (1 + 3 * width)


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_is_an_index_error(number: int) -> None:
    with pytest.raises(IndexError):
        pages.picture(TWO, number, 72)


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n", TWO[:200]])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(BadPdf, match="请重新导出"):
        pages.count(content)


def test_a_page_of_metres_is_not_drawn() -> None:
    huge = pdf([Canvas(width=3000, height=3000)])
    with pytest.raises(BadPdf, match="两米多大"):
        pages.picture(huge, 1, 300)


def test_many_threads_may_ask_at_once() -> None:
    wanted = pages.picture(TWO, 1, 72)
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(pages.picture(TWO, 1, 72))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 6
