"""Reads the source of a paper. The grammar is written down in docs/paper-source.md."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hearth.engines.gongwen.characters import unprintable
from hearth.engines.gongwen.errors import SourceError
from hearth.engines.gongwen.frontmatter import FENCE, FrontMatter, read_front_matter
from hearth.engines.gongwen.paper import (
    Align,
    Attachment,
    Block,
    Fixed,
    Heading,
    Inline,
    Inlines,
    ListOfAttachments,
    Marker,
    Paper,
    Paragraph,
    Picture,
    Slot,
    Table,
    Text,
    Turn,
)

DEEPEST = 3
_BLANK = " \t\u3000\xa0\r"
_HEADING = re.compile(r"(#+)([ \t\u3000]*)(.*)")
_MARKER = re.compile(r"\[\[([^\[\]]+)\]\]")
_BRACES = re.compile(r"\{\{|\}\}")
_RULE = re.compile(r"\s*规定\s*[：:]\s*(.+?)\s*")
_QUOTED = re.compile(r"\s*引用\s*[：:]\s*([^|｜]+?)\s*(?:[|｜]\s*([^|｜]*?)\s*)?")
_SLOT = re.compile(r"\s*([^\s{}|：:｜]+)\s*(?:[|｜]\s*([^\s{}|｜]+)\s*)?")
_RULER = re.compile(r"\s*(:?)-+(:?)\s*")
_PIPE = re.compile(r"\{\{.*?\}\}|\\\||(\|)")
_ATTACHMENT = re.compile(r"#[ \t\u3000]*附件[ \t\u3000]*(\d*)[ \t\u3000]*[：:][ \t\u3000]*(.*)")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()]*)\)")
_WIDE = re.compile(r":::+[ \t\u3000]*(.*)")
_SLOT_CURE = "请写成 {{指标名}} 或 {{指标名|写法}}，如 {{科普.展板|余}}"


@dataclass(frozen=True)
class _Line:
    """A line of the source without white space around it; `column` is where it begins, from 1."""

    number: int
    column: int
    text: str

    def error(self, offset: int, message: str, cure: str) -> SourceError:
        return SourceError(self.number, self.column + offset, message, cure)


def parse(source: str) -> Paper:
    """Read a paper from its source. Raises SourceError with line, column and the cure."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    _check_characters(lines)
    fence = _closing_fence(lines)
    front = read_front_matter(lines[1:fence])
    body = _Body([line for line in _lines(lines, fence + 1) if line.text])
    title = body.read_title(len(lines))
    blocks = body.read_blocks()
    if names := front.attachments or tuple(one.name for one in body.attachments):
        _check_attachments(front, body)
        at = next((i for i, block in enumerate(blocks) if isinstance(block, Attachment)), len(blocks))
        blocks.insert(at, ListOfAttachments(names))
    return Paper(front.meta, title, tuple(blocks))


def _check_attachments(front: FrontMatter, body: "_Body") -> None:
    """The names in the front matter, when there are some, are those of the attachments' bodies."""
    entry, names = front.attachments_entry, tuple(one.name for one in body.attachments)
    if not entry or not front.attachments or not names or front.attachments == names:
        return
    raise SourceError(
        entry.line,
        entry.value_column,
        f"附件名称与正文后的附件不一致：这里是“{'、'.join(front.attachments)}”，后面是“{'、'.join(names)}”",
        "请改成一致，或删去这一行，附件说明会按后面的附件写",
    )


def _check_characters(lines: Sequence[str]) -> None:
    for number, line in enumerate(lines, 1):
        if found := unprintable(line):
            code = f"U+{ord(found[0]):04X}"
            raise SourceError(
                number, found.start() + 1, f"有看不见的控制字符 {code}", "请删去这个字符，重新输入这一处"
            )


def _closing_fence(lines: Sequence[str]) -> int:
    if lines[0].strip(_BLANK) != FENCE:
        cure = "请从一行 --- 开始，写“文种：”“机关：”等，再用一行 --- 结束"
        raise SourceError(1, 1, "没有文头", cure)
    for at in range(1, len(lines)):
        if lines[at].strip(_BLANK) == FENCE:
            return at
    raise SourceError(1, 1, "文头没有结束", "请在“键：值”各行之后加一行 ---")


def _lines(lines: Sequence[str], begin: int) -> Iterator[_Line]:
    for at in range(begin, len(lines)):
        text = lines[at].strip(_BLANK)
        yield _Line(at + 1, lines[at].find(text) + 1 if text else 1, text)


