"""What can be wrong with a source, a filling or a Word file; each error says the cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hearth.engines.gongwen.paper import Slot


class SourceError(ValueError):
    """The source of a paper cannot be read. `line` and `column` count from 1, columns in code points."""

    def __init__(self, line: int, column: int, message: str, cure: str) -> None:
        self.line = line
        self.column = column
        self.message = message
        self.cure = cure
        super().__init__(f"第 {line} 行第 {column} 列：{message}。{cure}。")


class MissingFigure(ValueError):
    """Slots that no figure fills; `slots` in reading order."""

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        self.slots = slots
        named = "、".join(f"第 {slot.line} 行的{slot.text}" for slot in slots[:5])
        more = f"等 {len(slots)} 处" if len(slots) > 5 else ""
        super().__init__(f"{named}{more}还没有数字。请先补上记录，再生成公文。")


class BadDocument(ValueError):
    """A file that is no Word document, or one that nobody should open."""

    def __init__(self, message: str, cure: str) -> None:
        self.message = message
        self.cure = cure
        super().__init__(f"{message}。{cure}。")


class BadProfile(ValueError):
    """The numbers of a calibration cannot be used."""

    def __init__(self, message: str, cure: str) -> None:
        self.message = message
        self.cure = cure
        super().__init__(f"{message}。{cure}。")
