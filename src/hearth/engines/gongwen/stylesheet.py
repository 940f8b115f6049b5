"""The parts of a Word file that are the same in every paper: styles, settings, fonts, page numbers."""

from functools import cache, lru_cache

from lxml import etree

from hearth.engines.gongwen import drawings, markup
from hearth.engines.gongwen.drawings import Place
from hearth.engines.gongwen.ooxml import serialized, w
from hearth.engines.gongwen.profile import Profile
from hearth.engines.gongwen.sections import FOOTER, FOOTERS
from hearth.engines.gongwen.styles import (
    FANG,
    HEI,
    KAI,
    SMALL_CHAR,
    SONG,
    TITLE_SONG,
    Format,
    Style,
    formats,
)

_ALTERNATIVES = (
    (FANG, "仿宋"),
    (KAI, "楷体"),
    (HEI, "SimHei"),
    (SONG, "SimSun"),
    (TITLE_SONG, "方正小标宋_GBK"),
)
_OFF = "0"


@lru_cache(maxsize=64)
def styles_part(profile: Profile) -> bytes:
    """word/styles.xml."""
    root = w("styles", _defaults(profile), _normal())
    for style, fmt in formats(profile).items():
        root.append(_style(style, fmt))
    return serialized(root)


@cache
def settings_part() -> bytes:
    """word/settings.xml."""
    compat = w(
        "compat",
        w(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        ),
    )
    return serialized(
        w(
            "settings",
            w("zoom", percent=100),
            w("defaultTabStop", val=420),
            w("evenAndOddHeaders"),
            # Word's Chinese default squeezes punctuation, and a line no longer holds 28 characters.
            w("characterSpacingControl", val="doNotCompress"),
            compat,
            w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        )
    )


@cache
def fonts_part() -> bytes:
    """word/fontTable.xml: each font with the name under which another system knows it."""
    fonts = (
        w("font", w("altName", val=other), w("charset", val="86"), name=name) for name, other in _ALTERNATIVES
    )
    return serialized(w("fonts", *fonts))


@lru_cache(maxsize=64)
def footer_part(footer: str, profile: Profile) -> bytes:
    """A footer of `FOOTERS`: the page number between two dashes, or nothing.

    On a lying page the number stands where it would if the page were turned upright: at its left edge, its head
    to the right.
    """
    assert footer in FOOTERS
    if footer == "bare":
        return markup.root("w:ftr", f'<w:p><w:pPr><w:pStyle w:val="{Style.SPACER}"/></w:pPr></w:p>')
    number = _number(Style.FOOTER_ODD if footer.endswith("odd") else Style.FOOTER_EVEN)
    if not footer.startswith("wide"):
        return markup.root("w:ftr", number)
    place = Place(FOOTER - profile.page_number, profile.left, SMALL_CHAR, profile.width)
    box = drawings.text_box(1, "页码", place, number, vert="vert")
    return markup.root("w:ftr", f'<w:p><w:pPr><w:pStyle w:val="{Style.SPACER}"/></w:pPr>{box}</w:p>')


def _number(style: Style) -> str:
    dash = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    left, right = dash.format("— "), dash.format(" —")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{left}{field}{right}</w:p>'


def _defaults(profile: Profile) -> etree._Element:
    run = w("rPr", _fonts(FANG), w("spacing", val=profile.spacing), w("kern", val=0), *_size(32), _language())
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", w("pPr", _exact(profile.line))))


def _normal() -> etree._Element:
    return w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        _paragraph(Format("Normal")),
        type="paragraph",
        default="1",
        styleId="Normal",
    )


def _style(style: Style, fmt: Format) -> etree._Element:
    return w(
        "style",
        w("name", val=fmt.name),
        w("basedOn", val="Normal"),
        w("qFormat"),
        _paragraph(fmt),
        _characters(fmt),
        type="paragraph",
        customStyle="1",
        styleId=style,
    )


def _paragraph(fmt: Format) -> etree._Element:
    """pPr with its children in the order of the schema."""
    made = w("pPr")
    if fmt.keep_next:
        made.extend((w("keepNext"), w("keepLines")))
    if fmt.new_page:
        made.append(w("pageBreakBefore"))
    made.append(w("widowControl", val=_OFF))
    if fmt.rule:
        rule = fmt.rule
        made.append(w("pBdr", w("bottom", val="single", sz=rule.size, space=rule.space, color=rule.color)))
    if fmt.right_tab:
        made.append(w("tabs", w("tab", val="right", pos=fmt.right_tab)))
    made.extend(
        (
            w("kinsoku"),
            w("overflowPunct", val=_OFF),
            w("autoSpaceDE", val=_OFF),
            w("autoSpaceDN", val=_OFF),
            w("snapToGrid", val=_OFF),
            _line_spacing(fmt),
        )
    )
    made.append(_indent(fmt))
    made.append(w("jc", val=fmt.jc))
    if fmt.outline is not None:
        made.append(w("outlineLvl", val=fmt.outline))
    return made


def _line_spacing(fmt: Format) -> etree._Element:
    if not fmt.line:
        return w("spacing", before=fmt.before, after=fmt.after, line=240, lineRule="auto")
    return w("spacing", before=fmt.before, after=fmt.after, line=fmt.line, lineRule="exact")


def _indent(fmt: Format) -> etree._Element:
    made = w("ind", left=fmt.left, right=fmt.right)
    if fmt.first < 0:
        made = w("ind", left=fmt.left, right=fmt.right, hanging=-fmt.first)
    elif fmt.first_chars:
        made = w("ind", left=fmt.left, right=fmt.right, firstLineChars=fmt.first_chars, firstLine=fmt.first)
    return made


def _characters(fmt: Format) -> etree._Element:
    """rPr with its children in the order of the schema."""
    made = w("rPr", _fonts(fmt.font))
    if fmt.color:
        made.append(w("color", val=fmt.color))
    made.append(w("spacing", val=fmt.spacing))
    made.extend(_size(fmt.size))
    return made


def _fonts(font: str) -> etree._Element:
    """All four slots: else digits or quotation marks come in a Latin font."""
    return w("rFonts", hint="eastAsia", ascii=font, hAnsi=font, eastAsia=font, cs=font)


def _size(half_points: int) -> tuple[etree._Element, etree._Element]:
    return w("sz", val=half_points), w("szCs", val=half_points)


def _language() -> etree._Element:
    return w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _exact(line: int) -> etree._Element:
    return w("spacing", line=line, lineRule="exact")
