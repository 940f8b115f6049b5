"""Writes the pieces of a page as WordprocessingML: paragraphs, figures with their anchors, tables, head, 版记."""

from collections.abc import Iterator, Sequence

from lxml import etree

from hearth.engines.gongwen import ooxml
from hearth.engines.gongwen.characters import width
from hearth.engines.gongwen.layout import (
    Colophon,
    Grid,
    JointMark,
    Line,
    Mark,
    Name,
    Piece,
    Printed,
    mark_line,
)
from hearth.engines.gongwen.ooxml import text_element, w
from hearth.engines.gongwen.paper import Align, Figure, Fixed, Inlines, Table
from hearth.engines.gongwen.printed import fixed_name
from hearth.engines.gongwen.styles import KAI, TEXT_WIDTH, Style

_EMU = 635
"""English metric units of a twip."""

_CELL_MARGIN = 80
_COLOPHON_LINE = 440
_THICK, _THIN = 8, 6
"""Lines of the 版记 in 1/8 pt: 0.35 and 0.25 mm (7.4.1)."""


class Writer:
    """Writes pieces one after the other and numbers bookmarks and controls on the way."""

    def __init__(self) -> None:
        self._bookmarks = 0
        self._controls = 0
        self._fixed = 0

    def write(self, piece: Piece) -> Iterator[etree._Element]:
        """The elements of the body for a piece."""
        match piece:
            case Line():
                yield self._line(piece)
            case Mark():
                yield _mark(piece)
            case JointMark():
                yield _joint_mark(piece)
            case Grid():
                yield self._table(piece.table)
            case Colophon():
                yield self._colophon(piece)

    def _line(self, line: Line) -> etree._Element:
        made = w("p", _properties(line))
        made.extend(self._words(line.words))
        return made

    def _words(self, words: Sequence[Printed]) -> Iterator[etree._Element]:
        for word in words:
            if isinstance(word, Figure):
                yield from self._bookmarked(ooxml.bookmark_name(word.id), self._control(word))
            elif isinstance(word, Fixed):
                self._fixed += 1
                yield from self._bookmarked(fixed_name(self._fixed), _run(word.text))
            elif isinstance(word, Name):
                yield _run(word.text, KAI)
            elif word.text:
                yield _run(word.text)

    def _bookmarked(self, name: str, content: etree._Element) -> Iterator[etree._Element]:
        at = self._bookmarks
        self._bookmarks += 1
        yield w("bookmarkStart", id=at, name=name)
        yield content
        yield w("bookmarkEnd", id=at)

    def _control(self, figure: Figure) -> etree._Element:
        """A content control of the rich kind, without dataBinding.

        Word would write an edit into a bound ledger; LibreOffice 7.4 saves the words of a plain-text control
        three times over when they mix digits and 汉字.
        """
        self._controls += 1
        appearance = etree.Element(f"{{{ooxml.W15}}}appearance")
        appearance.set(f"{{{ooxml.W15}}}val", "hidden")
        properties = w(
            "sdtPr",
            w("alias", val=ooxml.alias(figure)),
            w("tag", val=f"{ooxml.TAG_PREFIX}{figure.id}"),
            w("id", val=self._controls),
            w("lock", val="sdtLocked"),
            appearance,
        )
        return w("sdt", properties, w("sdtContent", _run(figure.text)))

    def _table(self, table: Table) -> etree._Element:
        widths = _widths(table)
        made = w(
            "tbl", _table_properties(sum(widths)), w("tblGrid", *(w("gridCol", w=each) for each in widths))
        )
        header = w("tr", w("trPr", w("cantSplit"), w("tblHeader"), w("jc", val="center")))
        for cell, each in zip(table.header, widths, strict=True):
            header.append(self._cell(cell, each, Style.CELL_HEAD, Align.CENTER))
        made.append(header)
        for row in table.rows:
            made.append(made_row := w("tr", w("trPr", w("cantSplit"), w("jc", val="center"))))
            for cell, each, align in zip(row, widths, table.aligns, strict=True):
                made_row.append(self._cell(cell, each, Style.CELL, align))
        return made

    def _cell(self, words: Inlines, width_: int, style: Style, align: Align) -> etree._Element:
        properties = w("pPr", w("pStyle", val=style))
        if align is not Align.CENTER:
            properties.append(w("jc", val=align))
        paragraph = w("p", properties)
        paragraph.extend(self._words(words))
        return w("tc", w("tcPr", w("tcW", w=width_, type="dxa"), w("vAlign", val="center")), paragraph)

    def _colophon(self, colophon: Colophon) -> etree._Element:
        rows = [self._line(line) for line in colophon.lines]
        lines = sum(_lines_of(line) for line in colophon.lines)
        return w("p", w("pPr", w("pStyle", val=Style.SPACER)), w("r", _anchored(_ruled(rows), lines)))


def _properties(line: Line) -> etree._Element:
    made = w("pPr", w("pStyle", val=line.style))
    if line.after is not None:
        made.append(w("spacing", after=line.after))
    if line.height:
        made.append(w("spacing", line=line.height, lineRule="exact"))
    if line.right:
        made.append(w("ind", right=line.right))
    return made


