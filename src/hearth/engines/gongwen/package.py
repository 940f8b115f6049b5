"""Packs the parts of a Word file. The same paper gives the same bytes: no clock, no random names."""

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
from hearth.engines.gongwen.titles import printed_title
from hearth.engines.gongwen.zipping import Member, member, packed

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
    return packed(
        (
            _content_types(tuple(extensions(tuple(files.values())))),
            _package_relations(),
            member("word/document.xml", document),
            _document_relations(tuple((file.relation, _media(file)) for file in files.values())),
            member("docProps/core.xml", _core(paper)),
            *_fixed_parts(pages.profile),
            member("customXml/item1.xml", write_part(paper, key)),
            *_item_parts(),
            *(member(f"word/media/{_media(file)}", file.data) for file in files.values()),
        )
    )


@lru_cache(maxsize=64)
def _fixed_parts(profile: Profile) -> tuple[Member, ...]:
    """The parts that are the same in every paper of a profile."""
    footers = (
        member(f"word/footer{at}.xml", footer_part(footer, profile)) for at, footer in enumerate(FOOTERS, 1)
    )
    return (
        *footers,
        member("word/styles.xml", styles_part(profile)),
        member("word/settings.xml", settings_part()),
        member("word/fontTable.xml", fonts_part()),
    )


@lru_cache(maxsize=4)
def _content_types(pictures: tuple[str, ...]) -> Member:
    footers = {f"/word/footer{at}.xml": "footer" for at in range(1, len(FOOTERS) + 1)}
    mains = {
        "/word/document.xml": "document.main",
        **footers,
        **{f"/word/{name}.xml": name for name in _PARTS},
    }
    types = {name: _MAIN_TYPE.format(kind) for name, kind in mains.items()}
    types |= {"/docProps/core.xml": _CORE_TYPE, "/customXml/itemProps1.xml": _DATASTORE_TYPE}
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="image/{extension}"/>' for extension in pictures
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    types_part = f'<Types xmlns="{_PACKAGE}/content-types">{rels}{xml}{defaults}{overrides}</Types>'
    return member("[Content_Types].xml", _part(types_part))


@lru_cache(maxsize=1)
def _package_relations() -> Member:
    return _relations(
        "_rels/.rels",
        [
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", _CORE, "docProps/core.xml"),
        ],
    )


@lru_cache(maxsize=1)
def _item_parts() -> tuple[Member, ...]:
    properties = f'<ds:datastoreItem xmlns:ds="{_DATASTORE}" ds:itemID="{_ITEM_ID}"><ds:schemaRefs/></ds:datastoreItem>'
    relations = [("rId1", f"{_OFFICE}/customXmlProps", "itemProps1.xml")]
    return (
        _relations("customXml/_rels/item1.xml.rels", relations),
        member("customXml/itemProps1.xml", _part(properties)),
    )


@lru_cache(maxsize=4)
def _document_relations(pictures: tuple[tuple[str, str], ...]) -> Member:
    found = [
        (relation(footer), f"{_OFFICE}/footer", f"footer{at}.xml") for at, footer in enumerate(FOOTERS, 1)
    ]
    for name in _PARTS:
        found.append((f"rId{len(found) + 1}", f"{_OFFICE}/{name}", f"{name}.xml"))
    found.append((f"rId{len(found) + 1}", f"{_OFFICE}/customXml", "../customXml/item1.xml"))
    found += [(name, f"{_OFFICE}/image", f"media/{media}") for name, media in pictures]
    return _relations("word/_rels/document.xml.rels", found)


def _relations(name: str, found: list[tuple[str, str, str]]) -> Member:
    inner = "".join(
        f'<Relationship Id="{at}" Type="{kind}" Target="{target}"/>' for at, kind, target in found
    )
    return member(name, _part(f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'))


def _media(file: PictureFile) -> str:
    return f"{file.relation}.{file.extension}"


def _core(paper: Paper) -> bytes:
    printed = "".join(inline.text for line in printed_title(paper) for inline in line)
    title, creator = markup.content(printed), markup.content("、".join(paper.meta.organs))
    dates = "".join(_dates(paper))
    return _part(
        f"<cp:coreProperties {_CORE_NAMES}><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"
        f"{dates}</cp:coreProperties>"
    )


def _dates(paper: Paper) -> Iterator[str]:
    if day := paper.meta.date:
        for name in ("created", "modified"):
            yield f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:{name}>'


def _part(text: str) -> bytes:
    return f"{markup.DECLARATION}{text}".encode()
