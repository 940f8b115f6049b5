"""The sections of a Word file: paper, margins, page numbers; upright, lying, and without numbers."""

from hearth.engines.gongwen.pieces import Section
from hearth.engines.gongwen.profile import PAGE_HEIGHT, PAGE_WIDTH, Profile

FOOTERS = ("odd", "even", "wide_odd", "wide_even", "bare")
"""The footers of a file, in the order of their parts; the relation of each is rId1 and so on."""

FOOTER = 1434
"""From the paper's edge to the foot of the page number: its dash is 7 mm below the 版心 (7.5, measured)."""


def relation(footer: str) -> str:
    """The relation of a footer."""
    return f"rId{FOOTERS.index(footer) + 1}"


def section_properties(section: Section, profile: Profile) -> str:
    """sectPr of a section."""
    start = "evenPage" if section.even else "nextPage"
    bare = "<w:titlePg/>" if section.first_bare else ""
    return (
        f'<w:sectPr>{_footers(section)}<w:type w:val="{start}"/>{_page(section, profile)}'
        f'<w:pgNumType w:fmt="decimal"/>{bare}<w:docGrid w:type="lines" w:linePitch="{profile.line}"/></w:sectPr>'
    )


def _footers(section: Section) -> str:
    turned = "wide_" if section.landscape else ""
    pages = {"default": f"{turned}odd", "even": f"{turned}even"} if section.numbered else {}
    named = pages or {"default": "bare", "even": "bare"}
    if section.first_bare:
        named = {**named, "first": "bare"}
    return "".join(
        f'<w:footerReference w:type="{kind}" r:id="{relation(footer)}"/>' for kind, footer in named.items()
    )


def _page(section: Section, profile: Profile) -> str:
    """Size and margins; a lying page is the upright one turned to the left, its head toward the left edge."""
    foot = FOOTER - profile.page_number
    if section.landscape:
        size = f'w:w="{PAGE_HEIGHT}" w:h="{PAGE_WIDTH}" w:orient="landscape"'
        top, right, bottom, left = profile.left, profile.top, profile.right, profile.bottom
    else:
        size = f'w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"'
        top, right, bottom, left = profile.top, profile.right, profile.bottom, profile.left
    return (
        f'<w:pgSz {size}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="850" w:footer="{foot}" w:gutter="0"/>'
    )
