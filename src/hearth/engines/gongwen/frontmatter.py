"""The front matter: keys and values between two `---` lines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from unicodedata import normalize

from hearth.engines.gongwen.errors import SourceError
from hearth.engines.gongwen.kinds import KINDS, Kind
from hearth.engines.gongwen.paper import Layout, Meta, Signer

FENCE = "---"
KEYS = (
    "文种",
    "版式",
    "机关",
    "文号",
    "签发人",
    "主送",
    "抄送",
    "成文日期",
    "落款",
    "附件",
    "附注",
    "份号",
    "密级",
    "紧急程度",
    "印发机关",
    "印发日期",
    "标志",
    "用印",
    "签名章",
    "出席",
    "请假",
    "列席",
)
"""The keys, in the order in which they are usually written."""

_ALIASES = {
    "发文机关": "机关",
    "发文字号": "文号",
    "主送机关": "主送",
    "抄送机关": "抄送",
    "日期": "成文日期",
    "密级和保密期限": "密级",
}
NEXT_KEY = re.compile(r"(?:[ \t]{2,}|[ \t]*\u3000[ \t\u3000]*)(?=[^\s：:]{1,12} ?[：:])")
_ENTRY = re.compile(r"\s*([^\s：:]+)\s*[：:]\s*(.*?)\s*$")
_DATE = re.compile(r"(\d{4})(?:年|-|/)(\d{1,2})(?:月|-|/)(\d{1,2})日?")
_OPENING, _CLOSING = "《〈（(“‘〔[", "》〉）)”’〕]"


@dataclass(frozen=True)
class Entry:
    """A key with its value, and where they stand (from 1)."""

    key: str
    value: str
    line: int
    column: int
    value_column: int


@dataclass(frozen=True)
class FrontMatter:
    """What the front matter says: the facts of the paper and the names of its attachments."""

    meta: Meta
    attachments: tuple[str, ...]
    attachments_entry: Entry | None = None


@dataclass(frozen=True)
class _Entries:
    by_key: Mapping[str, Entry]

    def text(self, key: str) -> str:
        entry = self.by_key.get(key)
        return entry.value if entry else ""

    def names(self, key: str, marks: str = "、") -> tuple[str, ...]:
        return split_names(self.text(key), marks)

    def yes(self, key: str) -> bool:
        entry = self.by_key.get(key)
        if not entry or entry.value in ("", "否"):
            return False
        if entry.value != "是":
            raise SourceError(
                entry.line, entry.value_column, f"“{entry.value}”不是“是”或“否”", f"请写“{key}：是”，或删去"
            )
        return True

    def signers(self, key: str) -> tuple[Signer, ...]:
        entry = self.by_key.get(key)
        return tuple(_signer(entry, one) for one in self.names(key)) if entry else ()

    def date(self, key: str) -> date | None:
        entry = self.by_key.get(key)
        return _date(entry) if entry and entry.value else None


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the lines between the fences; the first of them is line 2 of the source. Raises SourceError."""
    entries = _Entries(_by_key([entry for at, line in enumerate(lines, 2) for entry in _entries(line, at)]))
    kind = _kind(entries)
    meta = Meta(
        kind=kind.name,
        layout=kind.layout,
        upward=kind.upward,
        signed=kind.signed,
        addressed=kind.addressed,
        organs=entries.names("机关"),
        number=entries.text("文号"),
        signatory=entries.text("签发人"),
        recipients=entries.text("主送").rstrip("：:"),
        copies=entries.text("抄送").rstrip("。"),
        date=entries.date("成文日期"),
        signers=entries.names("落款"),
        copy_number=entries.text("份号"),
        secrecy=entries.text("密级"),
        urgency=entries.text("紧急程度"),
        note=_without_brackets(entries.text("附注")),
        issuer=entries.text("印发机关"),
        issued_on=entries.date("印发日期"),
        mark=entries.text("标志"),
        sealed=entries.yes("用印"),
        stamps=entries.signers("签名章"),
        present=entries.text("出席"),
        excused=entries.text("请假"),
        attending=entries.text("列席"),
    )
    meta = _headless(meta, entries)
    if meta.layout is not Layout.GENERAL and not (meta.organs or meta.mark):
        at = entries.by_key["文种"]
        raise SourceError(
            at.line,
            at.column,
            f"“{meta.kind}”用红头，但没有写机关",
            "请加一行“机关：”，几个机关用顿号分开；不用红头就写“版式：普通”",
        )
    if meta.layout is Layout.DOCUMENT and not meta.organs:
        at = entries.by_key["标志"]
        raise SourceError(
            at.line, at.column, "文件格式的红头由机关名称组成", "请写“机关：”，不写“标志：”"
        )
    return FrontMatter(meta, entries.names("附件", "、；;"), entries.by_key.get("附件"))


