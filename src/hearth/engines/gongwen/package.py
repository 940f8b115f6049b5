"""Packs the parts of a Word file. The same paper gives the same bytes: no clock, no random names."""

import io
import zipfile
from dataclasses import dataclass

from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from hearth.engines.gongwen import ooxml
from hearth.engines.gongwen.filling import require_complete
from hearth.engines.gongwen.layout import compose
from hearth.engines.gongwen.ledger import write_part
from hearth.engines.gongwen.ooxml import w
from hearth.engines.gongwen.paper import Meta, Paper
from hearth.engines.gongwen.paragraphs import Writer
from hearth.engines.gongwen.styles import BOTTOM, LEFT, LINE, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, TOP, Style
from hearth.engines.gongwen.stylesheet import fonts_part, footer_part, settings_part, styles_part

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_DATASTORE_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ITEM_ID = "{4C1D3E5A-6B0F-4A7E-9D25-8E1F7A30C4B2}"
_DC, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FOOTER = 1434
"""From the paper's edge to the foot of the page number: its dash is 7 mm below the 版心 (7.5, measured)."""


@dataclass(frozen=True)
class _Footer:
    """A footer of the odd ("default") or even pages, and its relation, which is made before any other."""

    pages: str
    style: Style
    relation: str


_FOOTERS = (_Footer("default", Style.FOOTER_ODD, "rId1"), _Footer("even", Style.FOOTER_EVEN, "rId2"))


def write(paper: Paper, *, key: bytes | None = None) -> bytes:
    """The paper as a Word file; with `key` the ledger inside is signed (HMAC-SHA256).

    The same paper and key give the same bytes. Raises MissingFigure when a slot is empty, ValueError when a
    marker still stands.
    """
    require_complete(paper)
    package = OpcPackage()
    document = _part("/word/document.xml", _MAIN_TYPE.format("document.main"), _document(paper))
    _add_footers(document)
    package.relate_to(document, f"{_OFFICE}/officeDocument")
    package.relate_to(_part("/docProps/core.xml", _CORE_TYPE, _core(paper)), _CORE)
    for name, blob in (("styles", styles_part()), ("settings", settings_part()), ("fontTable", fonts_part())):
        document.relate_to(_part(f"/word/{name}.xml", _MAIN_TYPE.format(name), blob), f"{_OFFICE}/{name}")
    item = _part("/customXml/item1.xml", "application/xml", write_part(paper, key))
    properties = _part("/customXml/itemProps1.xml", _DATASTORE_TYPE, _item_properties())
    item.relate_to(properties, f"{_OFFICE}/customXmlProps")
    document.relate_to(item, f"{_OFFICE}/customXml")
    return _packed(package)


def _part(name: str, content_type: str, blob: bytes) -> Part:
    return Part(PackURI(name), content_type, blob)


def _add_footers(document: Part) -> None:
    for at, footer in enumerate(_FOOTERS, 1):
        part = _part(f"/word/footer{at}.xml", _MAIN_TYPE.format("footer"), footer_part(footer.style))
        given = document.relate_to(part, f"{_OFFICE}/footer")
        assert given == footer.relation


def _document(paper: Paper) -> bytes:
    body = w("body")
    writer = Writer()
    for piece in compose(paper):
        body.extend(writer.write(piece))
    body.append(_section())
    root = w("document", body)
    root.set(f"{{{ooxml.MC}}}Ignorable", "w15")
    return ooxml.serialized(root)


def _section() -> etree._Element:
    made = w("sectPr")
    for footer in _FOOTERS:
        reference = w("footerReference", type=footer.pages)
        reference.set(f"{{{ooxml.R}}}id", footer.relation)
        made.append(reference)
    made.extend(
        (
            w("pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT),
            w("pgMar", top=TOP, right=RIGHT, bottom=BOTTOM, left=LEFT, header=850, footer=_FOOTER, gutter=0),
            w("pgNumType", fmt="decimal"),
            w("docGrid", type="lines", linePitch=LINE),
        )
    )
    return made


def _core(paper: Paper) -> bytes:
    root = etree.Element(
        f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    )
    etree.SubElement(root, f"{{{_DC}}}title").text = paper.title_text
    etree.SubElement(root, f"{{{_DC}}}creator").text = _creator(paper.meta)
    if day := paper.meta.date:
        for name in ("created", "modified"):
            element = etree.SubElement(root, f"{{{_TERMS}}}{name}")
            element.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
            element.text = f"{day.isoformat()}T00:00:00Z"
    return ooxml.serialized(root)


def _creator(meta: Meta) -> str:
    return "、".join(meta.organs)


def _item_properties() -> bytes:
    root = etree.Element(f"{{{_DATASTORE}}}datastoreItem", nsmap={"ds": _DATASTORE})
    root.set(f"{{{_DATASTORE}}}itemID", _ITEM_ID)
    etree.SubElement(root, f"{{{_DATASTORE}}}schemaRefs")
    return ooxml.serialized(root)


def _packed(package: OpcPackage) -> bytes:
    """The package with the dates of its members fixed; python-docx would write the hour."""
    dated = io.BytesIO()
    package.save(dated)
    packed = io.BytesIO()
    with zipfile.ZipFile(dated) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            target.writestr(member, source.read(name))
    return packed.getvalue()