@dataclass
class _Body:
    """Reads title and blocks one after the other, numbering the slots on the way."""

    lines: list[_Line]
    at: int = 0
    slots: int = 0
    level: int = 0
    wide: _Line | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def attachments(self) -> list[Attachment]:
        """The heads of attachments read so far."""
        return [block for block in self.blocks if isinstance(block, Attachment)]

    def read_title(self, last: int) -> tuple[Inlines, ...]:
        title = self._title_lines()
        if not title:
            number = self.lines[0].number if self.lines else last
            raise SourceError(number, 1, "没有标题", "请在文头后面写“# ”和标题，标题分几行就写几个“# ”行")
        return tuple(title)

    def _title_lines(self) -> list[Inlines]:
        """`# ` lines one after the other, up to the head of an attachment."""
        title: list[Inlines] = []
        while self.at < len(self.lines) and not _ATTACHMENT.fullmatch(self.lines[self.at].text):
            inlines = self._title_line(self.lines[self.at])
            if inlines is None:
                break
            title.append(inlines)
            self.at += 1
        return title

    def _title_line(self, line: _Line) -> Inlines | None:
        matched = _HEADING.fullmatch(line.text)
        if not matched or len(matched[1]) != 1:
            return None
        return self._heading_inlines(line, matched)

    def read_blocks(self) -> list[Block]:
        while self.at < len(self.lines):
            self.blocks.append(self._block(self.lines[self.at]))
        if self.wide:
            raise self.wide.error(0, "横排没有结束", "请在表格后面加一行 :::")
        _check_numbers(self.attachments, self.lines)
        return self.blocks

    def _block(self, line: _Line) -> Block:
        if _ATTACHMENT.fullmatch(line.text):
            return self._attachment(line)
        if line.text.startswith("#"):
            return self._heading(line)
        if line.text.startswith("|"):
            return self._table()
        self.at += 1
        if matched := _WIDE.fullmatch(line.text):
            return self._turn(line, matched[1].strip(_BLANK))
        if line.text.startswith("!["):
            return _picture(line)
        if matched := _MARKER.fullmatch(line.text):
            return Marker(matched[1].strip(), line.number)
        return Paragraph(self._inlines(line, line.text, 0))

    def _attachment(self, line: _Line) -> Attachment:
        """附件's head; its title may go on in further `# ` lines."""
        matched = _ATTACHMENT.fullmatch(line.text)
        assert matched is not None
        if self.wide:
            raise line.error(0, "横排还没有结束就开始了附件", "请先用一行 ::: 结束横排")
        if not matched[2]:
            raise line.error(0, "附件没有标题", "请写成“# 附件1：标题”，只有一个附件写“# 附件：标题”")
        number = int(matched[1] or 0)
        wanted = len(self.attachments) + 1
        if number not in (0, wanted):
            raise line.error(0, f"这是第 {wanted} 个附件，却写了附件{number}", f"请写成“# 附件{wanted}：”")
        if not number and wanted > 1:
            raise line.error(0, "有几个附件时要编号", f"请写成“# 附件{wanted}：”，第一个写“# 附件1：”")
        first = self._inlines(line, matched[2], matched.start(2))
        self.at += 1
        self.level = 0
        return Attachment(number, (first, *self._title_lines()))

    def _turn(self, line: _Line, word: str) -> Turn:
        if word in ("横排", "横向"):
            if self.wide:
                raise line.error(0, f"第 {self.wide.number} 行已经开始横排", "请先用一行 ::: 结束它")
            self.wide = line
            return Turn(landscape=True)
        if word:
            raise line.error(0, f"不认识“::: {word}”", "请写“::: 横排”，用一行 ::: 结束")
        if not self.wide:
            raise line.error(0, "::: 前面没有“::: 横排”", "请删去这一行，或在表格前面加一行“::: 横排”")
        self.wide = None
        return Turn(landscape=False)

    def _heading(self, line: _Line) -> Heading:
        matched = _HEADING.fullmatch(line.text)
        assert matched is not None
        level = len(matched[1]) - 1
        if level == 0:
            cure = "一级标题请用“## ”；同一个标题分几行，各行要挨着；附件写“# 附件1：标题”"
            raise line.error(0, "标题只能在正文前面", cure)
        if level > DEEPEST:
            raise line.error(0, f"没有第 {level} 级标题", "最多用“#### ”；更小的层次写在段落开头，如（1）")
        if level > self.level + 1:
            wanted = "#" * (self.level + 2)
            raise line.error(
                0, f"标题跳级：这里不能用“{matched[1]}”", f"请改成“{wanted} ”，或在前面补上级标题"
            )
        self.level = level
        self.at += 1
        return Heading(level, self._heading_inlines(line, matched))

    def _heading_inlines(self, line: _Line, matched: re.Match[str]) -> Inlines:
        if not matched[2]:
            raise line.error(len(matched[1]), "# 后面没有空格", "请在 # 和文字之间加一个空格")
        return self._inlines(line, matched[3], matched.start(3))

    def _table(self) -> Table:
        header = self._row(self.lines[self.at])
        ruler = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        aligns = _aligns(ruler) if ruler else ()
        if not header or len(aligns) != len(header):
            at = ruler or self.lines[self.at]
            columns = max(1, len(header))
            cure = f"请写 {columns} 格，如 {'|---' * columns}|"
            raise at.error(0, "表头下面要有一行分隔线", cure)
        self.at += 2
        rows = []
        while self.at < len(self.lines) and self.lines[self.at].text.startswith("|"):
            line = self.lines[self.at]
            rows.append(row := self._row(line))
            if len(row) != len(header):
                message = f"这一行有 {len(row)} 格，表头有 {len(header)} 格"
                raise line.error(0, message, "请补齐或删去多余的格；格里的竖线写成 \\|")
            self.at += 1
        return Table(header, tuple(rows), aligns)

    def _row(self, line: _Line) -> tuple[Inlines, ...]:
        return tuple(self._inlines(line, cell, offset) for offset, cell in _cells(line))

    def _inlines(self, line: _Line, text: str, offset: int) -> Inlines:
        """The words and slots of `text`, which begins `offset` characters after the line's first."""
        found: list[Inline] = []
        at = 0
        while opening := _BRACES.search(text, at):
            if opening[0] == "}}":
                raise line.error(offset + opening.start(), "多了一个 }}", _SLOT_CURE)
            closing = _BRACES.search(text, opening.end())
            if closing is None or closing[0] == "{{":
                raise line.error(offset + opening.start(), "{{ 没有配上 }}", _SLOT_CURE)
            found += _words(text[at : opening.start()])
            inner = text[opening.end() : closing.start()]
            found.append(self._braced(line, inner, offset + opening.start()))
            at = closing.end()
        return (*found, *_words(text[at:]))

    def _braced(self, line: _Line, inner: str, offset: int) -> Slot | Fixed:
        if rule := _RULE.fullmatch(inner):
            return Fixed(rule[1])
        if quoted := _QUOTED.fullmatch(inner):
            if not quoted[2]:
                raise line.error(
                    offset,
                    "引用没有写出处",
                    "请写成 {{引用：原话|出处}}，如 {{引用：全文共2215字|简报第3期}}",
                )
            return Fixed(quoted[1], quoted[2])
        matched = _SLOT.fullmatch(inner)
        if not matched:
            raise line.error(offset, f"读不懂“{{{{{inner}}}}}”", _SLOT_CURE)
        slot = Slot(matched[1], matched[2], self.slots, line.number, line.column + offset)
        self.slots += 1
        return slot


