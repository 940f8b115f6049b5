"""What the front matter of an imported file says: gathered from the lines of head, signature and 版记."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from hearth.engines.gongwen.characters import unprintable, width
from hearth.engines.gongwen.closing import chinese_date
from hearth.engines.gongwen.frontmatter import NEXT_KEY, split_names
from hearth.engines.gongwen.importing import contents, roles
from hearth.engines.gongwen.importing.items import Line, Piece, PieceKind
from hearth.engines.gongwen.importing.roles import Role, own_role
from hearth.engines.gongwen.importing.sorting import Placed
from hearth.engines.gongwen.kinds import KINDS
from hearth.engines.gongwen.ooxml import q
from hearth.engines.gongwen.opening import Opened, parsed
from hearth.engines.gongwen.paper import Layout
from hearth.engines.gongwen.styles import CHARS_A_LINE

TAKEN = frozenset(
    (
        Role.HEAD,
        Role.MARK,
        Role.NUMBER,
        Role.TITLE,
        Role.RECIPIENTS,
        Role.ATTACHMENTS,
        Role.ATTENDANCE,
        Role.SIGNATURE,
        Role.SEALED,
        Role.DATE,
        Role.NOTE,
        Role.COPIES,
        Role.ISSUE,
    )
)
"""Roles whose words go into front matter and title."""

CURES = {
    contents.TRACKED: "请在 Word 里先接受或拒绝全部修订，再核对这一处",
    contents.FOOTNOTE: "脚注的文字没有取出，需要的话请写进正文",
    contents.EQUATION: "请核对公式，必要时改成图片",
    contents.OBJECT: "请把嵌入的内容粘贴成文字或表格",
    contents.HIDDEN: "需要的话请在 Word 里取消隐藏再导入",
    contents.MERGED: "请把空着的格补上，或拆成几张表",
    contents.NESTED: "请把里面的表格单独排在外面",
}

_DC = "http://purl.org/dc/elements/1.1/"
_TITLE_END = re.compile(r"[（(【\[][^（）()【】\[\]]{1,12}[)）】\]]$")
_GAPS = re.compile(r"[\t\n\r\u3000 ]+")
_CHINESE_DIGITS = {char: at for at, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "O": 0}
_UNKNOWN_KIND = "材料"


@dataclass
class Facts:
    """The facts of the front matter, as far as they were found; `own`: Hearth wrote the file."""

    own: bool = False
    kind: str = ""
    layout: Layout = Layout.GENERAL
    organs: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    title: list[tuple[Piece, ...]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    salutation: Line | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    labels: int = 0
    _labelled: int = 0

    def attachment_number(self) -> str:
        """The number of the next attachment's head; empty when there is only one."""
        self._labelled += 1
        return str(self._labelled) if self.labels > 1 else ""

    def front(self) -> Iterator[str]:
        """The lines of the front matter."""
        yield f"文种：{self.kind}"
        known = KINDS.get(self.kind)
        if known is None or self._usual_layout(known.layout) is not self.layout:
            yield f"版式：{self.layout}"
        for key, value in (("机关", "、".join(self.organs)), *self.values.items()):
            if cleaned := _one_line(value):
                yield f"{key}：{cleaned}"

    def _usual_layout(self, layout: Layout) -> Layout:
        """As the front matter is read: without an organ, and a 函 without a number, a head is left out."""
        if layout in (Layout.DOCUMENT, Layout.GENERAL):
            return layout
        named = bool(self.organs or self.values.get("标志"))
        numbered = bool(self.values.get("文号")) or layout is not Layout.LETTER
        return layout if named and numbered else Layout.GENERAL


