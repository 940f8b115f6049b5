"""Packs the parts of a Word file. The same paper gives the same bytes: no clock, no random names."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache

from hearth.engines.gongwen import markup
from hearth.engines.gongwen.filling import require_complete
from hearth.engines.gongwen.fitting import Pages, fitted
from hearth.engines.gongwen.ledger import write_part
from hearth.engines.gongwen.paper import Paper
from hearth.engines.gongwen.paragraphs import Writer
from hearth.engines.gongwen.pictures import PictureFile, extensions, picture_files
from hearth.engines.gongwen.profile import GRID, Profile
from hearth.engines.gongwen.sections import FOOTERS, relation
from hearth.engines.gongwen.stylesheet import fonts_part, footer_part, settings_part, styles_part

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = f"{_PACKAGE}/relationships/metadata/core-properties"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_DATASTORE_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ITEM_ID = "{4C1D3E5A-6B0F-4A7E-9D25-8E1F7A30C4B2}"
_CORE_NAMES = (
    f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PARTS = ("styles", "settings", "fontTable")
_FIRST_PICTURE = len(FOOTERS) + len(_PARTS) + 2
"""Relations: the footers, the parts, the ledger, then the pictures."""


def write(
    paper: Paper,
    *,
    key: bytes | None = None,
    profile: Profile = GRID,
    pictures: Mapping[str, bytes] | None = None,
    tightness: int | None = None,
) -> bytes:
    """The paper as a Word file; with `key` the ledger inside is signed (HMAC-SHA256).

    `pictures`: their bytes by the names in the source; `tightness`: the step of `fits` to take, from 0, for a
    caller who rendered the pages and asks for the next; else the engine chooses (see `fitting`). The same arguments give the
    same bytes. Raises MissingFigure when a slot is empty, SourceError for a picture that is missing or none,
    ValueError when a marker still stands.
    """
    require_complete(paper)
    files = picture_files(paper, pictures or {}, _FIRST_PICTURE)
    pages = fitted(paper, profile, files, tightness)
    return assembled(paper, pages, files, key)


def assembled(
    paper: Paper, pages: Pages, files: Mapping[str, PictureFile], key: bytes | None = None
) -> bytes:
    """The Word file of a paper whose pieces are already on their pages."""
    body = Writer(pages.profile, files).body(pages.pieces)
    document = markup.root("w:document", f"<w:body>{body}</w:body>", ' mc:Ignorable="w15"')
    return _packed(
        {
            "[Content_Types].xml": _content_types(tuple(extensions(tuple(files.values())))),
            "_rels/.rels": _package_relations(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _document_relations(files),
            "docProps/core.xml": _core(paper),
            **_fixed_parts(pages.profile),
            "customXml/item1.xml": write_part(paper, key),
            "customXml/_rels/item1.xml.rels": _item_relations(),
            "customXml/itemProps1.xml": _item_properties(),
            **{f"word/media/{_media(file)}": file.data for file in files.values()},
        }
    )


@lru_cache(maxsize=64)
def _fixed_parts(profile: Profile) -> dict[str, bytes]:
    """The parts that are the same in every paper of a profile."""
    footers = {
        f"word/footer{at}.xml": footer_part(footer, profile) for at, footer in enumerate(FOOTERS, 1)
    }
    return {
        **footers,
        "word/styles.xml": styles_part(profile),
        "word/settings.xml": settings_part(),
        "word/fontTable.xml": fonts_part(),
    }


@lru_cache(maxsize=4)
def _content_types(pictures: tuple[str, ...]) -> bytes:
    footers = {f"/word/footer{at}.xml": "footer" for at in range(1, len(FOOTERS) + 1)}
    mains = {"/word/document.xml": "document.main", **footers, **{f"/word/{name}.xml": name for name in _PARTS}}
    types = {name: _MAIN_TYPE.format(kind) for name, kind in mains.items()}
    types |= {"/docProps/core.xml": _CORE_TYPE, "/customXml/itemProps1.xml": _DATASTORE_TYPE}
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="image/{extension}"/>' for extension in pictures
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return _part(f'<Types xmlns="{_PACKAGE}/content-types">{rels}{xml}{defaults}{overrides}</Types>')


@lru_cache(maxsize=1)
def _package_relations() -> bytes:
    return _relations(
        [
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", _CORE, "docProps/core.xml"),
        ]
    )


@lru_cache(maxsize=1)
def _item_relations() -> bytes:
    return _relations([("rId1", f"{_OFFICE}/customXmlProps", "itemProps1.xml")])


def _document_relations(files: Mapping[str, PictureFile]) -> bytes:
    found = [
        (relation(footer), f"{_OFFICE}/footer", f"footer{at}.xml") for at, footer in enumerate(FOOTERS, 1)
    ]
    for name in _PARTS:
        found.append((f"rId{len(found) + 1}", f"{_OFFICE}/{name}", f"{name}.xml"))
    found.append((f"rId{len(found) + 1}", f"{_OFFICE}/customXml", "../customXml/item1.xml"))
    found += [(file.relation, f"{_OFFICE}/image", f"media/{_media(file)}") for file in files.values()]
    return _relations(found)


def _relations(found: list[tuple[str, str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in found
    )
    return _part(f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>')


def _media(file: PictureFile) -> str:
    return f"{file.relation}.{file.extension}"


def _core(paper: Paper) -> bytes:
    title, creator = markup.content(paper.title_text), markup.content("、".join(paper.meta.organs))
    dates = "".join(_dates(paper))
    return _part(
        f"<cp:coreProperties {_CORE_NAMES}><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"
        f"{dates}</cp:coreProperties>"
    )


def _dates(paper: Paper) -> Iterator[str]:
    if day := paper.meta.date:
        for name in ("created", "modified"):
            yield f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:{name}>'


@lru_cache(maxsize=1)
def _item_properties() -> bytes:
    return _part(
        f'<ds:datastoreItem xmlns:ds="{_DATASTORE}" ds:itemID="{_ITEM_ID}"><ds:schemaRefs/></ds:datastoreItem>'
    )


def _part(text: str) -> bytes:
    return f"{markup.DECLARATION}{text}".encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """The package, its members in this order and without a date."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            target.writestr(member, content)
    return packed.getvalue()
