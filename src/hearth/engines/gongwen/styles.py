"""The paragraph styles of a paper, measured in twips (1/20 pt). GB/T 9704-2012, clauses 5.2, 7.2 to 7.5.

Formats live in styles, not in runs: LibreOffice drops the formats of runs inside content controls.
"""

from dataclasses import dataclass
from enum import StrEnum

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1587, 1474
"""Margins 37, 35, 28 and 26 mm: 版心 156 × 225 mm."""

TEXT_WIDTH = 8844
LINE = 579
"""Exact line height: 22 lines are 12,738 of the 12,756 twips of the 版心; 580 would leave 21."""

CHARS_A_LINE = 28
SPACING = -5
"""Spacing of characters: 28 × (320 - 5) fit the 8,844 twips of a line; without it there are 27."""

CHAR = 320 + SPACING
SMALL_CHAR = 280
"""One 字 of size 4 (14 pt)."""

FANG, KAI, HEI, SONG, TITLE_SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"


class Style(StrEnum):
    """The paragraph styles, by the id in the Word file."""

    BODY = "GwBody"
    HEADING_1 = "GwHeading1"
    HEADING_2 = "GwHeading2"
    HEADING_3 = "GwHeading3"
    TITLE = "GwTitle"
    TITLE_UNDER_HEAD = "GwTitleUnderHead"
    CAPTION = "GwCaption"
    RECIPIENTS = "GwRecipients"
    COPY_NUMBER = "GwCopyNumber"
    SECRECY = "GwSecrecy"
    SPACER = "GwSpacer"
    MARK = "GwMark"
    NUMBER = "GwNumber"
    NUMBER_UPWARD = "GwNumberUpward"
    ATTACHMENT = "GwAttachment"
    ATTACHMENT_FIRST = "GwAttachmentFirst"
    ATTACHMENT_NEXT = "GwAttachmentNext"
    SIGNATURE_FIRST = "GwSignatureFirst"
    SIGNATURE = "GwSignature"
    DATE = "GwDate"
    NOTE = "GwNote"
    CELL_HEAD = "GwCellHead"
    CELL = "GwCell"
    AFTER_TABLE = "GwAfterTable"
    COPIES = "GwCopies"
    ISSUE = "GwIssue"
    FOOTER_ODD = "GwFooterOdd"
    FOOTER_EVEN = "GwFooterEven"


class Jc(StrEnum):
    """How lines are aligned."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True)
class Rule:
    """A line under a paragraph: thickness in 1/8 pt, distance from the text in pt, colour."""

    size: int
    space: int
    color: str


@dataclass(frozen=True)
class Format:
    """What a style says. Lengths in twips; `size` in half points; `first_chars` in 1/100 字.

    `first` is negative for a hanging indent; `line` is an exact height.
    """

    name: str
    font: str = FANG
    size: int = 32
    spacing: int = SPACING
    color: str = ""
    jc: Jc = Jc.BOTH
    line: int = LINE
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    first_chars: int = 0
    right_tab: int = 0
    outline: int | None = None
    keep_next: bool = False
    rule: Rule | None = None


RED = "FF0000"
_RED_LINE = Rule(12, 7, RED)
_HANGING = 3 * CHAR

FORMATS: dict[Style, Format] = {
    Style.BODY: Format("公文正文", first=2 * CHAR, first_chars=200),
    Style.HEADING_1: Format("公文一级标题", HEI, first=2 * CHAR, first_chars=200, outline=0, keep_next=True),
    Style.HEADING_2: Format("公文二级标题", KAI, first=2 * CHAR, first_chars=200, outline=1, keep_next=True),
    Style.HEADING_3: Format("公文三级标题", first=2 * CHAR, first_chars=200, outline=2, keep_next=True),
    Style.TITLE: Format("公文标题", TITLE_SONG, 44, 0, jc=Jc.CENTER, after=LINE, keep_next=True),
    Style.TITLE_UNDER_HEAD: Format(
        "公文标题（版头下）", TITLE_SONG, 44, 0, jc=Jc.CENTER, before=2 * LINE, after=LINE, keep_next=True
    ),
    Style.CAPTION: Format("题注", KAI, jc=Jc.CENTER),
    Style.RECIPIENTS: Format("主送机关"),
    Style.COPY_NUMBER: Format("份号", jc=Jc.LEFT),
    Style.SECRECY: Format("密级和紧急程度", HEI, jc=Jc.LEFT),
    Style.SPACER: Format("版头空白", line=2),
    Style.MARK: Format("发文机关标志", TITLE_SONG, spacing=0, color=RED, jc=Jc.CENTER),
    Style.NUMBER: Format("发文字号", jc=Jc.CENTER, before=2 * LINE, rule=_RED_LINE),
    Style.NUMBER_UPWARD: Format(
        "发文字号和签发人",
        jc=Jc.LEFT,
        before=2 * LINE,
        first=CHAR,
        first_chars=100,
        right_tab=TEXT_WIDTH - CHAR,
        rule=_RED_LINE,
    ),
    Style.ATTACHMENT: Format("附件说明", before=LINE, left=5 * CHAR, first=-_HANGING),
    Style.ATTACHMENT_FIRST: Format("附件说明首行", before=LINE, left=6 * CHAR, first=-4 * CHAR),
    Style.ATTACHMENT_NEXT: Format("附件说明续行", left=6 * CHAR, first=-CHAR),
    Style.SIGNATURE_FIRST: Format("发文机关署名首行", jc=Jc.RIGHT, before=LINE, keep_next=True),
    Style.SIGNATURE: Format("发文机关署名", jc=Jc.RIGHT, keep_next=True),
    Style.DATE: Format("成文日期", jc=Jc.RIGHT),
    Style.NOTE: Format("附注", first=2 * CHAR, first_chars=200),
    Style.CELL_HEAD: Format("表头", HEI, 24, 0, jc=Jc.CENTER, line=400),
    Style.CELL: Format("表格", size=24, spacing=0, jc=Jc.CENTER, line=400),
    Style.AFTER_TABLE: Format("表后", line=200),
    Style.COPIES: Format(
        "抄送", size=28, spacing=0, left=4 * SMALL_CHAR, right=SMALL_CHAR, first=-3 * SMALL_CHAR, line=420
    ),
    Style.ISSUE: Format(
        "印发", size=28, spacing=0, jc=Jc.LEFT, left=SMALL_CHAR, right_tab=TEXT_WIDTH - SMALL_CHAR, line=420
    ),
    Style.FOOTER_ODD: Format("页码（单页）", SONG, 28, 0, jc=Jc.RIGHT, line=SMALL_CHAR, right=SMALL_CHAR),
    Style.FOOTER_EVEN: Format("页码（双页）", SONG, 28, 0, jc=Jc.LEFT, line=SMALL_CHAR, left=SMALL_CHAR),
}
"""The format of each style."""
