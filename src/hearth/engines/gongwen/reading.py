"""Reads a Word file back: its printed text, the anchors of its figures, and the ledgers inside.

Nothing is parsed before the archive has been checked (size, members, ratio, entities).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from hearth.engines.gongwen import flow
from hearth.engines.gongwen.errors import BadDocument
from hearth.engines.gongwen.flow import Flow, Span
from hearth.engines.gongwen.ledger import LedgerPart, read_part
from hearth.engines.gongwen.ooxml import BOOKMARK_PREFIX, FIXED_PREFIX, MC, TAG_PREFIX, q
from hearth.lib import archives
from hearth.lib.archives import Archive, Kind, Limits
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused

LIMITS = Limits(members=500, member_bytes=8 * 1024 * 1024, total_bytes=64 * 1024 * 1024, ratio=200)
"""An official paper with pictures is well below; a whole book would not be."""

MOST_ANCHORS = 3000
"""Controls and bookmarks of figures that one file may hold."""

_CURE = "请用 Word 或 WPS 打开，另存为 .docx 再核对"
_IGNORED = frozenset(
    (
        q("pPr"),
        q("sdtPr"),
        q("tblPr"),
        q("trPr"),
        q("tcPr"),
        q("sectPr"),
        q("del"),
        q("moveFrom"),
        q("instrText"),
        q("delText"),
        f"{{{MC}}}Fallback",
    )
)
_BREAKS = {q("tab"): "\t", q("br"): "\n", q("cr"): "\n", q("noBreakHyphen"): "-", q("ptab"): "\t"}
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Control:
    """A content control of a figure: where it stands, the id in its tag (empty: lost), its title."""

    span: Span
    title: str


@dataclass(frozen=True)
class Reading:
    """What a Word file says: text as printed, controls and bookmarks of figures, fixed words, ledgers."""

    text: str
    controls: tuple[Control, ...]
    bookmarks: tuple[Span, ...]
    fixed: tuple[Span, ...]
    parts: tuple[LedgerPart, ...]


def read(docx: bytes) -> Reading:
    """Read a Word file. Raises BadDocument for what is no Word file, or none that should be opened."""
    archive = _checked(docx)
    root = _parsed(archive.read(Kind.DOCX.main))
    body = root.find(q("body"))
    if root.tag != q("document") or body is None:
        raise BadDocument("文件里没有正文", _CURE)
    walk = _Walk()
    walk.through(body)
    if len(walk.controls) + len(walk.bookmarks) > MOST_ANCHORS:
        raise BadDocument(f"文件里的数字控件和书签超过 {MOST_ANCHORS} 个", "请核对这是不是本系统生成的公文")
    return Reading(
        walk.flow.text,
        tuple(walk.controls),
        tuple(span for span in walk.bookmarks if span.id.startswith(BOOKMARK_PREFIX)),
        tuple(span for span in walk.bookmarks if span.id.startswith(FIXED_PREFIX)),
        tuple(_ledgers(archive)),
    )


def _checked(docx: bytes) -> Archive:
    try:
        return archives.check(Arrival("公文.docx", docx), Kind.DOCX, LIMITS)
    except Refused as refused:
        fault = refused.faults[0]
        message = f"这是{fault.found}" if fault.found and fault.wanted else "不能核对这个文件"
        raise BadDocument(message, fault.cure.rstrip("。") or _CURE) from refused


def _parsed(blob: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(blob, parser)
    except etree.XMLSyntaxError as error:
        raise BadDocument("文件内容损坏", _CURE) from error


def _ledgers(archive: Archive) -> Iterator[LedgerPart]:
    for name in archive.names:
        if name.startswith("customXml/item") and name.endswith(".xml"):
            part = read_part(_parsed(archive.read(name)))
            if part:
                yield part


@dataclass
class _Walk:
    """Walks through the body in document order and writes down what is printed."""

    flow: Flow = field(default_factory=Flow)
    controls: list[Control] = field(default_factory=list)
    bookmarks: list[Span] = field(default_factory=list)
    _open: dict[str, tuple[str, int]] = field(default_factory=dict)

    def through(self, body: etree._Element) -> None:
        waiting: list[tuple[etree._Element, int | None]] = [(body, None)]
        while waiting:
            element, begun = waiting.pop()
            if begun is not None:
                self._leave(element, begun)
            elif element.tag not in _IGNORED and not _is_hidden(element):
                waiting.append((element, self._enter(element)))
                waiting += [(child, None) for child in reversed(element) if isinstance(child.tag, str)]

    def _enter(self, element: etree._Element) -> int:
        tag = element.tag
        if tag == q("p"):
            self.flow.part(_mark_before(element))
        elif tag == q("t"):
            self.flow.write(element.text or "")
        elif tag in _BREAKS and element.get(q("type")) != "page":
            self.flow.write(_BREAKS[tag])
        elif tag == q("bookmarkStart"):
            self._open[element.get(q("id"), "")] = (element.get(q("name"), ""), self.flow.here)
        elif tag == q("bookmarkEnd"):
            self._close_bookmark(element.get(q("id"), ""))
        return self.flow.here

    def _leave(self, element: etree._Element, start: int) -> None:
        if element.tag == q("txbxContent"):
            self.flow.part(flow.LINE)
        elif element.tag == q("sdt"):
            self._control(element, start)

    def _close_bookmark(self, number: str) -> None:
        name, start = self._open.pop(number, ("", 0))
        if name.startswith((BOOKMARK_PREFIX, FIXED_PREFIX)):
            self.bookmarks.append(Span(start, max(start, self.flow.end), name))

    def _control(self, element: etree._Element, start: int) -> None:
        tag = _property(element, "tag")
        figure_id = tag.removeprefix(TAG_PREFIX) if tag.startswith(TAG_PREFIX) else ""
        title = _property(element, "alias")
        if figure_id or title:
            self.controls.append(Control(Span(start, max(start, self.flow.end), figure_id), title))


def _mark_before(paragraph: etree._Element) -> str:
    """A tab before the first paragraph of a second or further cell, else a new line."""
    cell = paragraph.getparent()
    if cell is None or cell.tag != q("tc") or cell.find(q("p")) is not paragraph:
        return flow.LINE
    first = cell.getparent()
    return flow.LINE if first is None or first.find(q("tc")) is cell else flow.CELL


def _is_hidden(element: etree._Element) -> bool:
    """Whether a run is marked as hidden: it is in the file, but nobody sees it."""
    if element.tag != q("r"):
        return False
    vanish = element.find(f"{q('rPr')}/{q('vanish')}")
    return vanish is not None and vanish.get(q("val"), "1") not in _OFF


def _property(control: etree._Element, name: str) -> str:
    element = control.find(f"{q('sdtPr')}/{q(name)}")
    return element.get(q("val"), "") if element is not None else ""
