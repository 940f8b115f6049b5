"""How paragraphs look, their styles and those that these are based on taken into account."""

from dataclasses import dataclass, field, replace

from lxml import etree

from hearth.engines.gongwen.importing.items import Look
from hearth.engines.gongwen.ooxml import q
from hearth.engines.gongwen.opening import Opened

_DEEPEST = 11
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Style:
    """A style of paragraphs: its name, how it looks, the list and level of its automatic numbers."""

    name: str = ""
    look: Look = field(default_factory=Look)
    list_id: str = ""
    level: int = 0


@dataclass
class Styles:
    """The styles of a file by their ids."""

    _elements: dict[str, etree._Element]
    _known: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def of(cls, opened: Opened) -> "Styles":
        """The styles of a file."""
        root = next(opened.parts("styles"), None)
        found = {} if root is None else {s.get(q("styleId"), ""): s for s in root.iterchildren(q("style"))}
        usual = [
            name
            for name, style in found.items()
            if style.get(q("type")) == "paragraph" and style.get(q("default"), "0") not in _OFF
        ]
        return cls(found, default=usual[0] if usual else "")

    def style(self, style_id: str, depth: int = 0) -> Style:
        """The style of this id; a plain one when there is none."""
        style_id = style_id or self.default
        if style_id in self._known:
            return self._known[style_id]
        element = self._elements.get(style_id)
        if element is None or depth > _DEEPEST:
            return Style()
        based = element.find(q("basedOn"))
        base = self.style(value(based), depth + 1) if based is not None and value(based) else Style()
        made = applied(base, element.find(q("pPr")), element.find(q("rPr")))
        self._known[style_id] = replace(made, name=value(element.find(q("name"))))
        return self._known[style_id]


def applied(style: Style, paragraph: etree._Element | None, run: etree._Element | None) -> Style:
    """A style with what a paragraph or its words say themselves."""
    if (paragraph is None or not len(paragraph)) and (run is None or not len(run)):
        return style
    look, list_id, level = style.look, style.list_id, style.level
    if paragraph is not None:
        look = replace(look, align=value(paragraph.find(q("jc"))) or look.align)
        outline = value(paragraph.find(q("outlineLvl")))
        if outline.isascii() and outline.isdigit() and len(outline) == 1:
            look = replace(look, outline=int(outline) if int(outline) < 9 else -1)
        if (numbered := paragraph.find(q("numPr"))) is not None:
            list_id = value(numbered.find(q("numId"))) or list_id
            depth = value(numbered.find(q("ilvl")))
            level = int(depth) if depth.isascii() and depth.isdigit() and len(depth) == 1 else level
    if run is not None:
        size, fonts = value(run.find(q("sz"))), run.find(q("rFonts"))
        bold, color = run.find(q("b")), run.find(q("color"))
        look = replace(
            look,
            size=int(size) if size.isascii() and size.isdigit() and len(size) < 5 else look.size,
            bold=look.bold if bold is None else bold.get(q("val"), "1") not in _OFF,
            font=(fonts.get(q("eastAsia"), "") if fonts is not None else "") or look.font,
            color=value(color) or look.color,
        )
    return Style(style.name, look, list_id, level)


def value(element: etree._Element | None) -> str:
    """The attribute `val` of an element."""
    return element.get(q("val"), "") if element is not None else ""