def gathered(placed: Sequence[Placed], opened: Opened, origin: etree._Element | None) -> Facts:
    """The facts of a file whose lines were sorted; `origin` is the ledger's root when Hearth wrote it."""
    lines = [(one.item, one.role) for one in placed if isinstance(one.item, Line) and one.item.text]
    facts = Facts(own=any(own_role(line) for line, _ in lines))
    facts.labels = sum(role is Role.LABEL for _, role in lines)
    title, creator = _core(opened)
    facts.title = _title(lines) or ([(Piece(PieceKind.WORDS, _one_line(title)),)] if title.strip() else [])
    _kind(facts, lines, origin)
    _head(facts, lines, creator)
    _recipients(facts, lines)
    _closing(facts, lines)
    _attachments(facts, lines)
    return facts


Lines = Sequence[tuple[Line, Role]]


def _of(lines: Lines, *wanted: Role) -> list[Line]:
    return [line for line, role in lines if role in wanted]


def _title(lines: Lines) -> list[tuple[Piece, ...]]:
    found: list[tuple[Piece, ...]] = []
    for line, role in lines:
        if role is Role.LABEL:
            break
        if role is Role.TITLE:
            found += [part for part in parts(line) if "".join(piece.text for piece in part).strip()]
    return found


def _kind(facts: Facts, lines: Lines, origin: etree._Element | None) -> None:
    named = (origin.get("kind") or "") if origin is not None else ""
    text = "".join(piece.text for part in facts.title for piece in part).replace(" ", "")
    stripped = _TITLE_END.sub("", text)
    fitting = sorted((kind for kind in KINDS if stripped.endswith(kind)), key=len)
    facts.kind = _one_line(named) or (fitting[-1] if fitting else "")
    marked = [_GAPS.sub("", line.text) for line in _of(lines, Role.MARK)]
    marks = "".join(marked)
    if origin is not None and origin.get("layout") in set(Layout):
        facts.layout = Layout(origin.get("layout") or "")
    elif any(mark.endswith("文件") for mark in marked):
        facts.layout = Layout.DOCUMENT
    elif marks.endswith("纪要"):
        facts.layout = Layout.MINUTES
    elif marks.endswith("令"):
        facts.layout = Layout.ORDER
    elif marks:
        facts.layout = Layout.LETTER
    if not facts.kind:
        facts.kind = _by_layout(facts)
    if facts.kind == _UNKNOWN_KIND:
        facts.notes.append(("从标题看不出文种", f"已写成“{_UNKNOWN_KIND}”，请改成通知、报告、总结等"))


def _by_layout(facts: Facts) -> str:
    return {Layout.MINUTES: "纪要", Layout.ORDER: "命令"}.get(facts.layout, _UNKNOWN_KIND)


def _head(facts: Facts, lines: Lines, creator: str) -> None:
    marks = [_squeezed(line.text) if not facts.own else line.text for line in _of(lines, Role.MARK)]
    signed = [name for line in _of(lines, Role.SIGNATURE, Role.SEALED) for name in _signers(facts, line)]
    if facts.own and creator:
        facts.organs = tuple(split_names(creator, "、"))
    elif facts.layout is Layout.DOCUMENT:
        organs = [mark.removesuffix("文件") for mark in marks]
        facts.organs = tuple(name for organ in organs for name in _GAPS.split(organ) if name)
    else:
        facts.organs = tuple(signed)
    _mark(facts, "".join(marks))
    words: dict[str, str] = {}
    for line in _of(lines, Role.HEAD):
        _head_word(words, line.text)
    _numbers(words, _of(lines, Role.NUMBER))
    facts.values |= {
        key: words[key] for key in ("文号", "签发人", "份号", "密级", "紧急程度") if key in words
    }


def _mark(facts: Facts, mark: str) -> None:
    """标志, where the red words are not those that the organ's name would give."""
    first = facts.organs[0] if facts.organs else ""
    usual = {
        Layout.LETTER: first,
        Layout.MINUTES: f"{first}会议纪要",
        Layout.ORDER: f"{first}令",
    }
    if facts.layout in usual and mark and (not first or mark != usual[facts.layout]):
        facts.values["标志"] = mark


def _head_word(words: dict[str, str], text: str) -> None:
    for part in [part for part in _GAPS.split(text) if part] or [text]:
        if roles.COPY_NUMBER.fullmatch(part):
            words["份号"] = part
        elif roles.SECRECY.fullmatch(part):
            words["密级"] = part
        elif roles.URGENCY.fullmatch(part) or "密级" in words:
            words["紧急程度"] = part
        else:
            words["密级"] = part


