"""Writes pieces of a line in the grammar of a source: slots, fixed words, and what the grammar would read otherwise."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hearth.engines.gongwen.characters import unprintable
from hearth.engines.gongwen.importing.items import Piece, PieceKind
from hearth.engines.gongwen.ledger import LedgerEntry

_KEY = re.compile(r"[^\s{}|：:｜]+")
_PLAIN = re.compile(r"[^{}|｜\n]+")
_OPENERS = {"#": "＃", "|": "｜", "!": "！"}
_MARKER = re.compile(r"\[\[[^\[\]]+\]\]")
_BLANK = " \t\u3000\xa0\r"

Remark = Callable[[str, str], None]
"""Told what could not be carried over, and the cure."""

StyleOf = Callable[[str, str], str]
"""The style in which a measure (by its key) was written as this text; empty for the plain one."""


def plain(_key: str, _text: str) -> str:
    """What is known of styles without the records: nothing."""
    return ""


@dataclass(frozen=True)
class Grammar:
    """The figures and fixed words of the ledger in the file, by their ids, and in which style a figure was written."""

    figures: dict[str, LedgerEntry]
    fixed: dict[str, LedgerEntry]
    style_of: StyleOf

    def inlines(self, pieces: Sequence[Piece], remark: Remark) -> str:
        """The pieces as they are written within a line."""
        return "".join(self._piece(piece, remark) for piece in pieces)

    def line(self, pieces: Sequence[Piece], remark: Remark) -> str:
        """The pieces as a paragraph: what begins it must not be read as a heading, a table or a picture."""
        text = self.inlines(pieces, remark).strip(_BLANK)
        if (text[:1] in _OPENERS and (text[0] != "!" or text.startswith("!["))) or text.startswith(":::"):
            opener = _OPENERS.get(text[0], "：")
            remark(f"段首的“{text[0]}”在源文里另有意思，已改成“{opener}”", "排好后请核对这一段的开头")
            text = opener + text[1:]
        if _MARKER.fullmatch(text):
            remark("整段的 [[ ]] 在源文里另有意思，已改成全角括号", "排好后请核对这一段")
            text = f"［［{text[2:-2]}］］"
        return text

    def cell(self, pieces: Sequence[Piece], remark: Remark) -> str:
        """The pieces as a cell of a table."""
        return "".join(
            self._piece(piece, remark).replace("|", "\\|")
            if piece.kind is PieceKind.WORDS
            else self._piece(piece, remark)
            for piece in pieces
        ).strip(_BLANK)

    def _piece(self, piece: Piece, remark: Remark) -> str:
        if piece.kind is PieceKind.FIGURE:
            return self._figure(piece, remark)
        entry = self.fixed.get(piece.id) if piece.kind is PieceKind.FIXED else None
        if entry is None or entry.text != piece.text or not _is_plain(piece.text):
            return _words(piece.text, remark)
        return f"{{{{引用：{entry.text}|{entry.name}}}}}" if entry.name else f"{{{{规定：{entry.text}}}}}"

    def _figure(self, piece: Piece, remark: Remark) -> str:
        entry = self.figures.get(piece.id)
        if (
            entry
            and entry.text == piece.text
            and _KEY.fullmatch(entry.key)
            and entry.key not in ("规定", "引用")
        ):
            style = self.style_of(entry.key, entry.text)
            return f"{{{{{entry.key}|{style}}}}}" if style else f"{{{{{entry.key}}}}}"
        if entry and entry.text != piece.text:
            remark(
                f"数字“{entry.text}”被改成了“{piece.text}”",
                "已按现在的样子写成文字，请核对后改回占位或补上记录",
            )
        else:
            remark(f"“{piece.text}”是数字，但文件里没有它的指标", "已写成文字，请改成 {{指标名}}")
        return _words(piece.text, remark)


def _is_plain(text: str) -> bool:
    """Whether words can stand between braces as they are."""
    return _PLAIN.fullmatch(text) is not None and text == text.strip()


def _words(text: str, remark: Remark) -> str:
    if "{{" in text or "}}" in text:
        remark("两个花括号在源文里另有意思，已改成全角花括号", "排好后请核对这一处")
        text = text.replace("{{", "｛｛").replace("}}", "｝｝")
    if "\\|" in text:
        remark("反斜杠加竖线在源文里另有意思，竖线已改成全角", "排好后请核对这一处")
        text = text.replace("\\|", "\\｜")
    while found := unprintable(text):
        remark(f"有看不见的控制字符 U+{ord(found[0]):04X}，已删去", "请核对这一处")
        text = text.replace(found[0], "")
    return text
