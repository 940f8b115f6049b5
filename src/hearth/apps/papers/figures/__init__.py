"""The door to the figures engine: how a measured value is written, which numbers of a prose nothing backs, what may back
them, and whether a table bears them out."""

from hearth.apps.papers.figures.offers import Known, Offer, Ranking, rank
from hearth.apps.papers.figures.places import Loose, Place, Slip, loose, places_of, slips_in
from hearth.apps.papers.figures.values import Form, UntrueStyle, form_like, forms, show, style_of

__all__ = [
    "Form",
    "Known",
    "Loose",
    "Offer",
    "Place",
    "Ranking",
    "Slip",
    "UntrueStyle",
    "form_like",
    "forms",
    "loose",
    "places_of",
    "rank",
    "show",
    "slips_in",
    "style_of",
]
