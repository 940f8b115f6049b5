"""Official papers (公文): source to model to Word file and back, with the origin of every figure. See README.md."""

from hearth.engines.gongwen.errors import BadDocument, MissingFigure, SourceError
from hearth.engines.gongwen.filling import fill, insert
from hearth.engines.gongwen.flow import Span
from hearth.engines.gongwen.kinds import KINDS, Kind
from hearth.engines.gongwen.layout import chinese_date
from hearth.engines.gongwen.ledger import Ledger, LedgerEntry, Signature, issued, ledger
from hearth.engines.gongwen.package import write
from hearth.engines.gongwen.paper import (
    Align,
    Block,
    BlockKind,
    Figure,
    Fixed,
    Heading,
    Inline,
    InlineKind,
    Layout,
    ListOfAttachments,
    Marker,
    Meta,
    Paper,
    Paragraph,
    Slot,
    Table,
    Text,
)
from hearth.engines.gongwen.printed import PrintedText, count_characters, plain, printed
from hearth.engines.gongwen.source import parse
from hearth.engines.gongwen.verifying import Authority, FigureVerdict, Status, Verification, verify

__all__ = [
    "KINDS",
    "Align",
    "Authority",
    "BadDocument",
    "Block",
    "BlockKind",
    "Figure",
    "FigureVerdict",
    "Fixed",
    "Heading",
    "Inline",
    "InlineKind",
    "Kind",
    "Layout",
    "Ledger",
    "LedgerEntry",
    "ListOfAttachments",
    "Marker",
    "Meta",
    "MissingFigure",
    "Paper",
    "Paragraph",
    "PrintedText",
    "Signature",
    "Slot",
    "SourceError",
    "Span",
    "Status",
    "Table",
    "Text",
    "Verification",
    "chinese_date",
    "count_characters",
    "fill",
    "insert",
    "issued",
    "ledger",
    "parse",
    "plain",
    "printed",
    "verify",
    "write",
]
