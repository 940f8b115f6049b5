"""Looking at papers: as they stand, as they are being written, along their way, and as anyone may read them."""

from hearth.apps.papers.queries.publications import Ratings, opinion_of, published, ratings
from hearth.apps.papers.queries.standing import (
    Change,
    changes,
    changes_of,
    figures_of,
    loose,
    papers,
)
from hearth.apps.papers.queries.way import (
    Needed,
    SeriesStanding,
    comments_of,
    countersigns_of,
    disclosures,
    next_number,
    registrations,
    series_of,
    signers,
    versions_of,
)
from hearth.apps.papers.queries.writing import (
    Comparison,
    Looked,
    Offered,
    Unbacked,
    compared,
    look,
    offered,
    unbacked,
)

__all__ = [
    "Change",
    "Comparison",
    "Looked",
    "Needed",
    "Offered",
    "Ratings",
    "SeriesStanding",
    "Unbacked",
    "changes",
    "changes_of",
    "comments_of",
    "compared",
    "countersigns_of",
    "disclosures",
    "figures_of",
    "look",
    "loose",
    "next_number",
    "offered",
    "opinion_of",
    "papers",
    "published",
    "ratings",
    "registrations",
    "series_of",
    "signers",
    "unbacked",
    "versions_of",
]
