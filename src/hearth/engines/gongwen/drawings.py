"""Drawings of a Word file: boxes that stand at a place of the paper, red lines, pictures."""

from dataclasses import dataclass

from hearth.engines.gongwen import markup
from hearth.engines.gongwen.ooxml import PIC, WPS

EMU = 635
"""English metric units of a twip."""


@dataclass(frozen=True)
class Place:
    """A rectangle on the paper in twips; left and top from the edges of the page."""

    left: int
    top: int
    width: int
    height: int


def text_box(
    at: int, name: str, place: Place, content: str, *, anchor: str = "t", vert: str = "", pushes: bool = False
) -> str:
    """A run with a box of paragraphs and tables.

    `anchor`: t or b, to which edge the words keep; `vert`: their direction; `pushes`: text keeps out of the box.
    """
    turned = f' vert="{vert}"' if vert else ""
    body = (
        f'<wps:bodyPr{turned} wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        "<a:noAutofit/></wps:bodyPr>"
    )
    inner = (
        f'<wps:cNvSpPr txBox="1"/>{_shape(place, "<a:noFill/>")}<wps:txbx><w:txbxContent>{content}'
        f"</w:txbxContent></wps:txbx>{body}"
    )
    return _anchored(at, name, place, inner, "<wp:wrapTopAndBottom/>" if pushes else "<wp:wrapNone/>")


def bar(at: int, name: str, place: Place, color: str) -> str:
    """A run with a filled rectangle."""
    fill = f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
    inner = f"<wps:cNvSpPr/>{_shape(place, fill)}<wps:bodyPr/>"
    return _anchored(at, name, place, inner)


def picture(at: int, title: str, relation: str, width: int, height: int) -> str:
    """A run with a picture in the line, `width` × `height` twips."""
    cx, cy = width * EMU, height * EMU
    name = markup.value(title or f"图{at}")
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{at}" name="{name}" descr="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{at}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _shape(place: Place, fill: str) -> str:
    return (
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{place.width * EMU}" cy="{place.height * EMU}"/>'
        f'</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></wps:spPr>'
    )


def _anchored(at: int, name: str, place: Place, inner: str, wrap: str = "<wp:wrapNone/>") -> str:
    """A shape at a place of the page."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{at}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{place.left * EMU}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{place.top * EMU}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{place.width * EMU}" cy="{place.height * EMU}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'{wrap}<wp:docPr id="{at}" name="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{WPS}"><wps:wsp>{inner}</wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
