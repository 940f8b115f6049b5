"""Official papers (公文): source to model to Word file and back, with the origin of every figure. See README.md."""

from hearth.engines.gongwen.calibration import MEASURED, PROFILES, calibration_page, read_profile
from hearth.engines.gongwen.errors import BadDocument, BadProfile, MissingFigure, SourceError
from hearth.engines.gongwen.filling import fill, insert
from hearth.engines.gongwen.fitting import Fit, fits
from hearth.engines.gongwen.flow import Span
from hearth.engines.gongwen.kinds import KINDS, Kind
from hearth.engines.gongwen.layout import chinese_date
from hearth.engines.gongwen.ledger import Ledger, LedgerEntry, Signature, issued, ledger
from hearth.engines.gongwen.package import write
from hearth.engines.gongwen.paper import (
    Align,
    Attachment,
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
    Picture,
    Signer,
    Slot,
    Table,
    Text,
    Turn,
)
from hearth.engines.gongwen.printed import PrintedText, count_characters, plain, printed
from hearth.engines.gongwen.profile import GRID, INK, Profile
from hearth.engines.gongwen.source import parse
from hearth.engines.gongwen.verifying import Authority, FigureVerdict, Status, Verification, verify

__all__ = [
    "GRID",
    "INK",
    "KINDS",
    "MEASURED",
    "PROFILES",
    "Align",
    "Attachment",
    "Authority",
    "BadDocument",
    "BadProfile",
    "Block",
    "BlockKind",
    "Figure",
    "FigureVerdict",
    "Fit",
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
    "Picture",
    "PrintedText",
    "Profile",
    "Signature",
    "Signer",
    "Slot",
    "SourceError",
    "Span",
    "Status",
    "Table",
    "Text",
    "Turn",
    "Verification",
    "calibration_page",
    "chinese_date",
    "count_characters",
    "fill",
    "fits",
    "insert",
    "issued",
    "ledger",
    "parse",
    "plain",
    "printed",
    "read_profile",
    "verify",
    "write",
]
