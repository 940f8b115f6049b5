"""The paragraph styles of a paper, measured in twips (1/20 pt). GB/T 9704-2012, clauses 5.2, 7.2 to 7.5.

Formats live in styles, not in runs: LibreOffice drops the formats of runs inside content controls.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from hearth.engines.gongwen.profile import GRID, SIZE_3, Profile

TOP, BOTTOM, LEFT, RIGHT = GRID.top, GRID.bottom, GRID.left, GRID.right
"""Margins 37, 35, 28 and 26 mm: 版心 156 × 225 mm."""

TEXT_WIDTH = 8844
LINE = GRID.line
"""Exact line height: 22 lines are 12,738 of the 12,756 twips of the 版心; 580 would leave 21."""

CHARS_A_LINE = 28
SPACING = GRID.spacing
"""Spacing of characters: 28 × (320 - 5) fit the 8,844 twips of a line; without it there are 27."""

CHAR = SIZE_3 + SPACING
SMALL_CHAR = 280
"""One 字 of size 4 (14 pt)."""

CELL_LINE = 400
"""Exact line height in tables, whose characters are of small size 4 (12 pt)."""

COLOPHON_LINE = 420
"""Exact line height of the 版记, whose characters are of size 4 (14 pt)."""

FANG, KAI, HEI, SONG, TITLE_SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"


class Style(StrEnum):
    """The paragraph styles, by the id in the Word file."""

    BODY = "GwBody"
    HEADING_1 = "GwHeading1"
    HEADING_2 = "GwHeading2"
    HEADING_3 = "GwHeading3"
    HEADING_4 = "GwHeading4"
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
    SIGNATORIES = "GwSignatories"
    LETTER_TOP = "GwLetterTop"
    ORDER_NUMBER = "GwOrderNumber"
    ATTACHMENT = "GwAttachment"
    ATTACHMENT_FIRST = "GwAttachmentFirst"
    ATTACHMENT_NEXT = "GwAttachmentNext"
    SIGNATURE_FIRST = "GwSignatureFirst"
    SIGNATURE = "GwSignature"
    DATE = "GwDate"
    SEALED = "GwSealed"
    ATTENDANCE = "GwAttendance"
    NOTE = "GwNote"
    ATTACHMENT_LABEL = "GwAttachmentLabel"
    PICTURE = "GwPicture"
    PICTURE_TITLE = "GwPictureTitle"
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

    @property
    def height(self) -> int:
        """Twips that the rule and its distance add to the paragraph."""
        return self.space * 20 + self.size * 20 // 8


@dataclass(frozen=True)
class Format:
    """What a style says. Lengths in twips; `size` in half points; `first_chars` in 1/100 字.

    `first` is negative for a hanging indent; `line` is an exact height, 0 as high as the content needs;
    `new_page`: begins a page.
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
    new_page: bool = False
    rule: Rule | None = None


RED = "FF0000"