def _picture(line: _Line) -> Picture:
    matched = _PICTURE.fullmatch(line.text)
    if not matched or not matched[2].strip():
        cure = "请写成“![图题](文件名.png)”，单独一行；图题可以空着"
        raise line.error(0, "读不懂这张图片", cure)
    return Picture(matched[1].strip(), matched[2].strip(), line.number, line.column)


def _check_numbers(attachments: Sequence[Attachment], lines: Sequence[_Line]) -> None:
    """The first of several attachments is numbered too."""
    if len(attachments) > 1 and not attachments[0].number:
        first = next(line for line in lines if _ATTACHMENT.fullmatch(line.text))
        raise first.error(0, "有几个附件时要编号", "请写成“# 附件1：”")


def _words(text: str) -> list[Inline]:
    return [Text(text.replace("\\|", "|"))] if text else []


def _cells(line: _Line) -> Iterator[tuple[int, str]]:
    """The cells with the offset of their first character; pipes inside slots and after \\ part nothing."""
    bars = [found.start() for found in _PIPE.finditer(line.text) if found[1]]
    if bars[-1] != len(line.text) - 1:
        bars.append(len(line.text))
    for begin, end in itertools.pairwise(bars):
        cell = line.text[begin + 1 : end]
        yield begin + 1 + len(cell) - len(cell.lstrip(_BLANK)), cell.strip(_BLANK)


def _aligns(line: _Line) -> tuple[Align, ...]:
    rulers = [_RULER.fullmatch(cell) for _, cell in _cells(line)] if line.text.startswith("|") else []
    return tuple(_align(ruler) for ruler in rulers if ruler)


def _align(ruler: re.Match[str]) -> Align:
    if ruler[2] and not ruler[1]:
        return Align.RIGHT
    return Align.LEFT if ruler[1] and not ruler[2] else Align.CENTER
