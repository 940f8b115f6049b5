"""Puts the lines of a Word file in their places in a source: front matter, title, body, attachments."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from hearth.engines.gongwen.errors import SourceError
from hearth.engines.gongwen.importing import facts
from hearth.engines.gongwen.importing.contents import basename, items
from hearth.engines.gongwen.importing.facts import Facts
from hearth.engines.gongwen.importing.grammar import Grammar, StyleOf, plain
from hearth.engines.gongwen.importing.items import Cell, Grid, Image, Imported, Line, Note, Piece
from hearth.engines.gongwen.importing.roles import LABEL, Role
from hearth.engines.gongwen.importing.sorting import Placed, sort
from hearth.engines.gongwen.ledger import Ledger, read_part
from hearth.engines.gongwen.ooxml import BOOKMARK_PREFIX, bookmark_name
from hearth.engines.gongwen.opening import Opened, open_docx, parsed
from hearth.engines.gongwen.source import parse

_HEADINGS = {Role.HEADING_1: 1, Role.HEADING_2: 2, Role.HEADING_3: 3}
_RULERS = {"right": "--:", "end": "--:", "left": ":--", "start": ":--", "both": ":--", "": ":--"}
_CENTRED = "---"
_BESIDE = (
    ("header", "页眉"),
    ("footer", "页脚"),
    ("footnotes", "脚注"),
    ("endnotes", "尾注"),
    ("comments", "批注"),
)


def source_of(docx: bytes, *, style_of: StyleOf = plain) -> Imported:
    """The source of a Word file, for editing. Raises BadDocument for what cannot be opened.

    What the source cannot say is in the notes, with the line that it concerns; the source can always be parsed.
    ``style_of`` tells the style of a figure from the key of its measure and its text: the file itself does not say it.
    """
    opened = open_docx(docx)
    ledger, origin = _ledger(opened)
    placed = sort(list(items(opened)))
    found = facts.gathered(placed, opened, origin)
    composer = _Composer(found, ledger, opened, style_of)
    composer.write(placed)
    composer.beside()
    return composer.imported()


def _ledger(opened: Opened) -> tuple[Ledger, etree._Element | None]:
    """The ledger in the file, believed without a signature: it only says what a source to edit begins with."""
    for name in opened.archive.names:
        if name.startswith("customXml/item") and name.endswith(".xml"):
            root = parsed(opened.archive.read(name))
            if part := read_part(root):
                return part, root
    return Ledger(()), None


@dataclass
class _Composer:
    found: Facts
    ledger: Ledger
    opened: Opened
    style_of: StyleOf
    lines: list[str] = field(default_factory=list)
    notes: dict[Note, None] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    level: int = 0
    lies: bool = False
    in_attachment: bool = False
    image_title: bool = False

    def write(self, placed: Sequence[Placed]) -> None:
        self.grammar = Grammar(
            {entry.id: entry for entry in self.ledger.entries},
            {entry.id: entry for entry in self.ledger.fixed},
            self.style_of,
        )
        self._by_bookmark()
        self.lines += ["---", *self.found.front(), "---"]
        for what, cure in self.found.notes:
            self.note(what, cure)
        for line in self.found.title or [()]:
            self.lines.append("")
            self.lines[-1] = f"# {self.grammar.inlines(line, self.note).strip() or '（无标题）'}"
        if not self.found.title:
            self.note("没有找到标题", "请在这一行写上标题")
        self._body(placed)
        if self.lies:
            self.lines.append(":::")

    def _by_bookmark(self) -> None:
        """Figures whose control is lost are known by their bookmark, which may be a digest of the id."""
        for entry in self.ledger.entries:
            self.grammar.figures.setdefault(bookmark_name(entry.id).removeprefix(BOOKMARK_PREFIX), entry)

    def _body(self, placed: Sequence[Placed]) -> None:
        at = 0
        while at < len(placed):
            one = placed[at]
            if one.role is Role.LABEL and isinstance(one.item, Line):
                at = self._attachment(placed, at)
                continue
            if isinstance(one.item, Line):
                self._line(one.item, one.role)
            elif isinstance(one.item, Grid):
                self._turn(one.item.lies)
                self._grid(one.item)
            else:
                self._turn(one.item.lies)
                self._image(one.item, placed[at + 1] if at + 1 < len(placed) else None)
            at += 1

    def _turn(self, lies: bool) -> None:
        if lies != self.lies:
            self.lines.append("::: 横排" if lies else ":::")
            self.lies = lies

    def _line(self, line: Line, role: Role) -> None:
        if role in facts.TAKEN and not (role is Role.RECIPIENTS and self.found.salutation is line):
            for remark in line.remarks:
                self.note(remark, facts.CURES.get(remark, "请核对这一处"))
            return
        if role is Role.PICTURE_TITLE and self.image_title:
            self.image_title = False
            return
        if line.text:
            self._turn(line.lies)
        for number, pieces in enumerate(facts.parts(line)):
            level = _HEADINGS.get(role, 0) if number == 0 else 0
            self._paragraph(pieces, level)
        for remark in line.remarks:
            self.note(remark, facts.CURES.get(remark, "请核对这一处"))

    def _paragraph(self, pieces: Sequence[Piece], level: int) -> None:
        self.lines.append("")
        text = (self.grammar.inlines if level else self.grammar.line)(pieces, self.note).strip(
            " \t\u3000\xa0"
        )
        if not text:
            self.lines.pop()
            return
        if level > self.level + 1:
            self.note(
                f"这个第 {level} 级标题上面没有第 {level - 1} 级标题",
                f"已写成第 {self.level + 1} 级，请核对层次",
            )
            level = self.level + 1
        self.level = level or self.level
        self.lines[-1] = f"{'#' * (level + 1)} {text}" if level else text

    def _attachment(self, placed: Sequence[Placed], at: int) -> int:
        """The head of an attachment and its title, which stands behind the label or in the next lines."""
        self._turn(lies=False)
        label = placed[at].item
        assert isinstance(label, Line)
        matched = LABEL.match(label.text)
        assert matched is not None
        rest = label.text[matched.end() :].strip()
        titles = [rest] if rest else []
        at += 1
        while not rest and at < len(placed) and self._is_title(placed, at, titles):
            line = placed[at].item
            assert isinstance(line, Line)
            self.lines.append("")
            titles += [self.grammar.inlines(pieces, self.note).strip() for pieces in facts.parts(line)]
            self.lines.pop()
            at += 1
        number = self.found.attachment_number()
        self.lines.append(f"# 附件{number}：{titles[0] if titles else '（无标题）'}")
        if not titles:
            self.note("附件没有标题", "请在这一行写上附件的标题")
        self.lines += [f"# {title}" for title in titles[1:]]
        self.level = 0
        return at

    def _is_title(self, placed: Sequence[Placed], at: int, titles: Sequence[str]) -> bool:
        one = placed[at]
        if not isinstance(one.item, Line) or not one.item.text:
            return False
        if one.role is Role.TITLE:
            return True
        if self.found.own:
            return False
        centred = one.item.look.align == "center" and one.role is not Role.LABEL
        return (
            centred
            if titles
            else centred or (len(one.item.text) <= 40 and not one.item.text.endswith(("。", "：")))
        )

    def _grid(self, grid: Grid) -> None:
        if not grid.rows or not grid.rows[0]:
            return
        for number, row in enumerate(grid.rows):
            self.lines.append("")
            self.lines[-1] = f"| {' | '.join(self._cell(cell) for cell in row)} |"
            if number == 0:
                for remark in grid.remarks:
                    self.note(remark, facts.CURES.get(remark, "请核对这张表"))
                self.lines.append(f"|{'|'.join(self._ruler(grid, at) for at in range(len(row)))}|")
        self.lines.append("")

    def _cell(self, cell: Cell) -> str:
        said = [line for line in cell.lines if line.text]
        if cell.covered and said:
            self.note("被合并的单元格里还有文字", "请核对这一行")
        if len(said) > 1 or any(len(list(facts.parts(line))) > 1 for line in said):
            self.note("单元格里有几段，已并成一段", "请核对这一格")
        for line in cell.lines:
            for remark in line.remarks:
                self.note(remark, facts.CURES.get(remark, "请核对这一格"))
        return " ".join(self.grammar.cell(pieces, self.note) for line in said for pieces in facts.parts(line))

    def _ruler(self, grid: Grid, column: int) -> str:
        looks = [
            row[column].lines[0].look.align
            for row in grid.rows[1:]
            if row[column].lines and not row[column].covered
        ]
        align = max(set(looks), key=lambda one: (looks.count(one), one)) if looks else "center"
        return _RULERS.get(align, _CENTRED)

    def _image(self, image: Image, following: Placed | None) -> None:
        title = following is not None and following.role is Role.PICTURE_TITLE
        said = following.item.text if title and following and isinstance(following.item, Line) else ""
        self.image_title = bool(said)
        name = basename(image.member)
        if not name or image.member not in self.opened.archive:
            self.lines.append("（此处原有图片）")
            self.note("这里原有一张图片，没有取出", "请另存图片，再写成 ![图题](文件名)")
            return
        safe = "".join(char for char in said or "" if char not in "[]").strip()
        self.lines.append(f"![{safe}]({name.replace('(', '').replace(')', '')})")
        self.pictures[name.replace("(", "").replace(")", "")] = self.opened.archive.read(image.member)

    def beside(self) -> None:
        """Say what stands in headers, footers, notes and comments: a source has no place for it."""
        for kind, name in _BESIDE:
            for root in self.opened.parts(kind):
                words = facts.words_of(root)
                if any(char.isalpha() for char in words):
                    self.note(f"{name}里的文字没有取出：{words[:60]}", "需要的话请写进正文")

    def note(self, what: str, cure: str) -> None:
        note = Note(len(self.lines), what, cure)
        self.notes[note] = None

    def imported(self) -> Imported:
        source = "\n".join(self.lines).rstrip("\n") + "\n"
        try:
            parse(source)
        except SourceError as error:
            self.notes[Note(error.line, error.message, error.cure)] = None
        return Imported(source, tuple(self.notes), self.pictures)
