"""Walks through a Word file and takes down its lines, tables and pictures in order."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from hearth.engines.gongwen.importing.items import Cell, Grid, Image, Item, Line, Piece, PieceKind
from hearth.engines.gongwen.importing.looks import Styles, applied, value
from hearth.engines.gongwen.importing.numbering import Numbering
from hearth.engines.gongwen.ooxml import BOOKMARK_PREFIX, FIXED_PREFIX, MC, TAG_PREFIX, WP, A, R, q
from hearth.engines.gongwen.opening import Opened, resolved

TRACKED = "原文有修订痕迹，已按接受修订后的样子取出"
FOOTNOTE = "这里原有脚注或尾注"
EQUATION = "这里原有公式，只取出了文字"
OBJECT = "这里原嵌着别的文件，没有取出"
HIDDEN = "这里原有隐藏文字，没有取出"
MERGED = "表格里有合并的单元格，文字留在左上一格，其余空着"
NESTED = "表格里还套着表格，只取出了文字"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_V = "urn:schemas-microsoft-com:vml"
_WORDS = {q("tab"): "\t", q("br"): "\n", q("cr"): "\n", q("noBreakHyphen"): "-", q("ptab"): "\t"}
_OFF = ("0", "false", "off")
_EQUATION_WORDS = f"{{{_M}}}t"
_P, _P_PR, _P_STYLE, _R, _T, _SDT, _R_PR = (q(tag) for tag in ("p", "pPr", "pStyle", "r", "t", "sdt", "rPr"))
_UNSAID = (_P_PR, _R_PR, q("instrText"), q("delText"))
_SECTION = f"{_P_PR}/{q('sectPr')}"
_MOST_COLUMNS = 63
"""Word's own limit."""


def items(opened: Opened) -> Iterator[Item]:
    """Lines, tables and pictures of the body."""
    yield from _Body(opened).items()


