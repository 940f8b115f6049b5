"""Reads a Word file back: its printed text, the anchors of its figures, and the ledgers inside.

The text is that of the body, as `flow` writes it; notes, comments, headers, footers and hidden words follow it
when they say anything, so that a number in them is a number of the paper.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from hearth.engines.gongwen import flow, ooxml
from hearth.engines.gongwen.errors import BadDocument
from hearth.engines.gongwen.flow import Flow, Frame, Span
from hearth.engines.gongwen.ledger import Ledger, read_part
from hearth.engines.gongwen.ooxml import BOOKMARK_PREFIX, FIXED_PREFIX, MC, TAG_PREFIX, q
from hearth.engines.gongwen.opening import SMALL_PART, Opened, open_docx, parsed, refuse_unseen

MOST_ANCHORS = 20_000
"""Controls and bookmarks of figures that one file may hold."""

FAINT = "▯"
"""Stands before words that are in the file but that nobody can read or that are struck out."""

NOTE = "※"
"""Stands for the mark of a footnote or endnote."""

_OFF = ("0", "false", "off")
_SMALLEST = 8
"""Half points; smaller words are faint."""

_MARGINALIA = ("header", "footer", "footnotes", "endnotes", "comments")
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_V = "urn:schemas-microsoft-com:vml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_KNOWN = frozenset(
    (
        *(ooxml.W, ooxml.MC, ooxml.WP, ooxml.WPS, ooxml.A, ooxml.W15, _M, _V),
        *(f"{_DRAWING}{name}" for name in ("picture", "chart", "diagram", "lockedCanvas")),
        *(f"{_MICROSOFT}word/2010/wordprocessing{name}" for name in ("Group", "Ink", "Canvas", "Drawing")),
        *(f"{_MICROSOFT}{name}" for name in ("word/2010/wordml", "drawing/2010/main", "word/2006/wordml")),
        "urn:schemas-microsoft-com:office:office",
        "urn:schemas-microsoft-com:office:word",
    )
)
"""Namespaces that Word knows; it leaves out what stands in others."""


@dataclass(frozen=True)
class Control:
    """A content control of a figure: where it stands, the id in its tag (empty: lost), its title."""

    span: Span
    title: str


@dataclass(frozen=True)
class Reading:
    """What a Word file says: text as printed, controls and bookmarks of figures, fixed words, tables, ledgers."""

    text: str
    controls: tuple[Control, ...]
    bookmarks: tuple[Span, ...]
    fixed: tuple[Span, ...]
    frames: tuple[Frame, ...]
    parts: tuple[Ledger, ...]


def read(docx: bytes) -> Reading:
    """Read a Word file. Raises BadDocument for what is no Word file, or none that should be opened."""
    opened = open_docx(docx)
    refuse_unseen(opened)
    walk = _Walk(_hidden_styles(opened))
    walk.part(opened.body)
    for blob in opened.blobs(*_MARGINALIA):
        walk.beside(blob)
    walk.unseen()
    if len(walk.controls) + len(walk.bookmarks) > MOST_ANCHORS:
        raise BadDocument(f"文件里的数字控件和书签超过 {MOST_ANCHORS} 个", "请核对这是不是本系统生成的公文")
    return Reading(
        walk.flow.text,
        tuple(walk.controls),
        tuple(span for span in walk.bookmarks if span.id.startswith(BOOKMARK_PREFIX)),
        tuple(span for span in walk.bookmarks if span.id.startswith(FIXED_PREFIX)),
        tuple(walk.flow.frames),
        tuple(_ledgers(opened)),
    )


def _ledgers(opened: Opened) -> Iterator[Ledger]:
    for name in opened.archive.names:
        if name.startswith("customXml/item") and name.endswith(".xml") and "Props" not in name:
            part = read_part(parsed(opened.archive.read(name)))
            if part:
                yield part


def _hidden_styles(opened: Opened) -> frozenset[str]:
    """The ids of styles whose words are hidden, by themselves or by the style that they are based on."""
    name = "word/styles.xml"
    blob = opened.archive.read(name) if name in opened.archive else b""
    if b"vanish" not in blob:
        return frozenset()
    styles = [(style, style.get(q("styleId"), "")) for style in parsed(blob).iterchildren(q("style"))]
    hidden = {name for style, name in styles if _is_on(style.find(f"{q('rPr')}/{q('vanish')}"))}
    for _ in range(10):
        based = {name for style, name in styles if _value(style.find(q("basedOn"))) in hidden}
        if based <= hidden:
            break
        hidden |= based
    return frozenset(hidden)


@dataclass
class _Field:
    """An open field: its instruction, and whether its result has begun."""

    instruction: str = ""
    shows_result: bool = False

    @property
    def is_page_number(self) -> bool:
        return self.shows_result and self.instruction.split()[:1] in [[name] for name in _PAGE_FIELDS]


@dataclass
class _Walk:
    """Walks through a part in document order and writes down what is printed."""

    hidden_styles: frozenset[str]
    flow: Flow = field(default_factory=Flow)
    controls: list[Control] = field(default_factory=list)
    bookmarks: list[Span] = field(default_factory=list)
    _open: dict[str, tuple[str, int]] = field(default_factory=dict)
    _fields: list[_Field] = field(default_factory=list)
    _hidden: list[str] = field(default_factory=list)
    _may_tell: bool = True

    def part(self, root: etree._Element) -> None:
        """Write a whole part; where no run has a telling property, none is looked at."""
        self._may_tell = next(root.iter(*_TELLING), None) is not None
        self.through(root)

    def through(self, element: etree._Element) -> None:
        """Write what stands in an element. As deep as the parser admits, 256 levels, and no deeper."""
        for child in element:
            tag = child.tag
            handler = _HANDLERS.get(tag)
            if handler is _NOTHING:
                continue
            if handler is not None:
                handler(self, child)
            elif _is_shown(tag):
                self.through(child)

    def beside(self, blob: bytes) -> None:
        """Write a part beside the body, unless it says nothing but page numbers."""
        judged = _remembered_aside if len(blob) <= SMALL_PART else _aside
        aside = judged(blob, self.hidden_styles)
        if aside.speaks:
            self.flow.part(flow.LINE)
            self.part(parsed(blob))
        else:
            self._hidden += aside.hidden

    def unseen(self) -> None:
        """Write the hidden words; they may be printed when somebody asks for them."""
        for words in self._hidden:
            if any(char.isalnum() for char in words):
                self.flow.part(flow.LINE)
                self.flow.write(words)

    def paragraph(self, element: etree._Element) -> None:
        if self.hidden_styles and _value(element.find(_P_STYLE)) in self.hidden_styles:
            self._hide(element)
            return
        if self._fields:
            self._fields.clear()
        self.flow.part(_mark_before(element))
        self.through(element)

    def run(self, element: etree._Element) -> None:
        properties = _child(element, _R_PR) if self._may_tell else None
        telling = [] if properties is None else [one for one in properties if one.tag in _TELLING]
        if telling:
            if any(self._hides(one) for one in telling):
                self._hide(element)
                return
            if any(map(_is_faint, telling)) and next(element.iter(*_WORDS), None) is not None:
                self.flow.write(FAINT)
        self.through(element)

    def words(self, element: etree._Element) -> None:
        if not (self._fields and any(one.is_page_number for one in self._fields)):
            self.flow.write(element.text or "")

    def symbol(self, element: etree._Element) -> None:
        code = element.get(q("char"), "")
        number = int(code, 16) if 1 <= len(code) <= 4 and _is_hexadecimal(code) else 0
        self.flow.write(
            chr(number - 0xF000 if 0xF020 <= number <= 0xF0FF else number) if number >= 0x20 else ""
        )

    def line_break(self, element: etree._Element) -> None:
        """A new line; a new page is none of the words."""
        if element.get(_TYPE) != "page":
            self.flow.write("\n")

    def word_art(self, element: etree._Element) -> None:
        self.flow.write(element.get("string", ""))

    def field_mark(self, element: etree._Element) -> None:
        kind = element.get(q("fldCharType"))
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].shows_result = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def instruction(self, element: etree._Element) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def simple_field(self, element: etree._Element) -> None:
        self._fields.append(_Field(element.get(q("instr"), ""), shows_result=True))
        self.through(element)
        if self._fields:
            self._fields.pop()

    def table(self, element: etree._Element) -> None:
        start = self.flow.end
        head_end = -1
        for row in element:
            if row.tag == _TR:
                self.through(row)
                if head_end < 0:
                    is_head = _is_on(row.find(f"{q('trPr')}/{q('tblHeader')}"))
                    head_end = self.flow.end if is_head else start
            elif _is_shown(row.tag) and row.tag not in _HANDLERS:
                self.through(row)
        if head_end > start:
            self.flow.frames.append(Frame(start, head_end, self.flow.end))

    def text_box(self, element: etree._Element) -> None:
        self.through(element)
        self.flow.part(flow.LINE)

    def control(self, element: etree._Element) -> None:
        start = self.flow.here
        self.through(element)
        properties = _child(element, _SDT_PR)
        said = {} if properties is None else {one.tag: one for one in reversed(properties)}
        tag, title = _value(said.get(_TAG)), _value(said.get(_ALIAS))
        figure_id = tag.removeprefix(TAG_PREFIX) if tag.startswith(TAG_PREFIX) else ""
        if figure_id or title:
            self.controls.append(Control(Span(start, max(start, self.flow.end), figure_id), title))

    def bookmark_start(self, element: etree._Element) -> None:
        name = element.get(_NAME, "")
        if name.startswith((BOOKMARK_PREFIX, FIXED_PREFIX)):
            self._open[element.get(_ID, "")] = (name, self.flow.here)

    def bookmark_end(self, element: etree._Element) -> None:
        name, start = self._open.pop(element.get(_ID, ""), ("", 0))
        if name:
            self.bookmarks.append(Span(start, max(start, self.flow.end), name))

    def choice(self, element: etree._Element) -> None:
        """Of several drawings of one thing the one that Word shows: the first that it understands."""
        for option in element.iterchildren(f"{{{MC}}}Choice"):
            needed = option.get("Requires", "").split()
            if all(option.nsmap.get(name) in _KNOWN for name in needed):
                self.through(option)
                return
        for option in element.iterchildren(f"{{{MC}}}Fallback"):
            self.through(option)

    def nothing(self, element: etree._Element) -> None:
        """What is not printed."""

    def _hides(self, mark: etree._Element) -> bool:
        """Whether a property of a run says that it is in the file, but nobody sees it."""
        if mark.tag == _R_STYLE:
            return _value(mark) in self.hidden_styles
        return mark.tag == _VANISH and _is_on(mark)

    def _hide(self, element: etree._Element) -> None:
        trial = _Walk(frozenset())
        for child in element:
            if child.tag == q("r"):
                trial.through(child)
            elif isinstance(child.tag, str):
                (_HANDLERS.get(child.tag) or _Walk.through)(trial, child)
        self._hidden += (trial.flow.text, *trial._hidden)


@dataclass(frozen=True)
class _Aside:
    """What a part beside the body says: whether more than page numbers, and its hidden words."""

    speaks: bool
    hidden: tuple[str, ...]


def _aside(blob: bytes, hidden_styles: frozenset[str]) -> _Aside:
    trial = _Walk(hidden_styles)
    trial.part(parsed(blob))
    return _Aside(any(char.isalnum() for char in trial.flow.text), tuple(trial._hidden))


_remembered_aside = lru_cache(maxsize=64)(_aside)
_NOTHING = _Walk.nothing

Handler = Callable[[_Walk, etree._Element], None]
_TR, _TC, _P, _R_PR, _VANISH = (q(tag) for tag in ("tr", "tc", "p", "rPr", "vanish"))
_P_STYLE = f"{q('pPr')}/{q('pStyle')}"
_SDT_PR, _TAG, _ALIAS, _VAL, _ID, _NAME, _TYPE = (
    q(tag) for tag in ("sdtPr", "tag", "alias", "val", "id", "name", "type")
)
_COLOR, _SIZE, _STRIKES = q("color"), q("sz"), (q("strike"), q("dstrike"))
_T, _R_STYLE = q("t"), q("rStyle")
_TELLING = frozenset((_VANISH, _R_STYLE, _COLOR, _SIZE, *_STRIKES))
"""Properties of a run that may keep its words from being read."""
_WORDS = (q("t"), q("sym"), f"{{{_M}}}t")


def _writes(words: str) -> Handler:
    return lambda walk, _: walk.flow.write(words)


def _refuse(_walk: _Walk, _element: etree._Element) -> None:
    raise BadDocument("文件里套着另一份文件，里面写了什么核对不到", "请把内容粘贴进来，另存为 .docx 再核对")


def _handlers() -> Iterable[tuple[str, Handler]]:
    for tag in (
        "pPr",
        "rPr",
        "sdtPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "del",
        "moveFrom",
        "delText",
    ):
        yield q(tag), _Walk.nothing
    for tag, words in (("tab", "\t"), ("cr", "\n"), ("noBreakHyphen", "-"), ("ptab", "\t")):
        yield q(tag), _writes(words)
    for tag in ("footnoteReference", "endnoteReference"):
        yield q(tag), _writes(NOTE)
    for tag in ("altChunk", "subDoc"):
        yield q(tag), _refuse
    yield from (
        (q("p"), _Walk.paragraph),
        (q("r"), _Walk.run),
        (q("t"), _Walk.words),
        (f"{{{_M}}}t", _Walk.words),
        (q("sym"), _Walk.symbol),
        (q("br"), _Walk.line_break),
        (q("tbl"), _Walk.table),
        (q("sdt"), _Walk.control),
        (q("txbxContent"), _Walk.text_box),
        (q("bookmarkStart"), _Walk.bookmark_start),
        (q("bookmarkEnd"), _Walk.bookmark_end),
        (q("fldChar"), _Walk.field_mark),
        (q("instrText"), _Walk.instruction),
        (q("fldSimple"), _Walk.simple_field),
        (f"{{{MC}}}AlternateContent", _Walk.choice),
        (f"{{{_V}}}textpath", _Walk.word_art),
        (f"{{{ooxml.A}}}t", _Walk.words),
    )


_HANDLERS: dict[object, Handler] = dict(_handlers())


@lru_cache(4096)
def _is_shown(tag: object) -> bool:
    """Whether Word shows what stands in an element for which there is no handler."""
    return isinstance(tag, str) and tag[1:].partition("}")[0] in _KNOWN


def _is_faint(mark: etree._Element) -> bool:
    """Whether a property of a run makes its words white, tiny or struck out."""
    if mark.tag == _COLOR:
        white = mark.get(_VAL, "").upper() == "FFFFFF"
        return white or mark.get(q("themeColor"), "") in ("background1", "light1")
    if mark.tag == _SIZE:
        size = mark.get(_VAL, "")
        return size.isascii() and size.isdigit() and int(size[:9]) <= _SMALLEST
    return mark.tag in _STRIKES and _is_on(mark)


def _mark_before(paragraph: etree._Element) -> str:
    """A tab before the first paragraph of a second or further cell, else a new line."""
    cell = paragraph.getparent()
    if cell is None or cell.tag != _TC or cell.find(_P) is not paragraph:
        return flow.LINE
    first = cell.getparent()
    return flow.LINE if first is None or first.find(_TC) is cell else flow.CELL


def _child(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child with a tag; find() would read the tag as a path."""
    return next(element.iterchildren(tag), None)


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(_VAL, "1") not in _OFF


def _value(element: etree._Element | None) -> str:
    return element.get(_VAL, "") if element is not None else ""


def _is_hexadecimal(code: str) -> bool:
    return all(char in "0123456789abcdefABCDEF" for char in code)
