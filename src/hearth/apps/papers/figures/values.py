"""How a measured value is written: its true forms, and the one that speaks as a typed number does."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.apps.measures.rules import Value
from hearth.apps.measures.states import Shape
from hearth.apps.papers.figures.places import Loose
from hearth.engines import figures as engine

UntrueStyle = engine.UntrueStyle


@dataclass(frozen=True)
class Form:
    """A true way to write a value: the style's word, empty for the exact number, and the number so written."""

    style: str
    text: str


# what the editor offers; every style of the engine may be written by hand
OFFERED_STYLES = {
    Shape.COUNT: ("", "余", "近", "约"),
    Shape.DATE: ("", "年", "旬", "前后"),
    Shape.SPAN: ("", "至", "旬"),
}
_STYLES: dict[Shape, tuple[str, ...]] = {
    Shape.COUNT: tuple(engine.STYLES),
    Shape.DATE: tuple(engine.DATE_STYLES),
    Shape.SPAN: tuple(engine.RANGE_STYLES),
}
STYLE_OF = {engine.Approx.OVER: "余", engine.Approx.NEAR: "近", engine.Approx.ABOUT: "约"}


def forms(value: Value) -> tuple[Form, ...]:
    """Every offered way to write this value that is true of it."""
    found: dict[str, Form] = {}
    for style in OFFERED_STYLES.get(value.shape, ("",)):
        try:
            form = Form(style, show(value, style or None))
        except UntrueStyle:
            continue
        if form.text != f"{style}{show(value, None)}" or not style:  # 约33块 says no more than 33块
            found.setdefault(form.text, form)
    return tuple(found.values())


def form_like(number: Loose, offered: Sequence[Form]) -> Form:
    """Of the true forms the one that speaks as the number does: the same words, else the same kind of rounding."""
    wanted = STYLE_OF.get(engine.Approx(number.approx), "")
    return next(
        (form for form in offered if form.text == number.text),
        next((form for form in offered if form.style == wanted), offered[0]),
    )


def style_of(value: Value, text: str) -> str:
    """The style in which this value is written as this text; empty when it is the plain one, or no style writes it so."""
    for style in ("", *_STYLES.get(value.shape, ())):
        try:
            if show(value, style or None) == text:
                return style
        except UntrueStyle:
            continue
    return ""


def show(value: Value, style: str | None) -> str:
    """Write a value in a style (``余``, ``旬`` …). Raises UntrueStyle when that would not be true."""
    match value.shape:
        case Shape.WRITTEN:
            return value.written
        case Shape.COUNT:
            return engine.shown(value.number or 0, value.unit, style)
        case Shape.YEAR:
            return f"{value.number}年"
        case Shape.ORDINAL:
            return engine.shown_ordinal(value.number or 0, value.unit)
        case Shape.MOMENT:
            assert value.start is not None
            return f"{value.start:%Y-%m-%d %H:%M:%S}"
        case Shape.DATE:
            assert value.start is not None
            first, last = value.around or (value.start, value.start)
            return engine.shown_date(
                value.start.isoformat(), style, first=first.isoformat(), last=last.isoformat()
            )
        case Shape.SPAN:
            assert value.start is not None
            assert value.end is not None
            return engine.shown_range(value.start.isoformat(), value.end.isoformat(), style)
