"""Writes the pieces of a page as WordprocessingML: paragraphs, figures with their anchors, heads, 版记."""

from collections.abc import Iterator, Mapping, Sequence

from hearth.engines.gongwen import drawings, markup, ooxml
from hearth.engines.gongwen.characters import width
from hearth.engines.gongwen.colophons import colophon_height
from hearth.engines.gongwen.drawings import Place
from hearth.engines.gongwen.heads import LETTER_LINE_WIDTH, mark_line
from hearth.engines.gongwen.paper import Figure, Fixed
from hearth.engines.gongwen.pictures import PictureFile, fitted_size
from hearth.engines.gongwen.pieces import (
    PAGE_BREAK,
    Colophon,
    Grid,
    Image,
    JointMark,
    Label,
    LetterHead,
    Line,
    Mark,
    Name,
    Piece,
    Printed,
    Section,
    SectionEnd,
)
from hearth.engines.gongwen.printed import fixed_name
from hearth.engines.gongwen.profile import PAGE_WIDTH, TYPE_BOTTOM, Profile
from hearth.engines.gongwen.sections import section_properties
from hearth.engines.gongwen.styles import RED, Style
from hearth.engines.gongwen.tables import Tables, ruled, two_columns

_HINT = '<w:rFonts w:hint="eastAsia"/>'
_SPACER = f'<w:p><w:pPr><w:pStyle w:val="{Style.SPACER}"/></w:pPr></w:p>'


class Writer:
    """Writes pieces one after the other and numbers bookmarks, controls and drawings on the way."""

    def __init__(self, profile: Profile, pictures: Mapping[str, PictureFile]) -> None:
        self._profile = profile
        self._pictures = pictures
        self._bookmarks = 0
        self._controls = 0
        self._fixed = 0
        self._drawings = 0

    def body(self, pieces: Sequence[Piece]) -> str:
        """The body: a section that ends stands in the last paragraph before, the last section at the end."""
        *inner, last = pieces
        assert isinstance(last, SectionEnd)
        written = []
        for at, piece in enumerate(inner):
            following = pieces[at + 1]
            section = following.section if isinstance(following, SectionEnd) and following is not last else None
            if isinstance(piece, SectionEnd):
                if not isinstance(inner[at - 1], Line):
                    written.append(self._spacer("", piece.section))
            else:
                written.append(self.write(piece, section if isinstance(piece, Line) else None))
        return "".join(written) + section_properties(last.section, self._profile)

    def write(self, piece: Piece, section: Section | None = None) -> str:
        """The markup of a piece; `section`: the section that ends with it."""
        match piece:
            case Line():
                return self.line(piece, section)
            case Mark():
                return _mark_paragraph(piece.text, piece.size, before=max(0, piece.before))
            case JointMark():
                return _joint_mark(piece, self._profile)
            case LetterHead():
                return self._letter_head(piece)
            case Grid():
                return Tables(self._words, piece.width).write(piece.table)
            case Image():
                return self._image(piece)
            case Colophon():
                return self._colophon(piece)
            case SectionEnd():
                return ""

    def line(self, line: Line, section: Section | None = None) -> str:
        """A paragraph."""
        ending = section_properties(section, self._profile) if section else ""
        return f"<w:p>{_properties(line, ending)}{self._words(line.words, line.spacing)}</w:p>"

    def _words(self, words: Sequence[Printed], spacing: int | None = None) -> str:
        return "".join(self._word(word, spacing) for word in words)

    def _word(self, word: Printed, spacing: int | None) -> str:
        if isinstance(word, Figure):
            return self._bookmarked(ooxml.bookmark_name(word.id), self._control(word, spacing))
        if isinstance(word, Fixed):
            self._fixed += 1
            return self._bookmarked(fixed_name(self._fixed), _run(word.text, spacing=spacing))
        if isinstance(word, Name | Label):
            return _run(word.text, word.font)
        return _run(word.text, spacing=spacing) if word.text else ""

    def _bookmarked(self, name: str, content: str) -> str:
        at = self._bookmarks
        self._bookmarks += 1
        return f'<w:bookmarkStart w:id="{at}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{at}"/>'

    def _control(self, figure: Figure, spacing: int | None) -> str:
        """A content control of the rich kind, without dataBinding.

        Word would write an edit into a bound ledger; LibreOffice 7.4 saves the words of a plain-text control
        three times over when they mix digits and 汉字.
        """
        self._controls += 1
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{markup.value(ooxml.alias(figure))}"/>'
            f'<w:tag w:val="{ooxml.TAG_PREFIX}{figure.id}"/><w:id w:val="{self._controls}"/>'
            '<w:lock w:val="sdtLocked"/><w15:appearance w15:val="hidden"/></w:sdtPr>'
            f"<w:sdtContent>{_run(figure.text, spacing=spacing)}</w:sdtContent></w:sdt>"
        )

    def _next_drawing(self) -> int:
        self._drawings += 1
        return self._drawings

    def _spacer(self, content: str, section: Section | None = None, after: int = 0) -> str:
        """A paragraph that shows nothing: it holds drawings, or the end of a section."""
        room = f'<w:spacing w:after="{after}"/>' if after else ""
        ending = section_properties(section, self._profile) if section else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{Style.SPACER}"/>{room}{ending}</w:pPr>{content}</w:p>'

    def _letter_head(self, head: LetterHead) -> str:
        left = (PAGE_WIDTH - LETTER_LINE_WIDTH) // 2
        mark = drawings.text_box(
            self._next_drawing(),
            "发文机关标志",
            Place(0, head.top, PAGE_WIDTH, mark_line(head.size) + 20),
            _mark_paragraph(head.text, head.size),
        )
        bars = "".join(
            drawings.bar(
                self._next_drawing(), "红线", Place(left, stroke.top, LETTER_LINE_WIDTH, stroke.thickness), RED
            )
            for stroke in head.strokes
        )
        return self._spacer(mark + bars, after=head.after)

    def _image(self, image: Image) -> str:
        picture = image.picture
        file = self._pictures[picture.name]
        shown, height = fitted_size(file, image.width, image.height)
        run = drawings.picture(self._next_drawing(), picture.title, file.relation, shown, height)
        keep = "" if picture.title else '<w:keepNext w:val="0"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{Style.PICTURE}"/>{keep}</w:pPr>{run}</w:p>'

    def _colophon(self, colophon: Colophon) -> str:
        """A box at the foot of the 版心; LibreOffice does not float tables and frames there."""
        profile = self._profile
        height = colophon_height(colophon)
        top = TYPE_BOTTOM - height + profile.colophon
        rows = [self.line(line) for line in colophon.lines]
        place = Place(profile.left, top, profile.width, height)
        content = ruled(rows, profile.width, lines=colophon.ruled) + _SPACER
        box = drawings.text_box(self._next_drawing(), "版记", place, content, anchor="b", pushes=True)
        return self._spacer(box)