@lru_cache(maxsize=64)
def formats(profile: Profile) -> dict[Style, Format]:
    """The format of each style on the paper of a profile."""
    line, spacing, char = profile.line, profile.spacing, profile.char
    # 4 mm below the 字 (7.2.7) in whole points: a higher line has more white of its own below its baseline.
    red_line = Rule(12, round(8.6 + (GRID.line - line) / 100 + profile.red_line / 20), RED)

    def body(name: str, font: str = FANG, **more: Any) -> Format:
        return Format(name, font, **{"spacing": spacing, "line": line, **more})

    def indented(name: str, font: str = FANG, **more: Any) -> Format:
        return body(name, font, first=2 * char, first_chars=200, **more)

    def small(name: str, font: str = FANG, **more: Any) -> Format:
        return Format(name, font, size=28, spacing=0, **more)

    title = body("公文标题", TITLE_SONG, size=44, spacing=0, jc=Jc.CENTER, after=line, keep_next=True)
    mark = body("发文机关标志", TITLE_SONG, spacing=0, color=RED, jc=Jc.CENTER)
    number = body("发文字号", jc=Jc.CENTER, before=2 * line, rule=red_line)
    upward = replace(number, jc=Jc.LEFT, first=char, first_chars=100, right_tab=profile.width - char)
    return {
        Style.BODY: indented("公文正文"),
        Style.HEADING_1: indented("公文一级标题", HEI, outline=0, keep_next=True),
        Style.HEADING_2: indented("公文二级标题", KAI, outline=1, keep_next=True),
        Style.HEADING_3: indented("公文三级标题", outline=2, keep_next=True),
        Style.HEADING_4: indented("公文四级标题"),
        Style.TITLE: title,
        Style.TITLE_UNDER_HEAD: replace(title, name="公文标题（版头下）", before=2 * line),
        Style.CAPTION: body("题注", KAI, jc=Jc.CENTER),
        Style.RECIPIENTS: body("主送机关"),
        Style.COPY_NUMBER: body("份号", jc=Jc.LEFT),
        Style.SECRECY: body("密级和紧急程度", HEI, jc=Jc.LEFT),
        Style.SPACER: body("版头空白", line=2),
        Style.MARK: mark,
        Style.NUMBER: number,
        Style.NUMBER_UPWARD: replace(upward, name="发文字号和签发人"),
        Style.SIGNATORIES: replace(upward, name="签发人", rule=None, keep_next=True),
        Style.LETTER_TOP: body("信函版头", jc=Jc.LEFT, right_tab=profile.width),
        Style.ORDER_NUMBER: body("令号", jc=Jc.CENTER, before=2 * line, after=2 * line),
        Style.ATTACHMENT: body("附件说明", before=line, left=5 * char, first=-3 * char),
        Style.ATTACHMENT_FIRST: body("附件说明首行", before=line, left=6 * char, first=-4 * char),
        Style.ATTACHMENT_NEXT: body("附件说明续行", left=6 * char, first=-char),
        Style.SIGNATURE_FIRST: body("发文机关署名首行", jc=Jc.RIGHT, before=line, keep_next=True),
        Style.SIGNATURE: body("发文机关署名", jc=Jc.RIGHT, keep_next=True),
        Style.DATE: body("成文日期", jc=Jc.RIGHT),
        Style.SEALED: body("发文机关署名（用印）", jc=Jc.LEFT, keep_next=True),
        Style.ATTENDANCE: body("出席人员", left=5 * char, first=-3 * char),
        Style.NOTE: indented("附注"),
        Style.ATTACHMENT_LABEL: body("附件序号", HEI, jc=Jc.LEFT, after=line, new_page=True, keep_next=True),
        Style.PICTURE: body("图片", jc=Jc.CENTER, line=0, keep_next=True),
        Style.PICTURE_TITLE: body("图题", HEI, size=24, spacing=0, jc=Jc.CENTER, line=CELL_LINE, after=200),
        Style.CELL_HEAD: body("表头", HEI, size=24, spacing=0, jc=Jc.CENTER, line=CELL_LINE),
        Style.CELL: body("表格", size=24, spacing=0, jc=Jc.CENTER, line=CELL_LINE),
        Style.AFTER_TABLE: body("表后", line=10),
        Style.COPIES: small(
            "抄送", left=4 * SMALL_CHAR, right=SMALL_CHAR, first=-3 * SMALL_CHAR, line=COLOPHON_LINE
        ),
        Style.ISSUE: small(
            "印发",
            jc=Jc.LEFT,
            left=SMALL_CHAR,
            right_tab=profile.width - SMALL_CHAR,
            line=COLOPHON_LINE,
        ),
        Style.FOOTER_ODD: small("页码（单页）", SONG, jc=Jc.RIGHT, line=SMALL_CHAR, right=SMALL_CHAR),
        Style.FOOTER_EVEN: small("页码（双页）", SONG, jc=Jc.LEFT, line=SMALL_CHAR, left=SMALL_CHAR),
    }


FORMATS = formats(GRID)
"""The format of each style in the usual profile."""
