"""A notice and a letter drawn to the standard, with everything that may be moved as a field. Lengths in mm."""

from dataclasses import dataclass

from tests.engines.gongwen.drawing import FANG, HEI, KAI, POINT, SONG, TITLE, Canvas, pdf

CHAR = 156 / 28
FULL = "科技工作者是推动科学技术发展的重要力量全市各级科协组织要"
assert len(FULL) == 28


@dataclass
class Notice:
    """Three pages: head and text, text alone, the end with the 版记."""

    left: float = 28.0
    top: float = 37.0
    pitch: float = 225 / 22
    lines: int = 22
    chars: int = 28
    body: str = FANG
    size: float = 16.0
    mark_top: float = 72.0
    number: str = "云科协〔2020〕21号"
    number_shift: float = 0.0
    line_left: float = 28.0
    title: str = "关于开展活动的通知"
    title_more: str = ""
    title_font: str = TITLE
    title_size: float = 22.0
    heading: str = HEI
    indent: float = 2 * CHAR
    date: str = "2020年6月20日"
    date_right: float = 184 - 2 * CHAR
    text_on_last: bool = True
    list_on_last: str = ""
    rule: float = 262.0
    thick: float = 0.35
    page_number: float = 269.0
    odd_right: float = 184 - 14 / POINT
    numbered: bool = True
    producer: str = "LibreOffice 7.4"

    def pdf(self) -> bytes:
        """The pages."""
        return pdf([self._first(), self._second(), self._last()], self.producer)

    def pdf_of_last(self) -> bytes:
        """The last page alone."""
        return pdf([self._last()], self.producer)

    def row(self, canvas: Canvas, line: float, words: str, *, into: float = 0.0, font: str = "") -> None:
        """A line of the text, its characters spread as the grid has them."""
        y = self.top + (line + 0.8) * self.pitch
        for at, char in enumerate(words):
            canvas.text(self.left + into + at * CHAR, y, char, font=font or self.body, size=self.size)

    def _first(self) -> Canvas:
        canvas = Canvas()
        canvas.box(50, self.mark_top, 162, self.mark_top + 13, red=True)
        # The row that ends 4 mm above the red line, and the title two lines below it.
        number_y = self.mark_top + 13 + 2 * self.pitch + 6 + self.number_shift
        width = sum(0.5 if char.isascii() else 1.0 for char in self.number) * 16 / POINT
        canvas.text(106 - width / 2, number_y, self.number)
        canvas.box(self.line_left, 116.35, self.line_left + 156, 116.85, red=True)
        start = 116.85 + 2 * self.pitch + 8
        self._title(canvas, start, self.title)
        if self.title_more:
            start += self.pitch
            self._title(canvas, start, self.title_more)
        line = (start - self.top) / self.pitch - 0.8
        self.row(canvas, line + 2, "各县区科协：")
        self.row(canvas, line + 3, "一、总体要求", into=self.indent, font=self.heading)
        self.row(canvas, line + 4, FULL[: self.chars - 2], into=self.indent)
        for at in range(5, 9):
            self.row(canvas, line + at, FULL[: self.chars])
        self._number(canvas, 1)
        return canvas

    def _title(self, canvas: Canvas, y: float, words: str) -> None:
        left = 106 - len(words) * self.title_size / POINT / 2
        canvas.text(left, y, words, font=self.title_font, size=self.title_size)

    def _second(self) -> Canvas:
        canvas = Canvas()
        for line in range(self.lines):
            self.row(canvas, line, FULL[: self.chars])
        self._number(canvas, 2)
        return canvas

    def _last(self) -> Canvas:
        canvas = Canvas()
        if self.text_on_last:
            self.row(canvas, 0, FULL[:20])
            self.row(canvas, 1, "（一）工作目标", into=self.indent, font=KAI)
        self.row(canvas, 2, self.list_on_last, into=self.indent)
        width = sum(0.5 if char.isascii() else 1.0 for char in self.date) * 16 / POINT
        y = self.top + 3.8 * self.pitch
        name = self.date_right - width - 2 * CHAR
        if self.date:
            canvas.text(name, y, "云州市科协")
            canvas.text(self.date_right - width, y + self.pitch, self.date)
        for at, thickness in ((0, self.thick), (7.5, 0.25), (15, self.thick)):
            bottom = self.rule - 15 + at
            canvas.box(28, bottom - thickness, 184, bottom)
        canvas.text(28 + 14 / POINT, self.rule - 9.5, "抄送：云州市人民政府办公室。", size=14)
        canvas.text(28 + 14 / POINT, self.rule - 2, "云州市科协办公室", size=14)
        canvas.text(184 - 9.5 * 14 / POINT, self.rule - 2, "2020年6月20日印发", size=14)
        self._number(canvas, 3)
        return canvas

    def _number(self, canvas: Canvas, page: int) -> None:
        if not self.numbered:
            return
        em = 14 / POINT
        x = self.odd_right - 2.5 * em if page % 2 else 28 + em
        y = self.page_number + 2.2
        canvas.text(x + em, y, str(page), font=SONG, size=14)
        for dash in (x, x + 1.5 * em):
            # The dash of a font that is not here would be drawn anywhere; the ink is drawn by hand.
            canvas.text(dash, y, "—", font=SONG, size=14)
            canvas.box(dash, self.page_number, dash + em, self.page_number + 0.2)


@dataclass
class Letter:
    """The first page of a 信函."""

    mark_top: float = 30.0
    upper: float = 47.0
    thick_first: bool = True
    foot: float = 20.0
    width: float = 170.0
    number_right: float = 184.0
    page_number: bool = False

    def pdf(self) -> bytes:
        """The page."""
        canvas = Canvas()
        canvas.box(50, self.mark_top, 160, self.upper - 4, red=True)
        left = 105 - self.width / 2
        for top, thickness in self._rules():
            canvas.box(left, top, left + self.width, top + thickness, red=True)
        number = "云科协函〔2020〕3号"
        width = sum(0.5 if char.isascii() else 1.0 for char in number) * 16 / POINT
        y = self.upper + 1.4 + 4.94 + 0.84 * 16 / POINT
        canvas.text(self.number_right - width, y, number)
        pitch = 225 / 22
        canvas.text(106 - 4.5 * 22 / POINT, y + 3 * pitch, "关于商请支持的复函", font=TITLE, size=22)
        canvas.text(28, y + 5 * pitch, "云州市教育局：")
        for line in range(4):
            for at, char in enumerate(FULL[2:] if line == 0 else FULL, 2 if line == 0 else 0):
                canvas.text(28 + at * CHAR, y + (6 + line) * pitch, char)
        canvas.text(184 - 4 * CHAR - 6.5 * 16 / POINT, y + 12 * pitch, "2020年6月20日")
        if self.page_number:
            canvas.text(160, 270.5, "—1—", font=SONG, size=14)
        return pdf([canvas], "LibreOffice 7.4")

    def _rules(self) -> list[tuple[float, float]]:
        thick, thin = (0.7, 0.25) if self.thick_first else (0.25, 0.7)
        bottom = 297 - self.foot
        return [
            (self.upper, thick),
            (self.upper + 1.4 - thin, thin),
            (bottom - 1.4, thin),
            (bottom - thick, thick),
        ]
