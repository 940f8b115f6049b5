"""A Word file of ordinary official shape back to a source to edit. See README.md."""

from hearth.engines.gongwen.importing.composing import source_of
from hearth.engines.gongwen.importing.grammar import StyleOf
from hearth.engines.gongwen.importing.items import Imported, Note

__all__ = ["Imported", "Note", "StyleOf", "source_of"]