def _run(text: str, font: str = "") -> etree._Element:
    """A run; the hint keeps quotation marks and dashes in the Chinese font."""
    fonts = w("rFonts", hint="eastAsia")
    if font:
        fonts = w("rFonts", hint="eastAsia", ascii=font, hAnsi=font, eastAsia=font, cs=font)
    made = w("r", w("rPr", fonts))
    for at, line in enumerate(text.split("\n")):
        if at:
            made.append(w("br"))
        for number, stretch in enumerate(line.split("\t")):
            if number:
                made.append(w("tab"))
            if stretch:
                made.append(text_element(stretch))
    return made


def _sized_run(text: str, size: int) -> etree._Element:
    made = _run(text)
    made[0].extend((w("sz", val=size), w("szCs", val=size)))
    return made


def _mark(mark: Mark) -> etree._Element:
    spacing = w("spacing", before=max(0, mark.before), line=mark_line(mark.size), lineRule="exact")
    return w("p", w("pPr", w("pStyle", val=Style.MARK), spacing), _sized_run(mark.text, mark.size))


def _joint_mark(mark: JointMark) -> etree._Element:
    suffix = round(2.6 * mark.size * 10)
    widest = max(width(name) for name in mark.names)
    names = min(TEXT_WIDTH - suffix, round((widest + 0.2) * mark.size * 10))
    made = w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=names + suffix, type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
            _margins(0),
        ),
        w("tblGrid", w("gridCol", w=names), w("gridCol", w=suffix)),
    )
    left = _head_cell(names, [_mark_paragraph(name, mark.size, "distribute") for name in mark.names])
    right = _head_cell(suffix, [_mark_paragraph("文件", mark.size, "right")])
    made.append(w("tr", left, right))
    return made


def _mark_paragraph(text: str, size: int, jc: str) -> etree._Element:
    spacing = w("spacing", line=mark_line(size), lineRule="exact")
    return w("p", w("pPr", w("pStyle", val=Style.MARK), spacing, w("jc", val=jc)), _sized_run(text, size))


def _head_cell(width_: int, paragraphs: list[etree._Element]) -> etree._Element:
    return w("tc", w("tcPr", w("tcW", w=width_, type="dxa"), w("vAlign", val="center")), *paragraphs)


def _margins(sides: int) -> etree._Element:
    return w("tblCellMar", w("left", w=sides, type="dxa"), w("right", w=sides, type="dxa"))


def _table_properties(total: int) -> etree._Element:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(edge, val="single", sz=4, space=0, color="000000") for edge in edges))
    return w(
        "tblPr",
        w("tblW", w=total, type="dxa"),
        w("jc", val="center"),
        borders,
        w("tblLayout", type="fixed"),
        _margins(_CELL_MARGIN),
    )


def _widths(table: Table) -> list[int]:
    """Twips of each column: by its longest content, at least 4 字, together the width of the 版心."""
    rows = (table.header, *table.rows)
    longest = [
        max(width("".join(part.text for part in row[at])) for row in rows) for at in range(len(rows[0]))
    ]
    # A square root keeps a column of sentences from starving the columns of names.
    shares = [max(4.0, chars) ** 0.5 for chars in longest]
    widths = [int(TEXT_WIDTH * share / sum(shares)) for share in shares]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def _ruled(lines: list[etree._Element]) -> etree._Element:
    """The lines of the 版记 in a table: thick rules above and below, thin ones between (7.4.1)."""
    made = w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=TEXT_WIDTH, type="dxa"),
            w(
                "tblBorders",
                w("top", val="single", sz=_THICK, space=0, color="000000"),
                w("bottom", val="single", sz=_THICK, space=0, color="000000"),
                w("insideH", val="single", sz=_THIN, space=0, color="000000"),
            ),
            w("tblLayout", type="fixed"),
            _margins(0),
        ),
        w("tblGrid", w("gridCol", w=TEXT_WIDTH)),
    )
    for line in lines:
        made.append(w("tr", w("tc", w("tcPr", w("tcW", w=TEXT_WIDTH, type="dxa")), line)))
    return made


def _lines_of(line: Line) -> int:
    chars = sum(width(word.text) for word in line.words)
    return 1 if line.style is Style.ISSUE else max(1, -int(-chars // 25))


def _anchored(table: etree._Element, lines: int) -> etree._Element:
    """A text box at the foot of the 版心; LibreOffice does not float tables and frames there."""
    last = w("p", w("pPr", w("pStyle", val=Style.SPACER)))
    content = w("txbxContent", table, last)
    height = (lines * _COLOPHON_LINE + 40) * _EMU
    source = _BOX.format(width=TEXT_WIDTH * _EMU, height=height, **_BOX_NAMESPACES)
    drawing = etree.fromstring(source)
    place = drawing.find(f".//{{{ooxml.WPS}}}txbx")
    assert place is not None
    place.append(content)
    choice = etree.Element(f"{{{ooxml.MC}}}Choice", Requires="wps")
    choice.append(drawing)
    made = etree.Element(f"{{{ooxml.MC}}}AlternateContent", nsmap=ooxml.NSMAP)
    made.append(choice)
    return made


_BOX_NAMESPACES = {"W": ooxml.W, "WP": ooxml.WP, "WPS": ooxml.WPS, "A": ooxml.A}
_BOX = """<w:drawing xmlns:w="{W}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:wps="{WPS}">
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" \
layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>\
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>\
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>\
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>\
<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/><a:graphic>\
<a:graphicData uri="{WPS}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>\
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>\
<wps:txbx/><wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp>\
</a:graphicData></a:graphic></wp:anchor></w:drawing>"""
