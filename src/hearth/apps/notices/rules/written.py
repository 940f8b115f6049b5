"""A form as a clerk writes it down: words in a row, the columns of a table one a line."""

import re
from collections.abc import Iterator

from hearth.apps.notices.rules.fields import Field
from hearth.apps.notices.states import FieldKind

_WORDS = re.compile(r"[、,，;；\n]+")
_PARTS = re.compile(r"[，,|｜]")
_KINDS = {str(kind.label): kind for kind in FieldKind} | {"数": FieldKind.WHOLE, "文字": FieldKind.SHORT}


def words(text: str) -> tuple[str, ...]:
    """Choices or indicators, whatever comma was typed; each once."""
    return tuple(dict.fromkeys(word.strip() for word in _WORDS.split(text) if word.strip()))


def columns(text: str) -> Iterator[Field]:
    """A column a line: name, kind, unit. An unknown kind is a short text."""
    for at, line in enumerate(filter(str.strip, text.splitlines())):
        name, kind, unit = ([part.strip() for part in _PARTS.split(line)] + ["", ""])[:3]
        yield Field(key=f"c{at + 1}", label=name, kind=_KINDS.get(kind, FieldKind.SHORT), unit=unit)


def columns_text(field: Field) -> str:
    """The columns of a table as they would be written."""
    return "\n".join(
        "，".join(filter(None, [one.label, str(one.kind.label), one.unit])) for one in field.columns
    )