def _numbers(words: dict[str, str], lines: Sequence[Line]) -> None:
    """文号 and 签发人, and in letters the words at the left of the number."""
    people: list[str] = []
    for line in lines:
        before, found, after = line.text.partition("签发人")
        for part in [part for part in re.split(r"\t|\s{2,}|\u3000", before) if part.strip()]:
            if people and not roles.NUMBER.match(part.strip()):
                people.append(part.strip())
            elif any(
                form.fullmatch(part.strip()) for form in (roles.COPY_NUMBER, roles.SECRECY, roles.URGENCY)
            ) or ("文号" in words and not people):
                _head_word(words, part.strip())
            else:
                words["文号"] = part.strip()
        if found:
            people += [name for name in re.split(r"[、\s\u3000]+", after.lstrip("：: \t")) if name]
    if people:
        words["签发人"] = "、".join(people)


def _recipients(facts: Facts, lines: Lines) -> None:
    for line in _of(lines, Role.RECIPIENTS)[:1]:
        known = KINDS.get(facts.kind)
        letter = known is not None and known.addressed and facts.kind != "函"
        words_only = all(piece.kind is PieceKind.WORDS for piece in line.pieces)
        if (letter and width(line.text) <= CHARS_A_LINE) or not words_only:
            facts.salutation = line
        else:
            facts.values["主送"] = line.text.rstrip("：: ")


def _closing(facts: Facts, lines: Lines) -> None:
    dated = [line.text for line in _of(lines, Role.DATE, Role.SIGNATURE) if roles.DATE.fullmatch(line.text)]
    if dated:
        _date(facts, dated[-1])
    signing = [
        line for line in _of(lines, Role.SIGNATURE, Role.SEALED) if not roles.DATE.fullmatch(line.text)
    ]
    stamps = [
        line.text.split("\u3000\u3000", 1) for line in signing if facts.own and "\u3000\u3000" in line.text
    ]
    names = [name for line in signing if not stamps for name in _signers(facts, line)]
    if stamps:
        facts.values["签名章"] = "、".join(f"{office} {name}" for office, name in stamps)
    elif (names and tuple(names) != facts.organs) or (names and not _signs(facts)):
        facts.values["落款"] = "、".join(names)
    elif not names and facts.organs and _signs(facts):
        facts.notes.append(("原文没有署名，排出来会按机关补上", "不要署名的话，请删去机关或改用不署名的文种"))
    if _of(lines, Role.SEALED):
        facts.values["用印"] = "是"
    for line in _of(lines, Role.NOTE)[:1]:
        facts.values["附注"] = line.text[1:-1]
    for line in _of(lines, Role.ATTENDANCE):
        if matched := roles.ATTENDANCE.fullmatch(line.text):
            facts.values[matched["label"]] = matched["names"]
    _colophon(facts, lines)


def _signs(facts: Facts) -> bool:
    known = KINDS.get(facts.kind)
    return known.signed if known else True


def _colophon(facts: Facts, lines: Lines) -> None:
    for line in _of(lines, Role.COPIES)[:1]:
        matched = roles.COPIES.match(line.text)
        facts.values["抄送"] = (matched["names"] if matched else line.text).rstrip("。. ")
    for line in _of(lines, Role.ISSUE)[:1]:
        matched = roles.ISSUE.fullmatch(line.text)
        if matched and _day(matched["date"]):
            facts.values["印发机关"], facts.values["印发日期"] = matched["issuer"].strip(), matched["date"]
        else:
            facts.values["印发机关"] = line.text


def _date(facts: Facts, text: str) -> None:
    day = _day(text)
    if day is None:
        facts.notes.append((f"成文日期“{text}”读不出", "请写成 2020年6月20日"))
        return
    facts.values["成文日期"] = chinese_date(day)
    if chinese_date(day) != _GAPS.sub("", text):
        facts.notes.append((f"成文日期原写作“{text}”", "已按国家标准改用阿拉伯数字，请核对"))


