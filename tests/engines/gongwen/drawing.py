"""Draws PDF pages glyph by glyph, so that a test knows where everything stands. Lengths in mm from the upper left."""

from collections.abc import Sequence
from dataclasses import dataclass, field

POINT = 72 / 25.4
FANG, KAI, HEI, SONG, TITLE = "FangSong_GB2312", "KaiTi_GB2312", "SimHei", "SimSun", "FZXiaoBiaoSong-B05S"
_FONTS = (FANG, KAI, HEI, SONG, TITLE, "FangSong_GB2312,Bold")


@dataclass
class Canvas:
    """A page being drawn."""

    width: float = 210.0
    height: float = 297.0
    operators: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, words: str, *, font: str = FANG, size: float = 16.0, red: bool = False
    ) -> "Canvas":
        """Characters from x on the baseline y; digits and Latin letters take half a 字."""
        self.operators.append("1 0 0 rg" if red else "0 0 0 rg")
        for char in words:
            code = char.encode("utf-16-be").hex()
            place = f"1 0 0 1 {x * POINT:.3f} {(self.height - y) * POINT:.3f} Tm"
            self.operators.append(f"BT /F{_FONTS.index(font)} {size} Tf {place} <{code}> Tj ET")
            x += size / POINT * (0.5 if char.isascii() else 1.0)
        return self

    def box(self, left: float, top: float, right: float, bottom: float, *, red: bool = False) -> "Canvas":
        """A filled rectangle."""
        self.operators.append("1 0 0 rg" if red else "0 0 0 rg")
        corner = f"{left * POINT:.3f} {(self.height - bottom) * POINT:.3f}"
        self.operators.append(f"{corner} {(right - left) * POINT:.3f} {(bottom - top) * POINT:.3f} re f")
        return self


def pdf(pages: Sequence[Canvas], producer: str = "Microsoft Word") -> bytes:
    """The pages as a PDF whose fonts are named and not embedded."""
    objects: list[str] = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    fonts = []
    for name in _FONTS:
        plain = name.replace(",", "#2C")
        objects.append(
            f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{plain}/DW 1000"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor"
            f"<</Type/FontDescriptor/FontName/{plain}/Flags 4/FontBBox[0 -120 1000 880]/Ascent 880/Descent -120"
            "/CapHeight 880/ItalicAngle 0/StemV 80>>>>"
        )
        objects.append(
            f"<</Type/Font/Subtype/Type0/BaseFont/{plain}/Encoding/UniGB-UCS2-H"
            f"/DescendantFonts[{len(objects)} 0 R]>>"
        )
        fonts.append(len(objects))
    resources = "".join(f"/F{at} {number} 0 R" for at, number in enumerate(fonts))
    kids = []
    for page in pages:
        stream = "\n".join(page.operators)
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width * POINT:.3f} {page.height * POINT:.3f}]"
            f"/Resources<</Font<<{resources}>>>>/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    objects.append(f"<</Producer({producer})>>")
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    out = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{content}endobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