def _headless(meta: Meta, entries: _Entries) -> Meta:
    """函, 命令 and 纪要 have no head without an organ, and a 函 none without a number, unless 版式 asks for it."""
    if entries.text("版式") or meta.layout in (Layout.DOCUMENT, Layout.GENERAL):
        return meta
    named = bool(meta.organs or meta.mark)
    if named and (meta.number or meta.layout is not Layout.LETTER):
        return meta
    return replace(meta, layout=Layout.GENERAL)


def split_names(text: str, marks: str) -> tuple[str, ...]:
    """Names parted by any of `marks`; marks inside 《》, （） and quotation marks part nothing."""
    names, depth, begin = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in _OPENING) - (char in _CLOSING)
        if char in marks and depth <= 0:
            names.append(text[begin:at])
            begin = at + 1
    names.append(text[begin:])
    return tuple(name.strip() for name in names if name.strip())


def _entries(line: str, at: int) -> list[Entry]:
    found, begin = [], 0
    for end, resume in [*((gap.start(), gap.end()) for gap in NEXT_KEY.finditer(line)), (len(line), 0)]:
        if line[begin:end].strip():
            found.append(_entry(line[begin:end], at, begin))
        begin = resume
    return found


def _entry(text: str, line: int, offset: int) -> Entry:
    matched = _ENTRY.match(text)
    column = offset + len(text) - len(text.lstrip()) + 1
    if not matched:
        raise SourceError(line, column, f"“{text.strip()}”没有键名", "请写成“键：值”，如“文种：通知”")
    key = _ALIASES.get(matched[1], matched[1])
    if key not in KEYS:
        near = get_close_matches(key, (*KEYS, *_ALIASES), 1, 0.4)
        cure = f"是不是“{near[0]}”" if near else f"可用的键有：{'、'.join(KEYS)}"
        raise SourceError(line, column, f"没有“{matched[1]}”这个键", cure)
    value_column = offset + matched.start(2) + 1
    for brace in ("{{", "}}"):
        if brace in matched[2]:
            where = value_column + matched[2].index(brace)
            raise SourceError(line, where, "文头里不能放数字占位", "请把它移到标题或正文，这里直接写文字")
    return Entry(key, matched[2], line, column, value_column)


def _by_key(entries: Sequence[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if first := found.get(entry.key):
            raise SourceError(
                entry.line,
                entry.column,
                f"“{entry.key}”写了两次，第 {first.line} 行已经有了",
                "请只留一处，几个名称用顿号分开",
            )
        found[entry.key] = entry
    return found


def _kind(entries: _Entries) -> Kind:
    """The kind, with the layout that the front matter asks for."""
    at = entries.by_key.get("文种")
    if at is None or not at.value:
        line, column = (at.line, at.value_column) if at else (1, 1)
        raise SourceError(line, column, "没有写文种", "请在文头里加一行，如“文种：通知”")
    layout = entries.by_key.get("版式")
    known = KINDS.get(at.value)
    if layout and layout.value:
        asked = _layout(layout)
        return replace(known, layout=asked) if known else Kind(at.value, asked)
    if known is None:
        near = get_close_matches(at.value, KINDS, 1, 0.3)
        guess = f"是不是“{near[0]}”；" if near else ""
        cure = f"{guess}确是别的文种，请再写一行“版式：普通”或“版式：文件”"
        raise SourceError(at.line, at.value_column, f"不认识文种“{at.value}”", cure)
    return known


def _layout(entry: Entry) -> Layout:
    try:
        return Layout(entry.value)
    except ValueError:
        cure = "请写“文件”“信函”“命令”“纪要”（有红头），或“普通”（没有红头）"
        raise SourceError(entry.line, entry.value_column, f"没有“{entry.value}”这种版式", cure) from None


def _date(entry: Entry) -> date:
    matched = _DATE.fullmatch(normalize("NFKC", entry.value).replace(" ", ""))
    try:
        if matched:
            return date(int(matched[1]), int(matched[2]), int(matched[3]))
    except ValueError:
        pass  # a thirteenth month is answered like a word
    raise SourceError(
        entry.line,
        entry.value_column,
        f"“{entry.value}”不是日期",
        "请写成 2020年6月20日 或 2020-06-20",
    )


def _signer(entry: Entry, text: str) -> Signer:
    office, _, name = text.partition(" ")
    if not name.strip():
        raise SourceError(
            entry.line,
            entry.value_column + max(0, entry.value.find(text)),
            f"“{text}”没有分开职务和姓名",
            "请在职务和姓名之间空一格，如“签名章：主席 孙玉兰”；几个人用顿号分开",
        )
    return Signer(office, name.strip())


def _without_brackets(note: str) -> str:
    return note[1:-1] if note[:1] in ("（", "(") and note[-1:] in ("）", ")") else note
