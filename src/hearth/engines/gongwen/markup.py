"""WordprocessingML as text: a Word file of the house is written a hundred times a second, and lxml is for reading."""

from hearth.engines.gongwen.ooxml import NSMAP

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NSMAP.items())
_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
)


def content(text: str) -> str:
    """Words between tags."""
    return text.translate(_CONTENT)


def value(text: str) -> str:
    """Words inside an attribute."""
    return text.translate(_VALUE)


def fonts(font: str) -> str:
    """rFonts in all four slots: else digits or quotation marks come in a Latin font."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    )


def root(tag: str, inner: str, more: str = "") -> bytes:
    """The bytes of a part whose root is `tag`."""
    return f"{DECLARATION}<{tag} {NAMESPACES}{more}>{inner}</{tag}>".encode()
