"""The ledger of a paper: each figure as it was issued, kept in the Word file and by the caller."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import cast

from lxml import etree

from hearth.engines.gongwen.filling import require_complete
from hearth.engines.gongwen.flow import Neighbourhood
from hearth.engines.gongwen.paper import Paper
from hearth.engines.gongwen.printed import fixed_name, printed

NAMESPACE = "urn:hearth:gongwen:ledger:2"
FIRST_NAMESPACE = "urn:hearth:gongwen:ledger:1"
"""The form of the first papers: entries without a context, fixed words without their surroundings."""

_ATTRIBUTES = ("id", "key", "name", "text", "before", "after", "context")
_values = attrgetter(*_ATTRIBUTES)
_first_values = attrgetter(*_ATTRIBUTES[:-1])


@dataclass(frozen=True)
class LedgerEntry:
    """A figure as issued: its id, the measure's key and name, the text, and the 6 characters on either side.

    `before` and `after` are without white space and other figures, and do not reach beyond the paragraph.
    `context` is the digest of its sentence, its place there and the line above (`flow.Surroundings`); empty
    in ledgers of the first form, and then not compared.
    """

    id: str
    key: str
    name: str
    text: str
    before: str
    after: str
    context: str = ""


@dataclass(frozen=True)
class Ledger:
    """The whole ledger: the figures and the fixed words, both in reading order.

    Fixed words are entries too, without a context: the id is the name of their bookmark, `name` the source of
    a quotation.
    `mac` is the HMAC (empty: unsigned), `form` the namespace of the part that it was read from.
    """

    entries: tuple[LedgerEntry, ...]
    fixed: tuple[LedgerEntry, ...] = ()
    mac: str = ""
    form: str = NAMESPACE

    def is_signed_by(self, key: bytes) -> bool:
        """Whether the HMAC was made with this key."""
        return hmac.compare_digest(self.mac.encode(), mac_of(self, key).encode())


class Signature(StrEnum):
    """What the HMAC of the ledger in the file says: unchecked when no key was given."""

    VALID = "valid"
    FORGED = "forged"
    ABSENT = "absent"
    UNCHECKED = "unchecked"


def issued(paper: Paper) -> Ledger:
    """All that is known of a filled paper when it is issued. Raises MissingFigure when a slot is empty."""
    require_complete(paper)
    whole = printed(paper)
    near = Neighbourhood(whole.text, whole.spans, whole.frames)
    figures = tuple(
        LedgerEntry(figure.id, figure.key, figure.name, figure.text, *near.around(span.start, span.end))
        for figure, span in zip(whole.figures, whole.spans, strict=True)
    )
    fixed = tuple(
        LedgerEntry(
            span.id,
            "",
            words.source,
            whole.text[span.start : span.end],
            *near.around(span.start, span.end)[:2],
        )
        for words, span in zip(whole.fixed_words, whole.fixed, strict=True)
    )
    return Ledger(figures, fixed)


def ledger(paper: Paper) -> tuple[LedgerEntry, ...]:
    """The figures of a filled paper in reading order. Raises MissingFigure when a slot is empty."""
    return issued(paper).entries


def write_part(paper: Paper, key: bytes | None) -> bytes:
    """The ledger as a custom XML part, with HMAC-SHA256 when there is a key.

    文种 and 版式 are noted for those who import the file again; the HMAC does not cover them.
    """
    content = issued(paper)
    root = etree.Element(f"{{{NAMESPACE}}}ledger", nsmap={"hearth": NAMESPACE})
    root.set("kind", paper.meta.kind)
    root.set("layout", paper.meta.layout)
    if key is not None:
        root.set("mac", mac_of(content, key))
    for tag, entries in (("figure", content.entries), ("fixed", content.fixed)):
        for entry in entries:
            element = etree.SubElement(root, f"{{{NAMESPACE}}}{tag}")
            for name, value in zip(_ATTRIBUTES, _values(entry), strict=True):
                element.set(name, value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read_part(root: etree._Element) -> Ledger | None:
    """The ledger from the root of a custom XML part; None when the part is something else or is damaged."""
    form = etree.QName(root).namespace
    if form not in (NAMESPACE, FIRST_NAMESPACE) or root.tag != f"{{{form}}}ledger":
        return None
    try:
        entries = tuple(_entry(element, form) for element in root.iterchildren(f"{{{form}}}figure"))
        fixed = tuple(_fixed(root.iterchildren(f"{{{form}}}fixed"), form))
    except KeyError:
        return None
    if any(len({entry.id for entry in group}) != len(group) for group in (entries, fixed)):
        return None
    return Ledger(entries, fixed, root.get("mac") or "", form)


def choose_part(parts: Sequence[Ledger], key: bytes | None) -> tuple[Ledger | None, Signature]:
    """The part to believe, and what its signature says. With a key, only a signed part is believed."""
    if key is None:
        part = parts[0] if parts else None
        return part, Signature.UNCHECKED if part and part.mac else Signature.ABSENT
    for part in parts:
        if part.is_signed_by(key):
            return part, Signature.VALID
    return None, Signature.FORGED if any(part.mac for part in parts) else Signature.ABSENT


def mac_of(part: Ledger, key: bytes) -> str:
    """HMAC over the values, not over the XML: an editor may write the same part with other bytes."""
    if part.form == NAMESPACE:
        content = [
            NAMESPACE,
            [_values(entry) for entry in part.entries],
            [_values(one) for one in part.fixed],
        ]
    else:
        entries = [_first_values(entry) for entry in part.entries]
        content = [FIRST_NAMESPACE, entries, [one.text for one in part.fixed]]
    message = json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _entry(element: etree._Element, form: str) -> LedgerEntry:
    """An entry; KeyError when it lacks something."""
    found = [element.get(name) for name in (_ATTRIBUTES if form == NAMESPACE else _ATTRIBUTES[:-1])]
    if None in found:
        raise KeyError(found.index(None))
    return LedgerEntry(*cast("list[str]", found))


def _fixed(elements: Iterable[etree._Element], form: str) -> Iterable[LedgerEntry]:
    for at, element in enumerate(elements, 1):
        if form == NAMESPACE:
            yield _entry(element, form)
        else:
            yield LedgerEntry(fixed_name(at), "", "", str(element.attrib["text"]), "", "")
