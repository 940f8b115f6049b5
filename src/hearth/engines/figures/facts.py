"""What is known, as it is given to the judge."""

from dataclasses import dataclass

from hearth.engines.figures.model import Number


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known: its stable key, name (参会人数), value and unit (names as written, 万元 included).

    Dates are ISO strings, ranges ``a/b``. ``synonyms`` are other names; ``scope`` is whose number it is (云川县),
    preferred where the sentence names it, as is ``date``.
    """

    key: str
    name: str
    value: Number | str
    unit: str = ""
    synonyms: tuple[str, ...] = ()
    date: str | None = None
    scope: str | None = None