@dataclass
class _Paragraph:
    """Gathers the words of a paragraph, and the boxes and pictures that hang in it."""

    stretches: list[tuple[PieceKind, str, list[str]]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[etree._Element] = field(default_factory=list)
    run: etree._Element | None = None
    longest: int = -1
    figure: str = ""
    fixed: dict[str, str] = field(default_factory=dict)
    fields: list[bool] = field(default_factory=list)

    def write(self, text: str) -> None:
        if not text:
            return
        kind, name = PieceKind.WORDS, ""
        if self.figure:
            kind, name = PieceKind.FIGURE, self.figure
        elif self.fixed:
            name = next(reversed(self.fixed.values()))
            kind = PieceKind.FIXED if name.startswith(FIXED_PREFIX) else PieceKind.FIGURE
            name = name.removeprefix(BOOKMARK_PREFIX)
        if not self.stretches or self.stretches[-1][:2] != (kind, name):
            self.stretches.append((kind, name, []))
        self.stretches[-1][2].append(text)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words so far, those of one kind together."""
        return tuple(Piece(kind, "".join(texts), name) for kind, name, texts in self.stretches)

    def through(self, element: etree._Element) -> None:
        for child in element:
            self.one(child)

    def one(self, child: etree._Element) -> None:
        tag = child.tag
        if tag == _R:
            self._run(child)
        elif tag in (_T, _EQUATION_WORDS):
            self.write(child.text or "")
        elif tag in _WORDS:
            if child.get(q("type")) not in ("page", "column"):
                self.write(_WORDS[tag])
        elif tag == _SDT:
            self._control(child)
        elif tag == q("bookmarkStart"):
            if (name := child.get(q("name"), "")).startswith((BOOKMARK_PREFIX, FIXED_PREFIX)):
                self.fixed[child.get(q("id"), "")] = name
        elif tag == q("bookmarkEnd"):
            self.fixed.pop(child.get(q("id"), ""), None)
        else:
            self._other(child)

    def _other(self, child: etree._Element) -> None:
        tag = child.tag
        if tag in _UNSAID:
            return
        if tag in (q("del"), q("moveFrom")):
            self.remarks.append(TRACKED)
        elif tag in (q("footnoteReference"), q("endnoteReference")):
            self.remarks.append(FOOTNOTE)
        elif tag == q("object"):
            self.remarks.append(OBJECT)
        elif tag in (q("txbxContent"), f"{{{_V}}}textbox"):
            self.boxes.append(child)
        elif tag == f"{{{A}}}blip" or tag == f"{{{_V}}}imagedata":
            self.pictures.append(child)
        elif tag == f"{{{MC}}}AlternateContent":
            options = [*child.iterchildren(f"{{{MC}}}Choice"), *child.iterchildren(f"{{{MC}}}Fallback")]
            if options:
                self.through(options[0])
        elif isinstance(tag, str):
            if tag in (q("ins"), q("moveTo")):
                self.remarks.append(TRACKED)
            if tag in (f"{{{_M}}}oMath", f"{{{_M}}}oMathPara"):
                self.remarks.append(EQUATION)
            self.through(child)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(_R_PR)
        hidden = properties.find(q("vanish")) if properties is not None else None
        if hidden is not None and hidden.get(q("val"), "1") not in _OFF:
            if any(found.text for found in run.iter(q("t"))):
                self.remarks.append(HIDDEN)
            return
        length = sum(len(found.text or "") for found in run.iterchildren(_T))
        if length > self.longest:
            self.run, self.longest = properties, length
        self.through(run)

    def _control(self, control: etree._Element) -> None:
        tag = value(control.find(f"{q('sdtPr')}/{q('tag')}"))
        before = self.figure
        self.figure = tag.removeprefix(TAG_PREFIX) if tag.startswith(TAG_PREFIX) else before
        content = control.find(q("sdtContent"))
        if content is not None:
            self.through(content)
        self.figure = before


class _Body:
    def __init__(self, opened: Opened) -> None:
        self._body = opened.body
        self._styles = Styles.of(opened)
        self._numbering = Numbering.of(opened)
        self._targets = {
            one.id: resolved("word", one.target)
            for one in opened.relations
            if one.kind == "image" and not one.external
        }
        self._lies = _lying(opened.body)

    def items(self) -> Iterator[Item]:
        at = 0
        for element in self._body:
            lies = self._lies[at] if at < len(self._lies) else False
            for item in self._from(element):
                yield replace(item, lies=True) if lies else item
            if element.tag == _P and element.find(_SECTION) is not None:
                at += 1

    def _from(self, element: etree._Element) -> Iterator[Item]:
        if element.tag == _P:
            if any(child.tag != _P_PR for child in element):
                yield from self._paragraph(element)
        elif element.tag == q("tbl"):
            yield self._table(element)
        elif element.tag in (q("sectPr"), q("bookmarkStart"), q("bookmarkEnd")):
            return
        elif element.tag == q("altChunk"):
            yield Line((), remarks=(OBJECT,))
        elif isinstance(element.tag, str):
            for child in element:
                yield from self._from(child)

    def _paragraph(self, element: etree._Element) -> Iterator[Item]:
        gathered = _Paragraph()
        gathered.through(element)
        properties = element.find(_P_PR)
        style = self._styles.style(value(properties.find(_P_STYLE) if properties is not None else None))
        style = applied(style, properties, gathered.run)
        for box in gathered.boxes:
            for child in box:
                yield from (replace(i, in_box=True) if isinstance(i, Line) else i for i in self._from(child))
        pieces = gathered.pieces
        label = self._numbering.label(style.list_id, style.level) if style.list_id and pieces else ""
        yield Line(
            pieces,
            style.name,
            style.look,
            label,
            remarks=tuple(dict.fromkeys(gathered.remarks)),
        )
        for picture in gathered.pictures:
            relation = picture.get(f"{{{R}}}embed") or picture.get(f"{{{R}}}id") or ""
            yield Image(self._targets.get(relation, ""), _picture_title(picture))

    def _table(self, table: etree._Element) -> Grid:
        remarks: list[str] = []
        rows = [tuple(self._row(row, remarks)) for row in _children(table, q("tr"))]
        columns = min(_MOST_COLUMNS, max(map(len, rows), default=0))
        filled = tuple((*row[:columns], *(Cell(()) for _ in range(columns - len(row)))) for row in rows)
        return Grid(filled, remarks=tuple(dict.fromkeys(remarks)))

    def _row(self, row: etree._Element, remarks: list[str]) -> Iterator[Cell]:
        for cell in _children(row, q("tc")):
            properties = cell.find(q("tcPr"))
            merge = properties.find(q("vMerge")) if properties is not None else None
            span = value(properties.find(q("gridSpan"))) if properties is not None else ""
            more = (
                min(_MOST_COLUMNS, int(span)) - 1
                if span.isascii() and span.isdigit() and len(span) < 4
                else 0
            )
            if merge is not None or more > 0:
                remarks.append(MERGED)
            goes_on = merge is not None and merge.get(q("val"), "continue") == "continue"
            yield Cell(tuple(self._cell_lines(cell, remarks)), covered=goes_on)
            for _ in range(more):
                yield Cell((), covered=True)

    def _cell_lines(self, cell: etree._Element, remarks: list[str]) -> Iterator[Line]:
        for child in cell:
            for item in self._from(child):
                if isinstance(item, Line):
                    yield item
                elif isinstance(item, Grid):
                    remarks.append(NESTED)
                    for row in item.rows:
                        for inner in row:
                            yield from inner.lines
                else:
                    remarks.append("表格里有图片，没有取出")


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (_SDT, q("sdtContent"), q("ins"), q("customXml"), q("smartTag")):
            yield from _children(child, tag)


def _lying(body: etree._Element) -> list[bool]:
    """Whether the pages of each section lie."""
    sections = [
        *(found for p in body.iterchildren(q("p")) for found in p.iterfind(f"{q('pPr')}/{q('sectPr')}")),
        *body.iterchildren(q("sectPr")),
    ]
    sizes = [section.find(q("pgSz")) for section in sections]
    return [size is not None and size.get(q("orient")) == "landscape" for size in sizes]


def _picture_title(picture: etree._Element) -> str:
    for parent in picture.iterancestors(f"{{{WP}}}inline", f"{{{WP}}}anchor"):
        described = parent.find(f"{{{WP}}}docPr")
        if described is not None:
            return described.get("descr", "") or ""
    return ""


def basename(member: str) -> str:
    """The name of a picture in the source."""
    return posixpath.basename(member)
