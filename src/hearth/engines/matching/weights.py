"""The numbers of the scoring formula, each with the reason for its default."""

from dataclasses import dataclass, fields

from hearth.engines.matching.model import BadInput


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters of the score; the README has the formula and bench/matching the measurements.

    The measured values come from development sets of Chinese abstracts, rated demand-achievement pairs and
    self-rated papers of researchers. Their differences are small beside the sampling error, so the defaults are
    round numbers in the flat part of the curve.
    """

    title: int = 3
    """How often the title counts as text. Rated pairs: nDCG@10 .654, .659, .663 for 1, 2, 3 and no gain beyond; the
    researchers' papers lose a little (loss .212, .217, .220), but Chinese demands are what Hearth matches."""

    keyword: int = 3
    """How often a keyword counts as text: like a title. Not measured: no evaluation set has free keywords."""

    coverage: float = 0.6
    """Share of BM25 coverage in the text score, the rest is tf-idf cosine. Short demands want coverage (abstracts,
    filtered nDCG@10: coverage alone .414, cosine alone .363, this .409), long ones both (rated pairs: .649, .657,
    .663; researchers' loss: .222, .238, .220). .5 to .7 differ by less than .01."""

    saturation: float = 0.9
    """BM25 k1. Abstracts, filtered nDCG@10: .409, .401, .389 for .9, 1.2, 2; the other sets move by less than .005."""

    length: float = 0.75
    """BM25 b, the customary value; with .4 no set moves by more than .005."""

    field: float = 0.15
    """How much a field in common lifts the text score. Not measured: kept small, since it can only reorder offers
    whose text is about equally near."""

    region: float = 0.05
    """How much a common region lifts the text score. Not measured: a tie-break between near-equals."""

    owner_depth: int = 10
    """An owner's score is the mean of this many best offers. Best 3, 5, 10 and all of 20 differ by less than .02 loss,
    a quarter of the interval; a cap keeps a university with hundreds of achievements comparable to a small firm."""

    def __post_init__(self) -> None:
        """Refuse values outside the range in which the score stays between 0 and 1."""
        for each in fields(self):
            if getattr(self, each.name) < 0:
                raise BadInput(f"weight {each.name!r} is negative: give 0 or more")
        if self.coverage > 1 or self.length > 1:
            raise BadInput("weights 'coverage' and 'length' are shares: give 0 to 1")
        if self.owner_depth < 1 or self.title + self.keyword == 0:
            raise BadInput("weights 'owner_depth' and 'title' or 'keyword' must be at least 1")