def _day(text: str) -> date | None:
    matched = roles.DATE.search(text)
    if not matched:
        return None
    year = "".join(str(_CHINESE_DIGITS.get(char, char)) for char in matched["year"])
    try:
        return date(int(year), _small(matched["month"]), _small(matched["day"]))
    except ValueError:
        return None


def _small(text: str) -> int:
    """A number up to 31 in digits or Chinese numerals."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _CHINESE_DIGITS.get(text, 0)
    return 10 * _CHINESE_DIGITS.get(tens, 1) + (_CHINESE_DIGITS.get(ones, 0) if ones else 0)


def _attachments(facts: Facts, lines: Lines) -> None:
    found: list[str] = []
    for line in _of(lines, Role.ATTACHMENTS):
        matched = roles.ATTACHMENTS.match(line.text)
        found += _listed(matched["names"] if matched else line.text)
    facts.names = [name for name in found if name]
    if facts.labels:
        if not facts.own and len(facts.names) > facts.labels:
            facts.notes.append(
                (
                    f"附件说明有 {len(facts.names)} 个附件，正文后只找到 {facts.labels} 个",
                    "请补上其余附件，或核对附件的开头",
                )
            )
        return
    if facts.names:
        facts.values["附件"] = "、".join(facts.names)
        if split_names(facts.values["附件"], "、；;") != tuple(facts.names):
            facts.notes.append(("附件名称里有顿号或分号", "请给名称加上书名号，免得分成几个附件"))


def _listed(text: str) -> list[str]:
    """The names of a list, without their numbers."""
    parts = [
        part.strip(" \t\u3000\n。；;") for part in re.split(r"(?:^|[\s\u3000])\d{1,2}\s*[.．、]\s*", text)
    ]
    return [part for part in parts if part] or [text.strip()]


def _signers(facts: Facts, line: Line) -> list[str]:
    """Who signs on a line: one name, or several set apart by tabs, in files of others by blanks too."""
    gaps = r"[\t\n]+" if facts.own else r"[\t\n\u3000]+|\s{2,}"
    return [name for name in re.split(gaps, line.text.strip()) if name]


def parts(line: Line) -> Iterator[tuple[Piece, ...]]:
    """The lines of a paragraph that line breaks part, each with its words; the first with the automatic number."""
    pieces: list[Piece] = [Piece(PieceKind.WORDS, line.label)] if line.label else []
    for piece in line.pieces:
        texts = piece.text.split("\n") if piece.kind is PieceKind.WORDS else [piece.text]
        for number, text in enumerate(texts):
            if number:
                yield tuple(pieces)
                pieces = []
            if text:
                pieces.append(Piece(piece.kind, text, piece.id))
    yield tuple(pieces)


def words_of(root: etree._Element) -> str:
    """The words of a part beside the body."""
    return "".join(found.text or "" for found in root.iter(q("t"))).strip()


def _core(opened: Opened) -> tuple[str, str]:
    name = "docProps/core.xml"
    if name not in opened.archive:
        return "", ""
    root = parsed(opened.archive.read(name))
    return root.findtext(f"{{{_DC}}}title") or "", root.findtext(f"{{{_DC}}}creator") or ""


def _squeezed(text: str) -> str:
    """A mark whose characters are set apart by blanks; blanks between longer words part names."""
    words = [word for word in _GAPS.split(text) if word]
    return "".join(words) if words and max(map(len, words)) <= 2 else " ".join(words)


def _one_line(text: str) -> str:
    """A value that the front matter can hold: no breaks, no gap before what looks like a key, no braces."""
    cleaned = (
        NEXT_KEY.sub(" ", re.sub(r"[\n\r]+", " ", text)).replace("{{", "｛｛").replace("}}", "｝｝").strip()
    )
    while found := unprintable(cleaned):
        cleaned = cleaned.replace(found[0], "")
    return cleaned
