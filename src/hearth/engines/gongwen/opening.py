"""Opens a Word file from anywhere: nothing is parsed before the archive has been checked, nothing is fetched.

Another main part than the one that is read is refused here; content of other files, and embedded objects, by
those who must see all that Word shows.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from hearth.engines.gongwen.errors import BadDocument
from hearth.engines.gongwen.ooxml import q
from hearth.lib import archives
from hearth.lib.archives import Archive, Kind, Limits
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused

LIMITS = Limits(members=500, member_bytes=32 * 1024 * 1024, total_bytes=64 * 1024 * 1024, ratio=200)
"""An official paper with pictures, or a table of 10,000 rows, is below; a whole book would not be."""

MOST_ELEMENTS = 2_000_000
"""Elements of one part; each costs about 200 bytes of memory, and a page of text needs about 500."""

SMALL_PART = 16 * 1024
"""Bytes up to which what a part was found to say is remembered: such parts are alike in all papers of a house."""

_CURE = "请用 Word 或 WPS 打开，另存为 .docx 再核对"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)
_EXTERNAL_ALLOWED = ("hyperlink",)
_LOCAL_TEMPLATE = "attachedTemplate"


@dataclass(frozen=True)
class Relation:
    """A relation of a part: the last word of its type, where it leads, whether that is outside of the file."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Opened:
    """A Word file that was checked: its archive, the body of its main part, the relations of each part."""

    archive: Archive
    body: etree._Element
    related: Mapping[str, tuple[Relation, ...]]

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The relations of the main part."""
        return self.related.get("word/_rels/document.xml.rels", ())

    def parts(self, *kinds: str) -> Iterator[etree._Element]:
        """The roots of the related parts of these kinds, in the order of their names."""
        return map(parsed, self.blobs(*kinds))

    def blobs(self, *kinds: str) -> Iterator[bytes]:
        """The contents of the related parts of these kinds, in the order of their names."""
        targets = {
            target
            for relation in self.relations
            if relation.kind in kinds and not relation.external
            for target in (resolved("word", relation.target),)
            if target in self.archive
        }
        for target in sorted(targets):
            yield self.archive.read(target)


def open_docx(docx: bytes) -> Opened:
    """Check and open a Word file. Raises BadDocument for what is no Word file, or none that should be opened."""
    archive = _checked(docx)
    related = {name: _relations(archive.read(name)) for name in archive.names if name.endswith(".rels")}
    main = [one for one in related.get("_rels/.rels", ()) if one.kind == "officeDocument"]
    if [resolved("", one.target) for one in main] != [Kind.DOCX.main] or main[0].external:
        raise BadDocument("文件的正文不在该在的地方", _CURE)
    root = parsed(archive.read(Kind.DOCX.main))
    body = root.find(q("body"))
    if root.tag != q("document") or body is None:
        raise BadDocument("文件里没有正文", _CURE)
    return Opened(archive, body, related)


def refuse_unseen(opened: Opened) -> None:
    """Raises BadDocument when Word would show something of the file that is not in its parts."""
    if any(name.startswith("word/embeddings/") for name in opened.archive.names):
        raise BadDocument("文件里嵌着别的文件，里面写了什么核对不到", "请删去嵌入的对象，另存为 .docx 再核对")
    for group in opened.related.values():
        for relation in group:
            _check_relation(relation)


def parsed(blob: bytes) -> etree._Element:
    """The root of a part. Raises BadDocument for what is no XML, or too much of it."""
    if blob.count(b"<") > 2 * MOST_ELEMENTS:
        raise BadDocument("文件里的段落和格式多得不合常理", "请删去多余的空段落，分成几个文件再核对")
    try:
        return etree.fromstring(blob, _PARSER)
    except etree.XMLSyntaxError as error:
        raise BadDocument("文件内容损坏", _CURE) from error


def resolved(folder: str, target: str) -> str:
    """The member to which a target in a folder leads."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _checked(docx: bytes) -> Archive:
    try:
        return archives.check(Arrival("公文.docx", docx), Kind.DOCX, LIMITS)
    except Refused as refused:
        fault = refused.faults[0]
        message = f"这是{fault.found}" if fault.found and fault.wanted else "不能核对这个文件"
        raise BadDocument(message, fault.cure.rstrip("。") or _CURE) from refused


def _relations(blob: bytes) -> tuple[Relation, ...]:
    return _remembered_relations(blob) if len(blob) <= SMALL_PART else tuple(_relations_in(blob))


def _relations_in(blob: bytes) -> Iterator[Relation]:
    for element in parsed(blob).iterchildren(_RELATIONS):
        yield Relation(
            element.get("Id", ""),
            element.get("Type", "").rpartition("/")[2],
            element.get("Target", ""),
            element.get("TargetMode", "") == "External",
        )


@lru_cache(maxsize=64)
def _remembered_relations(blob: bytes) -> tuple[Relation, ...]:
    return tuple(_relations_in(blob))


def _check_relation(relation: Relation) -> None:
    if relation.kind in ("aFChunk", "subDocument"):
        raise BadDocument(
            "文件里套着另一份文件，里面写了什么核对不到", "请把内容粘贴进来，另存为 .docx 再核对"
        )
    if not relation.external or relation.kind in _EXTERNAL_ALLOWED:
        return
    if relation.kind == _LOCAL_TEMPLATE and not relation.target.lower().startswith(
        ("http", "ftp", "\\\\", "//")
    ):
        return
    raise BadDocument("文件要从别处取内容", "请断开链接的图片和模板，另存为 .docx 再核对")
