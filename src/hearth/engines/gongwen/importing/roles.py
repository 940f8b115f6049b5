"""What a line is in an official paper: by the style it has when Hearth wrote it, else by its words and looks."""

import re
from enum import StrEnum

from hearth.engines.gongwen.importing.items import Line
from hearth.engines.gongwen.styles import FORMATS, Style


class Role(StrEnum):
    """What a line is."""

    HEAD = "head"
    MARK = "mark"
    NUMBER = "number"
    TITLE = "title"
    RECIPIENTS = "recipients"
    BODY = "body"
    ATTACHMENTS = "attachments"
    ATTENDANCE = "attendance"
    SIGNATURE = "signature"
    SEALED = "sealed"
    DATE = "date"
    NOTE = "note"
    LABEL = "label"
    COPIES = "copies"
    ISSUE = "issue"
    PICTURE_TITLE = "picture_title"
    HEADING_1 = "heading1"
    HEADING_2 = "heading2"
    HEADING_3 = "heading3"


_BY_STYLE = {
    Style.BODY: Role.BODY,
    Style.HEADING_1: Role.HEADING_1,
    Style.HEADING_2: Role.HEADING_2,
    Style.HEADING_3: Role.HEADING_3,
    Style.HEADING_4: Role.BODY,
    Style.TITLE: Role.TITLE,
    Style.TITLE_UNDER_HEAD: Role.TITLE,
    Style.CAPTION: Role.BODY,
    Style.RECIPIENTS: Role.RECIPIENTS,
    Style.COPY_NUMBER: Role.HEAD,
    Style.SECRECY: Role.HEAD,
    Style.MARK: Role.MARK,
    Style.NUMBER: Role.NUMBER,
    Style.NUMBER_UPWARD: Role.NUMBER,
    Style.SIGNATORIES: Role.NUMBER,
    Style.LETTER_TOP: Role.NUMBER,
    Style.ORDER_NUMBER: Role.NUMBER,
    Style.ATTACHMENT: Role.ATTACHMENTS,
    Style.ATTACHMENT_FIRST: Role.ATTACHMENTS,
    Style.ATTACHMENT_NEXT: Role.ATTACHMENTS,
    Style.SIGNATURE_FIRST: Role.SIGNATURE,
    Style.SIGNATURE: Role.SIGNATURE,
    Style.DATE: Role.DATE,
    Style.SEALED: Role.SEALED,
    Style.ATTENDANCE: Role.ATTENDANCE,
    Style.NOTE: Role.NOTE,
    Style.ATTACHMENT_LABEL: Role.LABEL,
    Style.PICTURE_TITLE: Role.PICTURE_TITLE,
    Style.COPIES: Role.COPIES,
    Style.ISSUE: Role.ISSUE,
}
_OWN = {FORMATS[style].name: role for style, role in _BY_STYLE.items()}

COPY_NUMBER = re.compile(r"\d{6}")
SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:[★☆].*)?")
URGENCY = re.compile(r"特急|加急|平急|特提|急件")
NUMBER = re.compile(
    r"(?P<office>[\u4e00-\u9fffA-Za-z]{1,20}?)[〔\[［【（(](?P<year>\d{4})[〕\]］】）)]\s*第?0*(?P<number>\d{1,5})\s*号"
)
SIGNATORY = re.compile(r"签发人\s*[：:]\s*")
DATE = re.compile(
    r"(?P<year>[12]\d{3}|[一二][〇○零O一二三四五六七八九]{3})\s*年\s*(?P<month>[\d一二三四五六七八九十]{1,2})\s*月\s*(?P<day>[\d一二三四五六七八九十]{1,3})\s*日"
)
LABEL = re.compile(r"附\s*件\s*(?P<number>[\d一二三四五六七八九十]{0,3})\s*[：:]?\s*")
ATTACHMENTS = re.compile(r"附\s*件\s*[：:]\s*(?P<names>.+)", re.DOTALL)
NEXT_ATTACHMENT = re.compile(r"\d{1,2}\s*[.．、]\s*(?P<name>.+)")
COPIES = re.compile(r"抄\s*送\s*[：:]\s*(?P<names>.+)", re.DOTALL)
ISSUE = re.compile(
    r"(?P<issuer>.*?)[\s\u3000]*(?P<date>[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印发", re.DOTALL
)
ATTENDANCE = re.compile(r"(?P<label>出席|请假|列席)\s*[：:]\s*(?P<names>.+)", re.DOTALL)
_LEVEL_1 = re.compile(r"[一二三四五六七八九十]{1,3}\s*、")
_LEVEL_2 = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_LEVEL_3 = re.compile(r"\d{1,2}\s*[.．、]")
_WORD_HEADING = re.compile(r"(?:heading|标题)\s*([1-3])", re.IGNORECASE)
_SENTENCE = re.compile(r"[。；;！？]")
_LONGEST_HEADING = 60
_KAI_OR_HEI = re.compile(r"黑体|楷|Hei|Kai", re.IGNORECASE)


def own_role(line: Line) -> Role | None:
    """What a line is by the style that Hearth gave it; None for other styles."""
    return _OWN.get(line.style)


def heading_level(line: Line) -> int:
    """1 to 3 for a heading, 0 for any other line.

    A typed number decides (一、 （一） 1.) when the line is short and is no sentence, or looks like a heading;
    else a heading style of Word. A line with 1. is a heading only by its style or its looks.
    """
    text = line.text
    styled = _styled_level(line)
    stands_out = styled > 0 or line.look.bold or _KAI_OR_HEI.search(line.look.font) is not None
    short = len(text) <= _LONGEST_HEADING and _SENTENCE.search(text.rstrip("。")) is None
    if not text or not short or (text.endswith(("。", "，", "：", ":")) and not stands_out):
        return 0
    if _LEVEL_1.match(text):
        return 1
    if _LEVEL_2.match(text):
        return 2
    if _LEVEL_3.match(text):
        return 3 if stands_out else 0
    return styled


def _styled_level(line: Line) -> int:
    matched = _WORD_HEADING.match(line.style)
    if matched:
        return int(matched[1])
    return line.look.outline + 1 if 0 <= line.look.outline < 3 else 0


def is_organ(text: str) -> bool:
    """Whether words look like the name of an organ: short, no sentence, ending as such names do."""
    return (
        2 < len(text) <= 30
        and not re.search(r"[，。；：:！？\d]", text)
        and re.search(
            r"(?:会|局|委|办|府|厅|部|院|校|大学|中学|小学|公司|中心|组|协会|学会|团|社|馆|所|处|科|站|室|联|集团|厂)$",
            text,
        )
        is not None
    )
