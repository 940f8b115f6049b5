"""The ledger of a paper: each figure as it was issued, kept in the Word file and by the caller."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from lxml import etree

from hearth.engines.gongwen.filling import require_complete
from hearth.engines.gongwen.flow import Neighbourhood
from hearth.engines.gongwen.paper import Paper
from hearth.engines.gongwen.printed import printed

NAMESPACE = "urn:hearth:gongwen:ledger:1"
_ROOT, _FIGURE, _FIXED = (f"{{{NAMESPACE}}}{name}" for name in ("ledger", "figure", "fixed"))


@dataclass(frozen=True)
class LedgerEntry:
    """A figure as issued: its id, the measure's key and name, the text, and the 6 characters on either side.

    `before` and `after` are without white space and other figures, and do not reach beyond the paragraph.
    """

    id: str
    key: str
    name: str
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class LedgerPart:
    """The ledger inside a Word file: the figures, the fixed words in order, and the HMAC (empty: unsigned)."""

    entries: tuple[LedgerEntry, ...]
    fixed: tuple[str, ...]
    mac: str = ""

    def is_signed_by(self, key: bytes) -> bool:
        """Whether the HMAC was made with this key."""
        return hmac.compare_digest(self.mac.encode(), _mac(self, key).encode())


class Signature(StrEnum):
    """What the HMAC of the ledger in the file says: unchecked when no key was given."""

    VALID = "valid"
    FORGED = "forged"
    ABSENT = "absent"
    UNCHECKED = "unchecked"


def ledger(paper: Paper) -> tuple[LedgerEntry, ...]:
    """The figures of a filled paper in reading order. Raises MissingFigure when a slot is empty."""
    require_complete(paper)
    whole = printed(paper)
    near = Neighbourhood.of(whole.text, list(whole.spans))
    return tuple(
        LedgerEntry(figure.id, figure.key, figure.name, figure.text, *near.around(span.start, span.end))
        for figure, span in zip(whole.figures, whole.spans, strict=True)
    )


def write_part(paper: Paper, key: bytes | None) -> bytes:
    """The ledger as a custom XML part, with HMAC-SHA256 when there is a key."""
    whole = printed(paper)
    part = LedgerPart(ledger(paper), tuple(whole.text[span.start : span.end] for span in whole.fixed))
    root = etree.Element(_ROOT, nsmap={"hearth": NAMESPACE})
    if key is not None:
        root.set("mac", _mac(part, key))
    for entry in part.entries:
        element = etree.SubElement(root, _FIGURE)
        for name, value in (
            ("id", entry.id),
            ("key", entry.key),
            ("name", entry.name),
            ("text", entry.text),
            ("before", entry.before),
            ("after", entry.after),
        ):
            element.set(name, value)
    for words in part.fixed:
        etree.SubElement(root, _FIXED).set("text", words)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read_part(root: etree._Element) -> LedgerPart | None:
    """The ledger from the root of a custom XML part; None when the part is something else or is damaged."""
    if root.tag != _ROOT:
        return None
    try:
        entries = tuple(_entry(element) for element in root.iterchildren(_FIGURE))
        fixed = tuple(_attribute(element, "text") for element in root.iterchildren(_FIXED))
    except KeyError:
        return None
    if len({entry.id for entry in entries}) != len(entries):
        return None
    return LedgerPart(entries, fixed, root.get("mac") or "")


def choose_part(parts: Sequence[LedgerPart], key: bytes | None) -> tuple[LedgerPart | None, Signature]:
    """The part to believe, and what its signature says. With a key, only a signed part is believed."""
    if key is None:
        part = parts[0] if parts else None
        return part, Signature.UNCHECKED if part and part.mac else Signature.ABSENT
    for part in parts:
        if part.is_signed_by(key):
            return part, Signature.VALID
    return None, Signature.FORGED if any(part.mac for part in parts) else Signature.ABSENT


def _entry(element: etree._Element) -> LedgerEntry:
    names = ("id", "key", "name", "text", "before", "after")
    return LedgerEntry(*(_attribute(element, name) for name in names))


def _attribute(element: etree._Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise KeyError(name)
    return value


def _mac(part: LedgerPart, key: bytes) -> str:
    """HMAC over the values, not over the XML: an editor may write the same part with other bytes."""
    content = [NAMESPACE, [astuple(entry) for entry in part.entries], part.fixed]
    message = json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()
