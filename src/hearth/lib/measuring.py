"""The copy of a Word file that LibreOffice is given in place of the file itself, which stays as it is.

LibreOffice 7.4 departs from Word in two points that move every line (both measured): it reads w:overflowPunct the
wrong way round, and it does not read w:autoSpaceDE and w:autoSpaceDN at all but always sets a fifth of a 字 between
汉字 and digits or Latin letters. A zero-width space there prevents it, and does not come into the PDF.
"""

import io
import re
import zipfile

from lxml import etree

from hearth.lib import archives
from hearth.lib.arrivals import Arrival

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off"}
_AUTO_SPACE = ("autoSpaceDE", "autoSpaceDN")
_LETTER = r"[0-9A-Za-z]"
_HANZI = r"[\u3400-\u9fff]"
_SEAM = re.compile(f"(?<={_HANZI})(?={_LETTER})|(?<={_LETTER})(?={_HANZI})")
_NOTHING_WIDE = "\u200b"
_EXTERNAL = re.compile(rb'<Relationship\b(?=[^>]*TargetMode="External")(?![^>]*/hyperlink")[^>]*?/>')
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def copy(arrival: Arrival) -> bytes:
    """Return a copy that LibreOffice lays out as Word does, and that refers to nothing outside the file.

    Links to pictures, templates and objects elsewhere are taken out. Raises Refused for what is no sound Word file.
    """
    archive = archives.check(arrival, archives.Kind.DOCX)
    styles = _Styles(archive.read("word/styles.xml") if "word/styles.xml" in archive else b"")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive.names:
            content = archive.read(name)
            if name.endswith(".rels"):
                content = _EXTERNAL.sub(b"", content)
            elif name == "word/styles.xml" or _TEXT_PARTS.fullmatch(name):
                content = _turned(arrival, content, styles)
            target.writestr(name, content)
    return out.getvalue()


class _Styles:
    """The paragraph styles: which of them set 汉字 and digits without a space."""

    def __init__(self, part: bytes) -> None:
        root = _parsed(part) if part else None
        found = [] if root is None else root.findall(f"{_W}style")
        self._styles = {style.get(f"{_W}styleId", ""): style for style in found}
        self._normal = next((name for name, style in self._styles.items() if style.get(f"{_W}default")), "")

    def is_close(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph wants no space between 汉字 and digits."""
        properties = paragraph.find(f"{_W}pPr")
        said = _auto_space(properties)
        if said is not None:
            return said
        named = None if properties is None else properties.find(f"{_W}pStyle")
        name = self._normal if named is None else named.get(f"{_W}val", "")
        for _ in range(len(self._styles)):
            style = self._styles.get(name)
            if style is None:
                break
            said = _auto_space(style.find(f"{_W}pPr"))
            if said is not None:
                return said
            based = style.find(f"{_W}basedOn")
            name = "" if based is None else based.get(f"{_W}val", "")
        return False


def _auto_space(properties: etree._Element | None) -> bool | None:
    """True where the space is turned off, False where it is turned on, None where nothing is said."""
    if properties is None:
        return None
    said = [element for name in _AUTO_SPACE if (element := properties.find(f"{_W}{name}")) is not None]
    return all(element.get(f"{_W}val", "1") in _OFF for element in said) if said else None


def _turned(arrival: Arrival, content: bytes, styles: _Styles) -> bytes:
    try:
        root = _parsed(content)
    except etree.XMLSyntaxError:
        arrival.refuse(cure="文件损坏或经过改动。请用 Word 或 WPS 打开，另存为 .docx 再试")
    for element in root.iter(f"{_W}overflowPunct"):
        element.set(f"{_W}val", "1" if element.get(f"{_W}val", "1") in _OFF else "0")
    for paragraph in root.iter(f"{_W}p"):
        if styles.is_close(paragraph):
            _close(paragraph)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _close(paragraph: etree._Element) -> None:
    """Put the zero-width spaces where 汉字 and digits meet, also from one run to the next."""
    before = ""
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        text = element.text if element.tag == f"{_W}t" else ""
        if not text:
            before = ""
            continue
        joined = _SEAM.sub(_NOTHING_WIDE, before + text)
        element.text = joined[len(before) :]
        before = text[-1]


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)