def _properties(line: Line, ending: str) -> str:
    made = [f'<w:pPr><w:pStyle w:val="{line.style}"/>']
    if line.keep:
        made.append("<w:keepNext/>")
    if line.tabs:
        stops = "".join(f'<w:tab w:val="{tab.align}" w:pos="{tab.at}"/>' for tab in line.tabs)
        made.append(f"<w:tabs>{stops}</w:tabs>")
    made += (_spacing(line), f'<w:ind w:right="{line.right}"/>' if line.right else "", ending, "</w:pPr>")
    return "".join(made)


def _spacing(line: Line) -> str:
    before = f' w:before="{line.before}"' if line.before is not None else ""
    after = f' w:after="{line.after}"' if line.after is not None else ""
    height = f' w:line="{line.height}" w:lineRule="exact"' if line.height else ""
    return f"<w:spacing{before}{after}{height}/>" if before or after or height else ""


def _run(text: str, font: str = "", size: int = 0, spacing: int | None = None) -> str:
    """A run; the hint keeps quotation marks and dashes in the Chinese font."""
    fonts = markup.fonts(font) if font else _HINT
    room = f'<w:spacing w:val="{spacing}"/>' if spacing is not None else ""
    sizes = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    return f"<w:r><w:rPr>{fonts}{room}{sizes}</w:rPr>{_text(text)}</w:r>"


def _text(text: str) -> str:
    if text.startswith(PAGE_BREAK):
        return '<w:br w:type="page"/>' + (_text(text[1:]) if len(text) > 1 else "")
    if "\n" not in text and "\t" not in text:
        return f'<w:t xml:space="preserve">{markup.content(text)}</w:t>'
    return "".join(_stretches(text))


def _stretches(text: str) -> Iterator[str]:
    for at, line in enumerate(text.split("\n")):
        if at:
            yield "<w:br/>"
        for number, stretch in enumerate(line.split("\t")):
            if number:
                yield "<w:tab/>"
            if stretch:
                yield f'<w:t xml:space="preserve">{markup.content(stretch)}</w:t>'


def _mark_paragraph(text: str, size: int, jc: str = "", before: int | None = None) -> str:
    above = f' w:before="{before}"' if before is not None else ""
    aligned = f'<w:jc w:val="{jc}"/>' if jc else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{Style.MARK}"/>'
        f'<w:spacing{above} w:line="{mark_line(size)}" w:lineRule="exact"/>{aligned}</w:pPr>'
        f"{_run(text, size=size)}</w:p>"
    )


def _joint_mark(mark: JointMark, profile: Profile) -> str:
    suffix = round(2.6 * mark.size * 10)
    widest = max(width(name) for name in mark.names)
    names = min(profile.width - suffix, round((widest + 0.2) * mark.size * 10))
    left = "".join(_mark_paragraph(name, mark.size, "distribute") for name in mark.names)
    return two_columns(names, left, suffix, _mark_paragraph("文件", mark.size, "right"))
