"""Elements of WordprocessingML, made and read."""

import hashlib
import re

from lxml import etree

from hearth.engines.gongwen.paper import ALIAS_MARK, Figure

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NSMAP = {"w": W, "w15": W15, "mc": MC, "wp": WP, "wps": WPS, "a": A, "r": R}

TAG_PREFIX = "fig:"
BOOKMARK_PREFIX = "fig_"
FIXED_PREFIX = "fix_"
_LONGEST_TITLE = 64
_PLAIN_ID = re.compile(r"[a-z0-9]+")


def w(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """An element of the main namespace; so are its attributes."""
    made = etree.Element(q(tag), nsmap=NSMAP)
    for name, value in attributes.items():
        made.set(q(name), str(value))
    made.extend(children)
    return made


def q(tag: str) -> str:
    """The qualified name of a tag or attribute of the main namespace."""
    return f"{{{W}}}{tag}"


def serialized(root: etree._Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def bookmark_name(figure_id: str) -> str:
    """The bookmark of a figure.

    Word compares bookmarks without regard to case and knows no hyphen in them, and 40 characters are the
    most; ids that would suffer are hashed.
    """
    if _PLAIN_ID.fullmatch(figure_id):
        return BOOKMARK_PREFIX + figure_id
    return f"{BOOKMARK_PREFIX}x_{hashlib.sha256(figure_id.encode()).hexdigest()[:32]}"


def alias(figure: Figure) -> str:
    """The title of a figure's content control, the last witness when every ledger is lost.

    Word takes at most 64 characters; a longer title names the figure only.
    """
    title = f"{figure.name}{ALIAS_MARK}{figure.text}"
    return (
        title if len(title.encode("utf-16-le")) <= 2 * _LONGEST_TITLE else figure.name[: _LONGEST_TITLE // 2]
    )
